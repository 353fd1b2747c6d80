"""Marked text in; plain text, its mentions and its named places out.

`{10887万元}` marks a mention, `{#a|10887万元}` names it `a` as well, `{X #a|有所提高}` names a place that is no mention.
Between `{` and `|` stand, apart by spaces: `#name`; a letter for the label (A amount, R rate, Q quantity, D date, N document
number, T title, O institution, G place, X none); `w` for a bare amount in 万元; `=value`; `/unit`; `>=`, `<=`, `>`, `<`,
`~` or `none` for the comparison; `full` where `=value` is the whole of what a page
parts. What is left out follows from the text. Marks may stand inside one another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from hedui.synth.marked.readings import Reading, read

__all__ = ["Mark", "Marked", "read_marks", "strip_marks"]

OPS = {">=", "<=", ">", "<", "~", "none"}
OPEN = re.compile(r"\{(?:([^{}|\n]*)\|)?")
# 《关于印发〈…〉的通知》, over a line break too
TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A marked span of the plain text; `reading` is None for a place that is no mention."""

    start: int
    end: int
    name: str | None
    reading: Reading | None


@dataclass(frozen=True, kw_only=True)
class Marked:
    """Plain text with its mentions in order and its named places."""

    text: str
    mentions: tuple[Mark, ...]
    places: dict[str, Mark]


def read_spec(spec: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for token in spec.split():
        if token.startswith("#"):
            said["name"] = token[1:]
        elif token in OPS:
            said["op"] = token
        elif token.startswith("="):
            said["value"] = token[1:]
        elif token.startswith("/"):
            said["unit"] = token[1:]
        elif token == "full":
            said["full"] = "yes"
        elif token == "w":
            said.update(scale="w", label="A")
        elif token in set("ARQDNTOGX"):
            said["label"] = token
        else:
            raise ValueError(f"unknown word {token!r} in mark {{{spec}|")
    return said


def strip_marks(tagged: str) -> tuple[str, list[tuple[int, int, dict[str, str]]]]:
    """The text without marks, and each mark's span in it with what it says."""
    out: list[str] = []
    size, at = 0, 0
    stack: list[tuple[int, dict[str, str]]] = []
    found: list[tuple[int, int, dict[str, str]]] = []
    while at < len(tagged):
        match = OPEN.match(tagged, at)
        if match:
            stack.append((size, read_spec(match[1] or "")))
            at = match.end()
        elif tagged[at] == "}":
            start, said = stack.pop()
            found.append((start, size, said))
            at += 1
        else:
            out.append(tagged[at])
            size, at = size + 1, at + 1
    if stack:
        raise ValueError(f"mark never closed: {''.join(out)[stack[-1][0] :][:40]!r}")
    return "".join(out), found


def listed(text: str, words: dict[str, str], taken: list[tuple[int, int]]) -> list[tuple[int, int, dict[str, str]]]:
    """Every occurrence of the listed names outside `taken`, the longest first."""
    if not words:
        return []
    pattern = re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)))
    return [
        (m.start(), m.end(), {"label": words[m[0]]})
        for m in pattern.finditer(text)
        if not any(a < m.end() and m.start() < b for a, b in taken)
    ]


def read_marks(tagged: str, words: dict[str, str]) -> Marked:
    """`tagged` without its marks; `words` are names to be marked wherever they stand (`{"财政部": "O"}`), and every
    《…》 is a title."""
    text, found = strip_marks(tagged)
    mentions = [m for m in found if m[2].get("label") != "X"]
    hidden = [(a, b) for a, b, _ in mentions]
    titles = [
        (m.start(), m.end(), {"label": "T"})
        for m in TITLE.finditer(text)
        if not any(a <= m.start() and m.end() <= b for a, b in hidden)
    ]
    mentions += titles
    mentions += listed(text, words, [(a, b) for a, b, _ in mentions])
    read_all = sorted(
        (
            Mark(
                start=a,
                end=b,
                name=said.get("name"),
                reading=read(text[a:b], before=text[max(0, a - 6) : a], after=text[b : b + 4], spec=said),
            )
            for a, b, said in mentions
        ),
        key=lambda m: m.start,
    )
    for one, two in pairwise(read_all):
        if two.start < one.end:
            raise ValueError(f"marks overlap: {text[one.start : one.end]!r} and {text[two.start : two.end]!r}")
    places: dict[str, Mark] = {}
    for mark in read_all:
        if mark.name in places:
            raise ValueError(f"two places named {mark.name}")
        if mark.name:
            places[mark.name] = mark
    for a, b, said in found:
        if said.get("label") == "X":
            if said["name"] in places:
                raise ValueError(f"two places named {said['name']}")
            places[said["name"]] = Mark(start=a, end=b, name=said["name"], reading=None)
    return Marked(text=text, mentions=tuple(read_all), places=places)
