"""A layout in, its mentions out: every paragraph, cell and leftover line through the pipeline, bare numbers by their headers.

Pieces of equal text are read once. A place named in short counts where the document somewhere has its full name. A cell
that covers several positions is read once, where it stands first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hedui.document import Document, Layout, Span
from hedui.findings import Mention, content_id
from hedui.mentions.candidates import Candidate, settle
from hedui.mentions.cells import bare_numbers
from hedui.mentions.pieces import cut_cells, pieces_of, unrepeated
from hedui.mentions.reading import candidates_in
from hedui.mentions.rules import BYWORD
from hedui.mentions.segmenter import segmenter
from hedui.mentions.told import told_places
from hedui.mentions.told_patterns import CALLED
from hedui.mentions.words import WordIndex, index_words
from hedui.places import Places
from hedui.progress import step
from hedui.values import Value
from hedui.view import view

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Tagger", "build_pipeline", "find_mentions", "mentions_of_text", "pieces_of"]

# A learned reading: the layout and what rules found in it (in order, none overlapping, with spans of the document) in, the
# candidates of both readings out, which may overlap.
Tagger = Callable[[Layout, Sequence[Candidate]], Sequence[Candidate]]
# so often a long text says that it is being read
TEXTS_A_STEP = 1000


def build_pipeline() -> Language:
    """The spaCy pipeline of mentions (language zh, jieba words); loading takes some seconds.

    `doc.ents` are the mentions; each has `_.value`, `_.unit`, `_.op`, `_.low`, `_.high`, `_.confidence` as strings.
    """
    from hedui.mentions.pipeline import pipeline

    return pipeline()


def find_mentions(layout: Layout, *, tagger: Tagger | None = None) -> tuple[Mention, ...]:
    """Every mention of the document, in order of its place. `tagger` may add to and mend what rules found.

    Text that stands in no paragraph and no cell (captions, repeated headers) is read as well, what page
    headers and footers repeat is not.
    """
    text = layout.document.text
    pieces = pieces_of(layout)
    whole = {cell.span: cell.text for cell in cut_cells(layout)}
    shown = unrepeated(layout, pieces)
    told = told_in(shown)
    found = candidates_of([whole.get(span, text[slice(*span)]) for span in pieces], told)
    placed = [put for span, piece in zip(pieces, found, strict=True) for candidate in piece
              if (put := moved(candidate, text, span, whole.get(span))) is not None]
    known = frozenset(name for candidate in placed for name in candidate.weak if name in text)
    kept = [candidate for candidate in placed if not candidate.weak or known.intersection(candidate.weak)]
    kept.extend(bare_candidates(layout))
    kept.extend(called(shown, told, kept))
    settled = settle(without_bywords(shown, kept), len(text))
    if tagger is not None:
        settled = settle(tagger(layout, settled), len(text))
    places = Places(layout.document)
    return tuple(mention(layout.document, candidate, places) for candidate in dated(settled))


def mentions_of_text(text: str) -> tuple[Mention, ...]:
    """The mentions of one sentence or page of plain text, with offsets in it."""
    told = told_in(text)
    found = candidates_of([text], told)[0]
    kept = [candidate for candidate in found if not candidate.weak or any(name in text for name in candidate.weak)]
    kept.extend(called(text, told, kept))
    return tuple(mention_at(text, text, candidate) for candidate in dated(settle(without_bywords(text, kept), len(text))))




def candidates_of(texts: Sequence[str], told: WordIndex) -> list[list[Candidate]]:
    """The candidates of each text that stand, those of equal texts found once; `told` indexes the places of the document."""
    unique = list(dict.fromkeys(texts))
    found = {}
    for at, text in enumerate(unique, start=1):
        found[text] = candidates_in(text, told)
        if at % TEXTS_A_STEP == 0:
            step("text", at, len(unique))
    return [found[text] for text in texts]


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


def told_in(text: str) -> WordIndex:
    """The index of the places that no lexicon holds but `text` tells of."""
    return index_words(told_places(text, segmenter().weights))


def called(text: str, told: WordIndex, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Bodies that have a place told of in their name without its last character: 青岗日报 of 青岗县."""
    bodies = {c.start: c for c in candidates if c.label == "ORG"}
    for name in sorted(name for names in told.values() for name in names):
        for start, stop in followed(name[:-1], CALLED, text):
            body = next((bodies[at] for at in range(start + 1, stop) if at in bodies), None)
            end = max(stop, body.end) if body else stop
            value = Value(kind="ORG", value=text[start:end], unit="org")
            yield Candidate(label="ORG", start=start, end=end, value=value, confidence=0.7)


def followed(word: str, pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where `word` stands with `pattern` right behind it, the spans of both, none in another.

    >>> list(followed("ab", re.compile("a?c"), "abab abac abc"))
    [(5, 9), (10, 13)]
    """
    at = text.find(word)
    while at >= 0:
        match = pattern.match(text, at + len(word))
        if match:
            yield at, match.end()
        at = text.find(word, match.end() if match else at + 1)


def without_bywords(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """`candidates` without counts that are the head of a byword which the document somewhere quotes: 两项资金 of “两项资金”."""
    quoted = tuple({match["word"] for match in BYWORD.finditer(text)})
    return [c for c in candidates if c.label != "QUANTITY" or not text.startswith(quoted, c.start)]


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
    return mention_at(document.sha256, document.text, candidate, places)


def mention_at(origin: str, text: str, candidate: Candidate, places: Places | None = None) -> Mention:
    value, span = candidate.value, (candidate.start, candidate.end)
    page, box = (places.page(span), places.box(span)) if places is not None else (None, None)
    return Mention(
        id=content_id("m", origin, candidate.label, span), label=candidate.label, span=span, text=text[slice(*span)],
        value=value.value, unit=value.unit, op=value.op, low=value.low, high=value.high, confidence=candidate.confidence,
        page=page, box=box, found_by=candidate.found_by, model=candidate.model)


