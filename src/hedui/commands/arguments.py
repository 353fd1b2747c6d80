"""What the commands share: reading arguments, writing files, telling and showing how far things are."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from hedui.errors import StoreError, UsageError
from hedui.progress import OnStep

__all__ = [
    "FAILED", "FORMATS", "OK", "USAGE", "Commands", "add_model", "command", "one_file",
    "page_bar", "page_numbers", "positive", "share", "step_bars", "tell", "write",
]

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
OK, FAILED, USAGE = 0, 1, 2
FEW_PAGES = 5
STEPS = {"page": "页 pages", "text": "段 passages"}
FORMATS = """能读 formats: 文本 txt md · Word docx doc wps rtf odt · 表格 xlsx xls et ods csv · pdf · ofd · 扫描件和照片 png jpg tif bmp gif webp
  网页 html mht · 邮件 eml · 压缩包 zip 7z tar gz bz2 xz"""


def command(commands: Commands, name: str, do: Callable[[argparse.Namespace], int], *, help: str, description: str,
            epilog: str | None = None) -> argparse.ArgumentParser:
    """A command that `do` does; its texts stand as written."""
    made = commands.add_parser(name, help=help, description=description, epilog=epilog,
                               formatter_class=argparse.RawDescriptionHelpFormatter)
    made.set_defaults(do=do)
    return made


def add_model(made: argparse.ArgumentParser) -> None:
    made.add_argument("--model", metavar="DIR|none", help="与规则一起读的模型；none 只用规则；默认用随程序安装的模型 · the model that reads "
                      "beside the rules, none for rules alone, by default the one installed")


def positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"要正整数 · a positive whole number is wanted, not {text!r}")
    return number


def share(text: str) -> float:
    """A share or probability, from 0 to 1."""
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"要 0 到 1 之间的数 · a number from 0 to 1 is wanted, not {text!r}")
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


def write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(f"{path}: 写不进去 · cannot be written: {error.strerror or error}") from error


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


@contextmanager
def step_bars(names: Mapping[str, str]) -> Iterator[OnStep]:
    """A listener that draws a bar for each kind of work that has a name."""
    from tqdm import tqdm

    held: dict[str, tqdm[Any]] = {}

    def on_step(what: str, done: int, total: int) -> None:
        if what in names and total:
            if what not in held:
                held[what] = tqdm(desc=names[what], total=total, file=sys.stderr, leave=False)
            held[what].update(done - held[what].n)

    try:
        yield on_step
    finally:
        for bar in held.values():
            bar.close()
