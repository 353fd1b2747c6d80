"""The pages of a report as pictures, with what was read drawn where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from hedui.review.opened import Opened
from hedui.review.pages_desk import opened_for
from hedui.review.web import desk_of, partial, refused, shown_to
from hedui.store.people import Session
from hedui.store.results import names_of

__all__ = ["Leaf", "found_on", "leaves_of", "pages", "picture"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """A mention on a page: where its text starts and ends, and its box in points."""

    id: str
    label: str
    start: int
    end: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """A page, its size in points, and the mentions on it."""

    number: int
    width: float
    height: float
    drawn: tuple[Drawn, ...]


def drawn_of(opened: Opened) -> Iterator[tuple[int, Drawn]]:
    for item in opened.state.of("mention"):
        page, box, span = item.data.get("page"), item.data.get("box"), item.data.get("span")
        if page and box and span and item.decision != "rejected":
            x0, y0, x1, y1 = box
            yield page, Drawn(id=item.id, label=item.data["label"], start=span[0], end=span[1], box=(x0, y0, x1 - x0, y1 - y0))


def found_on(opened: Opened) -> Mapping[int, list[Drawn]]:
    """What was read on each page that something was read on."""
    found: dict[int, list[Drawn]] = defaultdict(list)
    for page, one in drawn_of(opened):
        found[page].append(one)
    return found


def leaves_of(found: Mapping[int, list[Drawn]], sizes: Mapping[int, tuple[float, float]]) -> tuple[Leaf, ...]:
    """The pages whose size (width, height in points) is known."""
    return tuple(Leaf(number=n, width=sizes[n][0], height=sizes[n][1], drawn=tuple(found[n])) for n in sorted(found) if n in sizes)


@shown_to()
def pages(request: Request, one: Session) -> Response:
    """The left side as pages."""
    desk = desk_of(request)
    opened, _ = opened_for(request, one, request.path_params.get("until"))
    names, found = names_of(desk.store, opened.place.sha256), found_on(opened)
    if desk.pictures is None or not desk.pictures.at_hand(names, opened.place.sha256):
        return refused(request, 404, "原件不在手边；启动时用 --sources 指明报告所在的文件夹",
                       "the file is not at hand; name its folder with --sources when you start", one)
    sizes = desk.pictures.sizes(names, opened.place.sha256, found)
    return partial("_pages.html", request, leaves=leaves_of(found, sizes), sha256=opened.place.sha256)


@shown_to()
def picture(request: Request, one: Session) -> Response:
    """One page as JPEG."""
    desk, sha256, number = desk_of(request), request.path_params["sha256"], request.path_params["number"]
    found = desk.pictures.picture(names_of(desk.store, sha256), sha256, number) if desk.pictures else None
    if found is None:
        return refused(request, 404, "没有这一页", "no such page")
    return Response(found.jpeg, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})
