"""Compares results with annotations."""

from __future__ import annotations

import argparse
import json
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
    made.add_argument("--calibration", action="store_true", help="把握可信到什么程度 · how far the confidences can be trusted")
    made.add_argument("--out", metavar="DIR", help="与 --calibration 同用，图写到这里 · with --calibration: write the pictures here")


def do_evaluate(args: argparse.Namespace) -> int:
    from hedui.evaluate import evaluate, evaluation_json, evaluation_table, miss_lines

    for folder in (args.gold, args.reports):
        if not Path(folder).is_dir():
            raise UsageError(f"{folder}: 没有这个文件夹 · no such folder")
    if args.calibration:
        return do_calibration(args)
    found = evaluate(args.gold, args.reports)
    print(evaluation_table(found))
    if args.misses:
        print(*miss_lines(found), sep="\n")
    if args.json is not None:
        write(args.json, evaluation_json(found))
    return OK


def do_calibration(args: argparse.Namespace) -> int:
    from hedui.evaluate import reliabilities, reliability_json, reliability_table
    from hedui.evaluate.judging import judged_in
    from hedui.evaluate.pictures import write_pictures

    found = reliabilities(judged_in(Path(args.gold), Path(args.reports)))
    told = reliability_json(found)
    print(*reliability_table(told), sep="\n")
    if args.out is not None:
        for path in write_pictures(found, Path(args.out)):
            print(f"已写出 · written: {path}")
    if args.json is not None:
        write(args.json, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return OK
