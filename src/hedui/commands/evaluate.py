"""Compares results with annotations."""

from __future__ import annotations

import argparse
from pathlib import Path

from hedui.commands.arguments import OK, Commands, command, write
from hedui.errors import UsageError

__all__ = ["add"]


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "evaluate", do_evaluate, help="与人工标注相比 · compare with annotations",
                   description="把结果与人工标注相比，给出各项指标和置信区间。\n"
                               "Compares results with annotations: figures with confidence intervals.")
    made.add_argument("gold", metavar="GOLD_DIR", help="标注文件夹 · the folder of the annotations")
    made.add_argument("reports", metavar="REPORT_DIR", help="结果 JSON 文件夹 · the folder of the results")
    made.add_argument("--misses", action="store_true", help="列出漏的和多的 · also list what was missed and too much")
    made.add_argument("--json", metavar="FIGURES.json", help="指标另存 · also write the figures here")


def do_evaluate(args: argparse.Namespace) -> int:
    from hedui.evaluate import evaluate, evaluation_json, evaluation_table, miss_lines

    for folder in (args.gold, args.reports):
        if not Path(folder).is_dir():
            raise UsageError(f"{folder}: 没有这个文件夹 · no such folder")
    found = evaluate(args.gold, args.reports)
    print(evaluation_table(found))
    if args.misses:
        print(*miss_lines(found), sep="\n")
    if args.json is not None:
        write(args.json, evaluation_json(found))
    return OK
