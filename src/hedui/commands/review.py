"""The review desk: people correct what was read, in a browser."""

from __future__ import annotations

import argparse
import socket
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from hedui.commands.arguments import OK, Commands, command, positive, share, tell
from hedui.commands.review_learn import add_calibrate, add_learned, add_next
from hedui.commands.review_told import add_agreement, add_log
from hedui.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from hedui.review.laying import Laid

__all__ = ["add", "spelled"]

REVIEW = """在浏览器里看机器拿不准的地方并改正：先不符，再存疑，再缺栏目，另抽查一小部分。原文在左，所核的栏目、把握和算式在右；
全部可用按键（? 看按键），可无限撤销；谁在何时把什么改成什么都有记录，从不覆盖。改过的数当场重新核对。
People look at what hedui doubts and put it right, in a browser: conflicts, doubts, gaps, and a random share of the rest. All by keys; every
act is kept, nothing is overwritten, and checks that rest on a corrected figure are worked out anew.

OUT 是 hedui run 的结果文件夹 · the results folder of hedui run"""
EXAMPLES = """例 examples:
  hedui run 报告/ -o out && hedui review out      核对，再改正 · check, then correct
  hedui review log out -o 记录.csv                谁在何时改了什么 · who changed what, when
  hedui review agreement out                      盲读的两人有多一致 · how far blind readers agree
  hedui review next out -n 20                     下一批看哪几份 · the reports to look at next
  hedui review learned out -o 学到的              接受的词条和用例 · accepted rows of word lists and cases
  hedui review calibrate out -o 校准              把握可信到什么程度，并据此校准 · how far confidences hold, put right
  hedui review out --below 0.8 --audit 0.05       拿不准的门槛和抽查比例 · how sure is sure enough, and the share looked at anyhow
  hedui review out --store postgresql://hedui@localhost/hedui"""
PORT = 8321
# seconds that the desk waits for tasks to be laid out before it opens
PATIENCE = 3.0
FORMS = ("serve", "log", "agreement", "next", "learned", "calibrate")


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "review", do_review, help="在浏览器里改正 · correct in a browser", description=REVIEW, epilog=EXAMPLES)
    forms = made.add_subparsers(dest="form", metavar=f"[{'|'.join(FORMS)}]", required=True, title="用法 forms")
    add_serve(forms)
    add_log(forms)
    add_agreement(forms)
    add_next(forms)
    add_learned(forms)
    add_calibrate(forms)


def spelled(argv: Sequence[str]) -> list[str]:
    """A call with its form spelled out: `hedui review OUT` is short for `hedui review serve OUT`.

    >>> spelled(["review", "out", "--port", "8000"]), spelled(["review", "log", "out"])
    (['review', 'serve', 'out', '--port', '8000'], ['review', 'log', 'out'])
    """
    given = list(argv)
    if given[:1] == ["review"] and not {*given[1:2]} & {*FORMS, "-h", "--help"}:
        given.insert(1, FORMS[0])
    return given


def add_serve(commands: Commands) -> None:
    """`hedui review serve`, or `hedui review` for short."""
    made = command(commands, "serve", do_review, help="打开核对台（可省略这个词） · open the desk; the word may be left out", description=REVIEW,
                   epilog=EXAMPLES)
    made.add_argument("out", metavar="OUT", help="hedui run 的结果文件夹 · the results folder of hedui run")
    made.add_argument("--host", default="127.0.0.1", help="监听地址，默认只有本机 · address to listen on, by default this machine alone")
    made.add_argument("--port", type=positive, default=PORT, help=f"端口，默认 {PORT} · port")
    made.add_argument("--store", metavar="URL", help="结果库，默认 OUT/hedui.sqlite · a database URL instead of OUT/hedui.sqlite")
    made.add_argument("--sources", metavar="DIR", nargs="+", default=(), help="报告原件所在的文件夹，给了就能对着页面（PDF、扫描图片）看 · "
                      "folders the files lie in, to see their pages")
    made.add_argument("--below", type=share, default=0.9, metavar="0.9",
                      help="把握低于此数的记录请人看 · records less sure than this are looked at")
    made.add_argument("--audit", type=share, default=0.02, metavar="0.02",
                      help="其余记录抽查的比例 · share of the rest that is looked at anyhow")
    made.add_argument("--double", type=share, default=0.1, metavar="0.1",
                      help="由两人各自盲读的报告比例 · share of the reports that two people read blind")


def free(host: str, port: int) -> None:
    """UsageError where somebody listens there already, or the address is not of this machine."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(f"{host}:{port}: 用不了（{error.strerror}），请用 --port 换一个 · cannot be used, choose another with --port") from error


def told_of(found: Future[Laid]) -> None:
    """Tells what laying out tasks came to."""
    if (error := found.exception()) is not None:
        tell(f"✗ {error}")
        return
    laid = found.result()
    for line in laid.failed:
        tell(f"✗ {line}")
    if laid.files:
        tell(f"新增待办 new tasks: {laid.tasks}（{laid.files} 份 files）")
    if laid.doubled:
        tell(f"新增双读 reports more that two people read blind: {laid.doubled}")


def do_review(args: argparse.Namespace) -> int:
    from hedui import research
    from hedui.picturing import Pictures
    from hedui.review.routing import Routing
    from hedui.review.searching import Searching, stamp_at
    from hedui.review.serve import first_link, lines_for, open_store, results_folder, serve
    from hedui.review.web import Desk

    free(args.host, args.port)
    routing = Routing(below=args.below, audit=args.audit, double=args.double)
    with open_store(args.out, args.store) as store:
        pictures = Pictures(args.sources)
        searching = Searching(partial(research.open_store, args.store or args.out), partial(stamp_at, store, None if args.store else args.out))
        desk = Desk(store=store, routing=routing, pictures=pictures if args.sources else None, out=results_folder(args.out), searching=searching)
        laying = desk.laying.begin()
        try:
            laying.result(PATIENCE)
        except TimeoutError:
            tell("待办多，还在安排；核对台先打开 · there is much to lay out; the desk opens meanwhile")
        laying.add_done_callback(told_of)
        base = f"http://{'127.0.0.1' if args.host in ('0.0.0.0', '::') else args.host}:{args.port}"
        for line in lines_for(args.host, args.port, first_link(store, base)):
            tell(line)
        try:
            serve(desk, host=args.host, port=args.port)
        finally:
            desk.laying.stop()
            pictures.close()
    return OK
