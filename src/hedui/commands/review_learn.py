"""What the review desk learns from: what is looked at next, what repeats, and how far confidences hold."""

from __future__ import annotations

import argparse
import json
from importlib.util import find_spec
from pathlib import Path

from hedui.commands.arguments import OK, Commands, command, positive, tell
from hedui.commands.review_told import add_store
from hedui.errors import StoreError, UsageError

__all__ = ["add_calibrate", "add_learned", "add_next"]

NEXT = """下一批看哪几份：在没人看过的报告里，挑预计错得多、又彼此不同、也不同于看过的，把其中还不在待办里的记录排进待办（缘由：供学习）。
The reports to look at next: those that may be most wrong for what they cost, unlike one another and unlike what was looked at. Their
records go into the queue with the reason “to learn from”."""
LEARNED = """把“学到的”一页里接受的条目写成文件：词表的行、规则用例的行，各注明谁、何时、依据哪些报告。已装的程序不动。
Writes what was accepted on the page “learned”: rows of word lists and of cases, each with who, when and from which reports."""
CALIBRATE = """用人的判断校准机器的把握：抽查的一份按抽中概率的倒数计。写出 weights.json（供 load_calibrator 读）、metrics.json 和 card.md。
Puts confidences right by what people decided; what was audited counts one over the probability that it was drawn."""
REASONS = {"conflict": "不符 conflict", "doubt": "拿不准 doubtful", "missing": "缺栏目 incomplete", "audit": "抽查 random audit"}


def add_next(commands: Commands) -> None:
    """`hedui review next` with its arguments."""
    made = command(commands, "next", do_next, help="下一批看哪几份 · the reports to look at next", description=NEXT)
    add_store(made)
    made.add_argument("-n", "--count", type=positive, default=20, metavar="20", help="几份，默认 20 · how many reports")
    made.add_argument("--only-list", action="store_true", help="只列出，不排进待办 · list them, leave the queue as it is")


def add_learned(commands: Commands) -> None:
    """`hedui review learned` with its arguments."""
    made = command(commands, "learned", do_learned, help="写出学到的词条和用例 · write what was accepted of what repeats", description=LEARNED)
    add_store(made)
    made.add_argument("-o", "--output", required=True, metavar="DIR", help="写到这个文件夹 · the folder to write to")


def add_calibrate(commands: Commands) -> None:
    """`hedui review calibrate` with its arguments."""
    made = command(commands, "calibrate", do_calibrate, help="用人的判断校准把握 · put confidences right by what people decided",
                   description=CALIBRATE)
    add_store(made)
    made.add_argument("-o", "--output", required=True, metavar="DIR", help="写到这个文件夹 · the folder to write to")


def do_next(args: argparse.Namespace) -> int:
    from hedui.review.choosing import next_reports, queue_up
    from hedui.review.laying import lay_out_all
    from hedui.review.routing import Routing
    from hedui.review.serve import open_store

    with open_store(args.out, args.store) as store:
        for line in lay_out_all(store, Routing(double=0.0)).failed:
            tell(f"✗ {line}")
        found = next_reports(store, args.count)
        for n, one in enumerate(found, 1):
            told = " ".join(one.doubt.title.split()) or one.file
            print(f"{n:3}  {one.file}  预计错 {one.doubt.expected:.1f} / {one.doubt.fields} 栏 fields wrong by expectation  "
                  f"不同于已选 unlike {one.distance:.2f}  {told}")
        if not found:
            tell("没有还没人看过的报告 · there is no report that nobody has looked at")
        elif not args.only_list:
            tell(f"排进待办 put into the queue: {queue_up(store, found)}")
    return OK


def do_learned(args: argparse.Namespace) -> int:
    from hedui.review.learnt_files import write_learned
    from hedui.review.serve import open_store

    with open_store(args.out, args.store) as store:
        written = write_learned(store, Path(args.output))
    if not written:
        raise UsageError("还没有接受过什么，请在核对台的“学到的”一页接受 · nothing was accepted yet on the page “learned”")
    for path in written:
        print(path)
    return OK


def do_calibrate(args: argparse.Namespace) -> int:
    if find_spec("scipy") is None:
        raise UsageError("校准需要 scipy：pip install 'hedui[train]' · calibrating needs scipy")
    from hedui.review.calibrating import calibrated, card_lines
    from hedui.review.decisions import sample_of
    from hedui.review.serve import open_store

    with open_store(args.out, args.store) as store:
        found = calibrated(sample_of(store))
    folder = Path(args.output)
    card = "\n".join(card_lines(found.metrics, REASONS)) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("weights.json", found.weights), ("card.md", card),
                           ("metrics.json", json.dumps(found.metrics, ensure_ascii=False, indent=1) + "\n")):
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(f"{error.filename or folder}: 写不进去 · cannot be written: {error.strerror or error}") from error
    print(card, end="")
    return OK
