"""A README with markers and metrics -> the README with its tables written anew.

    python -m hedui.training.fill README.md models/hedui_zh/metrics.json

Between `<!-- figures:NAME -->` and `<!-- /figures -->` stands what `NAME` shows; everything else stays as it is.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hedui.errors import HeduiError, UsageError
from hedui.training.card_tables import calibration_table, figures_table, scopes_table

__all__ = ["fill"]

Metrics = Mapping[str, Any]
MARKED = re.compile(r"(?P<begin><!-- figures:(?P<name>[\w.]+) -->\n).*?(?P<end><!-- /figures -->)", re.DOTALL)
# part of the name of a scope -> what the README calls it
SCOPES = {"real/": "四份真实材料 four real sources", "annotations/": "二十七份样本 27 samples", "fresh/": "十六份样本 16 samples",
          "unseen/": "十五份没见过的 15 unseen"}
OPENED = re.compile(r"<!-- figures:[\w.]+ -->")


def reading(metrics: Metrics) -> str:
    """Rules alone, model alone and both, over all annotated reports."""
    return figures_table(metrics["figures"]["all"], untaught=False)


def by_scope(metrics: Metrics) -> str:
    """Rules alone and both, in real sources, in samples that rules were written to, and in those that none was."""
    return scopes_table(metrics["figures"], SCOPES)


def calibration(metrics: Metrics) -> str:
    """How far probabilities hold, by family of items."""
    return calibration_table({name: one for name, one in metrics["calibration"].items() if "." not in name})


TABLES: Mapping[str, Callable[[Metrics], str]] = {"reading": reading, "by_scope": by_scope, "calibration": calibration}


def fill(text: str, metrics: Metrics) -> str:
    """`text` with the figures of `metrics` between its markers. UsageError for a marker of no table, or one that is not closed.

    >>> fill("no markers", {})
    'no markers'
    """
    def filled(match: re.Match[str]) -> str:
        shown = TABLES.get(match["name"])
        if shown is None:
            raise UsageError(f"figures:{match['name']}: 没有这张表，可用 {'、'.join(TABLES)} · no such table")
        return f"{match['begin']}{shown(metrics)}\n{match['end']}"

    if len(OPENED.findall(text)) != len(MARKED.findall(text)):
        raise UsageError("<!-- figures:… --> 没有对应的 <!-- /figures --> · a marker is not closed")
    return MARKED.sub(filled, text)


def main(args: Sequence[str]) -> int:
    """Fills the page at the first path from the metrics at the second."""
    try:
        if len(args) != 2:
            raise UsageError("用法 usage: python -m hedui.training.fill README.md metrics.json")
        page, metrics = map(Path, args)
        page.write_text(fill(page.read_text(encoding="utf-8"), json.loads(metrics.read_text(encoding="utf-8"))), encoding="utf-8", newline="\n")
    except (HeduiError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
