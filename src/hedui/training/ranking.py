"""What rules read in annotated sources -> which names were right there, and the ranker that tells right names from others.

A case is one slot: the traits of its choices, the last of them none, and which are right. What rules made of a source that
they were tuned on tells little of where they err; nothing here can know which these are, so every source counts alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from hedui.document import Layout
from hedui.evaluate.compare import similar, squeeze
from hedui.findings import Claim, Indicator, Mention
from hedui.gold import Gold, GoldClaim
from hedui.gold.lines import Lines
from hedui.neural.fusion.indicators import told_in_prose
from hedui.neural.fusion.ranker import Ranker
from hedui.neural.fusion.slots import Slot, slots_of
from hedui.neural.fusion.surroundings import Surroundings, alike
from hedui.neural.fusion.traits import traits_of
from hedui.view import clean

__all__ = ["Case", "cases_of", "fit_ranker"]

Floats = NDArray[np.float64]
# a name this like an annotated one is right, as evaluation has it; a choice less like is not weighed against others
RIGHT, LIKE = 0.7, 0.35
# an annotation stands on the line of its value or so near it; so much of its name must stand around the value
LINES, COVERED = 2, 0.4
# one in so many indicators is taken for missed
MISSED = 2
# the strength of weights (variance of their Gaussian prior), and how many choices must have a trait
STRENGTH, LEAST = 0.5, 5
ITERATIONS = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One slot of a source: the traits of its choices and the numbers of those that are right."""

    source: str
    choices: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]


def cases_of(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], golds: Sequence[Gold]) -> list[Case]:
    """The slots of an annotated source, as rules read it and as though they had missed every second indicator: of a report
    unlike those that they were written for they miss that many."""
    told = [claim.id for claim in sorted(claims, key=lambda claim: claim.span) if told_in_prose(claim)]
    missed = [frozenset[str](), *(frozenset(told[at::MISSED]) for at in range(MISSED))]
    return [case for ids in missed
            for case in covered_cases(layout, mentions, [claim for claim in claims if claim.id not in ids], golds)]


def covered_cases(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], golds: Sequence[Gold]) -> list[Case]:
    """The slots that annotations cover and whose right name is among the choices."""
    lines = Lines(layout.document.text)

    def line(slot: Slot) -> int:
        return lines.quote((slot.span[0], slot.span[0] + 1)).line

    slots = [slot for slot in slots_of(layout, mentions, claims) if any(gold.lines[0] <= line(slot) <= gold.lines[1] for gold in golds)]
    around = Surroundings(layout, claims)
    wanted = matched(slots, [line(slot) for slot in slots], golds)
    found = []
    for at, slot in enumerate(slots):
        if right := right_choices(slot, wanted.get(at)):
            choices = tuple(tuple(chain.from_iterable(groups)) for groups in traits_of(slot, around))
            found.append(Case(source=golds[0].source, choices=choices, right=tuple(right)))
    return found


def right_choices(slot: Slot, wanted: Indicator | None) -> list[int]:
    """The choices most like the annotated name; none of the names where nothing is annotated, nothing where no choice is like."""
    if wanted is None:
        return [len(slot.choices)]
    name = squeeze(wanted.name)
    chances = [similar(name, squeeze(choice.name)) if alike(name, choice.name) > LIKE else 0.0 for choice in slot.choices]
    best = max(chances, default=0.0)
    return [at for at, chance in enumerate(chances) if chance == best] if best >= RIGHT else []


def matched(slots: Sequence[Slot], lines: Sequence[int], golds: Sequence[Gold]) -> dict[int, Indicator]:
    """The annotated indicator of every slot that has one: near by, with the same value, the likest name first."""
    wanted = [claim for gold in golds for claim in gold.claims if claim.type == "indicator" and claim.origin == "narrative"]
    close = [(nearness, at, number) for at, slot in enumerate(slots) for number, claim in enumerate(wanted)
             if (nearness := closeness(slot, lines[at], claim)) > 0]
    found: dict[int, Indicator] = {}
    taken: set[int] = set()
    for _, at, number in sorted(close, key=lambda one: (-one[0], one[1], one[2])):
        fields = wanted[number].fields
        if at not in found and number not in taken and isinstance(fields, Indicator):
            found[at] = fields
            taken.add(number)
    return found


