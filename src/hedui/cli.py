"""The command line: arguments in, results in files and lines for people out.

Exit codes: 0 all went well, 1 some files failed, 2 the call itself was wrong, 75 what may be right again later
(EX_TEMPFAIL). Everything that takes time
to load is imported where a command needs it, so that help comes at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial

from hedui import __version__
from hedui.commands import (
    across,
    dashboard,
    dataset,
    evaluate,
    export,
    extract,
    import_,
    inspect,
    ledger,
    mentions,
    opinion,
    reprocess,
    review,
    run,
    search,
    synth,
    train,
    versions,
    watch,
)
from hedui.commands.arguments import FAILED, USAGE, tell
from hedui.commands.warned import warned
from hedui.errors import HeduiError, UsageError
from hedui.watching.exits import exit_of_error

__all__ = ["main"]

COMMANDS = (run, watch, ledger, reprocess, versions, review, dashboard, search, dataset, export, import_, extract, opinion, across, inspect, mentions,
            evaluate, synth, train)
ABOUT = """核对：读绩效自评报告，把正文、自评表和得分表里的每个数互相核对，指出哪里对不上，并给出原文证据。
hedui reads fiscal performance reports and says which of their figures do not agree, with the evidence."""
EXAMPLES = """例 examples:
  hedui run 报告文件夹 -o out         核对整个文件夹，结果看 out/report.html · check a folder, then open out/report.html
  hedui extract 报告.docx -o 报告.json  只读一份，写成 JSON · read one report into JSON
  echo "预算1200万元" | hedui mentions -  一行一句，读出数字、日期、文号 · one sentence a line
  hedui evaluate gold out/json        与人工标注相比 · compare with annotations

退出码 exit codes: 0 成功 all went well · 1 有文件未能读出 some files failed · 2 用法有误 wrong usage
  75 结果库、磁盘或网络暂时用不了，稍后再运行同一命令 · store, disk or net away for now, run the same again later"""


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments, examples first in Chinese."""
    top = argparse.ArgumentParser(prog="hedui", description=ABOUT, epilog=EXAMPLES,
                                  formatter_class=partial(argparse.RawDescriptionHelpFormatter, max_help_position=18))
    top.add_argument("--version", action="version", version=f"hedui {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, title="命令 commands")
    for one in COMMANDS:
        one.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; every error that hedui raises on purpose becomes one line."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = parser().parse_args(review.spelled(sys.argv[1:] if argv is None else argv))
    try:
        with warned():
            return int(args.do(args))
    except UsageError as error:
        tell(f"用法有误 usage: {error}")
        return USAGE
    except HeduiError as error:
        tell(f"出错 error: {error}")
        return exit_of_error(error)
    except KeyboardInterrupt:
        tell("已停下；再运行同一命令即从停下处继续 · stopped, the same command goes on where it was"
             if args.command in ("run", "retry", "quarantine", "reprocess", "watch") else "已停下 · stopped")
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


if __name__ == "__main__":
    raise SystemExit(main())
