"""What became of every input: shown, and what failed or was set aside read again."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hedui.commands.arguments import FAILED, OK, Commands, command, tell
from hedui.errors import UsageError
from hedui.export.words import word

if TYPE_CHECKING:
    from hedui.store import Store
    from hedui.store.ledger import State

__all__ = ["add"]

STATUS = """每份输入一行账，任何时刻都有：输入 = 已读 + 未能读出 + 已隔离 + 未读完。账与结果各自清点，对不上即报错。
Every input has its line: in = done + failed + quarantined + still to read, at any moment. The ledger and the results are
counted apart; where they do not add up this says so and ends with 1."""
STATUS_EXAMPLES = """例 examples:
  hedui status out                账目是否齐全 · does it add up
  hedui status out --failed       未能读出的和原因 · what failed, and why
  hedui status out --json         给程序看 · for programs"""
RETRY = """未能读出的文件（修好环境或文件之后）重新读，其余不动；已隔离的不在内，先用 hedui quarantine release。
Reads again what failed, and nothing else; what is quarantined is released first with hedui quarantine release."""
RETRY_EXAMPLES = """例 examples:
  hedui retry out                 全部重读 · all that failed
  hedui retry out 乡镇/坏.docx     只重读这份 · this one"""
QUARANTINE = """两次使读取进程中止的文件（停住、超时、内存不足、崩溃）被隔离，不再拖累其余文件，直到放行。
A file that killed its reader twice is set aside and read no more until it is released."""
QUARANTINE_EXAMPLES = """例 examples:
  hedui quarantine list out               隔离了什么、为什么 · what is set aside, and why
  hedui quarantine release out            全部放行并重读 · release all and read them
  hedui quarantine release out 大表.pdf   只放行这份 · this one"""


def add(commands: Commands) -> None:
    """The commands with their arguments."""
    status = command(commands, "status", do_status, help="每份输入的下落 · what became of every input", description=STATUS, epilog=STATUS_EXAMPLES)
    add_place(status)
    status.add_argument("--failed", action="store_true", help="列出未能读出和已隔离的 · list what failed or is quarantined")
    status.add_argument("--json", action="store_true", help="输出 JSON · as JSON")
    retry = command(commands, "retry", do_retry, help="重读未能读出的 · read again what failed", description=RETRY, epilog=RETRY_EXAMPLES)
    add_place(retry)
    add_names(retry)
    made = command(commands, "quarantine", do_list, help="查看、放行被隔离的 · what is set aside", description=QUARANTINE, epilog=QUARANTINE_EXAMPLES)
    doing = made.add_subparsers(dest="doing", metavar="list|release", required=True)
    listing = command(doing, "list", do_list, help="隔离了什么 · what is set aside", description=QUARANTINE)
    add_place(listing)
    release = command(doing, "release", do_release, help="放行并重读 · release and read", description=QUARANTINE)
    add_place(release)
    add_names(release)


def add_place(made: argparse.ArgumentParser) -> None:
    made.add_argument("out", metavar="OUT", help="hedui run 的结果文件夹 · the folder of the results")
    made.add_argument("--store", metavar="URL", help="结果库，默认 OUT/hedui.sqlite · a database URL instead of OUT/hedui.sqlite")


def add_names(made: argparse.ArgumentParser) -> None:
    made.add_argument("names", nargs="*", metavar="NAME", help="只管这些文件，名称如 status 所列 · these files only, by the names that status shows")


def address_of(args: argparse.Namespace) -> str:
    from hedui.bulk.address import address_in

    address = address_in(args.out, args.store)
    if "://" not in address and not Path(address).is_file():
        raise UsageError(f"{args.out}: 没有结果库，先用 hedui run 读报告 · no store here, hedui run makes it")
    return address


def do_status(args: argparse.Namespace) -> int:
    from hedui.bulk.standing import standing_json, standing_lines, standing_of
    from hedui.store import Store

    with Store(address_of(args)) as store:
        found = standing_of(store, listed=args.failed)
    print(standing_json(found) if args.json else "\n".join(standing_lines(found)))
    return OK if found.proof.holds else FAILED


def do_list(args: argparse.Namespace) -> int:
    from hedui.bulk.standing import lost_lines
    from hedui.store import Store
    from hedui.store.ledger import ledger_rows

    with Store(address_of(args)) as store:
        lines = lost_lines(tuple(ledger_rows(store, ("quarantined",))))
    print("\n".join(lines) or "没有被隔离的 · nothing is quarantined")
    return OK


def do_retry(args: argparse.Namespace) -> int:
    from hedui.store.ledger import retry

    return again(args, "failed", retry, "没有未能读出的 · nothing failed")


def do_release(args: argparse.Namespace) -> int:
    from hedui.store.ledger import release

    return again(args, "quarantined", release, "没有被隔离的 · nothing is quarantined")


def again(args: argparse.Namespace, state: State, mark: Callable[[Store, Sequence[str]], int], none: str) -> int:
    """Has inputs in `state` wait again, then does the last run once more, which reads them."""
    from hedui.bulk.intake import request_of
    from hedui.commands.run import done
    from hedui.store import Store
    from hedui.store.ledger import ledger_rows
    from hedui.store.ledger_again import listing_run

    with Store(address_of(args)) as store:
        last = listing_run(store)
        if last is None:
            raise UsageError(f"{args.out}: 没有运行记录，请用 hedui run 再读 · no run is known here, use hedui run")
        found = {row.name: row.sha256 for row in ledger_rows(store, (state,), run=last.id)}  # others that run would not read
        unknown = [name for name in args.names if name not in found]
        if unknown:
            raise UsageError(f"{'、'.join(unknown)}: {word(state)}的里没有这份，名称见 hedui status OUT --failed · not among them, "
                             "hedui status OUT --failed tells the names")
        keys = [found[name] for name in args.names] if args.names else list(found.values())
        if not keys:
            print(none)
            return OK
        tell(f"重读 reading again: {mark(store, keys)}")
    return done(request_of(last.asked, out=args.out, store=args.store))
