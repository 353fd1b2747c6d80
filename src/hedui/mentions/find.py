"""A layout in, its mentions out: every paragraph, cell and leftover line through the pipeline, bare numbers by their headers.

Pieces of equal text are read once. A place named in short counts where the document somewhere has its full name. A cell
that covers several positions is read once, where it stands first.
"""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from hedui.document import Document, GridCell, Layout, Span
from hedui.findings import Mention, content_id
from hedui.mentions.candidates import Candidate, Label, settle
from hedui.mentions.cells import bare_numbers
from hedui.mentions.regions import may_be_place, unlisted_name
from hedui.places import Places
from hedui.progress import step
from hedui.values import Value
from hedui.view import clean, view

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Tagger", "build_pipeline", "find_mentions", "mentions_of_text"]

# A learned reading: the layout and what rules found in it (in order, none overlapping, with spans of the document) in, the
# candidates of both readings out, which may overlap.
Tagger = Callable[[Layout, Sequence[Candidate]], Sequence[Candidate]]
NUMBERS = frozenset({"AMOUNT", "RATE", "QUANTITY"})
# so often a long text says that it is being read
TEXTS_A_STEP = 1000
# headers and footers tell on every page what the report tells once
MARGINS = frozenset({"header", "footer"})
DIGITS = re.compile(r"\d+")
# 第3页 共12页 · 第 3 页/共 12 页 · - 3 -
NAME = r"(?P<name>[一-鿿]{2}[市县区旗])"
TOLD_PLACE = (
    re.compile(rf"(?:在|赴|深入|涉及|推广|前往){NAME}(?=等(?:地|\d|[市县区旗])|召开|承办|举办|学习|考察|调研|经验|、[一-鿿]{{2,3}}[市县区旗])"),
    re.compile(rf"(?:^|(?<=[、，。；：:;,是年])){NAME}(?=\d[\d.,]*[一-鿿%]{{1,4}}(?:、|和)[一-鿿]{{2,6}}[市县区旗州]\d|(?:实际|已)?(?:支出"
        rf"|执行|到位|下达|拨付)\d)", re.M),
    re.compile(rf"(?<=、){NAME}(?=\d[\d.,]*[一-鿿%])"),
)
# 青岗|志愿者协会 of a place 青岗县
CALLED = r"(?:日报|晚报|广播电视台|电视台|融媒体中心|志愿者协会|[一-鿿]{2,4}协会|[一-鿿]{2,8}合作社|[一-鿿]{2,8}服务中心)"
PAGE_NUMBER = re.compile(r"[第共总\d页,，/|\s—–-]+")


def build_pipeline() -> Language:
    """The spaCy pipeline of mentions (language zh, jieba words); loading takes some seconds.

    `doc.ents` are the mentions; each has `_.value`, `_.unit`, `_.op`, `_.low`, `_.high`, `_.confidence` as strings.
    """
    from hedui.mentions.pipeline import pipeline

    return pipeline()


@lru_cache(maxsize=1)
def shared_pipeline() -> Language:
    """The pipeline of this process. What it loads stays for good, so that it is taken out of the garbage collector's
    rounds: each would walk the half a million words of the dictionary."""
    pipeline = build_pipeline()
    gc.collect()
    gc.freeze()
    return pipeline


def find_mentions(layout: Layout, *, tagger: Tagger | None = None) -> tuple[Mention, ...]:
    """Every mention of the document, in order of its place. `tagger` may add to and mend what rules found.

    Text that stands in no paragraph and no cell (captions, repeated headers) is read as well, what page
    headers and footers repeat is not.
    """
    text = layout.document.text
    pieces = pieces_of(layout)
    whole = {cell.span: cell.text for cell in cut_cells(layout)}
    found = candidates_of([whole.get(span, text[slice(*span)]) for span in pieces])
    placed = [put for span, piece in zip(pieces, found, strict=True) for candidate in piece
              if (put := moved(candidate, text, span, whole.get(span))) is not None]
    known = frozenset(name for candidate in placed for name in candidate.weak if name in text)
    kept = [candidate for candidate in placed if not candidate.weak or known.intersection(candidate.weak)]
    kept.extend(bare_candidates(layout))
    kept.extend(unlisted(unrepeated(layout, pieces), kept))
    settled = settle(kept, len(text))
    if tagger is not None:
        settled = settle(tagger(layout, settled), len(text))
    places = Places(layout.document)
    return tuple(mention(layout.document, candidate, places) for candidate in dated(settled))