def closeness(slot: Slot, line: int, claim: GoldClaim) -> float:
    """How surely an annotation is that of a slot; 0 where it is not."""
    told = claim.fields
    far = abs(line - claim.line)
    if not isinstance(told, Indicator) or far > LINES:
        return 0.0
    value = squeeze(clean(slot.piece.text[slice(*slot.at)]))
    values = [squeeze(one) for one in (told.actual, told.target, told.completion) if one]
    same = 1.3 if value == squeeze(told.actual) else 1.0 if value in values else 0.5 if any(within(value, one) for one in values) else 0.0
    name = squeeze(told.name)
    held = slot.claim.fields if slot.claim is not None else None
    like = similar(name, squeeze(held.name)) if isinstance(held, Indicator) and alike(name, squeeze(held.name)) > LIKE else 0.0
    near = squeeze(slot.piece.text[max(0, slot.at[0] - 40):slot.at[1] + 30])
    covered = sum(name[i:i + 2] in near for i in range(len(name) - 1)) / max(1, len(name) - 1)
    if (not same and like < 0.85) or (covered < COVERED and like + same < 1):
        return 0.0
    return like + same + covered - 0.2 * far


def within(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 1 and (one in other or other in one)


def fit_ranker(cases: Sequence[Case]) -> Ranker | None:
    """The weights under which what is right in `cases` is most probable, held short by a Gaussian prior; None where there are
    no cases. Every source counts alike."""
    if not cases:
        return None
    counts = Counter(trait for case in cases for choice in case.choices for trait in choice)
    traits = sorted(trait for trait, count in counts.items() if count >= LEAST)
    with threadpool_limits(limits=1):
        weights = fitted(cases, {trait: at for at, trait in enumerate(traits)})
    return Ranker(weights={trait: float(weight) for trait, weight in zip(traits, weights, strict=True)})


def fitted(cases: Sequence[Case], numbers: Mapping[str, int]) -> Floats:
    columns: list[int] = []
    rows, begins, wanted = [0], [0], []
    for case in cases:
        for at, choice in enumerate(case.choices):
            columns += [numbers[trait] for trait in choice if trait in numbers]
            rows.append(len(columns))
            wanted.append(1 / len(case.right) if at in case.right else 0.0)
        begins.append(len(rows) - 1)
    known = csr_matrix((np.ones(len(columns)), np.array(columns), np.array(rows)), shape=(len(rows) - 1, len(numbers)))
    back, right, starts = known.T.tocsr(), np.array(wanted), np.array(begins[:-1])
    sizes = np.diff(np.array(begins))
    weight = source_weights(cases)
    each = np.repeat(weight, sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = known @ weights
        highest = np.maximum.reduceat(scores, starts)
        parts = np.exp(scores - np.repeat(highest, sizes))
        totals = np.add.reduceat(parts, starts)
        total = weight @ (highest + np.log(totals)) - (each * right) @ scores + weights @ weights / (2 * STRENGTH)
        return float(total), back @ (each * (parts / np.repeat(totals, sizes) - right)) + weights / STRENGTH

    found: Floats = minimize(loss, np.zeros(len(numbers)), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}).x
    return found


def source_weights(cases: Sequence[Case]) -> Floats:
    """The weight of each case: those of one source together weigh as much as those of another, on average one."""
    held: dict[str, int] = defaultdict(int)
    for case in cases:
        held[case.source] += 1
    return np.array([len(cases) / (len(held) * held[case.source]) for case in cases])
