"""An indicator in its setting -> the signals of its own: what is told and how, whether its other telling agrees, how its
neighbours in the table or the sentence were read."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from hedui.confidence.setting import Setting, flag
from hedui.findings import Claim, Indicator

__all__ = ["indicator_signals"]

FIGURE = re.compile(r"\d")
RATE = re.compile(r"[%％]")
STOPS = re.compile(r"[,，。;；、:：]")
# nothing but a sign of comparison: the rest of a target that stands in two cells
SIGN = re.compile(r"[≥≤><＞＜=＝]+")
# words that stand before or after a name, not in it: 国控断面中, 市医保局对, 达到年度目标
OPENS, CLOSES = re.compile(r"^(?:多次|达到|设|共|已|其中|对)"), re.compile(r"[中对为的达至等和]$")
LONG_NAME, SHORT_NAME = 15, 4
COUNTED = ("level1", "level2", "target", "actual", "completion", "weight", "score")
COMPARED = ("target", "actual", "completion")
SPACE = re.compile(r"\s")


def indicator_signals(setting: Setting, claim: Claim, said: Indicator) -> Mapping[str, float]:
    name, told = said.name, [value for value in (said.target, said.actual) if value]
    figures = [value for value in told if FIGURE.search(value)]
    return {
        **{field: flag(getattr(said, field)) for field in COUNTED}, "name": math.log1p(len(name)),
        "long_name": flag(len(name) > LONG_NAME), "short_name": flag(len(name) <= SHORT_NAME), "stops": flag(STOPS.search(name)),
        "opens": flag(OPENS.search(name)), "closes": flag(CLOSES.search(name)), "marks": flag(set(name) & set("“”\"（()）")),
        "figure": flag(said.actual and FIGURE.search(said.actual)), "rate": flag(any(map(RATE.search, figures))),
        "reason": flag(said.reason), "sign_only": flag(any(map(SIGN.fullmatch, told))),
        "told_both": flag(len(setting.names["indicator", name]) > 1), "nothing": flag(not told and not said.score),
        "target_alone": flag(said.target and not said.actual), "named_body": flag(names_in(setting, claim)),
        "together": math.log1p(neighbours(setting, claim)), **twin_signals(setting, claim, said), **row_signals(setting, claim),
    }


def names_in(setting: Setting, claim: Claim) -> bool:
    """Whether a body or a place is named within the name."""
    span = claim.spans.get("name", claim.span)
    return any(span[0] <= start and end <= span[1] for start, end in setting.bodies_near(span))


def neighbours(setting: Setting, claim: Claim) -> int:
    """How many other narrative indicators were read out of the same passage."""
    return setting.passages[claim.span] - 1 if claim.origin == "narrative" else 0


def twin_signals(setting: Setting, claim: Claim, said: Indicator) -> Mapping[str, float]:
    """Whether another telling of the same name in the same report has the same fields."""
    same = differs = 0
    for twin in setting.tellings[claim.part, squeezed(said.name)]:
        other = twin.fields
        if twin.id == claim.id or not isinstance(other, Indicator):
            continue
        for field in COMPARED:
            one, two = getattr(said, field), getattr(other, field)
            if one and two:
                same += squeezed(one) == squeezed(two)
                differs += squeezed(one) != squeezed(two)
    return {"twin_same": flag(same), "twin_differs": flag(differs)}


def row_signals(setting: Setting, claim: Claim) -> Mapping[str, float]:
    """How the other rows of the same table were read: the share that has no actual, the share whose target is no more than
    a sign. A column read wrongly shows in all of them."""
    of = setting.rows[claim.grid] if claim.grid is not None else []
    return {"rows_unanswered": share(of, [not i.actual for i in of]),
            "rows_sign_only": share(of, [bool(i.target and SIGN.fullmatch(i.target)) for i in of])}


def share(of: Sequence[Indicator], flags: Sequence[bool]) -> float:
    return sum(flags) / len(of) if of else 0.0


def squeezed(text: str) -> str:
    return SPACE.sub("", text)
