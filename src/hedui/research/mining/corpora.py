"""A store and a theme in, what the theme finds over all its reports out, kept beside the store so that it is there at once the next time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from hedui.errors import UsageError
from hedui.research.derived import alone_in
from hedui.research.mining.boilerplate import boilerplate
from hedui.research.mining.carried import carried
from hedui.research.mining.contradictions import contradictions
from hedui.research.mining.words import recipe
from hedui.research.opened import Opened

__all__ = ["CORPUS_THEMES", "mine_corpus"]

CORPUS_THEMES: Mapping[str, Callable[[Opened], pd.DataFrame]] = {
    "boilerplate": lambda store: boilerplate(store.passages),
    "carried": lambda store: carried(store.passages),
    "contradictions": lambda store: contradictions(store.passages, store.claims, store.checks),
}


def mine_corpus(store: Opened, theme: str) -> pd.DataFrame:
    """The findings of a theme of `CORPUS_THEMES` over all reports of a store, made once for its contents and this version of the rules.

    Columns: id, theme, type, score (0 to 1), the place (file, sha256, report, report_unit, report_year, programme, province), passage, start, end
    and text, `other_*` of the other side, note, claim, check, and those of the theme. UsageError for another theme.
    """
    if theme not in CORPUS_THEMES:
        raise UsageError(f"{theme}: 没有这个主题，有 {'、'.join(CORPUS_THEMES)} · no such theme")
    folder = store.home / "mining"
    path = folder / f"{theme}-{digest_of(store)}.parquet"
    if not path.is_file():
        with alone_in(folder):
            if not path.is_file():
                for old in folder.glob(f"{theme}-*"):
                    old.unlink(missing_ok=True)
                part = path.with_suffix(".part")
                CORPUS_THEMES[theme](store).to_parquet(part, index=False)
                part.replace(path)
    return pd.read_parquet(path, partitioning=None)


def digest_of(store: Opened) -> str:
    told: Any = "\n".join((recipe(), *("\t".join(key) for key in store.keys)))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
