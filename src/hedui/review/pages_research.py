"""Pages for looking at what all reports claim: pictures, the lists behind their marks, and the sentences of one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from hedui.research.pictures.chosen import Choices, Chosen, choices_of, chosen_of
from hedui.research.pictures.facts import Held, facts_at
from hedui.research.pictures.types import Mark, Picture, ReportFacts
from hedui.research.stamps import stamp_of
from hedui.review.research_views import PICTURES, VIEWS, findings_in, items_csv, numbers_csv, picture_of, view_with
from hedui.review.web import desk_of, page, refused, shown_to
from hedui.store.people import Session

__all__ = ["DeskLinks", "mark", "mark_file", "numbers", "report", "view"]

PAGE = 100
CSV = "text/csv; charset=utf-8"
LONGEST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskLinks:
    """Addresses of the desk, which carry what is asked for with them."""

    chosen: Chosen

    @property
    def held(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self.chosen).items() if value is not None}

    def asked(self, path: str, **more: str) -> str:
        query = urlencode({**more, **self.held})
        return f"{path}?{query}" if query else path

    def view(self, name: str) -> str:
        return self.asked("/research" if name == "overview" else f"/research/{name}")

    def mark(self, picture: str, key: str) -> str | None:
        return self.asked(f"/research/behind/{picture}", mark=key)

    def report(self, one: ReportFacts, finding: str | None) -> str | None:
        return f"/research/report/{one.sha256}/{quote(one.report)}" + (f"#{finding}" if finding else "")

    def numbers(self, picture: str) -> str:
        return self.asked(f"/research/numbers/{picture}.csv")

    def items(self, picture: str, mark: Mark) -> str | None:
        return self.asked(f"/research/behind/{picture}.csv", mark=mark.key)


def chosen_in(held: Mapping[str, str]) -> Chosen:
    """What an address asks for."""
    told = {name: held[name][:LONGEST] for name in ("province", "programme", "kind") if held.get(name)}
    year = held.get("year", "")
    return Chosen(year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None, **told)


def held_of(request: Request) -> Held | None:
    """The facts of all reports that the desk is about, as the last run left them; None where it was opened without a folder of results, or none
    has left its lake there yet."""
    out = desk_of(request).out
    return facts_at(out) if out and stamp_of(out) else None


@lru_cache(maxsize=8)
def choices_in(held: Held) -> Choices:
    return choices_of(held.facts)


@lru_cache(maxsize=48)
def picture_in(held: Held, chosen: Chosen, name: str) -> Picture:
    """A picture of what is asked for, drawn once as long as the lake stays as it is."""
    return picture_of(name, chosen_of(held.facts, chosen), DeskLinks(chosen=chosen), by_county=chosen.province is not None)


def without_results(request: Request, one: Session) -> Response:
    return refused(request, 404, "还没有可看的数据：请先用 hedui run 读一批报告，再打开 hedui review",
                   "nothing to look at yet: read reports with hedui run first", one)


@shown_to()
def view(request: Request, one: Session) -> Response:
    """A view with its pictures, of the reports that the address asks for."""
    name = request.path_params.get("view", "overview")
    held = held_of(request)
    if held is None:
        return without_results(request, one)
    if name not in VIEWS:
        return refused(request, 404, "没有这个页面", "no such page", one)
    chosen = chosen_in(request.query_params)
    pictures = [picture_in(held, chosen, wanted) for wanted in VIEWS[name].pictures]
    return page("research.html", request, session=one, layout="base.html", view=VIEWS[name], views=VIEWS, pictures=pictures, chosen=chosen,
                choices=choices_in(held), links=DeskLinks(chosen=chosen), count=len(chosen_of(held.facts, chosen)), of=len(held.facts),
                sentences=None)


def mark_in(request: Request, held: Held) -> tuple[Picture, Mark] | None:
    name, key = request.path_params["picture"], request.query_params.get("mark", "")
    if name not in PICTURES:
        return None
    picture = picture_in(held, chosen_in(request.query_params), name)
    return (picture, picture.marks[key]) if key in picture.marks else None


def page_in(request: Request, count: int) -> int:
    """Which page of a list is asked for, from 1."""
    told = request.query_params.get("page", "")
    wanted = int(told) if told.isascii() and told.isdecimal() and len(told) < 7 else 1
    return min(max(wanted, 1), max(-(-count // PAGE), 1))


@shown_to()
def mark(request: Request, one: Session) -> Response:
    """The reports behind a mark."""
    held = held_of(request)
    if held is None:
        return without_results(request, one)
    found = mark_in(request, held)
    if found is None:
        return refused(request, 404, "图上没有这一处", "no such mark in the picture", one)
    picture, behind = found
    chosen = chosen_in(request.query_params)
    number = page_in(request, len(behind.items))
    links = DeskLinks(chosen=chosen)
    return page("research_mark.html", request, session=one, layout="base.html", picture=picture, mark=behind, links=links, number=number,
                view=view_with(picture.name), items=behind.items[(number - 1) * PAGE:number * PAGE], more=len(behind.items) > number * PAGE,
                turned={"mark": behind.key, **links.held}, left_out=0)


@shown_to()
def mark_file(request: Request, one: Session) -> Response:
    """The reports behind a mark as CSV."""
    held = held_of(request)
    found = None if held is None else mark_in(request, held)
    if found is None:
        return refused(request, 404, "图上没有这一处", "no such mark in the picture", one)
    return file_of(items_csv(found[1]), f"hedui-{found[0].name}-reports.csv")


@shown_to()
def numbers(request: Request, one: Session) -> Response:
    """The numbers of a picture as CSV."""
    held, name = held_of(request), request.path_params["picture"]
    if held is None or name not in PICTURES:
        return refused(request, 404, "没有这张图", "no such picture", one)
    return file_of(numbers_csv(picture_in(held, chosen_in(request.query_params), name)), f"hedui-{name}.csv")


def file_of(content: str, name: str) -> Response:
    return Response(content, media_type=CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@shown_to()
def report(request: Request, one: Session) -> Response:
    """What pictures show of a report, each with the sentence that says so."""
    held, sha256, id = held_of(request), request.path_params["sha256"], request.path_params["report"]
    about = None if held is None else next((facts for facts in held.facts if (facts.sha256, facts.report) == (sha256, id)), None)
    output = None if held is None or about is None else held.output(about)
    if about is None or output is None:
        return refused(request, 404, "没有这份报告", "no such report", one)
    return page("research_report.html", request, session=one, layout="base.html", about=about, findings=findings_in(output, about),
                desk=f"/desk/{sha256}/{quote(id)}")

