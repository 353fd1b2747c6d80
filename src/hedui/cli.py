"""The command line: arguments in, results in files and lines for people out.

Exit codes: 0 all went well, 1 some files or the results failed, 2 the call itself was wrong. Everything that takes time
to load is imported where a command needs it, so that help comes at once.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from hedui import __version__
from hedui.errors import HeduiError, ReadError, StoreError, UsageError
from hedui.progress import OnStep

__all__ = ["main"]

OK, FAILED, USAGE = 0, 1, 2
FEW_PAGES = 5
STEPS = {"page": "页 pages", "text": "段 passages"}
ABOUT = """核对：读绩效自评报告，把正文、自评表和得分表里的每个数互相核对，指出哪里对不上，并给出原文证据。
hedui reads fiscal performance reports and says which of their figures do not agree, with the evidence."""
EXAMPLES = """例 examples:
  hedui run 报告文件夹 -o out         核对整个文件夹，结果看 out/report.html · check a folder, then open out/report.html
  hedui extract 报告.docx -o 报告.json  只读一份，写成 JSON · read one report into JSON
  echo "预算1200万元" | hedui mentions -  一行一句，读出数字、日期、文号 · one sentence a line
  hedui evaluate gold out/json        与人工标注相比 · compare with annotations

退出码 exit codes: 0 成功 all went well · 1 有文件未能读出或结果写不进去 some files failed · 2 用法有误 wrong usage"""
FORMATS = """能读 formats: 文本 txt md · Word docx doc wps rtf odt · 表格 xlsx xls et ods csv · pdf · ofd · 扫描件和照片 png jpg tif bmp gif webp
  网页 html mht · 邮件 eml · 压缩包 zip 7z tar gz bz2 xz"""
RUN = f"""读 IN（文件或文件夹，可给多个），把结果写到 OUT：
  report.html   核对结果，一页看完，不连网 · what does not agree, on one page
  hedui.xlsx    结论、冲突、核对、记录、文件 · the same as a workbook
  json/         每个文件一份完整结果 · everything found, one JSON a file
  *.parquet     供分析 · for analysis
  hedui.sqlite  结果库；再运行时已读过的文件不再读 · the store; files read before are not read again
{FORMATS}
压缩包逐个读其中的文件；同一文件夹里的报告和它的自评表、附件合为一份 · archives are opened, and a report is
read together with its tables and annexes of one folder.
中断后用同一命令再运行，即从停下处继续。Stopped? The same command goes on where it was."""
RUN_EXAMPLES = """例 examples:
  hedui run 报告/ -o out
  hedui run 2022年/ 2023年/ 补充.docx -o out --workers 4
  hedui run 报告/ -o out --store postgresql+psycopg://hedui@localhost/hedui"""


