"""Latin abbreviations -> one written otherwise than everywhere else, and one spelled out in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from hedui.document import Layout, Span
from hedui.findings import Check
from hedui.reconcile.agreement.facts import common_end
from hedui.reconcile.agreement.told import wording
from hedui.view import View, view

__all__ = ["abbreviation_checks", "spelled_otherwise"]

LATIN = re.compile(r"[A-Z]{3,8}(?![A-Za-z])")
# 按疾病诊断相关分组(DRG)
SPELLED = re.compile(r"(?P<words>[\u4e00-\u9fff]{5,20})[(](?P<short>[A-Z]{2,8})[)]")
ALIKE, SENTENCE = 4, 16


def abbreviation_checks(layout: Layout, views: Sequence[View]) -> Iterator[Check]:
    """A form told once beside one told twice or more: DRGS and DRG, 相关组(DRG) and 相关分组(DRG)."""
    told: dict[str, list[Span]] = defaultdict(list)
    spelled: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for seen in (*views, *goal_cells(layout)):
        for match in LATIN.finditer(seen.text):
            told[match[0]].append(seen.span(*match.span()))
        for match in SPELLED.finditer(seen.text):
            spelled[match["short"]].append((match["words"], seen.span(*match.span())))
    for name, spans in told.items():
        usual = next((o for o in told if len(spans) == 1 and len(told[o]) >= 2 and name in (o + "S", o + o[-1])), None)
        if usual:
            yield wording(layout, told[usual][0], spans[0], "缩写不一")
    for ways in spelled.values():
        words = ways[0][0]
        others = [at for w, at in ways if spelled_otherwise(words, w)]
        alike = [at for _, at in ways if at not in others]
        odd, right = (alike, others) if len(others) > len(alike) else (others, alike)
        if odd:
            yield wording(layout, min(right, key=lambda at: abs(at[0] - odd[0][0])), odd[0], "缩写的全称不一")


def goal_cells(layout: Layout) -> Iterator[View]:
    """The cells of tables that hold sentences: goals, and what was reached of them."""
    for block in layout.document.blocks:
        yield from (view(layout.document.text, cell.span) for cell in block.cells if cell.span[1] - cell.span[0] >= SENTENCE)


def spelled_otherwise(a: str, b: str) -> bool:
    """Whether one of two phrases that end alike lacks a letter or two shortly before the end.

    >>> spelled_otherwise("推广按疾病诊断相关分组", "按疾病诊断相关组"), spelled_otherwise("实行疾病诊断分组", "按疾病诊断分组")
    (True, False)
    """
    end = common_end(a, b)
    x, y = a[:len(a) - end], b[:len(b) - end]
    return 0 < end < ALIKE and any(common_end(x[:len(x) - d], y) >= ALIKE or common_end(x, y[:len(y) - d]) >= ALIKE for d in (1, 2))
