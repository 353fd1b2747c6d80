"""The parts of the desk that offer something: what to tie a finding to, claims for a record, and the form of a claim that was missed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hedui.errors import UsageError
from hedui.review.acts import FIELDS, checked, choices_of
from hedui.review.offered import claim_at, claims_for, mentions_in, offers
from hedui.review.pages_desk import opened_for
from hedui.review.pages_queue import filter_of, query_of
from hedui.review.sight import current_task
from hedui.review.web import desk_of, partial, shown_to
from hedui.store.people import Session

__all__ = ["offer"]


@shown_to()
def offer(request: Request, one: Session) -> Response:
    """What is offered for a finding: `what` is link, record or claim, the last at a place of the text."""
    opened, _ = opened_for(request, one)
    what, target, held = request.path_params["what"], request.path_params["target"], dict(request.query_params)
    current = current_task(desk_of(request).store, held.get("task"), one.person.id)
    told = {"base": f"/desk/{opened.place.sha256}/{opened.place.report}", "target": target, "current": current, "what": what,
            "query": query_of(filter_of(held))}
    if what == "link":
        return partial("_offer.html", request, offers=offers(opened, target), **told)
    if what == "record":
        return partial("_offer.html", request, claims=claims_for(opened, target), **told)
    kind = held.get("value", "")
    if what != "claim" or kind not in FIELDS:
        raise UsageError("没有这个动作 · no such act")
    if not (held.get("start", "").isdecimal() and held.get("end", "").isdecimal()):
        raise UsageError("请先在原文里选中一段 · select a piece of the text first")
    span = checked(opened.read.text, (int(held["start"]), int(held["end"])))
    within = any(s <= span[0] and span[1] <= e for s, e in (grid["span"] for grid in opened.read.output.get("grids") or ()))
    return partial("_offer.html", request, kind=kind, fields=claim_at(opened, span, kind), start=span[0], end=span[1], choices=choices_of(kind),
                   quote=opened.read.text[span[0]:span[1]], origin="table" if within else "narrative",
                   mentions=",".join(m.id for m in mentions_in(opened, span)), **told)
