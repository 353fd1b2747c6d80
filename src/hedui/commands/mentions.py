"""Reads figures, dates and numbers of sentences."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from hedui.commands.arguments import OK, Commands, command
from hedui.errors import UsageError

__all__ = ["add"]


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "mentions", do_mentions, help="一行一句，读出数字、日期、文号 · figures, dates and numbers of sentences",
                   description="每行一句，每句一行 JSON。\nOne sentence a line in, one line of JSON a sentence out.")
    made.add_argument("file", metavar="FILE", help="文本文件，- 表示标准输入 · a text file, - for standard input")


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
