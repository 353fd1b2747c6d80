"""A seed in; made reports with their gold out, as text, Word, PDF or scan.

Report number i depends on the seed, i and the settings alone, never on how many are made. Its gold counts the lines of the first
format asked for: of the text file, or of the Word file as it is read; a PDF or a scan is the same report printed. Texts and Word
files are the same byte for byte, PDFs as far as the program that prints them.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hedui.errors import StoreError, UsageError
from hedui.progress import OnStep
from hedui.synth.boasts import with_boasts
from hedui.synth.draw import draw_facts
from hedui.synth.facts import Facts
from hedui.synth.marked.build import gold_of, rendered, write_report
from hedui.synth.marked.page import Page, lay_out
from hedui.synth.marked.source import read_source
from hedui.synth.noise import noised
from hedui.synth.prose import report_elements
from hedui.synth.prose.draft import Draft
from hedui.synth.slips import planted
from hedui.synth.tables import with_tables

__all__ = ["FORMATS", "Made", "make_report", "source_text", "write_reports"]

FORMATS = ("txt", "docx", "pdf", "scan")
DIALECTS = ("cells", "tabs", "pipes", "spaces")
LOOKS = ("clean", "clean", "bad")


@dataclass(frozen=True, kw_only=True)
class Made:
    """One report: the page as it stands in its file, the page without noise, and the marked source both come from."""

    name: str
    facts: Facts
    clean: Page
    page: Page
    source: str

    @property
    def gold(self) -> str:
        """The gold of the file, one JSON document."""
        return rendered(gold_of(self.clean, self.page))


def dice(seed: int, number: int) -> random.Random:
    """The chance of report `number`: the same on every machine and Python."""
    return random.Random(int.from_bytes(hashlib.sha256(f"{seed} {number}".encode()).digest()[:8], "big"))


def source_text(draft: Draft, facts: Facts, file: str, dialect: str) -> str:
    """The marked source of a draft whose slots are filled."""
    part = " | ".join(str(x or "") for x in (facts.title, facts.kind, facts.bodies.unit.name, facts.region.name, facts.year,
                                             facts.programme))
    lines = [f"@file {file}", f"@dialect {dialect}", "@orgs " + " ".join(draft.orgs), "@regions " + " ".join(draft.regions),
             f"@part {part}"]
    # a Word file as it is read has no blank lines between its blocks
    lines += [e for e in draft.elements if isinstance(e, str) and (e.strip() or dialect != "word")]
    for name in ("indicators", "funds", "documents", "scores"):
        lines += [f"@{name}", *getattr(draft, name)]
    return "\n".join([*lines, "@checks", *(check.line for check in draft.checks)]) + "\n"


def make_report(seed: int, number: int, *, slips: float = 0.3, noise: float = 0.1, kind: str = "txt") -> Made:
    """Report `number` of `seed`, as the text of a txt or a docx."""
    rng = dice(seed, number)
    facts = draw_facts(rng.randrange(2**40))
    name = f"r{number:05d}"
    dialect = "word" if kind == "docx" else rng.choices(DIALECTS, (35, 40, 15, 10))[0]
    draft = with_boasts(with_tables(report_elements(facts, rng), facts, rng, dialect=dialect), facts)
    draft = planted(draft, facts, rng, slips)
    source = source_text(draft, facts, f"{name}.{kind}", dialect)
    try:
        clean = lay_out(read_source(source))
    except ValueError as error:
        raise ValueError(f"{name}, seed {seed}: {error}") from error
    return Made(name=name, facts=facts, clean=clean, page=noised(clean, noise, rng), source=source)


def printed(word: bytes, kind: str, rng: random.Random) -> bytes:
    """The PDF of a Word file, or the scan of its pages. RuntimeError where LibreOffice is missing."""
    from hedui.synth.render import BAD_150, CLEAN_200, pdf_of, pdf_of_pictures, scans_of

    pdf = pdf_of(word)
    if kind == "pdf":
        return pdf
    look = BAD_150 if rng.choice(LOOKS) == "bad" else CLEAN_200
    return pdf_of_pictures(scans_of(pdf, look=look, seed=rng.randrange(10**6)), look.dpi)


def write_one(out: Path, seed: int, number: int, formats: Sequence[str], slips: float, noise: float) -> None:
    base = "docx" if formats[0] == "docx" else "txt"
    made = make_report(seed, number, slips=slips, noise=noise, kind=base)
    gold, folder = made.gold, out / "reports"
    write_report(made.page, folder / f"{made.name}.{base}")
    rng = dice(seed, -1 - number)
    rest = [f for f in formats if f != base]
    word = word_of(folder / f"{made.name}.{base}") if rest else b""
    for kind in rest:
        data = word if kind == "docx" else printed(word, kind, rng) if kind in {"pdf", "scan"} else made.page.marked.text.encode()
        (folder / f"{made.name}{'.scan.pdf' if kind == 'scan' else f'.{kind}'}").write_bytes(data)
    (out / "gold" / f"{made.name}.json").write_text(gold, encoding="utf-8", newline="\n")


def word_of(path: Path) -> bytes:
    """The Word file of a report as written."""
    if path.suffix == ".docx":
        return path.read_bytes()
    from hedui.readers import read
    from hedui.synth.marked.word import settled
    from hedui.synth.render import docx_of

    return settled(docx_of(read(path)))


def ready(out: Path, formats: Sequence[str]) -> None:
    """Make the folders. UsageError where a format is unknown or the folder holds something."""
    unknown = [f for f in formats if f not in FORMATS]
    if unknown or not formats:
        raise UsageError(f"没有这种格式：{'、'.join(unknown) or '（空）'}；可用 {'、'.join(FORMATS)} · no such format")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out}: 已有内容，请换一个空文件夹 · not empty; name a new folder")
    try:
        for name in ("reports", "gold"):
            (out / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{out}: 写不进去 · cannot be written: {error.strerror or error}") from error


def write_reports(out: Path, *, count: int, seed: int, formats: Sequence[str] = ("txt",), slips: float = 0.3, noise: float = 0.1,
                  on_step: OnStep | None = None) -> None:
    """Write reports r00001 … and their gold into `out`, which must be empty or new; `slips` is the share of reports with planted
    mistakes, `noise` how many places flaws touch. UsageError, StoreError as `ready` says; StoreError where a format needs a
    program or package that is missing."""
    ready(out, formats)
    for number in range(1, count + 1):
        try:
            write_one(out, seed, number, formats, slips, noise)
        except OSError as error:
            raise StoreError(f"{out}: 写不进去 · cannot be written: {error.strerror or error}") from error
        except (RuntimeError, ModuleNotFoundError) as error:
            raise StoreError(f"{'、'.join(formats)}: {error}") from error
        if on_step:
            on_step("report", number, count)
