"""A store of `hedui.research` in, one row a report with what pictures show of it out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from threading import Lock
from typing import Any

from hedui.export.columnar import Key
from hedui.research.opening import open_store
from hedui.research.pictures.types import Cited, Conflict, Money, ReportFacts
from hedui.research.stamps import stamp_of
from hedui.research.store import ResearchStore

__all__ = ["Held", "facts_at", "facts_of"]

Row = Mapping[str, Any]
Place = tuple[str, str]
BUILDING = Lock()
REPORTS = """
SELECT sha256, report, version, file, report_title, report_unit, report_region, province, report_year, programme, report_kind, checks, budget_yuan,
       budget_id, executed_yuan, execution_rate, execution_id, self_score, self_score_id
FROM reports WHERE report IS NOT NULL ORDER BY file, sha256, start, report"""
# What is told of the scope of budget or executed goes first, else the largest amount that the two have room for: a total is never smaller
# than its parts.
OTHERS = """
WITH pair AS (
  SELECT r.sha256, r.report, budget_yuan, executed_yuan, coalesce(b.scope, '') AS budget_scope, coalesce(e.scope, '') AS executed_scope
  FROM reports r JOIN records b ON (b.sha256, b.report, b.id) = (r.sha256, r.report, budget_id)
  JOIN records e ON (e.sha256, e.report, e.id) = (r.sha256, r.report, execution_id)),
told AS (
  SELECT sha256, report, measure, yuan, id, (coalesce(scope, '') IN (budget_scope, executed_scope), yuan, id) AS rank
  FROM records JOIN pair USING (sha256, report)
  WHERE type = 'fund' AND yuan > 0 AND (fund_year IS NULL OR report_year IS NULL OR fund_year = report_year)
    AND (measure IN ('issued', 'received') AND yuan <= budget_yuan
         OR measure IN ('carried_out', 'saved') AND yuan <= budget_yuan - executed_yuan))
SELECT sha256, report, measure, max_by(yuan, rank) AS yuan, max_by(id, rank) AS id FROM told GROUP BY ALL"""
CONFLICTS = "SELECT sha256, report, id, kind, note FROM checks WHERE verdict = 'conflict' ORDER BY start, id"
DOCUMENTS = """
SELECT sha256, report, id, number, title FROM records WHERE type = 'document' AND (number IS NOT NULL OR title IS NOT NULL) ORDER BY id"""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Held:
    """What a store of `hedui.research` holds, with the facts of its reports."""

    store: ResearchStore
    facts: tuple[ReportFacts, ...]

    def output(self, one: ReportFacts) -> dict[str, Any] | None:
        """The whole output that a report comes from; None where only tables are at hand."""
        if self.store.texts is None:
            return None
        kept = next(iter(self.store.texts.outputs([Key(one.sha256, one.version, one.file)])), None)
        return None if kept is None else dict(json.loads(kept.output))


def facts_at(where: str) -> Held:
    """What lies at `where` (see `open_store`), made anew only when its lake, or without one its contents, changed. UsageError or StoreError
    where nothing can be read."""
    with BUILDING:
        return held_at(where, stamp_of(where) or open_store(where).keys)


@lru_cache(maxsize=2)
def held_at(where: str, stamp: object) -> Held:
    store = open_store(where)
    return Held(store=store, facts=facts_of(store))


def by_report(rows: Sequence[Row]) -> Mapping[Place, Sequence[Row]]:
    found: dict[Place, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["sha256"], row["report"]].append(row)
    return found


def facts_of(store: ResearchStore) -> tuple[ReportFacts, ...]:
    """The facts of every report, by the name of its file and its place there."""
    others, conflicts, documents = (by_report(store.arrow(sql).to_pylist()) for sql in (OTHERS, CONFLICTS, DOCUMENTS))

    def made() -> Iterator[ReportFacts]:
        for row in store.arrow(REPORTS).to_pylist():
            key = row["sha256"], row["report"]
            yield ReportFacts(
                sha256=row["sha256"], report=row["report"], version=row["version"], file=row["file"], title=row["report_title"],
                unit=row["report_unit"], region=row["report_region"], province=row["province"],
                year=row["report_year"], programme=row["programme"], kind=row["report_kind"], checks=row["checks"] or 0,
                score=shortened(row["self_score"]), score_record=row["self_score_id"], funds=funds_of(row, others.get(key, ())),
                rate=shortened(row["execution_rate"]), rate_finding=row["execution_id"],
                conflicts=tuple(Conflict(one["id"], one["kind"], one["note"]) for one in conflicts.get(key, ())),
                documents=tuple(Cited(one["id"], one["number"], one["title"]) for one in documents.get(key, ())))
    return tuple(made())


def funds_of(report: Row, others: Sequence[Row]) -> Mapping[str, Money]:
    """The amounts of a report's fund by measure; none where budget and executed are not both told."""
    if report["budget_id"] is None:
        return {}
    told = [("budget", report["budget_yuan"], report["budget_id"]), ("executed", report["executed_yuan"], report["execution_id"]),
            *((one["measure"], one["yuan"], one["id"]) for one in others)]
    return {measure: Money(exact, id) for measure, yuan, id in told if (exact := shortened(yuan)) is not None}


def shortened(value: Decimal | None) -> Decimal | None:
    """The same number without the zeros that a column of a fixed scale adds.

    >>> shortened(Decimal("1200.500000")), shortened(Decimal("100.000000"))
    (Decimal('1200.5'), Decimal('100'))
    """
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
