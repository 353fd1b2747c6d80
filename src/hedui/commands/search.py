"""Finds passages of many reports by words, figures and filters."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hedui.commands.arguments import FAILED, OK, Commands, command, positive, tell
from hedui.progress import OnStep

if TYPE_CHECKING:
    from hedui.research.search import Hit, Hits

__all__ = ["add"]

SEARCH = """在多份报告里查：正文、表格和其中的陈述。先 hedui run 读过，第一次查会建索引（之后只加新的）。
Finds sentences and rows of tables in the reports that hedui run has read; the first search makes an index, later ones add what is new.

  执行率 医保                  两个词都要有 · both words
  "资金使用效益"               一字不差 · as it stands
  -疫情                        不要有 · without
  1,200万元  财社[2019]221号   同一数额、文号，不论写法 · one figure or number however it is written
  执行率<50%  yuan>1000万      指标所报的数、金额 · the figure an indicator reports; amounts
  region:新疆 year:2020..2022 unit:医保局 type:fund conflict:yes confidence>0.8
                               地区、年度、单位、类别、是否不符、把握 · filters, in Chinese too（地区:新疆 冲突:是）"""
EXAMPLES = """例 examples:
  hedui search out '执行率<50% region:新疆 conflict:yes'
  hedui search out '医保 拨付 滞后' --limit 50 --csv > 滞后.csv
  hedui search out '"未完成" 原因' --json | jq .hits[].text
  hedui search out --near c-7ca4dcb6f61a          与这条陈述说法相近的 · claims that say something like this one"""
STEPS = {"search": "建索引 indexing", "passages": "分句 passages", "near": "算相近 vectors"}
BOLD, SOFT, RED, PLAIN = "\x1b[1;33m", "\x1b[2m", "\x1b[31m", "\x1b[0m"
COLUMNS = ("file", "unit", "region", "year", "section", "kind", "text", "conflicts", "claims", "score", "sha256", "report", "id", "start", "end",
           "page")


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "search", do_search, help="在多份报告里查 · find passages in many reports", description=SEARCH, epilog=EXAMPLES)
    made.add_argument("out", metavar="OUT", help="hedui run 的结果文件夹或结果库的地址 · OUT of hedui run, or the URL of a store")
    made.add_argument("query", nargs="+", metavar="QUERY", help="要查的词和筛选条件，最好放在引号里 · words and filters, best in quotes")
    made.add_argument("-n", "--limit", type=positive, default=20, metavar="20", help="给几条 · how many")
    made.add_argument("--after", metavar="PLACE", help="从上次最后一条之后接着给（--json 里的 next）· go on behind that place")
    made.add_argument("--exact", action="store_true", help="不查同义词（医保不再找医疗保险）· no synonyms")
    made.add_argument("--near", action="store_true", help="QUERY 是陈述的编号（c-…）：找说法相近的陈述 · QUERY is the id of a claim: claims "
                      "that say something like it")
    made.add_argument("--home", metavar="DIR", help="索引放在这里，默认 OUT/research · where the index lies")
    form = made.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="写成 JSON · as JSON")
    form.add_argument("--csv", action="store_true", help="写成 CSV · as CSV")


def do_search(args: argparse.Namespace) -> int:
    from hedui.progress import heard
    from hedui.research import open_store

    with said(), bars() as on_step, heard(on_step):
        store, asked = open_store(args.out, home=args.home), " ".join(args.query)
        if args.near:
            return told_near(store.near(asked, limit=args.limit), args)
        hits = store.search(asked, limit=args.limit, after=args.after, expand=not args.exact)
    if args.json:
        print(json.dumps({"query": asked, "count": hits.count, "more": hits.more, "loose": hits.loose, "also": dict(hits.also),
                          "next": hits.next, "hits": [asdict(hit) for hit in hits]}, ensure_ascii=False, indent=1))
    elif args.csv:
        write_rows([asdict(hit) for hit in hits], COLUMNS)
    else:
        for line in lines_of(hits, colours=coloured()):
            print(line)
        for line in notes_of(hits):
            tell(line)
    return OK if hits else FAILED


def told_near(found: Any, args: argparse.Namespace) -> int:
    """Neighbours of a claim, a line each."""
    rows = [asdict(one) for one in found]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif args.csv:
        write_rows(rows, list(rows[0]) if rows else ("id",))
    else:
        for one in found:
            told = " → ".join(part for part in (one.target, one.actual) if part)
            print(f"{one.score:.2f}  {one.name}{f'（{told}）' if told else ''}  ×{one.count}")
            print(f"      {' · '.join(str(part) for part in (one.unit or one.file, one.year, one.id) if part)}")
    return OK if rows else FAILED


def write_rows(rows: list[dict[str, Any]], columns: Any) -> None:
    from hedui.export.csv import cell

    writer = csv.writer(sys.stdout, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)


def coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def lines_of(hits: Hits, *, colours: bool) -> Iterator[str]:
    for number, hit in enumerate(hits, start=1):
        head = " · ".join(str(part) for part in (hit.unit or hit.file, hit.year, hit.section) if part)
        clash = painted(f"  ✗ 不符 {len(hit.conflicts)}", RED, colours) if hit.conflicts else ""
        page = f" 第{hit.page}页" if hit.page else ""
        yield f"{number:>3}  {shown(hit, colours)}{clash}"
        yield f"     {painted(f'{head}  [{hit.file}{page} {hit.start}-{hit.end}]', SOFT, colours)}"


def shown(hit: Hit, colours: bool) -> str:
    """Its snippet on one line, what was looked for in bold."""
    from hedui.research.search import snippet

    text, marks = snippet(hit)
    told, at = "", 0
    for start, end in marks:
        told, at = told + text[at:start] + painted(text[start:end], BOLD, colours), end
    return " ".join((told + text[at:]).splitlines())


def painted(text: str, colour: str, colours: bool) -> str:
    return f"{colour}{text}{PLAIN}" if colours else text


def notes_of(hits: Hits) -> Iterator[str]:
    """What is to be known of the answer."""
    if hits.loose:
        yield "没有一处同时有全部词，以下有其中一些 · no passage holds all words; these hold some"
    for word, others in hits.also:
        yield f"也找了 looked for too: {word} = {'、'.join(others)}（--exact 不找 · leaves them out）"
    more = "以上，先排这些 at least, of which these were ranked" if hits.more else ""
    yield f"{len(hits)} / {hits.count:,} 处 hits{more}" if hits else "没有找到 · nothing found"


@contextmanager
def said() -> Iterator[None]:
    """Tells warnings as lines."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", UserWarning)
        yield
    for one in heard:
        tell(str(one.message))


@contextmanager
def bars() -> Iterator[OnStep]:
    """A listener that draws a bar for what takes long."""
    from tqdm import tqdm

    held: dict[str, Any] = {}

    def on_step(what: str, done: int, total: int) -> None:
        if what not in held:
            held[what] = tqdm(desc=STEPS.get(what, what), total=total, file=sys.stderr, leave=False, unit="份")
        held[what].total = total
        held[what].update(done - held[what].n)

    try:
        yield on_step
    finally:
        for bar in held.values():
            bar.close()
