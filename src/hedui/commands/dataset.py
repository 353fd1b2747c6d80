"""Writes a data package that others can open, check and cite."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hedui.commands.arguments import OK, Commands, command, share, tell
from hedui.errors import UsageError

if TYPE_CHECKING:
    from hedui.progress import OnStep
    from hedui.research.publishing.publish import Published

__all__ = ["add"]

DATASET = """把 hedui run 的结果做成数据包，给别人打开、核对、引用。
Makes a data package of the results of hedui run, for others to open, check and cite.
  DIR/README.md         数据卡：里面有什么、怎么来的、有多准、缺什么 · what it holds, how it came to be, how right it is, what is missing
  DIR/parquet/ DIR/csv/ 每表一个文件；金额一位不差，CSV 打开不会当公式运行 · a file a table; money exact, CSV safe to open in Excel
  DIR/hedui.db          SQLite，datasette DIR 即可在浏览器里看 · look at it in a browser with: datasette DIR
  DIR/datapackage.json DIR/croissant.json   Frictionless 与 Croissant 元数据 · metadata for other tools
  DIR/examples.sql      可以问的问题，duckdb < examples.sql · questions to ask, with DuckDB
  DIR/SHA256SUMS DIR/CITATION.cff           校验与引用 · digests, and how to cite
同样的结果做出的数据包一个字节也不差。The same results make the same bytes."""
EXAMPLES = """例 examples:
  hedui dataset out -o 数据包 --license CC-BY-4.0 --by 某大学公共财政研究所
  hedui dataset out -o 数据包 --text sentences --mask          带上陈述所在的句子，隐去电话、证件号、姓名 · with sentences, personal data hidden
  hedui dataset out -o 新疆 --query "region:新疆 year:2020..2022" --min-confidence 0.9
  hedui dataset out -o 训练 --split unit --format parquet       分成训练、调试、测试，同一单位只在一处 · train, dev and test, no unit in two
  hedui dataset out -o 数据包 --replace --zip                   换掉旧的，并打成一个 zip · replace the one before, and one zip"""
STEPS = {"rows": "写出各表 writing rows"}
UNLICENSED = ("没有写许可证（--license，如 CC-BY-4.0）：报告是别人写的，没有许可证别人无权使用；数据卡里会写明没有 · no licence is given "
              "(--license): the reports are by others, and without a licence nobody may use the data; the card says so")


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "dataset", do_dataset, help="做成数据包发布 · make a data package", description=DATASET, epilog=EXAMPLES)
    made.add_argument("results", metavar="OUT", help="hedui run 的结果文件夹、数据湖或结果库网址 · folder of a run, a lake, or URL of a store")
    made.add_argument("-o", "--out", required=True, metavar="DIR", help="写到这个文件夹 · the folder to write")
    made.add_argument("--license", metavar="SPDX", help="许可证的 SPDX 标识，如 CC-BY-4.0 · SPDX identifier of the licence")
    made.add_argument("--by", action="append", default=[], metavar="NAME", help="发布者，可多次 · who publishes, may be repeated")
    made.add_argument("--title", metavar="TEXT", help="数据包的名称 · its title")
    made.add_argument("--tables", metavar="A,B", type=listed, default=(), help="只要这些表：records、claims、checks、mentions；files 和 reports 总在 "
                      "· these tables only; files and reports are always there")
    made.add_argument("--query", default="", metavar="WORDS", help="只要查询得到的，写法同检索 · what a query finds only, as people search")
    made.add_argument("--min-confidence", type=share, metavar="P", help="只要把握度不低于 P 的 · rows with a confidence of at least P")
    made.add_argument("--text", choices=("none", "sentences", "full"), default="none",
                      help="带多少原文：不带（默认）、只带陈述和核对所在的句子、全部 · how much of the reports' own text goes with it: none by "
                      "default, the sentences that claims and checks lie in, or all")
    made.add_argument("--mask", action="store_true", help="隐去电话、证件号、账号、邮箱和标签后的姓名 · hide phones, identity numbers, accounts, "
                      "e-mail addresses and names behind labels")
    made.add_argument("--split", choices=("unit", "region"), help="分成 train、dev、test（八比一比一），同一单位或地区只在一处 · divide 80/10/10 "
                      "with no unit or region in two")
    made.add_argument("--format", metavar="F,G", type=listed, default=(), help="parquet、csv、sqlite 中的几种，默认全要 · which, by default all")
    made.add_argument("--zip", action="store_true", help="另打成 DIR.zip · also as DIR.zip")
    made.add_argument("--replace", action="store_true", help="换掉那里的旧数据包 · replace a data package that lies there")
    made.add_argument("--home", metavar="FOLDER", help="放中间文件的文件夹，默认 OUT/research · where derived files go")


def listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in text.replace("，", ",").replace("、", ",").split(",") if one.strip()))


def do_dataset(args: argparse.Namespace) -> int:
    from hedui.progress import heard
    from hedui.research import open_store
    from hedui.research.publishing.facts import ledger_at
    from hedui.research.publishing.publish import publish
    from hedui.research.publishing.request import FORMATS, TITLE, Request, licence_of

    licence = licence_of(args.license) if args.license else None
    if licence is None:
        tell(UNLICENSED)
    request = Request(tables=args.tables, query=args.query, min_confidence=args.min_confidence, text=args.text, mask=args.mask, split=args.split,
                      formats=args.format or FORMATS, licence=licence, title=args.title or TITLE, by=tuple(args.by), date=date_given())
    with bars() as on_step, heard(on_step):
        done = publish(open_store(args.results, home=args.home), Path(args.out), request, ledger=ledger_at(args.results), replace=args.replace,
                       zip=args.zip)
    said(done)
    return OK


def date_given() -> str | None:
    """The day of SOURCE_DATE_EPOCH (seconds since 1970, UTC; https://reproducible-builds.org/specs/source-date-epoch/), None where it is not set."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if not told:
        return None
    try:
        return datetime.fromtimestamp(int(told), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH={told}: 要 1970 年以来的秒数 · seconds since 1970 are wanted") from error


@contextmanager
def bars() -> Iterator[OnStep]:
    """A bar for the stage under way."""
    from tqdm import tqdm

    held: list[tuple[str, tqdm[Any]]] = []

    def close() -> None:
        while held:
            held.pop()[1].close()

    def on_step(what: str, done: int, total: int) -> None:
        if not held or held[-1][0] != what:
            close()
            held.append((what, tqdm(desc=STEPS.get(what, what), total=total, unit_scale=True, file=sys.stderr, leave=False,
                                    mininterval=0.2 if sys.stderr.isatty() else 10)))
        held[-1][1].update(done - held[-1][1].n)

    try:
        yield on_step
    finally:
        close()


def said(done: Published) -> None:
    """Tells what was written."""
    facts = done.facts
    for name in facts.left_out:
        tell(f"{name}: 没有这个查询所问的列，没有放进来 · knows nothing of what the query asks, left out")
    print("；".join(f"{name} {n:,} 行" for name, n in facts.rows.items()))
    found = sum(facts.hidden.values())
    if facts.masked:
        print(f"隐去个人信息 {found:,} 处，见 README · personal information hidden in {found:,} places")
    elif found:
        tell(f"看出个人信息 {found:,} 处，没有隐去；加 --mask 隐去 · personal information in {found:,} places is not hidden, --mask hides it")
    print(f"已写出 · written: {done.folder}{f'、{done.zip}' if done.zip else ''}（{done.package.version}）")
