"""The tables of a store in, one row a report out: its execution rate, self-score, money and conflicts, each with the record it rests on."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pyarrow as pa

from hedui.research.pictures.facts import facts_of
from hedui.research.store import ResearchStore

__all__ = ["report_facts"]

MONEY, SHARE, SCORE = pa.decimal128(38, 2), pa.decimal128(18, 6), pa.decimal128(9, 4)
TEXTS = ("file", "sha256", "report", "title", "unit", "region", "province", "programme", "kind",
         "rate_ref", "score_ref", "budget_ref", "executed_ref")
SURE = "select sha256, id, confidence from records where type in ('fund', 'score', 'indicator')"


def report_facts(store: ResearchStore) -> pd.DataFrame:
    """One row a report: `rate`, what was executed of the budget of its widest fund (1 is all of it), `score` its self-score of 100, `budget` and
    `executed` in yuan, `conflicts` and `checks` counted; beside each figure the `_ref` of its record and its `_confidence`. What a report does
    not tell is missing. Figures are exact decimals."""
    sure = {(one["sha256"], one["id"]): one["confidence"] for one in store.arrow(SURE).to_pylist()}
    rows = []
    for one in facts_of(lambda question: list(store.arrow(question).to_pylist())):
        behind = {"rate": one.rate_finding, "score": one.score_record,
                  **{name: money.record for name in ("budget", "executed") if (money := one.funds.get(name)) is not None}}
        rows.append({
            "file": one.file, "sha256": one.sha256, "report": one.report, "title": one.title, "unit": one.unit, "region": one.region,
            "province": one.province, "year": one.year, "programme": one.programme, "kind": one.kind,
            "rate": None if one.rate is None else one.rate.quantize(Decimal("0.000001")), "score": one.score,
            **{name: money.yuan for name in ("budget", "executed") if (money := one.funds.get(name)) is not None},
            "conflicts": len(one.conflicts), "checks": one.checks,
            **{f"{name}_ref": f"{one.sha256[:12]}/{record}" for name, record in behind.items() if record is not None},
            **{f"{name}_confidence": sure.get((one.sha256, record)) for name, record in behind.items() if record is not None},
        })
    types = {"rate": SHARE, "score": SCORE, "budget": MONEY, "executed": MONEY, "year": pa.int32(), "conflicts": pa.int32(), "checks": pa.int32(),
             **{f"{name}_confidence": pa.float64() for name in ("rate", "score", "budget", "executed")}, **dict.fromkeys(TEXTS, pa.string())}
    order = ["file", "sha256", "report", "title", "unit", "region", "province", "year", "programme", "kind", "rate", "score", "budget", "executed",
             "conflicts", "checks", *(name for name in types if name.endswith(("_ref", "_confidence")))]
    columns = {name: pa.array([row.get(name) for row in rows], types[name]) for name in order}
    frame: pd.DataFrame = pa.table(columns).to_pandas(types_mapper=pd.ArrowDtype)
    return frame
