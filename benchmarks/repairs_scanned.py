"""Made reports printed, scanned coarsely and read back by the recogniser -> whether what is proposed for a figure is what was printed.

Reports have no slips, so that whatever is wrong was misread. A figure counts as misread where it is read more often than it was printed, and a
proposal as true where its figure is such a one and what it proposes was printed more often than read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hedui.document import Document
from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.synth.generate import make_report
from hedui.synth.render import BAD_150, docx_of, pdf_of_many, pdf_of_pictures, scans_of
from hedui.view import fold

__all__ = ["numerals", "scanned_reports", "tell_scanned"]

NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
BLANK = re.compile(r"[^\S\n\t]")
DPI = (75, 60)


def numerals(text: str) -> Counter[str]:
    """How often each numeral stands in a text.

    >>> numerals("预算 1,200.5 万元，1200.5万元")
    Counter({'1200.5': 2})
    """
    return Counter(m[0].replace(",", "") for m in NUMERAL.finditer(BLANK.sub("", fold(text))))


def first(text: str) -> str:
    return next(iter(numerals(text)), "")


def scanned_reports(count: int, seed: int) -> list[tuple[Document, Document]]:
    """Each report as printed and as read from its scan, at the resolutions of DPI by turns."""
    made = [read_bytes(make_report(seed, n, slips=0.0, noise=0.0, kind="docx").page.marked.text.encode(), "made.txt") for n in range(1, count + 1)]
    found = []
    for number, (printed, pdf) in enumerate(zip(made, pdf_of_many([docx_of(one) for one in made], timeout=60 + 10 * count), strict=True), 1):
        look = replace(BAD_150, dpi=DPI[number % len(DPI)], blur=0.9, seal=False)
        found.append((printed, read_bytes(pdf_of_pictures(scans_of(pdf, look=look, seed=number), look.dpi), "scan.pdf")))
    return found


def tell_scanned(pairs: Sequence[tuple[Document, Document]]) -> str:
    """How many figures were misread, stand in a conflict, and are repaired; how many proposals there are and are true."""
    told: Counter[str] = Counter()
    for printed, scan in pairs:
        was, now = numerals(printed.text), numerals(scan.text)
        misread, unread = now - was, was - now
        told["figures"] += sum(was.values())
        told["misread"] += sum(misread.values())
        for report in extract(scan).reports:
            conflicts = [c for c in report.checks if c.verdict == "conflict"]
            told["disputed"] += len({q.span for c in conflicts for q in (*c.inputs, c.stated) if first(q.value or q.text) in misread})
            told["conflicts"] += len(conflicts)
            told["proposed"] += len(report.repairs)
            told["true"] += sum(first(r.stated.value or r.stated.text) in misread and first(r.proposed) in unread for r in report.repairs)
    return (f"scans {len(pairs)}: figures {told['figures']}, misread or out of place {told['misread']}, conflicts {told['conflicts']}, "
            f"figures misread in one {told['disputed']}; proposed {told['proposed']}, true {told['true']}")
