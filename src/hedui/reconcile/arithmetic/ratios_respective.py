"""A passage -> the shares and rates that it tells one after another of the figures before them: 甲30万元、乙10万元，分别占75%和25%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from hedui.reconcile.arithmetic.figures import Figure, Passage, alike

__all__ = ["respective_rates", "respective_shares"]

# 分别占|36.66% · 各占支出合计的|30%
IN_TURN = re.compile(r"(?:分别|依次|各)占(?P<whole>[^,;:。、]*?)(?:的?(?:比重|比例|比))?(?:的|约|为|是|达到?|:)*$")
# 分别完成年初计划的|105% · 分别为目标值的|105% · 分别达到预算的
OF_GOALS = re.compile(r"(?:分别|依次|各)(?:占|完成|为|达到?|相当于)(?:了)?[^,;:。、]{0,12}(?:计划|目标|任务|预算|指标)[^,;:。、]{0,4}的?$")
# 支付率分别为|96% · 执行率依次为 · 完成率分别达到
RATES = re.compile(r"率(?:分别|依次|各)(?:为|是|达到?)?:?$")
# 36.66%|和|63.34%
GOING_ON = re.compile(r"\s*(?:、|,|和|及|与|以及)\s*")


def respective_shares(passage: Passage) -> Mapping[int, tuple[Figure, str]]:
    """Where a rate starts -> the figure it is the share of, and the words that name the whole (may be empty). Only rows of two
    or more rates behind as many figures of one kind in the same sentence."""
    return {rate.start: (top, told["whole"]) for told, rates in rows_of(passage, IN_TURN) if (tops := tops_of(passage, rates))
            for rate, top in zip(rates, tops, strict=True)}


def respective_rates(passage: Passage) -> Mapping[int, tuple[Figure, Figure | None]]:
    """Where a rate starts -> what was done, and what was planned where as many plans stand before: `计划甲4000亩、乙3000亩，完成
    4200亩和2850亩，分别完成计划的105%和95%`."""
    found: dict[int, tuple[Figure, Figure | None]] = {}
    for pattern in (OF_GOALS, RATES):
        for _, rates in rows_of(passage, pattern):
            tops = tops_of(passage, rates)
            if not tops:
                continue
            goals: Sequence[Figure | None] = tops_of(passage, tops) or [None] * len(tops)
            found |= {rate.start: (top, goal) for rate, top, goal in zip(rates, tops, goals, strict=True)}
    return found


def rows_of(passage: Passage, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], list[Figure]]]:
    """Rates in a row, the first of them behind words that tell them in turn."""
    figures = passage.figures
    for n, first in enumerate(figures):
        told = pattern.search(first.before) if first.label == "RATE" else None
        if told is None:
            continue
        rates = [first]
        for later in figures[n + 1:]:
            if later.label != "RATE" or not GOING_ON.fullmatch(later.before) or later.sentence != first.sentence:
                break
            rates.append(later)
        if len(rates) > 1:
            yield told, rates


def tops_of(passage: Passage, row: Sequence[Figure]) -> Sequence[Figure]:
    """As many figures of one kind as `row` has, the last before it in its sentence; other kinds may stand between (12个、1480万元)."""
    before = [f for f in passage.figures if f.start < row[0].start and f.sentence == row[0].sentence and f.label != "RATE"]
    for last in reversed(before):
        own = [f for f in before if alike(f, last)]
        if len(own) >= len(row):
            return own[-len(row):]
    return ()
