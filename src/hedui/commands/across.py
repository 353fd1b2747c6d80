"""Holds the files of a run against one another."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hedui.commands.arguments import FAILED, OK, Commands, command, tell, write
from hedui.errors import StoreError
from hedui.progress import OnStep

__all__ = ["add"]

ACROSS = """把多份报告的结果互相核对：省里下达与市县到位，上年结转与下年结转，同一文号的标题、机关、金额和年份，同一单位同一年的
同一数据，照抄上年的数字，照抄其他项目的目标和依据，留在文中的其他单位名称，雷同段落。先用 hedui run 或 hedui extract 读出结果。
Holds the results of many reports against one another: money handed down and received, carried over from year to year, one
document number, one figure told in two files, last year's figures, another programme's goals or basis, another unit's name, copied
text. Extract the reports first, with hedui run or hedui extract.
  OUT/across.html   网页，可排序、查找 · a page to sort and search
  OUT/across.json   同样的内容（hedui-across/1） · the same as data
同一报告的修订稿只用最新一稿 · of several editions of one report the newest counts."""
ACROSS_EXAMPLES = """例 examples:
  hedui run 报告文件夹 -o out && hedui across out -o 跨文件     核对整个文件夹 · a whole folder
  hedui across 省.json 市.json 上年.json -o 跨文件             只核对这几份 · these files only
  hedui across sqlite:///out/hedui.sqlite -o 跨文件            结果库里的全部 · all that a store keeps"""
STEPS = {"file": "读取 reading", "question": "核对 comparing"}


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "across", do_across, help="多份报告之间核对 · hold reports against one another", description=ACROSS,
                   epilog=ACROSS_EXAMPLES)
    made.add_argument("inputs", nargs="+", metavar="RESULTS",
                      help="结果文件夹、JSON 或结果库（文件或网址）· folders of results, JSON files, or stores (file or database URL)")
    made.add_argument("-o", "--out", required=True, metavar="OUT", help="写到这个文件夹 · the folder to write to")


def do_across(args: argparse.Namespace) -> int:
    from hedui.across.inputs import inputs_of
    from hedui.across.output import summary, to_json
    from hedui.across.page import page
    from hedui.across.run import across_files
    from hedui.progress import heard

    inputs, out = inputs_of(args.inputs), Path(args.out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{out}: 写不进去 · cannot be written: {error.strerror or error}") from error
    with bars() as on_step, heard(on_step):
        found = across_files(inputs)
    write(str(out / "across.json"), to_json(found))
    write(str(out / "across.html"), page(found))
    for name, cause in found.failures.items():
        tell(f"{name}: {cause}")
    for line in summary(found):
        print(line)
    print(f"已写出 · written: {out / 'across.html'}, {out / 'across.json'}")
    return FAILED if found.failures else OK


@contextmanager
def bars() -> Iterator[OnStep]:
    """A bar for the stage under way."""
    from tqdm import tqdm

    held: list[tuple[str, tqdm[Any]]] = []

    def close() -> None:
        while held:
            held.pop()[1].close()

    def on_step(what: str, done: int, total: int) -> None:
        if what not in STEPS:
            return
        if not held or held[-1][0] != what:
            close()
            held.append((what, tqdm(desc=STEPS[what], total=total, file=sys.stderr, leave=False,
                                    mininterval=0.2 if sys.stderr.isatty() else 10)))
        held[-1][1].update(done - held[-1][1].n)

    try:
        yield on_step
    finally:
        close()
