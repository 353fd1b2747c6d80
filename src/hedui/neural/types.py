"""What passes between the parts of the learned reading: windows of a layout, what stands in them, and what belongs together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hedui.findings import Measure

__all__ = ["ANCHORS", "MEASURES", "RELATIONS", "TAGS", "Anchor", "AnchorLabel", "Lesson", "Link", "Place", "Relation", "Tag", "TagLabel", "Window"]

# Spans that the tagger finds by itself …
NamedLabel = Literal["ORG", "REGION", "TITLE", "NAME", "SCOPE", "STATE"]
# … and the role of each amount, a measure of the annotation guidelines (an amount that is no fund has none)
TagLabel = NamedLabel | Measure
# spans that the rules of values/ give before the network reads: they bound decoding and are ends of links
AnchorLabel = Literal["AMOUNT", "RATE", "QUANTITY", "DATE", "DOCNO", "TITLE", "ORG"]
Relation = Literal["target", "actual", "completion", "scope", "basis", "title", "issuer", "same"]
MEASURES: tuple[Measure, ...] = ("budget", "issued", "received", "executed", "carried_in", "carried_out", "income", "saved",
                                 "recovered", "contract", "other")
TAGS: tuple[TagLabel, ...] = ("ORG", "REGION", "TITLE", "NAME", "SCOPE", "STATE", *MEASURES)
ANCHORS: tuple[AnchorLabel, ...] = ("AMOUNT", "RATE", "QUANTITY", "DATE", "DOCNO", "TITLE", "ORG")
RELATIONS: tuple[Relation, ...] = ("target", "actual", "completion", "scope", "basis", "title", "issuer", "same")


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """A stretch of characters that the network reads at once: a paragraph or a part of one, or a row of a grid.

    `text` is folded (`hedui.view.fold`), one character a token. Its first `context` characters are the headings it stands
    under (or the headers of its row), which have no place here. Character i came from `document.text[starts[i]:ends[i]]`;
    context and the marks between cells have `starts[i] == ends[i] == -1`. `own` is the half-open range that this window
    answers for: what lies outside it is overlap that a neighbour answers for.
    """

    kind: Literal["prose", "row"]
    text: str
    context: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    own: tuple[int, int]
    section: int
    part: int = 0
    grid: int | None = None
    row: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """A labelled stretch of one window's text, half-open. NAME is (a piece of) the name of an indicator, STATE a result or
    target in words (有所提高), SCOPE whose or for what money is; a measure is the role of the amount that stands there."""

    start: int
    end: int
    label: TagLabel


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """A figure, date, number, title or body that is known before the network reads, by its place in one window's text."""

    start: int
    end: int
    label: AnchorLabel


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A span of the text of window number `window` of a lesson."""

    window: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """`head` and `tail` belong together.

    | relation | head | tail |
    |---|---|---|
    | target, actual, completion | NAME piece (all pieces of one name have the link) | RATE, QUANTITY, AMOUNT, DATE or STATE |
    | scope | AMOUNT | SCOPE |
    | basis | AMOUNT | DOCNO it rests on |
    | title | DOCNO | TITLE |
    | issuer | DOCNO | ORG |
    | same | NAME in prose | NAME in a row of a table that tells the same indicator |
    """

    relation: Relation
    head: Place
    tail: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """One report to learn from: its windows and, for each of them, the tags and anchors, with the links between them.

    `unsure` are ranges of each window that nobody vouches for: they give no loss. `weight` scales the loss (weakly
    labelled reports count less). `source` is the file name; reports of one source are never in training and test at once.
    """

    source: str
    windows: tuple[Window, ...]
    tags: tuple[tuple[Tag, ...], ...]
    anchors: tuple[tuple[Anchor, ...], ...]
    links: tuple[Link, ...]
    unsure: tuple[tuple[tuple[int, int], ...], ...]
    weight: float = 1.0
