"""Checks many reports."""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from hedui.commands.arguments import FAILED, FORMATS, OK, Commands, add_model, command, positive, tell
from hedui.errors import UsageError

__all__ = ["add"]

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


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "run", do_run, help="核对一批报告 · check many reports", description=RUN, epilog=RUN_EXAMPLES)
    made.add_argument("inputs", nargs="+", metavar="IN", help="文件或文件夹 · files or folders")
    made.add_argument("-o", "--out", required=True, metavar="OUT", help="结果文件夹 · the folder of the results")
    made.add_argument("--workers", type=positive, metavar="N", help="同时读几个文件，默认自定 · processes that read side by side")
    made.add_argument("--store", metavar="URL", help="结果库，默认 OUT/hedui.sqlite · a database URL instead of OUT/hedui.sqlite")
    add_model(made)


def do_run(args: argparse.Namespace) -> int:
    from hedui.neural.loading import choose_model
    from hedui.pipelines.engine import set_up, still

    for given in args.inputs:
        if not Path(given).exists():
            raise UsageError(f"{given}: 没有这个文件或文件夹 · no such file or folder")
    chosen = choose_model(args.model)
    tell(chosen.said)
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

        summary = ingest(args.inputs, args.out, store=args.store, workers=args.workers, model=chosen.folder, on_step=on_step)
    for line in summary_lines(summary):
        print(line)
    return FAILED if summary.failed else OK
