"""The folders and wishes of `hedui evaluate` in, the lines it shows out."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from hedui.errors import StoreError
from hedui.evaluate.evaluation import evaluate
from hedui.evaluate.table import evaluation_json, evaluation_table, miss_lines

__all__ = ["add_arguments", "evaluation_text"]


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of `hedui evaluate`."""
    parser.add_argument("gold", metavar="GOLD_DIR", help="标注文件夹 · the folder of the annotations")
    parser.add_argument("reports", metavar="REPORT_DIR", help="结果 JSON 文件夹 · the folder of the results")
    parser.add_argument("--misses", action="store_true", help="逐条列出漏读和多读 · list what was missed and what was too much")
    parser.add_argument("--json", metavar="FILE", help="另写成 JSON · also write the figures here")


def evaluation_text(gold: Path | str, reports: Path | str, *, misses: bool = False, json_file: Path | str | None = None) -> str:
    """The table of figures, with the misses below it where they are asked for; the figures also go to `json_file`."""
    evaluation = evaluate(gold, reports)
    if json_file is not None:
        try:
            Path(json_file).write_text(evaluation_json(evaluation), encoding="utf-8", newline="\n")
        except OSError as error:
            raise StoreError(f"{json_file}: 写不进去 · cannot be written: {error.strerror or error}") from error
    return "\n".join([evaluation_table(evaluation), *(miss_lines(evaluation) if misses else ())])
