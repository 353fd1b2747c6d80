#!/usr/bin/env python3
"""Printed figures scanned badly and read back -> which characters of figures are taken for which, and how certain the reader was.

usage: glyph_confusions.py [-n PAGES]       needs LibreOffice, and the packages of `hedui[scan]`

Every page holds 45 lines of figures as reports write them, printed in Song type, scanned at the resolutions of LOOKS and read by the
reader of scans. Read and true lines are aligned by Levenshtein; characters taken for others, lost, and one too many are counted, and for those of
numerals how many were read, and how many of them were others, by the certainty that the reader gave.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from hedui.document import Document
from hedui.readers import read_bytes
from hedui.synth.render import BAD_150, docx_of, pdf_of, pdf_of_pictures, scans_of

LOOKS = (("150", BAD_150), ("75", replace(BAD_150, dpi=75, blur=0.9, seal=False)), ("60", replace(BAD_150, dpi=60, blur=0.9, seal=False)))
UNITS = ("万元", "万元", "元", "亿元", "人", "人次", "户", "%", "%", "‰", "亩", "公里", "分")
LINES, FIGURES, FAR = 45, 5, 0.4
# the characters of numerals, whose certainties are counted
NUMERALS = frozenset("0123456789.,")
ROUND = ("<50", "<80", "<95", "≥95")


def figure(rng: random.Random) -> str:
    """645.55万元 · 12,480户 · 97.36%"""
    unit, decimals = rng.choice(UNITS), rng.choice((0, 1, 2, 2))
    return f"{rng.uniform(1, 10 ** rng.choice((1, 2, 3, 4))):{rng.choice(('', ','))}.{decimals}f}{unit}"


def lines_of(pages: int, rng: random.Random) -> list[str]:
    return ["；".join(figure(rng) for _ in range(FIGURES)) for _ in range(pages * LINES)]


def band(score: int) -> str:
    return ROUND[0] if score < 50 else ROUND[1] if score < 80 else ROUND[2] if score < 95 else ROUND[3]


def read_lines(document: Document) -> Iterator[tuple[str, Sequence[int]]]:
    """Every line of print without white space, with the certainty of its characters."""
    for line in document.lines:
        text = document.text[slice(*line.span)]
        kept = [(c, s) for c, s in zip(text, line.scores or bytes([100]) * len(text), strict=False) if not c.isspace()]
        yield "".join(c for c, _ in kept), [s for _, s in kept]


def confusions(truth: Sequence[str], document: Document) -> tuple[Counter[tuple[str, str, str]], Counter[str]]:
    """(true, read, certainty of what counts as a numeral) of all that was read wrong, and how many of numerals were read with each."""
    wrong: Counter[tuple[str, str, str]] = Counter()
    all_read: Counter[str] = Counter()
    rest = list(truth)
    for text, scores in read_lines(document):
        best = min(rest, key=lambda line: Levenshtein.distance(line, text), default="")
        if not best or Levenshtein.normalized_distance(best, text) > FAR:
            continue
        rest.remove(best)
        all_read.update(band(s) for c, s in zip(text, scores, strict=True) if c in NUMERALS)
        for edit in Levenshtein.editops(best, text):
            read = text[edit.dest_pos] if edit.tag != "delete" else ""
            printed = best[edit.src_pos] if edit.tag != "insert" else ""
            wrong[(printed, read, band(scores[edit.dest_pos]) if read in NUMERALS else "")] += 1
    return wrong, all_read


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("-n", "--pages", type=int, default=3)
    args = cli.parse_args()
    truth = lines_of(args.pages, random.Random(920001))
    pdf = pdf_of(docx_of(read_bytes("\n\n".join(truth).encode(), "figures.txt")))
    for name, look in LOOKS:
        document = read_bytes(pdf_of_pictures(scans_of(pdf, look=look, seed=1), look.dpi), "figures.pdf")
        wrong, seen = confusions(truth, document)
        print(f"{name} dpi: {sum(seen.values())} characters of numerals, {sum(n for (_, _, b), n in wrong.items() if b)} wrong")
        for at in ROUND:
            print(f"  certainty {at}: {seen[at]} read, {sum(n for (_, _, b), n in wrong.items() if b == at)} wrong")
        pairs: Counter[tuple[str, str]] = Counter()
        for (a, b, _), n in wrong.items():
            pairs[(a, b)] += n
        print("  " + "  ".join(f"{a or '∅'}→{b or '∅'} {n}" for (a, b), n in pairs.most_common(40)))


if __name__ == "__main__":
    main()
