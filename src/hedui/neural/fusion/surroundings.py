"""What a report says beyond one value: the names of its tables, its headings, how many claims a section has and which have labels
of their own -> what a name tells by itself of being that of an indicator."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from hedui.claims.indicators import words as indicator_words
from hedui.claims.indicators.names import titles
from hedui.document import Layout
from hedui.findings import Claim, Indicator
from hedui.neural.fusion.slots import name_of
from hedui.view import clean

__all__ = ["LIKE", "Surroundings", "Traits", "alike", "step"]

Traits = tuple[str, ...]
# what lies on one side of these limits is one trait
LENGTHS = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25)
LIKE = (0.3, 0.5, 0.7, 0.85, 0.999)
MARKS = (("的", "of"), ("、", "list"), (",", "comma"), ("《", "title"), ("(", "bracket"))
RATES, COUNTS = ("率", "度", "比例"), ("数", "量", "数量", "次", "面积")
FIGURE = re.compile(r"\d")
EFFECT, OUTPUT = re.compile("效[益果]"), re.compile("产出|数量|质量")
bigrams = lru_cache(maxsize=65_536)(indicator_words.bigrams)


class Surroundings:
    """What a report says beyond one slot: the names of its tables, its headings, how many claims a section has and which have
    labels of their own."""

    def __init__(self, layout: Layout, claims: Sequence[Claim]) -> None:
        self.layout = layout
        self.names: dict[str, frozenset[str]] = {}
        self.by_pair: dict[str, list[str]] = defaultdict(list)
        self.claims: Counter[int] = Counter()
        self.labelled: set[int] = set()
        for claim in claims:
            if not isinstance(claim.fields, Indicator):
                continue
            if claim.origin == "table":
                name = name_of(clean(claim.fields.name))
                if name and name not in self.names:
                    self.names[name] = bigrams(name)
                    for pair in self.names[name]:
                        self.by_pair[pair].append(name)
            else:
                self.claims[claim.section] += 1
                if labels(claim):
                    self.labelled.add(claim.section)
        self.known: dict[str, float] = {}
        self.told: dict[tuple[str, str], Traits] = {}
        self.headings: dict[int, str] = {}

    def like_table(self, name: str) -> float:
        """How like `name` is to the name of a table that is most like it."""
        if name not in self.known:
            if name in self.names:
                self.known[name] = 1.0
            else:
                mine = bigrams(name)
                shared = Counter(other for pair in mine for other in self.by_pair.get(pair, ()))
                self.known[name] = max((0.99 * 2 * count / (len(mine) + len(self.names[other])) for other, count in shared.items()), default=0.0)
        return self.known[name]

    def of_name(self, name: str, label: str) -> Traits:
        """What a name tells by itself of being that of a value with this label."""
        if (name, label) not in self.told:
            said = [f"length {step(len(name), LENGTHS)}", f"table {step(self.like_table(name), LIKE)}", *(["tables"] if self.names else [])]
            said += [f"has {told}" for mark, told in MARKS if mark in name]
            if name.count("《") != name.count("》") or name.count("(") != name.count(")"):
                said.append("unbalanced")
            if FIGURE.search(name):
                said.append("has figure")
            if name.endswith(RATES):
                said.append(f"rate {label}")
            if name.endswith(COUNTS):
                said.append(f"count {label}")
            self.told[name, label] = tuple(said)
        return self.told[name, label]

    def heading(self, section: int) -> str:
        """What the nearest heading is about."""
        if section not in self.headings:
            last = (titles(self.layout, section) or [""])[-1]
            self.headings[section] = "effect" if EFFECT.search(last) else "output" if OUTPUT.search(last) \
                else "content" if "满意" in last else "other"
        return self.headings[section]


def alike(one: str, other: str) -> float:
    """The share of pairs of characters that two names have in common (Dice).

    >>> alike("培训人数", "培训人次"), alike("培训", "培训")
    (0.6666666666666666, 1.0)
    """
    a, b = bigrams(one), bigrams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def labels(claim: Claim) -> bool:
    """Whether a claim has more than a value behind its name, so that its name is a label of its own."""
    told = claim.fields
    return isinstance(told, Indicator) and (any((told.weight, told.score, told.deviation)) or bool(told.target and told.actual))


def step(number: float, limits: Sequence[float]) -> int:
    """Between which of `limits` a number lies.

    >>> step(3, (2, 4)), step(9, (2, 4))
    (1, 2)
    """
    return bisect_left(limits, number)
