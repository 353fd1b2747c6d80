"""Watches folders and buckets, and reads what comes."""

from __future__ import annotations

import argparse
import signal
from datetime import datetime
from typing import TYPE_CHECKING

from hedui.commands.arguments import FAILED, OK, Commands, command, positive, tell
from hedui.commands.run import add_inputs, asked

if TYPE_CHECKING:
    from hedui.bulk.intake import Entered, Request
    from hedui.summary import Summary

__all__ = ["add"]

ABOUT = """看着 IN，有新的、改过的、删去的，就像 hedui run 那样读入、更新 OUT；还在写的文件等写完再读。结果库或服务器一时不在，就等它回来。
按 Ctrl-C 停下。
Watches IN and does what hedui run does whenever files came, changed or went; files still being written wait. A store or
server that is away is waited for. Ctrl-C ends it."""
EXAMPLES = """例 examples:
  hedui watch 报送/ -o out                        每分钟看一次 · looks once a minute
  hedui watch s3://reports/2023 -o out --every 300
  hedui watch 报送/ -o out --once                 只看一次，供定时任务用 · one look, for cron"""


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "watch", do_watch, help="看着文件夹，来一份读一份 · read files as they come", description=ABOUT, epilog=EXAMPLES)
    add_inputs(made)
    made.add_argument("--every", type=positive, default=60, metavar="SECONDS", help="几秒看一次，默认 60 · seconds between two looks")
    made.add_argument("--once", action="store_true", help="只看一次 · one look alone")


def do_watch(args: argparse.Namespace) -> int:
    from hedui.bulk.crews import close_readers
    from hedui.bulk.rounds import round_line, rounds
    from hedui.commands.run import ran
    from hedui.pipelines.cluster import check_cluster
    from hedui.pipelines.engine import Engine

    request = asked(args)
    if request.cluster:
        check_cluster(request.cluster, request.store)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    engines: list[Engine] = []

    def read(request: Request, entered: Entered) -> Summary:
        if not engines:  # it starts with the first news, beside the reading
            engines.append(Engine())
        return ran(request, engines[0], entered)

    whole = True
    tell(f"看着 watching: {'、'.join(args.inputs)}")
    try:
        for one in rounds(request, read, every=args.every, once=args.once):
            whole = one.summary is None or one.summary.whole
            print(round_line(one, datetime.now()), flush=True)
    finally:
        close_readers()
        for engine in engines:
            engine.close()
    return OK if whole else FAILED
