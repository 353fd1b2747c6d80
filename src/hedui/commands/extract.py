"""Reads one report into JSON."""

from __future__ import annotations

import argparse
import sys

from hedui.commands.arguments import FORMATS, OK, Commands, add_model, command, one_file, page_bar, tell, write
from hedui.errors import ReadError

__all__ = ["add"]


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "extract", do_extract, help="读一份报告 · read one report",
                   description="读一份报告（压缩包作为一份），写成 JSON（hedui/1）。\n"
                               f"Reads one report, or an archive as one, into JSON.\n{FORMATS}")
    made.add_argument("file", metavar="FILE", help="报告 · the report")
    made.add_argument("-o", "--out", metavar="OUT.json", help="写到这里，默认写到屏幕 · where to, else to the screen")
    add_model(made)


def do_extract(args: argparse.Namespace) -> int:
    from hedui.batch import Readers
    from hedui.listing import Entry
    from hedui.neural.loading import choose_model
    from hedui.readers.archive import spelled

    path = one_file(args.file)
    chosen = choose_model(args.model)
    with Readers(model=chosen.folder) as readers, page_bar() as on_step:
        done = next(readers.outcomes([Entry(name=spelled(path.name), path=str(path))], on_step=on_step))
    if done.cause is not None:
        raise ReadError(path.name, done.cause)
    if args.out is None:
        sys.stdout.write(done.output)
    else:
        write(args.out, done.output)
    tell(chosen.said)
    return OK
