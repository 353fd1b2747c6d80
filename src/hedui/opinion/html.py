"""Opinions come in, one HTML page goes out: a sheet for each report, a table that sorts, the web of figures, and the text quoted.

The page needs no network. Style and script are named by their hashes in its content security policy, and all text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from hedui.document import Span
from hedui.export.page import asset as shared
from hedui.export.page import policy_of
from hedui.opinion import telling
from hedui.opinion.picture import pictures_of
from hedui.opinion.stakes import money
from hedui.opinion.svg import svg_of
from hedui.opinion.types import Opinion
from hedui.opinion.words import COLUMNS, KINDS, SIGNS

__all__ = ["html_of"]

SORTED = ("rank", "stated", "formula", "difference", "yuan", "confidence")
LABEL = "数与算式的关系图 how the figures hang together"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A run of the text: `anchor` names the place that it begins, `lit` tells that a finding quotes it."""

    text: str
    anchor: str = ""
    lit: bool = False


@cache
def asset(name: str) -> str:
    return files("hedui.opinion").joinpath("web", name).read_text(encoding="utf-8")


def spans_of(opinions: Iterable[Opinion]) -> tuple[set[Span], set[int]]:
    """What findings quote, and where links lead."""
    quoted = {one.place.span for opinion in opinions for item in opinion.items for one in (item.stated, *item.operands)}
    return quoted, {span[0] for span in quoted} | {figure.place.span[0] for opinion in opinions for figure in opinion.web.figures}


def lines_of(text: str, quoted: Iterable[Span], anchors: Iterable[int]) -> Iterator[list[Piece]]:
    """The lines of the text in pieces, cut where a quote begins or ends."""
    at = set(anchors)
    cuts = sorted({0, len(text), *at, *(edge for span in quoted for edge in span)})
    change = dict.fromkeys(cuts, 0)
    for start, end in quoted:
        change[start] += 1
        change[end] -= 1
    line: list[Piece] = []
    depth = 0
    for start, end in pairwise(cuts):
        depth += change[start]
        for i, part in enumerate(text[start:end].split("\n")):
            if i:
                yield line
                line = []
            line.append(Piece(text=part, anchor=f"t{start}" if i == 0 and start in at else "", lit=depth > 0))
    yield line


def html_of(opinions: Sequence[Opinion], text: str) -> str:
    """The page for the opinions on one file whose text as read is `text`."""
    style, script = shared("page.css") + asset("opinion.css"), asset("opinion.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    quoted, anchors = spans_of(opinions)
    return environment.from_string(asset("opinion.html")).render(
        policy=policy_of(style, script), style=Markup(style), script=Markup(script), opinions=opinions, file=opinions[0].file if opinions else "",
        telling=telling, money=money, columns=COLUMNS, sortable=SORTED, kinds=KINDS, signs=SIGNS,
        pictures={opinion.id: [svg_of(picture, label=LABEL) for picture in pictures_of(opinion.web)] for opinion in opinions},
        lines=lines_of(text, quoted, anchors))
