"""A store and a theme in, what the theme finds over all its reports out, kept beside the store so that it is there at once the next time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from hedui.errors import UsageError
from hedui.export.columnar import Key
from hedui.research.derived import alone_in
from hedui.research.mining.boilerplate import boilerplate
from hedui.research.mining.carried import carried
from hedui.research.mining.reading import Reading
from hedui.research.mining.words import recipe
from hedui.research.opened import Opened

__all__ = ["CORPUS_THEMES", "mine_corpus"]

DIGITS = 16

CORPUS_THEMES: Mapping[str, Callable[[Reading], pd.DataFrame]] = {"boilerplate": boilerplate, "carried": carried}


def mine_corpus(store: Opened, theme: str, keys: Sequence[Key]) -> pd.DataFrame:
    """The findings of a theme of `CORPUS_THEMES` over the reports of `keys`, made once for these contents and this version of the rules.

    Columns: id, theme, type, score (0 to 1), the place (file, sha256, report, report_unit, report_year, programme, province), passage, start, end
    and text, `other_*` of the other side, note, claim, check, and those of the theme. UsageError for another theme.
    """
    if theme not in CORPUS_THEMES:
        raise UsageError(f"{theme}: 没有这个主题，有 {'、'.join(CORPUS_THEMES)} · no such theme")
    folder, all_of_them = store.home / "mining", len(keys) == len(store.keys)
    name = theme if all_of_them else f"drawn-{theme}"
    path = folder / f"{name}-{digest_of(keys)}.parquet"
    if not path.is_file():
        with alone_in(folder):
            if not path.is_file():
                for old in folder.glob(f"{name}-*"):
                    old.unlink(missing_ok=True)
                part = path.with_suffix(".part")
                passages = store.passages
                CORPUS_THEMES[theme](passages if all_of_them else passages.where(sha256=[key.sha256 for key in keys])).to_parquet(part, index=False)
                part.replace(path)
    return pd.read_parquet(path, partitioning=None)


def digest_of(keys: Sequence[Key]) -> str:
    told: Any = "\n".join((recipe(), *("\t".join(key) for key in keys)))
    return hashlib.sha256(told.encode()).hexdigest()[:DIGITS]
