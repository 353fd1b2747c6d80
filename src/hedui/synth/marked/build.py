"""A marked source file in; the report and its gold written out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hedui.synth.marked import claims
from hedui.synth.marked.checks import checks
from hedui.synth.marked.page import Page, lay_out
from hedui.synth.marked.source import read_source

__all__ = ["build_file", "gold_of", "rendered"]


def gold_of(page: Page, shown: Page | None = None) -> dict[str, Any]:
    """The gold of a page, in the form of guidelines.md; `shown` is the same page with noise in its text, where it has any."""
    clean, page = page, shown or page
    count = page.marked.text.rstrip("\n").count("\n") + 1
    return {
        "source": page.source.file,
        "lines": [1, count],
        "reports": claims.reports(page),
        "mentions": claims.mentions(page),
        "indicators": claims.narrative_indicators(page) + claims.table_indicators(page),
        "funds": claims.funds(page),
        "documents": claims.documents(page),
        "scores": claims.scores(page),
        "checks": checks(clean, shown),
    }


def rendered(gold: dict[str, Any]) -> str:
    """JSON with one item a line."""
    out = []
    for key, value in gold.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            items = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value)
            out.append(f' "{key}": [\n  {items}\n ]')
        else:
            out.append(f' "{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(out) + "\n}\n"


def write_report(page: Page, path: Path) -> None:
    if path.suffix == ".docx":
        from hedui.synth.marked.word import write_word  # python-docx is needed for Word files alone

        write_word(page, path)
    else:
        path.write_text(page.marked.text, encoding=page.source.encoding, newline="\n")


def build_file(path: Path, samples: Path, gold: Path) -> tuple[Path, Path]:
    """Write the report of the source file `path` into `samples` and its gold into `gold`; the two paths written."""
    try:
        page = lay_out(read_source(path.read_text(encoding="utf-8")))
        truth_text = rendered(gold_of(page))
        report, truth = samples / page.source.file, gold / f"{Path(page.source.file).stem}.json"
        write_report(page, report)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
    truth.write_text(truth_text, encoding="utf-8", newline="\n")
    return report, truth
