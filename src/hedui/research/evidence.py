"""A row in, where it comes from out: the sentences and cells that it was read from, with what was read marked in them.

The way back goes by the output of the file: a record leads to its claims and checks, a check to all figures it rests on, a claim to the
span of each of its fields.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from hedui.errors import UsageError
from hedui.export.words import COLUMNS
from hedui.research.evidence_shown import as_html, as_text
from hedui.research.evidence_types import Excerpt, Mark, Told
from hedui.research.passages import BETWEEN, Passage, passages_of

__all__ = ["Evidence", "Excerpt", "Mark", "evidence_in"]

KINDS = {"m": "mention", "c": "claim", "k": "check", "r": "record", "t": "passage"}
GROUPS = {"m": "mentions", "c": "claims", "k": "checks", "r": "records"}
SAID = ("label", "value", "unit")
MEASURES = {"budget": "预算", "issued": "下达", "received": "到位", "executed": "执行", "carried_in": "上年结转", "carried_out": "结转下年",
            "income": "收入", "saved": "节约", "recovered": "收回", "contract": "合同", "other": "其他"}
BESIDE_SPANS = frozenset({"level1", "level2"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence(Told):
    """Evidence as researchers hold it: in a notebook it shows itself, `str()` of it is for terminals. What is asked of one sentence is that
    of the first excerpt."""

    @property
    def first(self) -> Excerpt:
        """The excerpt that holds what was read first of it."""
        return self.excerpts[0]

    @property
    def sentence(self) -> str:
        return self.first.text

    @property
    def section(self) -> str:
        return self.first.section

    @property
    def page(self) -> int | None:
        return self.first.page

    @property
    def start(self) -> int:
        return self.first.start

    @property
    def end(self) -> int:
        return self.first.end

    @property
    def cell(self) -> str | None:
        return self.first.cell

    def __str__(self) -> str:
        return as_text(self)

    def _repr_html_(self) -> str:
        return as_html(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    start: int
    end: int
    role: str


def evidence_in(output: Mapping[str, Any], name: str, *, version: str) -> Evidence:
    """Where the mention, claim, check, record or passage `name` of an output of schema hedui/1 was read. UsageError where it has none."""
    source, found = output["source"], passages_of(output)
    told = {"id": name, "ref": f"{source['sha256'][:12]}/{name}", "kind": KINDS.get(name[:1], ""), "file": source["name"],
            "sha256": source["sha256"], "version": version}
    if name.startswith("t-"):
        return passage_evidence(output, found, name, told)
    for report in output["reports"]:
        item = next((one for one in report.get(GROUPS.get(name[:1], ""), ()) if one["id"] == name), None)
        if item is not None:
            spans = list(spans_of(report, item, name[:1]))
            return Evidence(**told, **place_of(report), said=said_of(item, name[:1]), confidence=item["confidence"], verdict=item.get("verdict"),
                            excerpts=excerpts_of(output, found, spans))
    raise UsageError(f"{name}: {source['name']} 里没有这个编号 · no such id in this file")


def place_of(report: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"report": None, "title": None, "unit": None, "year": None} if report is None else {
        "report": report["id"], **{field: report[field] for field in ("title", "unit", "year")}}


def passage_evidence(output: Mapping[str, Any], found: Sequence[Passage], name: str, told: dict[str, Any]) -> Evidence:
    number = name.rpartition("-")[2]
    if not number.isdecimal() or int(number) >= len(found):
        raise UsageError(f"{name}: {output['source']['name']} 里没有这一段 · no such passage in this file")
    one = found[int(number)]
    report = next((report for report in output["reports"] if report["id"] == one.report), None)
    return Evidence(**told | {"ref": name}, **place_of(report), said=one.text, confidence=None,
                    excerpts=(excerpt(output, found, int(number), ()),))


def spans_of(report: Mapping[str, Any], item: Mapping[str, Any], kind: str) -> Iterator[Span]:
    """What was read where, each place with its role."""
    if kind == "m":
        yield Span(start=item["span"][0], end=item["span"][1], role=item["label"])
    elif kind == "c":
        yield from claim_spans(item)
    elif kind == "k":
        yield from check_spans(item)
    else:
        claims, checks = set(item["claims"]), set(item["checks"])
        for claim in report["claims"]:
            if claim["id"] in claims:
                yield from claim_spans(claim)
        for check in report["checks"]:
            if check["id"] in checks and check["verdict"] == "conflict":
                yield from check_spans(check)


def claim_spans(claim: Mapping[str, Any]) -> Iterator[Span]:
    spans = claim["spans"] or {"claim": claim["span"]}
    for role, (start, end) in spans.items():
        yield Span(start=start, end=end, role=role)


def check_spans(check: Mapping[str, Any]) -> Iterator[Span]:
    yield Span(start=check["stated"]["span"][0], end=check["stated"]["span"][1], role="stated")
    for quote in check["inputs"]:
        yield Span(start=quote["span"][0], end=quote["span"][1], role="input")


def said_of(item: Mapping[str, Any], kind: str) -> str:
    """What was read, in a line."""
    if kind == "k":
        return str(item["note"])
    if kind == "m":
        return " ".join(str(item[name]) for name in SAID if item[name] not in (None, "", "1"))
    fields = item["fields"]
    return "；".join(f"{heading_of(name)} {'、'.join(map(str, value)) if isinstance(value, list) else MEASURES.get(value, value)}"
                    for name, value in fields.items() if value not in (None, "", []))


def heading_of(name: str) -> str:
    return COLUMNS["fund_year" if name == "year" else name][0]


def excerpts_of(output: Mapping[str, Any], found: Sequence[Passage], spans: Sequence[Span]) -> tuple[Excerpt, ...]:
    """The passages that spans lie in, those of the rest only where nothing else is marked there: a level of indicators that spans many rows
    is not shown by itself."""
    own = [span for span in spans if span.role not in BESIDE_SPANS] or list(spans)
    chosen = sorted({at for span in own for at in passages_at(found, span)})
    shown = [excerpt(output, found, at, spans) for at in chosen]
    return tuple(next(group) for _, group in groupby(shown, key=lambda one: (one.start, one.end, one.text)))


def passages_at(found: Sequence[Passage], span: Span) -> Iterator[int]:
    """The passages that hold any of a span: the row whose own cell it is, or all sentences that it touches."""
    last = bisect_right(found, span.start, key=start_of)
    held = [at for at in range(last - 1, max(last - 60, -1), -1) if found[at].start <= span.start < found[at].end]
    if held:
        yield held[0]
    for at in range(last, len(found)):
        if found[at].start >= span.end:
            break
        yield at


def start_of(passage: Passage) -> int:
    return passage.start


def excerpt(output: Mapping[str, Any], found: Sequence[Passage], at: int, spans: Sequence[Span]) -> Excerpt:
    one = found[at]
    marks = sorted({(start, end, span.role) for span in spans for start, end in within(one, span)})
    row: dict[str, Any] = {}
    if one.cells is not None and one.grid is not None and one.row is not None:
        row = {"grid": one.grid + 1, "row": one.row + 1, "cells": tuple(one.text.split(BETWEEN)), "headers": headers_of(output, one)}
        if len(row["cells"]) * 2 != len(one.cells):
            row |= {"cells": (), "headers": ()}
    return Excerpt(kind=one.kind, section=one.section, page=one.page, start=one.start, end=one.end, text=one.text, **row,
                   marks=tuple(Mark(start=start, end=end, role=role) for start, end, role in marks),
                   before=found[at - 1].text if at and found[at - 1].kind != "row" else "",
                   after=found[at + 1].text if at + 1 < len(found) and found[at + 1].kind != "row" else "")


def headers_of(output: Mapping[str, Any], one: Passage) -> tuple[str, ...]:
    """What stands over each cell of a row."""
    grid = output["grids"][one.grid]
    row, cells = grid["rows"][one.row], one.cells or ()
    columns = {(cell[0], cell[1]): j for j, cell in reversed(list(enumerate(row)))}
    heads = [columns.get((cells[k], cells[k + 1])) for k in range(0, len(cells), 2)]
    return tuple(" / ".join(grid["headers"][j]) if j is not None and j < len(grid["headers"]) else "" for j in heads)


def within(one: Passage, span: Span) -> Iterator[tuple[int, int]]:
    """Where a span lies in the text of a passage."""
    if one.cells is None:
        pieces = [(one.start, one.end, 0)]
    else:
        pieces, at = [], 0
        for k in range(0, len(one.cells), 2):
            pieces.append((one.cells[k], one.cells[k + 1], at))
            at += one.cells[k + 1] - one.cells[k] + len(BETWEEN)
    for start, end, at in pieces:
        lo, hi = max(start, span.start), min(end, span.end)
        if lo < hi:
            yield at + lo - start, at + hi - start

