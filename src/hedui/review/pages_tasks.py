"""What people do to tasks themselves: pass one over, hand some to somebody."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from hedui.errors import UsageError
from hedui.review.pages_desk import address_of
from hedui.review.pages_queue import filter_of, query_of
from hedui.review.sight import current_task
from hedui.review.web import Form, desk_of, done_by, redirect
from hedui.store.blind import neighbour_in, scopes
from hedui.store.people import Session, everyone
from hedui.store.tasks import assign, skip

__all__ = ["hand_over", "pass_over"]

MOST = 10_000


@done_by()
def pass_over(request: Request, one: Session, form: Form) -> Response:
    """Passes a task over, or opens it again, and goes on to the next."""
    store, wanted = desk_of(request).store, filter_of(form)
    current = current_task(store, form.get("task"), one.person.id)
    if current is None or not skip(store, current.id, one.person.id):
        raise UsageError("这一项不能跳过：已办，或者是盲读 · it cannot be skipped: it is done, or read blind")
    queue = scopes(store, wanted, one.person.id)
    found = neighbour_in(store, queue, of=current, person=one.person.id) or neighbour_in(store, queue, of=None, person=one.person.id)
    return redirect(request, address_of(found, wanted) if found is not None else f"/queue?{urlencode(query_of(wanted))}")


@done_by("admin")
def hand_over(request: Request, one: Session, form: Form) -> Response:
    """Gives the first open tasks of the queue, as it is filtered, to somebody or to nobody."""
    store, wanted, person = desk_of(request).store, filter_of(form), form.get("to", "")
    if person and all(p.id != person or not p.active for p in everyone(store)):
        raise UsageError("没有这个人 · no such account")
    if not form.get("count", "").isdecimal() or not 0 < int(form["count"]) <= MOST:
        raise UsageError(f"请填要分派多少项，1 到 {MOST} · say how many, 1 to {MOST}")
    given = assign(store, replace(wanted, state="open"), person or None, limit=int(form["count"]))
    return redirect(request, f"/queue?{urlencode({**query_of(wanted), 'given': given})}")

