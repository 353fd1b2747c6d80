"""Draws how a file was read."""

from __future__ import annotations

import argparse

from hedui.commands.arguments import OK, Commands, command, one_file, page_bar, page_numbers, write

__all__ = ["add"]

INSPECT = """把一份文件读的结果画出来：左边是页面图，画着段落、表格、单元格、顺序和拿不准的地方；右边是读出的文字。用浏览器打开，不连网。
Draws how a file was read: left the pages with blocks, cells, order and doubtful spots, right the text as read."""
INSPECT_EXAMPLES = """例 examples:
  hedui inspect 扫描件.pdf                     写出 扫描件.pdf.inspect.html · writes 扫描件.pdf.inspect.html
  hedui inspect 自评表.xlsx -o 看.html
  hedui inspect 长报告.pdf --pages 1-3,12      只画四页 · draws four pages"""


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "inspect", do_inspect, help="看一份文件是怎样读的 · see how a file was read", description=INSPECT,
                   epilog=INSPECT_EXAMPLES)
    made.add_argument("file", metavar="FILE", help="报告 · the report")
    made.add_argument("-o", "--out", metavar="OUT.html", help="写到这里，默认 FILE.inspect.html · where to, else FILE.inspect.html")
    made.add_argument("--pages", type=page_numbers, default=(), metavar="1-3,7", help="只画这些页 · draw these pages only")


def do_inspect(args: argparse.Namespace) -> int:
    from hedui.inspection import inspected

    path = one_file(args.file)
    with page_bar() as on_step:
        page = inspected(path, pages=args.pages, on_step=on_step)
    out = args.out or f"{path.name}.inspect.html"
    write(out, page)
    print(f"已写出，用浏览器打开 · written, open it in a browser: {out}")
    return OK
