"""The tables of a lake in, one row a report with what pictures show of it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import Any

import duckdb

from hedui.export.columnar import NOWHERE
from hedui.errors import StoreError
from hedui.export.lake_folder import folder_at
from hedui.export.lake_manifest import MANIFEST
from hedui.export.lake_read import lake_dataset
from hedui.research.pictures.types import Cited, Conflict, Money, ReportFacts

__all__ = ["Held", "Rows", "facts_at", "facts_of", "lake_rows"]

Rows = Callable[[str], list[dict[str, Any]]]
Key = tuple[str, str]
BUILDING = Lock()
TABLES = ("reports", "records", "checks")
REPORTS = """
SELECT sha256, report, version, file, report_title, report_unit, report_region, province, report_year, programme, report_kind, checks
FROM reports WHERE report IS NOT NULL ORDER BY file, sha256, start, report"""
# The widest fund of a report is the scope that tells budget and execution of the report's year, with the largest budget. A measure that is
# not told of that scope is the largest amount told of it: a total is never smaller than its parts. Of two tellings the table's goes first.
FUNDS = """
WITH told AS (
  SELECT sha256, report, id, measure, coalesce(scope, '') AS scope, yuan, (status <> 'narrative_only', confidence, id) AS trust
  FROM records
  WHERE type = 'fund' AND yuan > 0 AND measure IN ('budget', 'issued', 'received', 'executed', 'carried_out', 'saved')
    AND (fund_year IS NULL OR report_year IS NULL OR fund_year = report_year)),
one AS (
  SELECT sha256, report, scope, measure, max_by(yuan, trust) AS yuan, max_by(id, trust) AS id FROM told GROUP BY ALL),
both_told AS (
  SELECT sha256, report, scope, max(yuan) FILTER (measure = 'budget') AS budget FROM one
  GROUP BY ALL HAVING count(*) FILTER (measure IN ('budget', 'executed')) = 2),
widest AS (SELECT sha256, report, max_by(scope, (budget, scope)) AS scope FROM both_told GROUP BY ALL)
SELECT sha256, report, measure, max_by(yuan, (one.scope = widest.scope, yuan, one.scope)) AS yuan,
       max_by(id, (one.scope = widest.scope, yuan, one.scope)) AS id
FROM one JOIN widest USING (sha256, report) GROUP BY ALL"""
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
    """The facts of all reports of a lake as its manifest told them; `digest` is that of the manifest."""

    digest: str
    facts: tuple[ReportFacts, ...]


def facts_at(url: str) -> Held:
    """The facts of the lake at `url`, made anew only when its manifest changed. StoreError where there is no lake."""
    try:
        manifest = folder_at(url).read(MANIFEST)
    except FileNotFoundError as error:
        raise StoreError(f"{url}: 没有数据湖（缺 {MANIFEST}），请先运行 hedui run · no lake here, run hedui first") from error
    with BUILDING:
        return held_at(url, sha256(manifest).hexdigest())


@lru_cache(maxsize=2)
def held_at(url: str, digest: str) -> Held:
    return Held(digest=digest, facts=facts_of(lake_rows(url)))


def lake_rows(url: str) -> Rows:
    """What answers SQL over the tables of the lake at `url`, its rows as dicts. StoreError where there is no lake."""
    held = {table: lake_dataset(url, table) for table in TABLES}

    def rows(sql: str) -> list[dict[str, Any]]:
        with duckdb.connect() as connection:
            for table, dataset in held.items():
                connection.register(table, dataset)
            return list(connection.sql(sql).to_arrow_table().to_pylist())
    return rows


def by_report(rows: list[dict[str, Any]]) -> Mapping[Key, list[dict[str, Any]]]:
    found: dict[Key, list[dict[str, Any]]] = defaultdict(list)
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
                unit=row["report_unit"], region=row["report_region"], province=None if row["province"] == NOWHERE else row["province"],
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
