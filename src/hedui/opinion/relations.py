"""Checks of a report -> the figures they tie together: which are the same figure told again, and what rests on what."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from hedui.document import Span
from hedui.findings import TOLD_AGAIN, Check, Quote
from hedui.opinion.groups import grouped

__all__ = ["Relations", "relate"]

# what rests on a figure is counted no further than this
FAR = 100
# to take two figures apart may bring others to light, seldom more than once
PASSES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Relations:
    """`figure` gives the number of the figure that stands at a span (tellings that agree are one figure), `quotes` where it stands,
    in the order of the text; `checks` are the relations between figures, and `uses` those that a figure goes into."""

    figure: dict[Span, int] = field(default_factory=dict)
    quotes: list[list[Quote]] = field(default_factory=list)
    checks: list[tuple[Check, tuple[int, ...], int]] = field(default_factory=list)
    uses: dict[int, list[int]] = field(default_factory=dict)

    def resting_on(self, check: Check) -> set[int]:
        """The figures that rest on those of `check`, themselves left out; at most `FAR`."""
        own = {self.figure[q.span] for q in (*check.inputs, check.stated) if q.span in self.figure}
        seen, rest = set(own), deque(sorted(own))
        while rest and len(seen) < len(own) + FAR:
            for index in self.uses.get(rest.popleft(), ()):
                stated = self.checks[index][2]
                if stated not in seen and self.checks[index][0].id != check.id:
                    seen.add(stated)
                    rest.append(stated)
        return seen - own


def has_digits(quote: Quote) -> bool:
    return any(char.isdigit() for char in quote.value or quote.text)


def tellings(check: Check) -> bool:
    """Whether a check says that all it quotes is one figure."""
    return check.kind in TOLD_AGAIN and check.verdict == "consistent" and len(check.inputs) == 1


def same_figures(spans: Sequence[Span], checks: Sequence[Check]) -> dict[Span, int]:
    """The number of the figure that stands at each span: tellings that agree are one, unless a check holds the two apart."""
    apart: set[Span] = set()
    number: dict[Span, int] = {}
    for _ in range(PASSES):
        told = [{check.inputs[0].span, check.stated.span} for check in checks if tellings(check)]
        number = dict(zip(spans, grouped([*({span} for span in spans), *(one for one in told if not one & apart)]), strict=False))
        torn = {check.stated.span for check in checks if check.verdict == "conflict"
                and all(number.get(quote.span) in (None, number[check.stated.span]) for quote in check.inputs)}
        if torn <= apart:
            break
        apart |= torn
    return number


def relate(checks: Sequence[Check]) -> Relations:
    """The relations of a report; only checks of figures count, words that are held against words are left out."""
    counted = [check for check in checks if check.tier == "numeric" and has_digits(check.stated)
               and any(has_digits(quote) for quote in check.inputs)]
    quotes = {quote.span: quote for check in counted for quote in (*check.inputs, check.stated) if has_digits(quote)}
    made = Relations(figure=same_figures(sorted(quotes), counted))
    for span, index in made.figure.items():
        if index == len(made.quotes):
            made.quotes.append([])
        made.quotes[index].append(quotes[span])
    for check in counted:
        stated = made.figure[check.stated.span]
        inputs = tuple(dict.fromkeys(index for q in check.inputs if (index := made.figure.get(q.span, stated)) != stated))
        if inputs:
            for index in inputs:
                made.uses.setdefault(index, []).append(len(made.checks))
            made.checks.append((check, inputs, stated))
    return made
