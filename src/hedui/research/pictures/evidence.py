"""The output of a file and one of its reports in, what pictures show of it with the sentences that say so out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

__all__ = ["Finding", "Quote", "findings_of"]

Span = tuple[int, int]
# a sentence ends here, and so does a line or cell
END = re.compile(r"[。！？；]|[\n\r\t]+")
# what is shown of a sentence that goes on and on
MOST = 240


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A sentence or cell of a report as it stands there, in pieces of which every second is what was read; `start` is the offset of the first
    such piece in the text. `cells` are the other cells of a row of a table."""

    section: str
    start: int
    pieces: tuple[str, ...]
    row: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A record or check with its id, what it is, what it says in short, how sure it is, and where it stands."""

    id: str
    kind: str
    told: str
    confidence: float
    quotes: tuple[Quote, ...]


def bounds(text: str, span: Span) -> Span:
    """The sentence round a span, cut where it is long."""
    start = max((found.end() for found in END.finditer(text, max(span[0] - MOST, 0), span[0])), default=max(span[0] - MOST, 0))
    after = END.search(text, span[1], span[1] + MOST)
    end = min(span[1] + MOST, len(text)) if after is None else after.end() if after[0] in "。！？；" else after.start()
    return start, max(end, span[1])


def pieces_of(text: str, spans: Iterable[Span], whole: Span) -> tuple[str, ...]:
    """The text of `whole` cut at `spans` within it: plain, lit, plain, … and plain at the end.

    >>> pieces_of("预算10万元，支出9万元。", [(2, 6), (9, 12)], (0, 13))
    ('预算', '10万元', '，支出', '9万元', '。')
    """
    edges = [whole[0]]
    for start, end in sorted(set(spans)):
        if start >= edges[-1] and end <= whole[1]:
            edges += [start, end]
    return tuple(text[a:b] for a, b in pairwise([*edges, whole[1]]))


def row_of(output: Mapping[str, Any], span: Span) -> tuple[Span, ...]:
    """The cells of the row of a table that a span lies in."""
    for grid in output["grids"]:
        if grid["span"][0] <= span[0] and span[1] <= grid["span"][1]:
            for row in grid["rows"]:
                if any(a <= span[0] and span[1] <= b for a, b in row):
                    return tuple((a, b) for a, b in row)
    return ()


def section_of(output: Mapping[str, Any], span: Span) -> str:
    """The headings over a place, outermost first."""
    over = [one for one in output["sections"] if one["span"][0] <= span[0] < one["span"][1] and one["title"]]
    return " › ".join(f"{one['number'] or ''}{one['title']}" for one in sorted(over, key=lambda one: one["level"]))


def quotes_of(output: Mapping[str, Any], spans: Iterable[Span]) -> Iterator[Quote]:
    """One quote a sentence or row of a table, with all that is lit in it."""
    text = output["text"]
    held: dict[Span, list[Span]] = {}
    rows: dict[Span, tuple[Span, ...]] = {}
    for span in sorted(set(spans)):
        cells = row_of(output, span)
        whole = next((cell for cell in cells if cell[0] <= span[0] and span[1] <= cell[1]), None) or bounds(text, span)
        rows[whole] = cells
        held.setdefault(whole, []).append(span)
    for whole, lit in held.items():
        others = tuple(shown for a, b in rows[whole] if (a, b) != whole and (shown := " ".join(text[a:b].split())))
        yield Quote(section=section_of(output, lit[0]), start=lit[0][0], pieces=pieces_of(text, lit, whole), row=others)


def spans_of(claim: Mapping[str, Any]) -> list[Span]:
    """Where the fields of a claim stand, or the claim itself."""
    return [(start, end) for start, end in claim["spans"].values()] or [tuple(claim["span"])]


def findings_of(output: Mapping[str, Any], report: str, wanted: Iterable[str]) -> tuple[Finding, ...]:
    """Some records and checks of a report by their ids, in the order asked for; those that are not there are left out."""
    held = next((one for one in output["reports"] if one["id"] == report), None)
    if held is None:
        return ()
    claims, known = {one["id"]: one for one in held["claims"]}, {one["id"]: one for one in (*held["records"], *held["checks"])}
    return tuple(finding(output, claims, known[one]) for one in dict.fromkeys(wanted) if one in known)


def finding(output: Mapping[str, Any], claims: Mapping[str, Any], one: Mapping[str, Any]) -> Finding:
    if "verdict" in one:
        spans = [tuple(quote["span"]) for quote in (*one["inputs"], one["stated"])]
        return Finding(id=one["id"], kind="conflict" if one["verdict"] == "conflict" else one["kind"], told=one["note"], confidence=one["confidence"],
                       quotes=tuple(quotes_of(output, spans)))
    fields = one["fields"]
    spans = [span for id in one["claims"] if id in claims for span in spans_of(claims[id])]
    told = {"fund": ("scope", "yuan"), "score": ("name", "score"), "document": ("number", "title"), "indicator": ("name", "actual")}[one["type"]]
    return Finding(id=one["id"], kind=fields.get("measure") or one["type"], confidence=one["confidence"], quotes=tuple(quotes_of(output, spans)),
                   told=" ".join(f"{fields[name]}{'元' if name == 'yuan' else ''}" for name in told if fields.get(name) is not None))
