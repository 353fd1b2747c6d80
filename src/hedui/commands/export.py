"""Writes what was read and corrected for other tools: annotations, tasks, training data, tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, groupby, islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from hedui.commands.arguments import OK, Commands, command, tell
from hedui.errors import StoreError, UsageError

if TYPE_CHECKING:
    from hedui.review.opened import Opened

__all__ = ["add"]

EXPORT = """把读出并改正的结果写成别的工具能用的样子；被否定的不写，改过的按改后的写，补上的也写。
Writes what was read, as people corrected it, for other tools; what they rejected is left out, what they added is there.

  gold           标注（annotations/ 的样子），供 hedui train、evaluate · annotations, to train and evaluate with
  label-studio   config.xml 和 tasks.json：标注界面、任务、预测，已看过的带标注 · labelling interface and tasks with predictions
  doccano        reports.jsonl 和标签：片段与关系 · spans and relations
  spacy          reports.spacy（DocBin）
  conll          reports.conll（IOB2，一字或一词一行） · a character or a word a line
  csv, xlsx      表格；不会被当作公式 · tables that no spreadsheet runs as formulas"""
EXAMPLES = """例 examples:
  hedui export out --to gold -o 标注                      看过的报告 · reports that people looked at
  hedui export out --to label-studio -o ls                全部报告，送去标注 · every report, to be annotated
  hedui import ls/导出.json --from label-studio out --by 张三   再读回来 · and back
  hedui export out --to conll --tokens jieba -o 训练 --only all"""
MOST_TASKS = 1000
ANNOTATED = frozenset({"label-studio", "doccano", "csv", "xlsx"})


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "export", do_export, help="导出标注、任务和表格 · write annotations, tasks and tables", description=EXPORT,
                   epilog=EXAMPLES)
    made.add_argument("results", metavar="OUT", help="hedui run 的结果文件夹 · the results folder of hedui run")
    made.add_argument("--to", required=True, choices=tuple(WRITERS), help="写成什么 · what to write")
    made.add_argument("-o", "--out", required=True, metavar="DIR", help="写到这个文件夹 · the folder to write to")
    made.add_argument("--only", choices=("all", "reports", "records"),
                      help="全部；有人看过的报告；其中有人看过的项目。默认 reports，送去标注和表格为 all · everything, reports that people looked "
                      "at, or of these what they looked at")
    made.add_argument("--tokens", choices=("char", "jieba"), default="char", help="spacy、conll 按字或按词，默认 char · characters or words")
    made.add_argument("--store", metavar="URL", help="结果库，默认 OUT/hedui.sqlite · a database URL instead of OUT/hedui.sqlite")


def do_export(args: argparse.Namespace) -> int:
    from hedui.review.leaving import reports_of
    from hedui.review.serve import open_store

    args.only = args.only or ("all" if args.to in ANNOTATED else "reports")
    if args.only == "records" and args.to not in ("gold", "csv", "xlsx"):
        raise UsageError(f"--only records 用于 gold、csv、xlsx；{args.to} 只按报告导出 · {args.to} takes whole reports")
    folder = Path(args.out)
    with open_store(args.results, args.store) as store, told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        found = reports_of(store, looked=args.only != "all")
        first = next(found, None)
        written = [] if first is None else WRITERS[args.to](counted(chain((first,), found)), folder, args)
    if not written:
        raise UsageError("还没有人看过的报告；全部导出请用 --only all · nobody looked at a report yet; --only all exports everything")
    for line in written:
        print(line)
    return OK


@contextmanager
def told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{error.filename or folder}: 写不进去 · cannot be written: {error.strerror or error}") from error


def counted(found: Iterator[Opened]) -> Iterator[Opened]:
    from tqdm import tqdm

    yield from tqdm(found, desc="报告 reports", unit="份", file=sys.stderr, leave=False, mininterval=0.2 if sys.stderr.isatty() else 10)


def by_file(found: Iterator[Opened]) -> Iterator[list[Opened]]:
    """The reports of each file; they stand side by side."""
    yield from (list(reports) for _, reports in groupby(found, key=lambda opened: opened.place.sha256))


def name_of(opened: Opened) -> str:
    return str(opened.read.output["source"]["name"])


def gold(found: Iterator[Opened], folder: Path, args: argparse.Namespace) -> list[str]:
    """One file of annotations a report, named as its file; where a file holds several, numbered."""
    from hedui.export.json_files import fitting
    from hedui.gold import gold_json
    from hedui.review.gold import gold_of_report

    written: dict[str, None] = {}
    for reports in by_file(found):
        steps = "/".join(map(fitting, name_of(reports[0]).split("/")))
        stem = PurePosixPath(steps).with_suffix("").as_posix()
        for n, opened in enumerate(reports, 1):
            path = folder / f"{stem if len(reports) == 1 else f'{stem}-{n}'}.json"
            if str(path) in written:
                path = folder / f"{steps}-{opened.place.report}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(gold_json(gold_of_report(opened, only=args.only)), encoding="utf-8", newline="\n")
            written[str(path)] = None
    return list(written)


def put(path: Path, pieces: Iterable[str]) -> str:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
    return str(path)


def label_studio(found: Iterator[Opened], folder: Path, _: argparse.Namespace) -> list[str]:
    """The labelling interface and the tasks, as many a file as Label Studio takes at once."""
    from hedui.export.label_studio import config_xml, tasks_json
    from hedui.review.sheets import sheet_of

    written = [put(folder / "config.xml", (config_xml(),))]
    while some := list(islice(found, MOST_TASKS)):
        name = "tasks.json" if len(written) == 1 else f"tasks-{len(written)}.json"
        written.append(put(folder / name, tasks_json(map(sheet_of, some))))
    tell("导入 Label Studio：先把 config.xml 贴到 Labeling Interface › Code，再导入 tasks.json · paste config.xml as the labelling interface, then "
         "import tasks.json")
    return written


def doccano(found: Iterator[Opened], folder: Path, _: argparse.Namespace) -> list[str]:
    from hedui.export.doccano import doccano_lines, labels_json, relations_json
    from hedui.review.sheets import sheet_of

    tell("doccano 项目类型：序列标注，勾选“使用关系标注”和“允许重叠” · project: sequence labelling with relations and overlapping spans")
    return [put(folder / "reports.jsonl", doccano_lines(map(sheet_of, found))), put(folder / "labels.json", (labels_json(),)),
            put(folder / "relations.json", (relations_json(),))]


def spacy(found: Iterator[Opened], folder: Path, args: argparse.Namespace) -> list[str]:
    from hedui.export.docbin import docbin_bytes
    from hedui.review.sheets import sheet_of

    path = folder / "reports.spacy"
    path.write_bytes(docbin_bytes(map(sheet_of, found), by=args.tokens))
    return [str(path)]


def conll(found: Iterator[Opened], folder: Path, args: argparse.Namespace) -> list[str]:
    from hedui.export.conll import conll_lines
    from hedui.review.sheets import sheet_of

    return [put(folder / "reports.conll", conll_lines(map(sheet_of, found), by=args.tokens))]


def csv(found: Iterator[Opened], folder: Path, args: argparse.Namespace) -> list[str]:
    from hedui.export.csv import write_csv
    from hedui.review.gold import outputs_of

    return [str(path) for path in write_csv((outputs_of(reports, only=args.only) for reports in by_file(found)), folder)]


def xlsx(found: Iterator[Opened], folder: Path, args: argparse.Namespace) -> list[str]:
    from hedui.export.excel import write_excel
    from hedui.export.tables import FileLine
    from hedui.review.gold import outputs_of

    held = [outputs_of(reports, only=args.only) for reports in by_file(found)]
    lines = [FileLine(name=one["source"]["name"], state="kept", sha256=one["source"]["sha256"]) for one in held]
    return [str(write_excel(held, folder / "hedui.xlsx", lines=lines))]


Writer = Callable[[Iterator[Any], Path, argparse.Namespace], list[str]]
WRITERS: Mapping[str, Writer] = {"gold": gold, "label-studio": label_studio, "doccano": doccano, "spacy": spacy, "conll": conll, "csv": csv,
                                 "xlsx": xlsx}
