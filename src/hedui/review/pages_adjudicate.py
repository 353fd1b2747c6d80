"""Two readers and a judge: the reports that two people read blind, and both readings of one side by side, what differs first."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hedui.errors import UsageError
from hedui.review.blind import double
from hedui.review.differences import Difference
from hedui.review.judging import Case, case_of, judge
from hedui.review.pages_desk import GROUP, body_of, both
from hedui.review.shown import lights, quote_shown, text_of, title_of
from hedui.review.web import Form, desk_of, done_by, page, partial, redirect, refused, shown_to
from hedui.store.blind import doubled
from hedui.store.people import Session, everyone
from hedui.store.trail import Stale

__all__ = ["act", "adjudicate", "double_one", "hand_out", "index", "item"]

PATIENCE = 2.0


@shown_to("adjudicator")
def index(request: Request, one: Session) -> Response:
    """The reports that are read twice, and how far they are."""
    return index_page(request, one)


def index_page(request: Request, one: Session, said: tuple[str, str] | None = None) -> Response:
    desk = desk_of(request)
    people = everyone(desk.store)
    return page("doubled.html", request, session=one, rows=doubled(desk.store), people={p.id: p.name for p in people}, share=desk.routing.double,
                annotators=sum(p.active and p.role == "annotator" for p in people), said=said)


@done_by("admin")
def hand_out(request: Request, one: Session, form: Form) -> Response:
    """Gives the drawn share of reports to two people each, for an admin; behind the desk's back where that takes longer."""
    try:
        laid = desk_of(request).laying.begin().result(PATIENCE)
    except TimeoutError:
        return index_page(request, one, said=("正在分发，可以先做别的", "they are being given out; go on with something else meanwhile"))
    return index_page(request, one, said=(f"新分出 {laid.doubled} 份", f"{laid.doubled} reports more were given out"))


@done_by("admin")
def double_one(request: Request, one: Session, form: Form) -> Response:
    """Gives one report to two people, for an admin."""
    try:
        double(desk_of(request).store, request.path_params["sha256"], request.path_params["report"])
    except UsageError as error:
        return refused(request, 409, *both(error), one)
    return redirect(request, "/adjudicate")


def opened_case(request: Request, one: Session) -> Case:
    return case_of(desk_of(request).store, request.path_params["sha256"], request.path_params["report"], person=one.person.id)


def held(request: Request, one: Session, case: Case, target: str | None) -> dict[str, Any]:
    """What the templates need to show a case with one of its differences."""
    current = next((d for d in case.found if d.target == target), None) or next(iter(case.open or case.found), None)
    place, store = case.shared.place, desk_of(request).store
    people = {p.id: p.name for p in everyone(store)}
    left, right = (people.get(opened.place.reading, "?") for opened in (case.left, case.right))
    at = case.found.index(current) if current is not None else 0
    return {"session": one, "case": case, "current": current, "base": f"/adjudicate/{place.sha256}/{place.report}", "left": left, "right": right,
            "report": case.shared.report, "file": case.double.file, "desk": f"/desk/{place.sha256}/{place.report}", "light": light_of(case, current),
            "quotes": quotes_of(case, current), "title_of": title_of, "text_of": told, "said": None,
            "before": case.found[at - 1] if at else None, "after": case.found[at + 1] if at + 1 < len(case.found) else None}


def told(value: Any) -> str:
    return "—" if value in (None, "", []) else text_of(value)


def quotes_of(case: Case, one: Difference | None) -> list[Any]:
    """Where in the text a difference lies: the places of the finding and of what it rests on, on either side."""
    if one is None:
        return []
    found: dict[tuple[int, int], None] = {}
    for opened, item in ((case.shared, one.read), (case.left, one.left), (case.right, one.right)):
        if item is None:
            continue
        below = [opened.state.items[one] for one in item.data.get("claims", ()) if item.kind == "record" and one in opened.state.items]
        spans = [own.data["span"] for own in (item, *below) if "span" in own.data]
        spans += [quote["span"] for quote in (*item.data.get("inputs", ()), *([item.data["stated"]] if "stated" in item.data else []))]
        found |= {(span[0], span[1]): None for span in spans}
    return [quote_shown(case.shared.read.text, span, role="operand") for span in found]


def light_of(case: Case, one: Difference | None) -> str:
    return lights((), quotes_of(case, one), [])


@shown_to("adjudicator")
def adjudicate(request: Request, one: Session) -> Response:
    """Both readings of a report."""
    try:
        case = opened_case(request, one)
    except UsageError as error:
        return refused(request, 409, *both(error), one)
    return page("adjudicate.html", request, body=body_of(case.shared), **held(request, one, case, request.query_params.get("at")))


@shown_to("adjudicator")
def item(request: Request, one: Session) -> Response:
    """The right side alone, for another difference."""
    try:
        case = opened_case(request, one)
    except UsageError as error:
        return refused(request, 409, *both(error), one)
    return partial("_judging.html", request, **held(request, one, case, request.path_params["target"]))


@done_by("adjudicator")
def act(request: Request, one: Session, form: Form) -> Response:
    """Does what the adjudicator chose and shows the next difference."""
    store, group, target = desk_of(request).store, form.get("group", ""), form.get("target", "")
    values = {name.removeprefix("key."): value for name, value in form.items() if name.startswith("key.")}
    try:
        if not GROUP.fullmatch(group):
            raise UsageError("没有这个动作 · no such act")
        judge(store, opened_case(request, one), form.get("act", ""), target=target, told=values, person=one.person.id, group=group)
        case = opened_case(request, one)
    except UsageError as error:
        return refused(request, 400, *both(error), one)
    except Stale:
        return refused(request, 409, "别人刚改过这一项，请刷新再看", "somebody changed this meanwhile, load the page anew", one)
    if form.get("act") == "finish":
        return redirect(request, "/adjudicate")
    stays = form.get("act") in ("undo", "redo")
    return partial("_judging.html", request, **held(request, one, case, target if stays else None))