INSPECT = """把一份文件读的结果画出来：左边是页面图，画着段落、表格、单元格、顺序和拿不准的地方；右边是读出的文字。用浏览器打开，不连网。
Draws how a file was read: left the pages with blocks, cells, order and doubtful spots, right the text as read."""
INSPECT_EXAMPLES = """例 examples:
  hedui inspect 扫描件.pdf                     写出 扫描件.pdf.inspect.html · writes 扫描件.pdf.inspect.html
  hedui inspect 自评表.xlsx -o 看.html
  hedui inspect 长报告.pdf --pages 1-3,12      只画四页 · draws four pages"""


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments, examples first in Chinese."""
    shape = argparse.RawDescriptionHelpFormatter
    top = argparse.ArgumentParser(prog="hedui", description=ABOUT, epilog=EXAMPLES, formatter_class=shape)
    top.add_argument("--version", action="version", version=f"hedui {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, title="命令 commands")

    run = commands.add_parser("run", help="核对一批报告 · check many reports", description=RUN, epilog=RUN_EXAMPLES,
                              formatter_class=shape)
    run.add_argument("inputs", nargs="+", metavar="IN", help="文件或文件夹 · files or folders")
    run.add_argument("-o", "--out", required=True, metavar="OUT", help="结果文件夹 · the folder of the results")
    run.add_argument("--workers", type=positive, metavar="N", help="同时读几个文件，默认自定 · processes that read side by side")
    run.add_argument("--store", metavar="URL", help="结果库，默认 OUT/hedui.sqlite · a database URL instead of OUT/hedui.sqlite")
    run.set_defaults(do=do_run)

    extract = commands.add_parser("extract", help="读一份报告 · read one report", formatter_class=shape,
                                  description="读一份报告（压缩包作为一份），写成 JSON（hedui/1）。\n"
                                              f"Reads one report, or an archive as one, into JSON.\n{FORMATS}")
    extract.add_argument("file", metavar="FILE", help="报告 · the report")
    extract.add_argument("-o", "--out", metavar="OUT.json", help="写到这里，默认写到屏幕 · where to, else to the screen")
    extract.set_defaults(do=do_extract)

    inspect = commands.add_parser(
        "inspect", help="看一份文件是怎样读的 · see how a file was read", formatter_class=shape, description=INSPECT,
        epilog=INSPECT_EXAMPLES)
    inspect.add_argument("file", metavar="FILE", help="报告 · the report")
    inspect.add_argument("-o", "--out", metavar="OUT.html", help="写到这里，默认 FILE.inspect.html · where to, else FILE.inspect.html")
    inspect.add_argument("--pages", type=page_numbers, default=(), metavar="1-3,7", help="只画这些页 · draw these pages only")
    inspect.set_defaults(do=do_inspect)

    mentions = commands.add_parser(
        "mentions", help="一行一句，读出数字、日期、文号 · figures, dates and numbers of sentences", formatter_class=shape,
        description="每行一句，每句一行 JSON。\nOne sentence a line in, one line of JSON a sentence out.")
    mentions.add_argument("file", metavar="FILE", help="文本文件，- 表示标准输入 · a text file, - for standard input")
    mentions.set_defaults(do=do_mentions)

    evaluate = commands.add_parser("evaluate", help="与人工标注相比 · compare with annotations", formatter_class=shape,
                                   description="把结果与人工标注相比，给出各项指标和置信区间。\n"
                                               "Compares results with annotations: figures with confidence intervals.")
    evaluate.add_argument("gold", metavar="GOLD_DIR", help="标注文件夹 · the folder of the annotations")
    evaluate.add_argument("reports", metavar="REPORT_DIR", help="结果 JSON 文件夹 · the folder of the results")
    evaluate.add_argument("--misses", action="store_true", help="列出漏的和多的 · also list what was missed and too much")
    evaluate.add_argument("--json", metavar="FIGURES.json", help="指标另存 · also write the figures here")
    evaluate.set_defaults(do=do_evaluate)
    return top


def positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"要正整数 · a positive whole number is wanted, not {text!r}")
    return number


def page_numbers(text: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for piece in text.replace("，", ",").split(","):
        first, _, last = piece.strip().partition("-")
        numbers += range(positive(first), positive(last or first) + 1)
    return tuple(numbers)


def one_file(given: str) -> Path:
    """The file that `given` names. UsageError where it is none."""
    path = Path(given)
    if path.is_dir():
        raise UsageError(f"{path}: 是文件夹，整个文件夹请用 hedui run · a folder; hedui run reads whole folders")
    if not path.is_file():
        raise UsageError(f"{path}: 没有这个文件 · no such file")
    return path


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def do_run(args: argparse.Namespace) -> int:
    from hedui.pipelines.engine import set_up, still

    for given in args.inputs:
        if not Path(given).exists():
            raise UsageError(f"{given}: 没有这个文件或文件夹 · no such file or folder")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the engine is stopped with us
    tell("正在启动任务引擎，首次约需半分钟 · starting the engine, the first time takes about half a minute …")
    set_up()
    from tqdm import tqdm

    from hedui.pipelines.ingest import ingest
    from hedui.summary import summary_lines

    often = 0.2 if sys.stderr.isatty() else 10
    with still(), ExitStack() as stack:
        bars: list[tqdm[Any]] = []

        def on_step(stage: str, done: int, total: int) -> None:
            if stage == "write":
                stack.close()
                tell("正在写结果 · writing the results …")
            elif bars:
                bars[0].update(done - bars[0].n)
            else:
                bars.append(stack.enter_context(
                    tqdm(desc="读取 reading", total=total, unit="份", file=sys.stderr, mininterval=often)))

        summary = ingest(args.inputs, args.out, store=args.store, workers=args.workers, on_step=on_step)
    for line in summary_lines(summary):
        print(line)
    return FAILED if summary.failed else OK


def do_extract(args: argparse.Namespace) -> int:
    from hedui.batch import Readers
    from hedui.listing import Entry
    from hedui.readers.archive import spelled

    path = one_file(args.file)
    with Readers() as readers, page_bar() as on_step:
        done = next(readers.outcomes([Entry(name=spelled(path.name), path=str(path))], on_step=on_step))
    if done.cause is not None:
        raise ReadError(path.name, done.cause)
    if args.out is None:
        sys.stdout.write(done.output)
    else:
        write(args.out, done.output)
    return OK


@contextmanager
def page_bar() -> Iterator[OnStep]:
    """A listener that draws a bar once a file has more pages than are read at a glance."""
    from tqdm import tqdm

    with ExitStack() as stack:
        bars: list[tqdm[Any]] = []

        def on_step(what: str, done: int, total: int) -> None:
            if not bars and total > FEW_PAGES:
                bars.append(stack.enter_context(tqdm(desc=STEPS.get(what, what), total=total, file=sys.stderr, leave=False)))
            for bar in bars:
                if total:  # of several files in one the next has a number of its own
                    bar.set_description(STEPS.get(what, what), refresh=False)
                    bar.total = total
                    bar.update(done - bar.n)

        yield on_step


def do_inspect(args: argparse.Namespace) -> int:
    from hedui.inspection import inspected

    path = one_file(args.file)
    with page_bar() as on_step:
        page = inspected(path, pages=args.pages, on_step=on_step)
    out = args.out or f"{path.name}.inspect.html"
    write(out, page)
    print(f"已写出，用浏览器打开 · written, open it in a browser: {out}")
    return OK


def do_mentions(args: argparse.Namespace) -> int:
    from hedui.export import mention_output
    from hedui.mentions import mentions_of_text

    try:
        lines = sys.stdin if args.file == "-" else Path(args.file).open(encoding="utf-8-sig")  # noqa: SIM115
    except OSError as error:
        raise UsageError(f"{args.file}: {error.strerror or error}") from error
    with lines:
        for line in lines:
            text = line.rstrip("\r\n")
            if text.strip():
                found = [mention_output(mention) for mention in mentions_of_text(text)]
                print(json.dumps({"text": text, "mentions": found}, ensure_ascii=False), flush=True)
    return OK


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


def write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(f"{path}: 写不进去 · cannot be written: {error.strerror or error}") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; every error that hedui raises on purpose becomes one line."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = parser().parse_args(argv)
    try:
        return int(args.do(args))
    except UsageError as error:
        tell(f"用法有误 usage: {error}")
        return USAGE
    except HeduiError as error:
        tell(f"出错 error: {error}")
        return FAILED
    except KeyboardInterrupt:
        tell("已停下；再运行同一命令即从停下处继续 · stopped, the same command goes on where it was"
             if args.command == "run" else "已停下 · stopped")
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


if __name__ == "__main__":
    raise SystemExit(main())
