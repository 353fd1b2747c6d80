"""A text and what was looked for in, the spans of the text that say it out."""

from __future__ import annotations

from collections.abc import Iterable

from hedui.research.search.figures import figure_signs
from hedui.research.search.hits import Spans
from hedui.research.search.terms import Sought
from hedui.research.search.words import SIGN
from hedui.values import find_docnos, find_figures
from hedui.view import fold, view

__all__ = ["marks_in"]


def marks_in(text: str, sought: Iterable[Sought]) -> Spans:
    """Where in `text` what was sought stands, in order, overlapping spans as one."""
    things = tuple(sought)
    figures = {token for one in things if "=" in one.tokens[0] for token in one.tokens}
    found = [span for one in things if "=" not in one.tokens[0] for span in spans_of(text, one.text)]
    return joined([*found, *(figured(text, figures) if figures else ())])


def spans_of(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where the signs of `wanted` stand behind one another, whatever punctuation lies between.

    >>> spans_of("及时、足额拨付", "及时足额")
    [(0, 5)]
    """
    signs = [(match[0].replace(",", "").lower(), match.start(), match.end()) for match in SIGN.finditer(fold(text))]
    asked = [match[0].replace(",", "").lower() for match in SIGN.finditer(fold(wanted))]
    width = len(asked)
    return [(signs[at][1], signs[at + width - 1][2]) for at in range(len(signs) - width + 1)
            if all(signs[at + i][0] == asked[i] for i in range(width))] if asked else []


def figured(text: str, signs: set[str]) -> list[tuple[int, int]]:
    """Where figures and document numbers with one of `signs` stand."""
    seen = view(text)
    return [seen.span(one.start, one.end) for one in (*find_figures(seen.text), *find_docnos(seen.text))
            if signs.intersection(figure_signs(one.value.kind, str(one.value.value)))]


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
