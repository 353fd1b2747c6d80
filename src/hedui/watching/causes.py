"""The cause of a failure in, its kind out: few kinds with names and what to do (`causes.tsv`), the first whose mark the cause holds."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Kind", "kind_of", "kinds"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of cause, in both languages, with what to do of it; `mark` is a pattern of the causes of this kind."""

    kind: str
    mark: re.Pattern[str]
    name: str
    name_en: str
    do: str
    do_en: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its short name, in the order that they are tried."""
    lines = files("hedui.watching").joinpath("causes.tsv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["kind"]: Kind(**{**row, "mark": re.compile(row["mark"])}) for row in rows}  # type: ignore[arg-type]


def kind_of(cause: str | None) -> str:
    """The short name of the kind of a cause.

    >>> kind_of("有密码保护，打不开；请取消密码后重新保存 / password-protected; …")
    'protected'
    >>> kind_of(None)
    'other'
    """
    return next((name for name, kind in kinds().items() if kind.mark.search(cause or "")), "other")
