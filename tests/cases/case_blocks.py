"""Cases of several lines, kept so that a person can read them.

    ## what the case shows
    the text, line by line; ⇥ stands for a tab, ␣ for a space that an editor would take away
    =>
    what must come of it, line by line

Lines that begin with `# ` outside a case are remarks. Blank lines before `=>` and at the end of a case do not count.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

__all__ = ["Case", "case_blocks"]

MARKS = str.maketrans({"⇥": "\t", "␣": " "})


class Case(NamedTuple):
    """What the case shows, the text it gives, and the lines that must come of it."""

    title: str
    text: str
    expected: list[str]


def case_blocks(name: str) -> list[Case]:
    """The cases of `tests/cases/<name>.txt`, in order."""
    whole = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8")
    found = []
    for block in ("\n" + whole).split("\n## ")[1:]:
        title, _, rest = block.partition("\n")
        text, arrow, expected = rest.partition("\n=>\n")
        if not arrow:
            raise ValueError(f"{name}.txt: the case {title!r} has no line =>")
        found.append(Case(title, text.rstrip("\n").translate(MARKS) + "\n", [line for line in expected.split("\n") if line.strip()]))
    return found
