"""Which versions the store keeps results of, and those of versions no longer used taken away."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from hedui.commands.arguments import OK, Commands, command
from hedui.commands.ledger import add_place, address_of
from hedui.errors import StoreError

if TYPE_CHECKING:
    from hedui.store.freeing import Freed, Held

__all__ = ["add"]

ABOUT = """结果库里每个版本（程序、模型、权重）的结果都留着，换回去、对照、查旧时要用。用不着了可以清掉：每份内容最新的结果和账上的结果总是留下；
有人作过决定的，连同他当时看到的留下，除非 --decided（决定本身在任何情形下都不动）。清完即收回磁盘空间（其间别的程序要等）。
The store keeps the results of every version. Those no longer wanted can go: the newest result of a content and what the ledger says always
stay; what people decided something on stays unless --decided (their decisions stay in any case). The space goes back to the disk, while
others wait."""
EXAMPLES = """例 examples:
  hedui versions list out                                   各版本多少份、多大 · documents and bytes by version
  hedui versions drop out 0.7.0+3f2a9c0d1e2f --dry-run      会清掉多少 · how much would go
  hedui versions drop out 0.7.0+3f2a9c0d1e2f                清掉 · take it away"""

UNSHRUNK = ("结果已清掉，空间还没有还给磁盘（{0}）；以后对 versions list 所列的任一版本再运行一次 versions drop 即收回 · "
            "the results are gone, but the space has not gone back to the disk: run versions drop again later, of any version that is listed")


def add(commands: Commands) -> None:
    """The commands with their arguments."""
    made = command(commands, "versions", do_list, help="各版本的结果，清掉旧的 · results by version, old ones dropped", description=ABOUT,
                   epilog=EXAMPLES)
    doing = made.add_subparsers(dest="doing", metavar="list|drop", required=True)
    listing = command(doing, "list", do_list, help="各版本多少份、多大 · documents and bytes by version", description=ABOUT)
    add_place(listing)
    listing.add_argument("--json", action="store_true", help="输出 JSON · as JSON")
    drop = command(doing, "drop", do_drop, help="清掉一个版本用不着的结果 · take away what is not needed of a version", description=ABOUT)
    add_place(drop)
    drop.add_argument("version", metavar="VERSION", help="如 versions list 所列 · as versions list tells it")
    drop.add_argument("--decided", action="store_true", help="有人作过决定的也清 · also those that people decided something on")
    drop.add_argument("--dry-run", action="store_true", help="只说会清掉多少，不清 · say how much, and take nothing away")


def told_size(size: int) -> str:
    from humanize import naturalsize

    return naturalsize(size)


def held_line(one: Held) -> str:
    old = one.contents - one.needed
    said = f"，其中有人作过决定 decided on {one.decided}" if one.decided else ""
    return f"{one.version}  {one.contents} 份 documents，{told_size(one.bytes)}；在用 needed {one.needed}，旧 old {old}{said}"


def freed_lines(freed: Freed) -> list[str]:
    lines = [f"{freed.version}: 结果 results {freed.results}，正文 Documents {freed.documents}，{told_size(freed.bytes)}"]
    if freed.needed:
        lines.append(f"留下在用的 kept as needed: {freed.needed}（最新的或账上的 · the newest, or what the ledger says）")
    if freed.decided:
        lines.append(f"留下有人作过决定的 kept as decided on: {freed.decided}（也要清请加 --decided · --decided takes them too）")
    return lines


def do_list(args: argparse.Namespace) -> int:
    from hedui.store import Store
    from hedui.store.freeing import versions_in

    with Store(address_of(args)) as store:
        found = versions_in(store)
    print(json.dumps([asdict(one) for one in found], indent=1) if args.json else "\n".join(map(held_line, found)) or "没有结果 · no results")
    return OK


def do_drop(args: argparse.Namespace) -> int:
    from hedui.store import Store
    from hedui.store.freeing import free_version, freed_by, store_bytes, vacuum

    with Store(address_of(args)) as store:
        wanted = freed_by(store, args.version, also_decided=args.decided)
        print("会清掉 would free" if args.dry_run else "清掉 frees", *freed_lines(wanted), sep="\n", flush=True)
        if args.dry_run:
            return OK
        before = store_bytes(store)
        free_version(store, args.version, also_decided=args.decided)
        try:
            vacuum(store)
        except StoreError as error:
            raise StoreError(UNSHRUNK.format(error)) from error
        print(f"结果库 store: {told_size(before)} → {told_size(store_bytes(store))}")
    return OK
