"""The page of search: words and filters in, passages of all reports out, each with the way to its report; and the claims near to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hedui.errors import HeduiError, UsageError
from hedui.research.search import Hit, around, snippet
from hedui.review.searching import Ready
from hedui.review.web import desk_of, page, partial, redirect, refused, shown_to
from hedui.store.people import Session

__all__ = ["around_it", "far", "near", "search"]

PAGE, LONGEST, PATIENCE = 20, 500, 1.5
TYPES = ("indicator", "fund", "document", "score")
# fields of the form, and the filters they write
FIELDS = ("region", "year", "type", "conflict")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Some text, lit up or not."""

    text: str
    lit: bool


def pieces_of(text: str, marks: Sequence[tuple[int, int]]) -> list[Piece]:
    """A text cut where marks begin and end.

    >>> [(piece.text, piece.lit) for piece in pieces_of("执行率93%", [(0, 3)])]
    [('执行率', True), ('93%', False)]
    """
    edges = [0, *(edge for mark in marks for edge in mark), len(text)]
    return [Piece(text=text[start:end], lit=bool(at % 2)) for at, (start, end) in enumerate(pairwise(edges)) if start < end]


def asked(held: Mapping[str, str]) -> dict[str, str]:
    """What an address asks for."""
    return {name: held.get(name, "")[:LONGEST].strip() for name in ("q", *FIELDS)}


def query_of(told: Mapping[str, str]) -> str:
    """The query that words and the fields of the form come to.

    >>> query_of({"q": "执行率", "region": "新疆", "conflict": "yes"})
    '执行率 region:"新疆" conflict:yes'
    """
    words = [told.get("q", "")]
    for name in FIELDS:
        value = told.get(name, "").replace('"', "")
        if value:
            words.append(f'{name}:"{value}"' if name == "region" else f"{name}:{value.replace(' ', '')}")
    return " ".join(word for word in words if word)


def link_of(hit: Hit) -> str | None:
    """The desk page of the report of a hit, at the conflict or claim that stands there."""
    if hit.report is None:
        return None
    target = next(iter((*hit.conflicts, *hit.claims)), None)
    return f"/desk/{hit.sha256}/{hit.report}" + (f"?target={target}" if target else "")


@shown_to()
def search(request: Request, one: Session) -> Response:
    """The page with the hits for what the address asks."""
    searching, told = desk_of(request).searching, asked(request.query_params)
    if searching is None:
        return refused(request, 404, "核对台没有打开结果文件夹，不能检索", "the desk has no folder of results to search", one)
    shown: dict[str, Any] = {"session": one, "told": told, "any": any(told.values()), "types": TYPES, "waiting": False, "unready": None, "far": None,
                             "hits": None, "error": None, "pieces": lambda hit: pieces_of(*snippet(hit)), "link": link_of, "next": None}
    try:
        ready = searching.ready(PATIENCE)
    except HeduiError as error:
        return page("search.html", request, status=500, **{**shown, "error": halves(error)})
    if ready is None:
        return page("search.html", request, **{**shown, "waiting": True, "far": searching.far})
    shown["unready"] = None if ready.fresh else unready(ready)
    if not query_of(told):
        return page("search.html", request, **shown)
    try:
        hits = ready.store.search(query_of(told), limit=PAGE, after=request.query_params.get("after") or None, fresh=ready.fresh)
    except UsageError as error:
        return page("search.html", request, status=400, **{**shown, "error": halves(error)})
    following = None if len(hits) < PAGE else {**told, "after": hits.next}
    return page("search.html", request, **{**shown, "hits": hits, "next": following, "first": "after" not in request.query_params})


def halves(error: Exception) -> tuple[str, str]:
    zh, _, en = str(error).partition(" · ")
    return zh, en


def unready(ready: Ready) -> tuple[str, str]:
    """Why results from before are searched."""
    if ready.cause is None:
        return "有新的结果，正在加入，请稍后刷新", "new results are being added, load again in a while"
    zh, en = halves(ready.cause)
    return f"新的结果打不开，检索的是原来的：{zh}", f"new results cannot be opened, those before are searched: {en or zh}"


@shown_to()
def far(request: Request, one: Session) -> Response:
    """How far the index is, or that the page can be loaded."""
    searching = desk_of(request).searching
    if searching is None or searching.begin().done():
        return redirect(request, "/search")
    return partial("_search_far.html", request, far=searching.far)


def ready_for(request: Request) -> Ready | None:
    searching = desk_of(request).searching
    return None if searching is None else searching.ready(PATIENCE)


@shown_to()
def around_it(request: Request, one: Session) -> Response:
    """A passage with what stands before and behind it."""
    ready = ready_for(request)
    if ready is None:
        return redirect(request, "/search")
    told = asked(request.query_params)
    found = around(ready.store, request.path_params["id"], query_of(told), fresh=ready.fresh)
    if found is None:
        return refused(request, 404, "没有这一处", "no such passage", one)
    return page("search_around.html", request, session=one, found=found, told=told, link=link_of,
                pieces=lambda hit: pieces_of(hit.text, hit.marks))


@shown_to()
def near(request: Request, one: Session) -> Response:
    """The claims that say something like one."""
    ready = ready_for(request)
    if ready is None:
        return redirect(request, "/search")
    if not ready.fresh:
        return refused(request, 503, *unready(ready), one)
    try:
        found = ready.store.near(request.path_params["id"], limit=PAGE)
        asked_for = ready.store.claims.row(id=request.path_params["id"])
    except UsageError as error:
        return refused(request, 404, *halves(error), one)
    return page("search_near.html", request, session=one, found=found, asked=asked_for)
