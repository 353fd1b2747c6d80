"""What was read in a file and the annotations of it -> whether each item is right, item by item.

Right means: a mention has its place, label and value; an indicator all its fields; a fund its line, amount and measure; a
document its number and title; a score its name and points; a check stands in the annotations with its verdict. The
annotations do not list every relation that holds, so that some checks count as wrong that a person would grant.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from hedui.document import Span
from hedui.evaluate.checks import alike
from hedui.evaluate.claims import indicator_closeness
from hedui.evaluate.compare import number, pair, same_value, similar, squeeze
from hedui.evaluate.reading import Reading, ToldCheck, reading_of_gold, told_indicator
from hedui.fields import plain_fields
from hedui.findings import Check, CitedDocument, Claim, Fund, Indicator, Mention
from hedui.gold import Gold
from hedui.gold.lines import Lines

__all__ = ["right_checks", "right_claims", "right_mentions"]

Key = TypeVar("Key", bound=Hashable)
SAME_TITLE, SAME_CHECK = 0.95, 0.75


def right_mentions(mentions: Sequence[Mention], golds: Sequence[Gold]) -> list[bool]:
    """`golds` are read with the text of their source, so that their quotes have spans."""
    wanted: dict[tuple[str, str], list[tuple[Span, str | None]]] = defaultdict(list)
    for gold in golds:
        for m in gold.mentions:
            if m.quote.span:
                wanted[m.label, squeeze(m.quote.full or m.quote.text)].append((m.quote.span, m.value))
    return [any(span[0] < m.span[1] and m.span[0] < span[1] and same_value(m.label, m.value, value)
                for span, value in wanted[m.label, squeeze(m.text)]) for m in mentions]


def right_claims(claims: Sequence[Claim], golds: Sequence[Gold], text: str) -> list[bool]:
    """`text` is that of the source."""
    wanted, lines = reading_of_gold(golds), Lines(text)
    indicators = right_indicators([c for c in claims if c.type == "indicator"], wanted)
    funds = Counter((c.line, c.fields.yuan, c.fields.measure) for gold in golds for c in gold.claims if isinstance(c.fields, Fund))
    scores = Counter(wanted.scores)
    found = []
    for claim in claims:
        said = claim.fields
        if isinstance(said, Indicator):
            right = indicators[claim.id]
        elif isinstance(said, Fund):
            right = taken(funds, (lines.quote(claim.spans.get("yuan", claim.span)).line, said.yuan, said.measure))
        elif isinstance(said, CitedDocument):
            right = all(right_title(one, said.title, wanted) for one in said.number.split(";"))
        else:
            right = taken(scores, (squeeze(said.name), number(said.score)))
        found.append(right)
    return found


def taken(left: Counter[Key], key: Key) -> bool:
    """Whether one of `key` is left, which is then used up."""
    if left[key] <= 0:
        return False
    left[key] -= 1
    return True


def right_title(one: str, title: str | None, wanted: Reading) -> bool:
    told = wanted.documents.get(squeeze(one))
    return told is not None and (not told or similar(told, squeeze(title)) > SAME_TITLE)


def right_indicators(claims: Sequence[Claim], wanted: Reading) -> Mapping[str, bool]:
    found: dict[str, bool] = {}
    for origin in ("narrative", "table"):
        of = [c for c in claims if c.origin == origin]
        said = [told_indicator(origin, plain_fields(c.fields)) for c in of]
        asked = [i for i in wanted.indicators if i.origin == origin]
        answers = {j: i for i, j in pair(asked, said, indicator_closeness).items()}
        for j, claim in enumerate(of):
            found[claim.id] = j in answers and asked[answers[j]].fields == said[j].fields
    return found


def right_checks(checks: Sequence[Check], golds: Sequence[Gold]) -> list[bool]:
    """Each annotated check answers one that is said, and any number of those that are nearly the same."""
    wanted = reading_of_gold(golds).checks
    said = [ToldCheck(kind=c.kind, verdict=c.verdict, tier=c.tier, note="",
                      quotes=tuple(squeeze(q.text) for q in (*c.inputs, c.stated))) for c in checks]
    right = [False] * len(said)
    for conflict in (True, False):
        places = [j for j, c in enumerate(said) if (c.verdict == "conflict") is conflict]
        asked = [c for c in wanted if (c.verdict == "conflict") is conflict]
        for j in pair(asked, [said[j] for j in places], alike).values():
            right[places[j]] = True
        for j in places:
            right[j] = right[j] or any(alike(c, said[j]) >= SAME_CHECK for c in asked)
    return right
