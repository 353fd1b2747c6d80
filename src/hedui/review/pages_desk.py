"""The desk: a report on the left, one of its findings on the right, and what people do to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from hedui.corrections import SHARED, Event
from hedui.document import Span
from hedui.errors import UsageError
from hedui.review.asked import BUILDERS, DECIDING, sayings_of
from hedui.review.marked import html_of
from hedui.review.opened import Opened, open_report
from hedui.review.pages_queue import filter_of, query_of
from hedui.review.perform import Performed, perform, told_before
from hedui.review.shown import shown, title_of
from hedui.review.sight import current_task, sight_of
from hedui.review.web import Form, desk_of, done_by, page, partial, redirect, refused, shown_to, signed_in
from hedui.store import Store
from hedui.store.blind import neighbour_in, reading_of, scopes
from hedui.store.people import Session, everyone
from hedui.store.results import names_of
from hedui.store.tasks import Filter, Task, hold, task
from hedui.store.trail import Stale

__all__ = ["act", "desk", "item", "next_task", "past_act"]

GROUP = re.compile(r"[A-Za-z0-9_-]{8,32}")
Held = Mapping[str, str]


def spans_now(opened: Opened) -> list[tuple[Span, str, str]]:
    """The mentions as they stand: where, id, label; those that were rejected no longer."""
    return [((one.data["span"][0], one.data["span"][1]), one.id, one.data["label"])
            for one in opened.state.of("mention") if one.decision != "rejected" and "span" in one.data]


def target_of(opened: Opened, held: Held, current: Task | None) -> str:
    """What the right side shows: what is asked for, the task, else the first conflict or record."""
    if held.get("target") in opened.state.items:
        return held["target"]
    if current is not None and current.target in opened.state.items:
        return current.target
    for kind in ("check", "record", "claim", "mention"):
        for one in opened.state.of(kind):
            if kind != "check" or one.data["verdict"] == "conflict":
                return one.id
    return ""


def desk_held(store: Store, one: Session, opened: Opened, target: str, current: Task | None, wanted: Filter) -> dict[str, Any]:
    """What the templates of the desk need."""
    data, report = opened.read.output, opened.report
    return {
        "session": one, "opened": opened, "shown": shown(opened, target), "target": target, "current": current, "wanted": wanted,
        "query": query_of(wanted), "base": f"/desk/{opened.place.sha256}/{opened.place.report}", "report": report,
        "file": (names_of(store, opened.place.sha256) or (data["source"]["name"],))[0], "people": {p.id: p.name for p in everyone(store)},
        "paged": False, "came": None, "past": None, "blind": opened.place.reading != SHARED,
        "conflicts": [c for c in opened.state.of("check") if opened.turned.get(c.id, c.data["verdict"]) == "conflict"],
        "records": opened.state.of("record"), "turned": opened.turned, "turns": (), "said": None, "keep": None, "title_of": title_of,
    }


def body_of(opened: Opened) -> str:
    more = [(one.data["span"][0], one.data["span"][1]) for one in opened.state.items.values() if one.added and "span" in one.data]
    return html_of(opened.read.output, opened.report, spans_now(opened), more)


def opened_for(request: Request, one: Session, until: str | None = None) -> tuple[Opened, Event | None]:
    """The report that an address names as a person may see it, and the event that it is shown up to. UsageError where there is none."""
    store, sha256, report = desk_of(request).store, request.path_params["sha256"], request.path_params["report"]
    sight = sight_of(store, one, sha256, report, until)
    return open_report(store, sha256, report, reading=sight.reading, until=sight.until), sight.past


def past_held(opened: Opened, past: Event | None) -> dict[str, Any]:
    """What the templates need besides for a moment gone by: its event, and addresses that stay with it."""
    return {} if past is None else {"past": past, "base": f"/desk/{opened.place.sha256}/{opened.place.report}/at/{past.seq}"}


def past_act(request: Request) -> Response:
    """Refuses to change what is past."""
    return refused(request, 403, "这是过去的样子，只能看，不能改", "a moment gone by: it can be looked at and not changed", signed_in(request))


def paged(request: Request, opened: Opened) -> bool:
    """Whether the pages of the file can be shown."""
    desk = desk_of(request)
    return desk.pictures is not None and bool(opened.read.output["source"]["pages"]) and desk.pictures.at_hand(
        names_of(desk.store, opened.place.sha256), opened.place.sha256)


@shown_to()
def desk(request: Request, one: Session) -> Response:
    """The whole page of a report."""
    store, held = desk_of(request).store, dict(request.query_params)
    try:
        opened, past = opened_for(request, one, request.path_params.get("until") or held.get("until"))
    except UsageError as error:
        return refused(request, 404, *both(error), one)
    current = None if past else current_task(store, held.get("task"), one.person.id)
    taken = current is not None and current.state == "open" and not hold(store, current.id, one.person.id)
    target = past.target if past and not held.get("target") else target_of(opened, held, current)
    told = desk_held(store, one, opened, target, current, filter_of(held)) | past_held(opened, past)
    if taken and current is not None:
        name = told["people"].get((task(store, current.id) or current).holder, "?")
        told["said"] = (f"{name} 正在看这一项", f"{name} is looking at this one")
    told["paged"] = paged(request, opened)
    return page("desk.html", request, body=body_of(opened), **told)


@shown_to()
def item(request: Request, one: Session) -> Response:
    """The right side alone, for another finding of the same report."""
    store, held = desk_of(request).store, dict(request.query_params)
    try:
        opened, past = opened_for(request, one, request.path_params.get("until"))
    except UsageError as error:
        return refused(request, 404, *both(error), one)
    target = request.path_params["target"]
    current = None if past else current_task(store, held.get("task"), one.person.id)
    if target not in opened.state.items:
        return refused(request, 404, "这份报告里没有这一项", "no such finding in this report", one)
    return partial("_side.html", request, **desk_held(store, one, opened, target, current, filter_of(held)) | past_held(opened, past))


def both(error: Exception) -> tuple[str, str]:
    zh, _, en = str(error).partition(" · ")
    return zh, en


@shown_to()
def next_task(request: Request, one: Session) -> Response:
    """Goes to the next task of the queue, or the one before."""
    store, held = desk_of(request).store, dict(request.query_params)
    wanted = filter_of(held)
    current = current_task(store, held.get("task"), one.person.id)
    found = neighbour_in(store, scopes(store, wanted, one.person.id), of=current, person=one.person.id, back=held.get("back") == "1")
    return redirect(request, address_of(found, wanted) if found is not None else f"/queue?{urlencode(query_of(wanted))}")


def address_of(found: Task, wanted: Filter) -> str:
    return f"/desk/{found.sha256}/{found.report}?{urlencode({**query_of(wanted), 'task': found.id})}"


@done_by()
def act(request: Request, one: Session, form: Form) -> Response:
    """Does what a person asks for and shows what comes next."""
    store, sha256, report = desk_of(request).store, request.path_params["sha256"], request.path_params["report"]
    wanted, current = filter_of(form), current_task(store, form.get("task"), one.person.id)
    group = form.get("group", "")
    try:
        if form.get("act") not in BUILDERS or not GROUP.fullmatch(group):
            raise UsageError("没有这个动作 · no such act")
        opened = open_report(store, sha256, report, reading=reading_of(store, one.person.id, sha256, report))
        sayings = () if told_before(opened, group) else sayings_of(opened, form, one.person.id)
        done = perform(store, opened, sayings, person=one.person.id, group=group)
    except UsageError as error:
        return refused(request, 400, *both(error), one)
    except Stale as error:
        return stale(request, store, one, error, form, wanted, current)
    target = form.get("show") or form.get("target", "")
    if form["act"] in DECIDING and current is not None and current.target == target:
        queue = scopes(store, wanted, one.person.id)
        found = neighbour_in(store, queue, of=current, person=one.person.id) or neighbour_in(store, queue, of=None, person=one.person.id)
        if found is None:
            return redirect(request, f"/queue?{urlencode(query_of(wanted))}")
        return moved_on(request, store, one, done, found, wanted)
    return answered(request, store, one, done, target, current, wanted, whole=form["act"] not in DECIDING)


def answered(request: Request, store: Store, one: Session, done: Performed, target: str, current: Task | None, wanted: Filter, *,
             whole: bool) -> Response:
    """The same finding again, or where an added one is the new one; with the text drawn anew where marks may have moved."""
    added = next((event.target for event in done.events if event.act == "add"), None)
    shown_now = added or (target if target in done.opened.state.items else target_of(done.opened, {}, current))
    held = desk_held(store, one, done.opened, shown_now, current, wanted) | {"turns": done.turns, "paged": paged(request, done.opened)}
    if not whole:
        return partial("_side.html", request, **held)
    return partial("_desk.html", request, body=body_of(done.opened), headers={"HX-Retarget": "#desk", "HX-Reswap": "outerHTML"}, **held)


def moved_on(request: Request, store: Store, one: Session, done: Performed, found: Task, wanted: Filter) -> Response:
    """The next task of the queue."""
    hold(store, found.id, one.person.id)
    where = {"HX-Push-Url": address_of(found, wanted)}
    if (found.sha256, found.report, found.reading) == (done.opened.place.sha256, done.opened.place.report, done.opened.place.reading):
        held = desk_held(store, one, done.opened, found.target, found, wanted) | {"turns": done.turns}
        return partial("_side.html", request, headers=where, **held)
    opened = open_report(store, found.sha256, found.report, reading=found.reading)
    held = desk_held(store, one, opened, found.target, found, wanted) | {"paged": paged(request, opened), "came": way_back(done, wanted)}
    return partial("_desk.html", request, body=body_of(opened), headers={**where, "HX-Retarget": "#desk", "HX-Reswap": "outerHTML"}, **held)


def way_back(done: Performed, wanted: Filter) -> str | None:
    """The address of what was just done in another report, where it can be taken back."""
    if not done.events:
        return None
    place = done.opened.place
    return f"/desk/{place.sha256}/{place.report}?{urlencode({**query_of(wanted), 'target': done.events[0].target})}"


def stale(request: Request, store: Store, one: Session, error: Stale, form: Form, wanted: Filter, current: Task | None) -> Response:
    """Somebody was there first: what they did, the finding as it stands now, and what this person had typed, still to be saved."""
    opened, _ = opened_for(request, one)
    target = form.get("target", "")
    held = desk_held(store, one, opened, target, current, wanted)
    name = held["people"].get(error.event.person, "?")
    held["said"] = (f"{name} 刚改过这一项，您的改动没有写入；看过之后可以再保存",
                    f"{name} changed this meanwhile; nothing of yours was written, look and save again")
    held["keep"] = {"field": form.get("field", ""), "value": form.get("value", "")}
    return partial("_side.html", request, status=409, headers={"HX-Retarget": "#side", "HX-Reswap": "outerHTML"}, **held)
