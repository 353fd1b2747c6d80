"""A store, keys and a measure in, a panel out: a row a group, its figure with the range that holds the truth and how many rows and reports it
rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import pandas as pd

from hedui.errors import UsageError
from hedui.progress import step
from hedui.research.doubt import Estimate, mean, ratio, share, total
from hedui.research.frames import frame_of as framed
from hedui.research.query import Query
from hedui.research.table import Table

__all__ = ["KEYS", "Measure", "measures", "panel"]

# what people call a key, and the column it is
KEYS = {"region": "province", "prefecture": "prefecture", "county": "region_name", "year": "report_year", "unit": "unit_name", "body": "unit_kind",
        "programme": "programme_name", "fund": "fund_id", "indicator": "indicator_name", "kind": "kind"}
FIGURES = ("value", "low", "high", "n", "reports", "n_effective")
OF, TO, SURE = "of", "to", "sure"


class Tables(Protocol):
    """Whatever has tables by their names."""

    def table(self, name: str) -> Table: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """What is measured: `how` (mean, share, total, ratio) of the SQL expression `of`, by `to` for a ratio, over those `rows` of `table`;
    `confidence` is the column (or number) of how surely it was read."""

    name: str
    table: str
    how: str
    of: str
    to: str
    confidence: str
    rows: str
    zh: str
    en: str


@cache
def measures() -> Mapping[str, Measure]:
    """The measures of `panel_measures.tsv` by name."""
    lines = files("hedui.research").joinpath("panel_measures.tsv").read_text(encoding="utf-8").splitlines()
    names = ("name", "table", "how", "of", "to", "confidence", "rows", "zh", "en")
    rows = (dict(zip(names, line.split("\t"), strict=True)) for line in lines if line and not line.startswith("#"))
    return {row["name"]: Measure(**row) for row in rows}


def panel(store: Tables, keys: Sequence[str], measure: str, *, where: Mapping[str, Any] | str | Query | None = None, wide: bool = False,
          level: float = 0.95, least: int = 1, **options: Any) -> pd.DataFrame:
    """The figure of every group of `keys` (none: one row for all): value, low, high of the interval at `level`, n rows, reports, n_effective.

    `where` chooses rows first, by columns or as a query; groups of fewer than `least` reports are left out; `options` go to the estimate
    (`hedui.research.doubt.Options`: cluster, population, errors, checked). `wide`: the values with the last key across. UsageError for a key or
    a measure that is not known.
    """
    chosen = known(measure)
    table = chosen_rows(store.table(chosen.table), where)
    columns = [column_of(key, table) for key in keys]
    frame = frame_of(table, chosen, columns)
    groups = list(frame.groupby(columns, sort=True, dropna=True, observed=True)) if columns else [((), frame)]
    rows = []
    for done, (group, held) in enumerate(groups, 1):
        found = estimated(chosen, held, level=level, options=options)
        if found.reports >= least and found.n:
            rows.append((*(group if isinstance(group, tuple) else (group,)), *(getattr(found, name) for name in FIGURES)))
        step("panel", done, len(groups))
    panel = pd.DataFrame(rows, columns=[*keys, *FIGURES])
    panel.attrs = {"measure": chosen.name, "zh": chosen.zh, "en": chosen.en, "level": level, "table": chosen.table}
    return spread(panel, keys) if wide else panel


def known(measure: str) -> Measure:
    found = measures().get(measure)
    if found is None:
        near = get_close_matches(measure, measures(), n=1, cutoff=0.4)
        told = "、".join(f"{one.name}（{one.zh.partition('：')[0]}）" for one in measures().values())
        raise UsageError(f"{measure}: 没有这个度量{f'，是不是 {near[0]}' if near else ''}？有 {told} · no such measure")
    return found


def column_of(key: str, table: Table) -> str:
    name = KEYS.get(key, key)
    if name not in table.names:
        raise UsageError(f"{key}: {table.name} 不能按它分组，可用 {'、'.join(one for one, held in KEYS.items() if held in table.names)} 或列名 · "
                         "cannot be grouped by that")
    return name


def chosen_rows(table: Table, where: Mapping[str, Any] | str | Query | None) -> Table:
    if where is None:
        return table
    return table.where(**where) if isinstance(where, Mapping) else table.query(where)


def frame_of(table: Table, measure: Measure, columns: Sequence[str]) -> pd.DataFrame:
    """The rows that count: keys, figures under `of` and `to`, how sure they are, and the report they come from."""
    of = measure.of if measure.how in ("total", "ratio") else f"({measure.of})::double"
    told = [f'({of}) as "{OF}"', *([f'({measure.to}) as "{TO}"'] if measure.to else []), f'({measure.confidence}) as "{SURE}"',
            *(f'"{name}"' for name in dict.fromkeys([*columns, "report"]))]
    rows = " where ".join((f"select {', '.join(told)} from (select * from {table.name}{table.wheres})",
                           " and ".join(part for part in (measure.rows, f'"{OF}" is not null') if part)))
    frame = framed(table.name, table.cursor().sql(rows, params=table.values).to_arrow_table())
    return frame.astype({name: "string" for name in columns if isinstance(frame[name].dtype, pd.CategoricalDtype)})


def estimated(measure: Measure, frame: pd.DataFrame, *, level: float, options: Mapping[str, Any]) -> Estimate:
    sure: Any = 1.0 if measure.confidence == "1" else {OF: SURE, TO: 1.0}
    told: Any = {"confidence": sure, "level": level, **options}
    if measure.how == "ratio":
        return ratio(frame, OF, TO, **told)
    return {"mean": mean, "share": share, "total": total}[measure.how](frame, OF, **told)


def spread(panel: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Values with the last key across; of one key a row a group."""
    return panel.pivot(index=list(keys[:-1]), columns=keys[-1], values="value") if len(keys) > 1 else panel.set_index(keys[0])[["value"]]
