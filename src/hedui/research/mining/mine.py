"""A store and the name of a theme in, its findings out, a row a finding."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from hedui.errors import UsageError
from hedui.research.derived import bring_up_to_date
from hedui.research.frames import frame_of
from hedui.research.mining.corpora import CORPUS_THEMES, mine_corpus
from hedui.research.mining.mined_table import MINED_SCHEMA, mined_derived
from hedui.research.mining.one_report import THEMES
from hedui.research.opened import Opened

__all__ = ["mine"]


def mine(store: Opened, theme: str) -> pd.DataFrame:
    """The findings of a theme: `untabled`, `hedges`, `reasons` (found once a content and kept under `store.home`), `boilerplate`, `carried`,
    `contradictions`. Columns: id, theme, type, score (0 to 1), the place, passage, start, end, text, `other_*` of the other side, note, claim,
    check. UsageError for a theme that there is not, or where only a lake is at hand, which has no texts."""
    if theme in CORPUS_THEMES:
        return mine_corpus(store, theme)
    if theme not in THEMES:
        raise UsageError(f"{theme}: 没有这个主题，有 {'、'.join((*THEMES, *CORPUS_THEMES))} · no such theme")
    if store.texts is None:
        raise UsageError(f"{store.place}: 只有数据湖，没有原文；请打开 hedui run 的输出文件夹或结果库 · a lake alone has no texts, "
                         "open OUT of hedui run or its database")
    return frame_of("", rows_of_theme(store, theme))


def rows_of_theme(store: Opened, theme: str) -> Any:
    paths = bring_up_to_date(mined_derived(), store.home, store.keys, store.texts)  # type: ignore[arg-type]
    parts = [pq.read_table(path, filters=[("theme", "=", theme)], schema=MINED_SCHEMA) for path in paths]
    return pa.concat_tables(parts) if parts else MINED_SCHEMA.empty_table()
