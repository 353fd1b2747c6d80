"""Outputs that people put right in, the rows of a table as they truly are out, in the very columns of what was read: for `doubt.Checked`."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa

from hedui.research.frames import frame_of
from hedui.research.opening import of_texts
from hedui.research.store import ResearchStore
from hedui.research.table import Table
from hedui.research.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["true_frame"]


def true_frame(store: ResearchStore, texts: Texts, view: Table, reports: Collection[str], columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The rows of `view`, a table of `store` with its conditions, as the outputs of `texts` have them, which hold `reports` put right. A report of
    which `view` has rows and the truth has none has one without facts, since it was looked at all the same. `report` is always among the columns."""
    names = list(columns or view.names)
    names = names if "report" in names else ["report", *names]
    read = set(view.where(report=sorted(reports)).arrow(["report"])["report"].to_pylist())
    with TemporaryDirectory(prefix="hedui-checked-") as folder:
        for path in store.home.glob("indicators-*.parquet"):  # names keep the ids that they have in the store
            shutil.copy(path, folder)
        right = of_texts(texts, store.place, Path(folder))
        try:
            rows = replace(right.table(view.name), conditions=view.conditions).where(report=sorted(reports)).arrow(names)
            about = [name for name in names if name in right.there("reports") and name in right.there("records") and name != "conflicts"]
            bare = right.reports.where(report=sorted(read - set(rows["report"].to_pylist()))).arrow(about)
            return frame_of(view.name, pa.concat_tables([rows, bare], promote_options="default").select(names))
        finally:
            right.close()
