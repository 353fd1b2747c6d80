"""Reports in, what their names of places, bodies and programmes mean out: a row a report, to be joined to all that the report holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

from hedui.research.linking.programmes import link_programmes
from hedui.research.linking.regions import link_regions
from hedui.research.linking.units import link_units

__all__ = ["ASKED", "LINKED", "links_of_reports"]

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
    rows = reports.select(list(ASKED)).to_pylist()
    if not rows:
        return SCHEMA.empty_table()
    region = once(rows, ("report_region", "report_year", "report_unit", "province"), lambda raw, year, unit, province: link_regions(
        raw, year=year, unit=unit, province=province), REGION)
    unit = once(rows, ("report_unit", "report_region", "report_year"), lambda raw, region, year: link_units(raw, region=region, year=year), UNIT)
    programme = once(rows, ("programme",), link_programmes, PROGRAMME)
    ids = pd.DataFrame(rows, columns=list(ASKED))[["sha256", "report"]]
    return pa.Table.from_pandas(pd.concat([ids, region, unit, programme], axis=1), schema=SCHEMA, preserve_index=False)


def once(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], link: Callable[..., Any], names: Mapping[str, str]) -> pd.DataFrame:
    """What `link` makes of each different set of values of some columns, for every row."""
    each = [tuple(row[name] for name in columns) for row in rows]
    at = {told: n for n, told in enumerate(dict.fromkeys(each))}
    found: pd.DataFrame = link(*(list(column) for column in zip(*at, strict=True)))[list(names)].rename(columns=names)
    return found.iloc[[at[told] for told in each]].reset_index(drop=True)
