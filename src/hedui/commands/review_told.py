"""What was done at the review desk, told in lines: the trail of acts, and how far two blind readers agree."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from hedui.commands.arguments import OK, Commands, command, tell
from hedui.corrections import ACTS
from hedui.errors import StoreError, UsageError

__all__ = ["add_agreement", "add_log", "add_store"]

LOG = """谁在何时把什么从什么改成什么，由哪个版本读出：逐条写出，只增不改。写成 .csv 时可放心用表格软件打开（不会当公式执行）。
The audit trail: who changed what, when, from what to what, and which versions had read it. CSV is safe to open in a spreadsheet."""
LOG_EXAMPLES = """例 examples:
  hedui review log out                     逐条列出 · one line an act
  hedui review log out -o 记录.csv         每改一栏一行 · a row for every key that was changed
  hedui review log out --person 李工 --act edit -o edits.jsonl"""
AGREEMENT = """两人各自盲读同一份报告之后，两人一致到什么程度：位置用 F1 和 Krippendorff α（划分单元），类别和关联用 Cohen κ，按类别、按人分列。
How far two people who read the same reports blind agree: spans by F1 and Krippendorff's α for unitizing, labels and relations by Cohen's κ,
by label and by person."""


def add_store(made: argparse.ArgumentParser) -> None:
    made.add_argument("out", metavar="OUT", help="hedui run 的结果文件夹 · the results folder of hedui run")
    made.add_argument("--store", metavar="URL", help="结果库，默认 OUT/hedui.sqlite · a database URL instead of OUT/hedui.sqlite")


def add_log(commands: Commands) -> None:
    """`hedui review log` with its arguments."""
    made = command(commands, "log", do_log, help="改动记录 · the audit trail", description=LOG, epilog=LOG_EXAMPLES)
    add_store(made)
    made.add_argument("-o", "--output", metavar="FILE",
                      help="写到 .csv 或 .jsonl 文件，默认逐条打印 · a .csv or .jsonl file, by default lines are printed")
    made.add_argument("--person", metavar="NAME", help="只要这个人的 · of this person alone")
    made.add_argument("--act", choices=ACTS, help="只要这种动作 · of this kind alone")
    made.add_argument("--file", metavar="TEXT", help="只要文件名含此的 · of files whose name holds this")
    made.add_argument("--report", metavar="ID", help="只要这份报告的 · of this report alone")


def add_agreement(commands: Commands) -> None:
    """`hedui review agreement` with its arguments."""
    made = command(commands, "agreement", do_agreement, help="盲读一致性 · agreement of blind readers", description=AGREEMENT)
    add_store(made)


@contextlib.contextmanager
def writing_to(path: str) -> Iterator[TextIO]:
    try:
        with Path(path).open("w", encoding="utf-8-sig" if path.endswith(".csv") else "utf-8", newline="") as held:
            yield held
    except OSError as error:
        raise StoreError(f"{path}: 写不进去 · cannot be written: {error.strerror or error}") from error


def do_log(args: argparse.Namespace) -> int:
    from hedui.review.log import csv_rows, json_lines, plain_lines
    from hedui.review.serve import open_store
    from hedui.store.log import Wanted, lines_from
    from hedui.store.people import everyone

    kinds = {".csv": csv_rows, ".jsonl": json_lines}
    suffix = Path(args.output).suffix.lower() if args.output else None
    if suffix is not None and suffix not in kinds:
        raise UsageError(f"{args.output}: 只能写 .csv 或 .jsonl · the name must end in .csv or .jsonl")
    with open_store(args.out, args.store) as store:
        people = {one.id: one.name for one in everyone(store)}
        person = next((key for key, name in people.items() if name == args.person), None)
        if args.person and person is None:
            raise UsageError(f"{args.person}: 没有这个人，有 · nobody of that name, there are: {'、'.join(people.values()) or '—'}")
        found = lines_from(store, Wanted(person=person, act=args.act, file=args.file, report=args.report))
        if suffix is None:
            print_lines(plain_lines(found, people))
            return OK
        with writing_to(args.output) as out:
            count = sum(1 for line in kinds[suffix](found, people) if out.write(line))
        tell(f"{args.output}: {count} 行 lines")
    return OK


def print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line)


def do_agreement(args: argparse.Namespace) -> int:
    from hedui.review.agreement import agreement_of
    from hedui.review.agreement_told import told
    from hedui.review.serve import open_store

    with open_store(args.out, args.store) as store:
        print_lines(told(agreement_of(store)))
    return OK
