"""A store of `hedui.research` in, one row a report with what pictures show of it out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from hedui.export.columnar import Key
from hedui.export.lake_manifest import MANIFEST
from hedui.research.opening import open_store
from hedui.research.pictures.types import Cited, Conflict, Money, ReportFacts
from hedui.research.store import ResearchStore

__all__ = ["Held", "Rows", "facts_at", "facts_of"]

Rows = Callable[[str], list[dict[str, Any]]]
Place = tuple[str, str]
BUILDING = Lock()
LAKE = "lake"
REPORTS = """
SELECT sha256, report, version, file, report_title, report_unit, report_region, nullif(province, '_') AS province, report_year, programme, report_kind, checks
FROM reports WHERE report IS NOT NULL ORDER BY file, sha256, start, report"""
# The fund of a report is a pair of amounts, budget and executed: such as the report itself holds against one another (a rate or difference
# of both), or a table tells of one scope, else such as text tells of one scope. Of several the widest; what was executed is never twice the budget. What is told of the pair's
# scope goes first for the other measures, else the largest amount that the pair has room for: a total is never smaller than its parts.
FUNDS = """
WITH told AS (
  SELECT sha256, report, id, measure, coalesce(scope, '') AS scope, yuan, check_ids, confidence, (status <> 'narrative_only')::INTEGER AS tabled
  FROM records
  WHERE type = 'fund' AND yuan > 0 AND measure IN ('budget', 'issued', 'received', 'executed', 'carried_out', 'saved')
    AND (fund_year IS NULL OR report_year IS NULL OR fund_year = report_year)),
touched AS (SELECT sha256, report, id, measure, unnest(check_ids) AS check_id FROM told WHERE measure IN ('budget', 'executed')),
held AS (
  SELECT DISTINCT b.sha256, b.report, b.id AS budget, e.id AS executed
  FROM touched b JOIN touched e USING (sha256, report, check_id) JOIN checks c ON (c.sha256, c.report, c.id) = (b.sha256, b.report, check_id)
  WHERE b.measure = 'budget' AND e.measure = 'executed' AND c.kind IN ('ratio', 'difference')),
pairs AS (
  SELECT sha256, report, b.id AS budget, e.id AS executed, b.yuan AS budget_yuan, e.yuan AS executed_yuan, b.scope AS scope, e.scope AS other,
         ((held.budget IS NOT NULL OR b.tabled + e.tabled = 2)::INTEGER, b.yuan, (held.budget IS NOT NULL)::INTEGER, b.tabled + e.tabled,
          b.confidence + e.confidence, b.id, e.id) AS rank
  FROM told b JOIN told e USING (sha256, report) LEFT JOIN held ON (held.sha256, held.report, held.budget, held.executed) = (sha256, report, b.id, e.id)
  WHERE b.measure = 'budget' AND e.measure = 'executed' AND e.yuan <= 2 * b.yuan AND (held.budget IS NOT NULL OR b.scope = e.scope)),
best AS (
  SELECT sha256, report, max_by(budget, rank) AS budget, max_by(executed, rank) AS executed, max_by(budget_yuan, rank) AS budget_yuan,
         max_by(executed_yuan, rank) AS executed_yuan, max_by(scope, rank) AS scope, max_by(other, rank) AS other
  FROM pairs GROUP BY ALL)
SELECT sha256, report, 'budget' AS measure, budget_yuan AS yuan, budget AS id FROM best
UNION ALL SELECT sha256, report, 'executed', executed_yuan, executed FROM best
UNION ALL
SELECT sha256, report, measure, max_by(yuan, (told.scope IN (best.scope, other), yuan, id)), max_by(id, (told.scope IN (best.scope, other), yuan, id))
FROM told JOIN best USING (sha256, report)
WHERE measure IN ('issued', 'received') AND yuan <= budget_yuan OR measure IN ('carried_out', 'saved') AND yuan <= budget_yuan - executed_yuan
GROUP BY ALL"""
STATED = """
SELECT sha256, report, max_by(rate, trust) AS rate, max_by(id, trust) AS id FROM (
  SELECT sha256, report, id, (status <> 'narrative_only', confidence, id) AS trust,
         TRY_CAST(regexp_extract(actual, '^([0-9]{1,4}(?:\\.[0-9]+)?) ?[%％]$', 1) AS DECIMAL(18, 6)) AS rate
  FROM records WHERE type = 'indicator' AND regexp_matches(name, '^(?:预算|资金|预算资金)执行率$'))
