"""A store and the name of a theme in, its findings out, a row a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hedui.errors import UsageError
from hedui.export.columnar import Key
from hedui.research.derived import Derived, Told, bring_up_to_date, covering
from hedui.research.frames import frame_of
from hedui.research.mining.contradictions_table import TableRows, contradictions_derived
from hedui.research.mining.corpora import CORPUS_THEMES, mine_corpus
from hedui.research.mining.mined_table import mined_derived
from hedui.research.mining.one_report import THEMES
from hedui.research.opened import Opened

__all__ = ["mine"]

CONTRADICTIONS = "contradictions"


def mine(store: Opened, theme: str, *, among: Sequence[Key] | None = None) -> pd.DataFrame:
    """The findings of a theme: `untabled`, `hedges`, `reasons`, `contradictions` (found once a content and kept under `store.home`), `boilerplate`,
    `carried` (kept for the same contents). Columns: id, theme, type, score (0 to 1), the place, passage, start, end, text, `other_*` of the
    other side, note, claim, check; contradictions and themes over many reports have their own besides. `among`: in these contents of the
    store alone (`store.drawn`). UsageError for a theme that there is not, for no contents or others than the store has, or where only a lake
    is at hand, which has no texts."""
    if theme not in (*THEMES, *CORPUS_THEMES, CONTRADICTIONS):
        raise UsageError(f"{theme}: 没有这个主题，有 {'、'.join((*THEMES, *CORPUS_THEMES, CONTRADICTIONS))} · no such theme")
    if store.texts is None:
        raise UsageError(f"{store.place}: 只有数据湖，没有原文；请打开 hedui run 的输出文件夹或结果库 · a lake alone has no texts, "
                         "open OUT of hedui run or its database")
    keys = store.keys if among is None else tuple(sorted(among))
    if among is not None and (not keys or not set(keys) <= set(store.keys)):
        raise UsageError("among 应为这里的一些内容，如 store.drawn(1000) · some of the contents of this store, say store.drawn(1000)")
    if theme in CORPUS_THEMES:
        return mine_corpus(store, theme, keys)
    if theme == CONTRADICTIONS:
        found: pd.DataFrame = by_content(store, contradictions_derived(), keys, TableRows(store=store)).sort_by("sha256").to_pandas()
        return found
    rows = by_content(store, mined_derived(), keys, store.texts)
    return frame_of("", rows.filter(pc.equal(rows["theme"], theme)))


def by_content(store: Opened, derived: Derived, keys: Sequence[Key], told: Told) -> Any:
    """The rows of a derived table for `keys`; those of a draw are kept apart, so that they do not displace what was made of all."""
    of_all = covering(derived, store.home, keys)
    if len(keys) < len(store.keys) and not of_all:
        derived = replace(derived, name=f"{derived.name}-drawn")
    paths = of_all or bring_up_to_date(derived, store.home, keys, told)
    rows = pa.concat_tables(pq.read_table(path, schema=derived.schema, partitioning=None) for path in paths)
    return rows.filter(pc.is_in(rows["sha256"], pa.array([key.sha256 for key in keys], pa.string()))) if of_all else rows
