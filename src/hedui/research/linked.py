"""Reports in, what their names of places, bodies and programmes mean out: a row a report, to be joined to all that the report holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

from hedui.research.linking.programmes import link_programmes
from hedui.research.linking.regions import link_regions
from hedui.research.linking.units import link_units

__all__ = ["LINKED", "ASKED", "links_of_reports"]

ASKED = ("sha256", "report", "report_region", "report_unit", "report_year", "report_title", "programme", "province")
REGION = {"region_id": "region_id", "code": "region_code", "name": "region_name", "level": "region_level", "province": "linked_province",
          "prefecture": "prefecture", "score": "region_score"}
UNIT = {"unit_id": "unit_id", "unit_name": "unit_name", "kind": "unit_kind", "score": "unit_score"}
PROGRAMME = {"programme_id": "programme_id", "programme_name": "programme_name", "fund_id": "fund_id", "score": "programme_score"}
LINKED = (*REGION.values(), *UNIT.values(), *PROGRAMME.values())
SCHEMA = pa.schema([("sha256", pa.string()), ("report", pa.string()),
                    *((name, pa.float64() if name.endswith("_score") else pa.string()) for name in LINKED)])


def links_of_reports(reports: Any) -> Any:
    """A row a report of an Arrow table with the columns `ASKED`: its links, null where nothing is told, each with the chance that it is right
    (`region_score`, `unit_score`, `programme_score`)."""
    rows = reports.select(list(ASKED)).to_pandas()
    told = rows.astype(object).where(rows.notna(), None)
    region = once(told, ["report_region", "report_year", "report_unit", "province"], lambda *columns: link_regions(
        columns[0], year=columns[1], unit=columns[2], province=columns[3]), REGION)
    unit = once(told, ["report_unit", "report_region", "report_year"], lambda *columns: link_units(columns[0], region=columns[1], year=columns[2]), UNIT)
    programme = once(told, ["programme"], link_programmes, PROGRAMME)
    whole = pd.concat([rows[["sha256", "report"]], region, unit, programme], axis=1)
    return pa.Table.from_pandas(whole, schema=SCHEMA, preserve_index=False)


def once(told: pd.DataFrame, columns: Sequence[str], link: Any, names: dict[str, str]) -> pd.DataFrame:
    """What `link` makes of each different row of some columns, for every row."""
    each = told[list(columns)].drop_duplicates().reset_index(drop=True)
    if "report_year" in each:
        each["report_year"] = [None if year is None else int(year) for year in each["report_year"]]
    found = link(*([*each[name]] for name in columns))[list(names)].rename(columns=names)
    keys = {tuple(row): at for at, row in enumerate(each.itertuples(index=False, name=None))}
    at = [keys[tuple(None if value is None else int(value) if name == "report_year" else value for name, value in zip(columns, row, strict=True))]
          for row in told[list(columns)].itertuples(index=False, name=None)]
    return found.iloc[at].reset_index(drop=True)