WHERE rate IS NOT NULL GROUP BY ALL"""
SCORES = """
SELECT sha256, report, max_by(score, trust) AS score, max_by(id, trust) AS id FROM (
  SELECT sha256, report, id, (status <> 'narrative_only', confidence, id) AS trust,
         CASE WHEN TRY_CAST("full" AS DECIMAL(18, 6)) IS NULL OR TRY_CAST("full" AS DECIMAL(18, 6)) = 100 THEN TRY_CAST(score AS DECIMAL(18, 6))
              WHEN TRY_CAST("full" AS DECIMAL(18, 6)) > 0
              THEN CAST(TRY_CAST(score AS DECIMAL(18, 6)) * 100 / TRY_CAST("full" AS DECIMAL(18, 6)) AS DECIMAL(18, 6)) END AS score
  FROM records WHERE type = 'score' AND name = '总分')
WHERE score BETWEEN 0 AND 100 GROUP BY ALL"""
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
    """What lies at `where` (see `open_store`), made anew only when its lake changed. UsageError or StoreError where nothing can be read."""
    with BUILDING:
        return held_at(where, stamp_of(where))


def stamp_of(where: str) -> tuple[int, int] | None:
    """What changes with the lake in a folder."""
    try:
        told = Path(where, LAKE, MANIFEST).stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size


@lru_cache(maxsize=2)
def held_at(where: str, stamp: object) -> Held:
    store = open_store(where)
    return Held(store=store, facts=facts_of(lambda sql: list(store.arrow(sql).to_pylist())))


def by_report(rows: list[dict[str, Any]]) -> Mapping[Place, list[dict[str, Any]]]:
    found: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["sha256"], row["report"]].append(row)
    return found


def facts_of(rows: Rows) -> tuple[ReportFacts, ...]:
    """The facts of every report, by the name of its file and its place there. `rows` answers SQL over reports, records and checks with the
    columns of the lake."""
    funds, stated, scores, conflicts, documents = (by_report(rows(sql)) for sql in (FUNDS, STATED, SCORES, CONFLICTS, DOCUMENTS))

    def made() -> Iterator[ReportFacts]:
        for row in rows(REPORTS):
            key = row["sha256"], row["report"]
            money = {one["measure"]: Money(shortened(one["yuan"]), one["id"]) for one in funds.get(key, ())}
            rate, finding = rate_of(money, stated.get(key))
            score = scores.get(key, [{}])[0]
            yield ReportFacts(
                sha256=row["sha256"], report=row["report"], version=row["version"], file=row["file"], title=row["report_title"],
                unit=row["report_unit"], region=row["report_region"], province=row["province"],
                year=row["report_year"], programme=row["programme"], kind=row["report_kind"], checks=row["checks"] or 0,
                score=shortened(score["score"]) if score else None, score_record=score.get("id"), funds=money, rate=rate, rate_finding=finding,
                conflicts=tuple(Conflict(one["id"], one["kind"], one["note"]) for one in conflicts.get(key, ())),
                documents=tuple(Cited(one["id"], one["number"], one["title"]) for one in documents.get(key, ())))
    return tuple(made())


def rate_of(money: Mapping[str, Money], stated: list[dict[str, Any]] | None) -> tuple[Decimal | None, str | None]:
    """Executed of budget, by the amounts where both are told, else as the report states it."""
    if money:
        return money["executed"].yuan / money["budget"].yuan, money["executed"].record
    return (stated[0]["rate"] / 100, stated[0]["id"]) if stated else (None, None)


def shortened(value: Decimal) -> Decimal:
    """The same number without the zeros that a column of a fixed scale adds.

    >>> shortened(Decimal("1200.500000")), shortened(Decimal("100.000000"))
    (Decimal('1200.5'), Decimal('100'))
    """
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
