"""Writes an audit opinion on each report, as a page and as a Word file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hedui.commands.arguments import FAILED, FORMATS, OK, Commands, add_model, command, page_bar, tell
from hedui.errors import ReadError, StoreError, UsageError, defect

if TYPE_CHECKING:
    from hedui.listing import Entry

__all__ = ["Made", "add", "made_of"]

OPINION = f"""给每份报告写一页核对意见：哪些数对不上、相差多少、涉及多少钱、有多大把握、建议怎样改，先重后轻，并画出数与数的关系。
网页里的表可以排序、按可信度筛选，点行号回到原文；Word 文件内容相同，可以打印、批注。改法只是建议，原文不动。
Writes an opinion on each report, a page of its own: what does not agree, by how much, how much money hangs on it, how sure that is and what
might be meant, the weightiest first, with a picture of how the figures hang together. One page to sort and filter, one Word file.
{FORMATS} · 以及 hedui extract、hedui run 写出的 JSON · and JSON that hedui wrote"""
EXAMPLES = """例 examples:
  hedui opinion 自评报告.docx -o 意见           写出 意见/自评报告.docx.opinion.html 和 .opinion.docx · writes both
  hedui opinion *.pdf -o 意见 --fdr 0.05        只列拿得准的：其中误报预计不超过 5% · at most 5% of those listed are expected to be false
  hedui opinion out/json/*.json -o 意见         用 hedui run 的结果，不必重读 · from the results of a run, without reading again

次序 order: 分量 × 可信度；分量 = 层次 + 金额 + 占预算之比 + 牵连的数和事项（指到序号可见） · weight × confidence"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """What one file came to: its page and Word file, how many reports it holds and how many findings do not agree, or the cause why not."""

    html: str = ""
    docx: bytes = b""
    reports: int = 0
    conflicts: int = 0
    cause: str | None = None


def made_of(entry: Entry, *, model: str | None = None, fdr: float | None = None) -> Made:
    """Reads one file, or takes what was read of it, and writes its opinions. Whatever goes wrong is told in `cause`."""
    from hedui.batch import outcome
    from hedui.opinion import opinions_of
    from hedui.opinion.html import html_of
    from hedui.opinion.stored import load_findings
    from hedui.opinion.word import docx_of

    try:
        if entry.path.lower().endswith(".json"):
            findings = load_findings(entry.path)
        else:
            done = outcome(entry, model=model)
            if done.findings is None:
                return Made(cause=done.cause)
            findings = done.findings
        opinions = opinions_of(findings, fdr=fdr)
        return Made(html=html_of(opinions, findings.document.text), docx=docx_of(opinions), reports=len(opinions),
                    conflicts=sum(opinion.tally.conflicts for opinion in opinions))
    except ReadError as error:
        return Made(cause=f"{error.where} {error.cause}".strip())
    except Exception as error:
        return Made(cause=defect(error))


def rate(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 < number < 1:
        raise argparse.ArgumentTypeError(f"要 0 与 1 之间的数，如 0.05 · a number between 0 and 1 is wanted, not {text!r}")
    return number


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "opinion", do_opinion, help="写出核对意见 · write an audit opinion", description=OPINION, epilog=EXAMPLES)
    made.add_argument("files", metavar="FILE", nargs="+", help="报告，或 hedui 写出的 JSON · reports, or JSON that hedui wrote")
    made.add_argument("-o", "--out", metavar="DIR", required=True, help="写到这个文件夹 · the folder to write to")
    made.add_argument("--fdr", type=rate, metavar="0.05", help="不符之中误报预计最多占几成，超出的不列；默认全列 · the share of false ones expected "
                      "among those listed, by default all are listed")
    add_model(made)


def folder(given: str) -> Path:
    out = Path(given)
    if out.exists() and not out.is_dir():
        raise UsageError(f"{given}: 已有同名文件，请换一个文件夹名 · is a file; name a folder")
    return out


def outcomes(entries: tuple[Entry, ...], model: str | None, fdr: float | None) -> Iterator[tuple[Entry, Made]]:
    """What each file came to, each read in a process that may be lost with it."""
    from hedui.batch import ALLOWANCE, cause_of, processes, workers_for
    from hedui.isolation import Crew, Lost
    from hedui.listing import Entry

    with Crew[Entry, Made](function=partial(made_of, model=model, fdr=fdr), workers=workers_for(len(entries)), allowance=ALLOWANCE,
                           context=processes()) as crew, page_bar() as on_step:
        for entry, made in crew.results(entries, on_step=on_step):
            yield entry, Made(cause=cause_of(made)) if isinstance(made, Lost) else made


def do_opinion(args: argparse.Namespace) -> int:
    from hedui.listing import list_files
    from hedui.neural.loading import choose_model

    out = folder(args.out)
    entries = list_files(args.files, apart=out).entries
    if not entries:
        raise UsageError(f"{' '.join(args.files)}: 没有可读的文件 · nothing to read")
    chosen = choose_model(args.model)
    tell(chosen.said)
    failed = 0
    for entry, made in outcomes(entries, chosen.folder, args.fdr):
        if made.cause is not None:
            failed += 1
            tell(f"✗ {entry.name}: {made.cause}")
            continue
        page, word = (out / f"{entry.name}.opinion.{suffix}" for suffix in ("html", "docx"))
        try:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(made.html, encoding="utf-8", newline="\n")
            word.write_bytes(made.docx)
        except OSError as error:
            raise StoreError(f"{error.filename or page}: 写不进去 · cannot be written: {error.strerror or error}") from error
        print(f"{entry.name}: 报告 reports {made.reports}，不符 conflicts {made.conflicts} → {page} · {word.name}")
    return FAILED if failed else OK