def mentions_of_text(text: str) -> tuple[Mention, ...]:
    """The mentions of one sentence or page of plain text, with offsets in it."""
    found = candidates_of([text])[0]
    kept = [candidate for candidate in found if not candidate.weak or any(name in text for name in candidate.weak)]
    kept.extend(unlisted(text, kept))
    return tuple(mention_at(text, text, candidate) for candidate in dated(settle(kept, len(text))))


def pieces_of(layout: Layout) -> list[Span]:
    """The spans to read: paragraphs, cells, and lines of what neither covers; of what margins of pages repeat, the first.
    A header row that a page repeats stands in the margin too, its cells parted by tabs, and repeats the cells of its table."""
    text = layout.document.text
    margins = {block.span[0]: block.span[1] for block in layout.document.blocks if block.role in MARGINS}
    starts = sorted(margins)
    pieces = list(every_piece(layout))
    if not margins:
        return pieces

    def on_margin(span: Span) -> bool:
        last = bisect_right(starts, span[0]) - 1
        return last >= 0 and span[0] < margins[starts[last]]

    def words(span: Span) -> str:
        return DIGITS.sub("", clean(text, span))

    told = {words(span) for span in pieces if not on_margin(span)}
    kept = []
    for span in pieces:
        for piece in lines(text, *span) if on_margin(span) else [span]:
            if on_margin(span):
                if words(piece) in told or PAGE_NUMBER.fullmatch(text[slice(*piece)]):
                    continue
                told.add(words(piece))
            kept.append(piece)
    return kept


def unrepeated(layout: Layout, pieces: Sequence[Span]) -> str:
    """The text with blanks for what stands in margins of pages and in none of the pieces that are read."""
    text = layout.document.text
    shown = list(text)
    for block in layout.document.blocks:
        if block.role in MARGINS:
            shown[slice(*block.span)] = " " * (block.span[1] - block.span[0])
    for start, end in pieces:
        shown[start:end] = text[start:end]
    return "".join(shown)


def every_piece(layout: Layout) -> Iterator[Span]:
    cells = [cell.span for grid in layout.grids for row in grid.rows for cell in row if cell.origin]
    covered = sorted(span for span in {*cells, *(p.span for p in layout.paragraphs)} if span[1] > span[0])
    at = 0
    for start, end in covered:
        yield from lines(layout.document.text, at, start)
        if start >= at:
            yield start, end
        at = max(at, end)
    yield from lines(layout.document.text, at, len(layout.document.text))


def lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The spans of the lines and cells of `text[start:end]` that are not blank."""
    at = start
    for line in text[start:end].replace("\t", "\n").split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def candidates_of(texts: Sequence[str]) -> list[list[Candidate]]:
    """The candidates of each text that stand, those of equal texts found once."""
    unique = list(dict.fromkeys(texts))
    docs = shared_pipeline().pipe(unique)
    found = {}
    for at, (text, doc) in enumerate(zip(unique, docs, strict=True), start=1):
        found[text] = list(of_doc(doc))
        if at % TEXTS_A_STEP == 0:
            step("text", at, len(unique))
    return [found[text] for text in texts]


def of_doc(doc: Doc) -> Iterator[Candidate]:
    for name in ("hedui", "hedui_weak"):
        for span in doc.spans[name]:
            label = cast(Label, span.label_)
            yield Candidate(label=label, start=span.start_char, end=span.end_char, value=value_of(label, span._),
                            weak=tuple(span._.weak or ()), confidence=float(span._.confidence))


def value_of(label: Label, fields: Any) -> Value:
    content = Decimal(fields.value) if label in NUMBERS else fields.value
    return Value(kind=label, value=content, unit=fields.unit, op=fields.op, low=number(fields.low), high=number(fields.high))


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def cut_cells(layout: Layout) -> Iterator[GridCell]:
    """Cells that a page cut in two: their text goes on where their span ends."""
    for grid in layout.grids:
        for row in grid.rows:
            for cell in row:
                if not cell.origin or size(cell.text) <= size(layout.document.text[slice(*cell.span)]):
                    continue
                first = view(layout.document.text, cell.span).text
                whole = view(cell.text).text
                if first and whole.startswith(first):
                    yield cell


def size(text: str) -> int:
    return len("".join(text.split()))


def moved(candidate: Candidate, text: str, span: Span, whole: str | None) -> Candidate | None:
    """A candidate of one piece where it stands in the document. One that runs on behind the first piece of a cell `whole`
    keeps its value and has the span of what stands in the first; None where nothing of it does."""
    if whole is None:
        return replace(candidate, start=candidate.start + span[0], end=candidate.end + span[0])
    start = len(view(whole, (0, candidate.start)).text)
    end = start + len(view(whole, (candidate.start, candidate.end)).text)
    first = view(text, span)
    if start >= len(first.text):
        return None
    begin, stop = first.span(start, min(end, len(first.text)))
    return replace(candidate, start=begin, end=stop)


def bare_candidates(layout: Layout) -> Iterator[Candidate]:
    """Bare numbers in cells as candidates; of a cell that a page cut, only what stands in its first piece."""
    for grid in layout.grids:
        for cell, found in bare_numbers(grid):
            seen = view(layout.document.text, cell.span)
            if found.end <= len(seen.text):
                start, end = seen.span(found.start, found.end)
                yield Candidate(label=found.value.kind, start=start, end=end, value=found.value)


def unlisted(text: str, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Places that no lexicon holds but a body of the document is called after, wherever they stand, each with the place it
    follows, and bodies read from the middle of such a place, in full."""
    names = {name for c in candidates if c.label == "ORG" and (name := unlisted_name(str(c.value.value)))} | told_places(text)
    before = {c.end: c.start for c in candidates if c.label == "REGION"}
    bodies = {c.start: c for c in candidates if c.label == "ORG"}
    for name in sorted(names):
        for match in re.finditer(re.escape(name), text):
            start = before.get(match.start(), match.start())
            value = Value(kind="REGION", value=text[start:match.end()], unit="region")
            yield Candidate(label="REGION", start=start, end=match.end(), value=value, confidence=0.8)
            body = next((bodies[at] for at in range(match.end() - 1, match.start(), -1) if at in bodies), None)
            if body is not None:
                full = text[start:body.start] + str(body.value.value)
                yield replace(body, start=start, value=replace(body.value, value=full))
        for match in re.finditer(re.escape(name[:-1]) + CALLED, text):
            body = next((bodies[at] for at in range(match.start() + 1, match.end()) if at in bodies), None)
            end = max(match.end(), body.end) if body else match.end()
            value = Value(kind="ORG", value=text[match.start():end], unit="org")
            yield Candidate(label="ORG", start=match.start(), end=end, value=value, confidence=0.7)


def told_places(text: str) -> set[str]:
    """Places of a name that no lexicon holds, by the words around them: 在某市等地, 赴某县学习, 某市18座、某县5座."""
    return {match["name"] for pattern in TOLD_PLACE for match in pattern.finditer(text) if may_be_place(match["name"])}


def dated(candidates: Sequence[Candidate]) -> list[Candidate]:
    """`candidates` in order; a quarter without a year is one of the year named last before it."""
    year, whole = "", []
    for candidate in candidates:
        iso = str(candidate.value.value) if candidate.label == "DATE" else ""
        if iso[:2] == "--" and iso[2:3] == "Q" and year:
            candidate = replace(candidate, value=replace(candidate.value, value=f"{year}-{iso[2:]}"))
        elif iso[:4].isdigit():
            year = iso[:4]
        whole.append(candidate)
    return whole


def mention(document: Document, candidate: Candidate, places: Places) -> Mention:
    span = (candidate.start, candidate.end)
    return replace(mention_at(document.sha256, document.text, candidate), page=places.page(span), box=places.box(span))


def mention_at(origin: str, text: str, candidate: Candidate) -> Mention:
    value, span = candidate.value, (candidate.start, candidate.end)
    return Mention(
        id=content_id("m", origin, candidate.label, span), label=candidate.label, span=span, text=text[slice(*span)],
        value=value.value, unit=value.unit, op=value.op, low=value.low, high=value.high, confidence=candidate.confidence,
        found_by=candidate.found_by, model=candidate.model)


