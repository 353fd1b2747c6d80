"""Passages of reports in, what each report of a unit carries over from its report of the year before out: verbatim, with new figures, or
with figures and dates that ought to be new.

Reports belong together that are of one unit, programme and province, a year apart (`across.names` gives the keys). Each sentence of the
later one is held against the sentences of the earlier one with the same frame or the most alike wording.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from hedui.across.names import programme_key, unit_key
from hedui.research.mining.carried_text import ALIKE, LEAST_LETTERS, Carried, carried_type, edits_of, wording
from hedui.research.mining.found import PLACE, Finding, Quoted, findings_frame
from hedui.research.mining.masking import LABEL, letters
from hedui.research.mining.reading import Reading, rows_of

__all__ = ["COLUMNS", "carried", "carried_shares"]

Row = Mapping[str, Any]
COLUMNS = (*PLACE, "report_region", "id", "passage", "kind", "section", "start", "end", "text")
MORE = ("earlier_year", "left", "moved", "edits")
Pair = tuple["Report", "Report"]


@dataclass(slots=True)
class Report:
    """The sentences of one report that are long enough to be told apart."""

    year: int
    rows: list[Row] = field(default_factory=list)


def carried(passages: Reading) -> pd.DataFrame:
    """All passages that stand in the report of the year before, a row each (`findings_frame`): `type` is verbatim, updated or stale, `other_*` the
    earlier passage, `left` the figures and years left as they were, `moved` how many figures are new, `edits` where the two differ, as spans
    in the earlier and the later file."""
    return findings_frame((finding for before, after in pairs_of(passages) for finding in between(before, after)), MORE)


def pairs_of(passages: Reading) -> Iterator[Pair]:
    """The reports of one unit, programme and province, each with that of the year before."""
    groups: dict[tuple[str, str, str], dict[int, list[Report]]] = defaultdict(lambda: defaultdict(list))
    wanted = (row for row in rows_of(passages, COLUMNS, "carried") if row["report"] and row["report_year"] and row["kind"] == "sentence")
    for _, rows in groupby(wanted, key=lambda row: (row["sha256"], row["report"])):
        held = list(rows)
        head, year = held[0], int(held[0]["report_year"])
        unit = unit_key(head["report_unit"], head["report_region"])
        kept = [row for row in held if letters(row["text"]) >= LEAST_LETTERS and not LABEL.search(row["text"])]
        if unit and kept:
            groups[unit, programme_key(head["programme"]), str(head["province"] or "")][year].append(Report(year=year, rows=kept))
    for years in groups.values():
        for year in sorted(years):
            for after in years[year]:
                before = closest(years.get(year - 1, ()), after)
                if before:
                    yield before, after


def closest(earlier: Sequence[Report], later: Report) -> Report | None:
    """Of several reports of the year before (editions, tables) the one that shares the most wording."""
    own = {wording(row["text"]) for row in later.rows}
    return max(earlier, key=lambda one: sum(wording(row["text"]) in own for row in one.rows), default=None)


def between(before: Report, after: Report) -> Iterator[Finding]:
    first, second = ([wording(row["text"]) for row in one.rows] for one in (before, after))
    likeness = cdist(second, first, scorer=Indel.normalized_similarity, score_cutoff=ALIKE, dtype=np.float32)
    for at, row in enumerate(after.rows):
        best = int(likeness[at].argmax())
        if likeness[at, best] < ALIKE:
            continue
        alike = np.flatnonzero(likeness[at] >= likeness[at, best] - 1e-6)
        other = next((before.rows[n] for n in alike if before.rows[n]["text"] == row["text"]), before.rows[best])
        found = carried_type(other["text"], row["text"], before.year, after.year, alike=float(likeness[at, best]))
        if found:
            yield finding_of(other, row, found, before.year)


def finding_of(earlier: Row, later: Row, found: Carried, year: int) -> Finding:
    start, other_start = int(later["start"]), int(earlier["start"])
    edits = [[other_start + edit.earlier[0], other_start + edit.earlier[1], start + edit.later[0], start + edit.later[1]]
             for edit in edits_of(earlier["text"], later["text"])]
    return Finding(theme="carried", type=found.type, score=found.score, at=quoted(later), other=quoted(earlier), place=later,
                   note=f"与{year}年报告相同，未更新：{'、'.join(found.left)}" if found.type == "stale" else "",
                   more={"earlier_year": year, "left": "、".join(found.left), "moved": found.moved, "edits": edits})


def quoted(row: Row) -> Quoted:
    return Quoted(sha256=row["sha256"], report=row["report"], start=int(row["start"]), end=int(row["end"]), text=row["text"], passage=row["id"])


def carried_shares(findings: pd.DataFrame, passages: Reading) -> pd.DataFrame:
    """How much of each later report comes from the year before: a row a report that has one, with `characters` of running text and the shares
    of it that are `verbatim`, `updated` and `stale`."""
    characters: dict[tuple[str, str], int] = defaultdict(int)
    for one in rows_of(passages, ("sha256", "report", "kind", "text")):
        if one["kind"] == "sentence" and one["report"]:
            characters[one["sha256"], one["report"]] += len(one["text"])
    held: dict[tuple[str, str], dict[str, Any]] = {}
    for told in findings.to_dict("records"):
        row: dict[str, Any] = {str(name): value for name, value in told.items()}
        own = held.setdefault((row["sha256"], row["report"]), {"report_unit": row["report_unit"], "report_year": row["report_year"],
                                                                "verbatim": 0, "updated": 0, "stale": 0})
        own[row["type"]] += row["end"] - row["start"]
    rows = [{"sha256": key[0], "report": key[1], **own, "characters": characters[key],
             **{name: own[name] / characters[key] for name in ("verbatim", "updated", "stale")}} for key, own in held.items()]
    return pd.DataFrame(rows, columns=["sha256", "report", "report_unit", "report_year", "characters", "verbatim", "updated", "stale"])
