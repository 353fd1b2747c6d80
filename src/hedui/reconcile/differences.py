"""Passages -> what is left of one figure after another (尚余, 未完工33个, 净增6支), and rates that are so many points apart.

The words must tell a difference and two figures before it must give it; what they do not give may be of other figures, and
is left alone, but for points between the only two rates of a sentence that a slip of the pen explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.figures import Figure, Passage, alike, settled
from hedui.reconcile.formula import check_of
from hedui.reconcile.intervals import Stated, compute, difference, judge
from hedui.reconcile.sums_words import mistyped

__all__ = ["gap_checks", "point_checks"]

NEAR, BACK, DIGITS, RATES = 8, 30, 4, 4
# 尚余|47.07万元 · 净增|6支 · 多出|20个 · 调减
BEFORE = re.compile(r"(?:余|剩|欠|缺口|节约|节省|结转|压减|核减|核增|调增|调减|追加|增加|减少|净增|净减|增长|新增|相差|差额|多出?|少|高出"
                    r"|提前|仍有|还有|[未尚][^,;。]{0,8})(?:了|为|是|有|的|资金|达到?|约)*$")
# 33个|均为灾后重新设计 stands behind: 没有完工的|33个
NOT = re.compile(r"(?:未|没有?|尚)[^,;。]{0,10}的?$")
# 5批次|尚在办理 · 11人|未发放
AFTER = re.compile(r"^[^,;。]{0,8}?(?:尚未|未能|没有|未|尚在|仍在|待)")
# 高出目标值|5.4个百分点 · 比上年提高 · 低于
POINTS = re.compile(r"(?:高|低|提高|提升|上升|增加|下降|降低|减少|多|少|超过?)(?:于|出|过)?[^,;。\d]{0,10}$")
AGAINST = re.compile(r"比|较|高于|低于|高出|超|由|从")


def gap_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """One check for every figure that words call a difference and two figures before it give."""
    told: list[Figure] = []
    for passage in passages:
        if told and told[-1].part != passage.part:
            told = []
        own = [f for f in passage.figures if f.label != "RATE" and f.value and "/" not in f.unit]
        for n, gap in enumerate(own):
            if not (BEFORE.search(gap.before) or NOT.search(gap.before) or AFTER.search(gap.after)):
                continue
            near = [f for f in own[max(0, n - NEAR):n] if alike(f, gap) and gap.sentence - f.sentence <= 1]
            pair = closing(gap, near, near) or closing(gap, near, [f for f in told[-BACK:] if alike(f, gap)] if exact(gap) else [])
            if pair is not None:
                outcome = compute(difference, settled(pair))
                assert outcome is not None
                yield check_of(layout, "difference", pair, gap, outcome, judge(gap.stated, outcome), "{} − {}")
        told += own


def exact(figure: Figure) -> bool:
    return len(figure.number.replace(".", "").strip("0")) >= DIGITS


def closing(gap: Figure, near: Sequence[Figure], others: Sequence[Figure]) -> list[Figure] | None:
    """The nearest two figures, one of them `near`, that are `gap` apart."""
    for last in reversed(near):
        for first in reversed(others):
            if first is not last and abs(first.value - last.value) == gap.value:
                return sorted((first, last), key=lambda f: -f.value)
    return None


def point_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """`满意度90.4%，比目标值85%高5.4个百分点`."""
    for passage in passages:
        for gap in passage.points:
            if not POINTS.search(gap.before):
                continue
            told = sorted((f for f in (*passage.figures, *passage.bounds) if f.label == "RATE" and f.start < gap.start), key=lambda f: -f.start)
            rates = [f for f in told if f.sentence == gap.sentence][:RATES]
            above = [f for f in told if gap.sentence - f.sentence == 1][:RATES - 2] if len(rates) < 2 else []
            pairs = [sorted(pair, key=lambda f: -f.value) for pair in combinations((*rates, *above), 2)]
            fitting = next((p for p in pairs if p[0].value - p[1].value == gap.value), None)
            pair = fitting or (pairs[0] if len(rates) == 2 and AGAINST.search(gap.before + rates[0].before) else None)
            if pair is None:
                continue
            outcome = compute(difference, [Stated(f.value) for f in pair])
            assert outcome is not None
            verdict = judge(gap.stated, outcome)
            if verdict != "conflict" or mistyped(gap, outcome.point - gap.value):
                yield check_of(layout, "difference", pair, gap, outcome, verdict, "{} − {}")
