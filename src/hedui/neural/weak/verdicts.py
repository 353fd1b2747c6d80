"""A survey and probabilities of its items in, what is sure of it out, in the form of an annotation, and what is not.

What rules alone read and no function votes on (rows of tables, cited documents) is taken as they read it; of what money is
for, only what a table says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from hedui.claims.indicators.names import bare_name, is_result
from hedui.document import Span
from hedui.findings import Fund, Indicator
from hedui.gold import Gold, GoldClaim, GoldMention
from hedui.gold.lines import Lines
from hedui.neural.weak.amounts import amounts_of
from hedui.neural.weak.model import LabelModel
from hedui.neural.weak.patterns import FAR
from hedui.neural.weak.types import CLASSES, NONE, Ballots, Item, Kind, Survey
from hedui.view import clean, fold

__all__ = ["Verdicts", "verdicts_of"]

NAMED = frozenset({"ORG", "REGION"})
REACH = 40
FIGURES = frozenset({"RATE", "QUANTITY"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdicts:
    """`gold` holds what is sure, `unsure` are the spans of the document of what is neither sure nor sure not to be;
    `sure` and `doubtful` count the items of each kind."""

    gold: Gold
    unsure: tuple[Span, ...]
    sure: Mapping[Kind, int]
    doubtful: Mapping[Kind, int]


def verdicts_of(survey: Survey, ballots: Mapping[Kind, Ballots], model: LabelModel, *, sure: float, doubtful: float) -> Verdicts:
    """An item is sure of its likeliest class from probability `sure` on; one that is likelier than `doubtful` to be
    anything at all and not sure is left open."""
    chosen: dict[Kind, dict[Item, str]] = {}
    open_: dict[Kind, list[Item]] = {}
    for kind, held in ballots.items():
        chosen[kind], open_[kind] = parted(held, model.probabilities(held), sure, doubtful)
    move_cut(chosen["span"], open_["span"], ballots["span"])
    lines = Lines(survey.text)
    mentions = (*named(survey, lines, chosen["span"]), *numbers(survey, lines))
    pairs = best_pairs(chosen["name"], ballots["name"], model.probabilities(ballots["name"]))
    claims = (*kept_claims(survey, lines), *funds(survey, lines, chosen["measure"]), *told(survey, lines, pairs))
    gold = Gold(source=survey.source, lines=(1, len(lines.starts)), mentions=mentions, claims=claims)
    unsure = [*(item.span for kind in ("span", "measure") for item in open_[kind]),
              *scopes(survey), *open_sentences(survey, pairs, open_["name"])]
    return Verdicts(gold=gold, unsure=tuple(sorted(set(unsure))), sure={kind: len(items) for kind, items in chosen.items()},
                    doubtful={kind: len(items) for kind, items in open_.items()})


def parted(ballots: Ballots, chances: NDArray[np.float64], sure: float, doubtful: float) -> tuple[dict[Item, str], list[Item]]:
    """The items whose class is sure (the last class, which is none, told too), and those left open."""
    names = CLASSES[ballots.kind]
    chosen: dict[Item, str] = {}
    left: list[Item] = []
    for item, chance in zip(ballots.items, chances, strict=True):
        if chance.max() >= sure:
            chosen[item] = names[int(chance.argmax())]
        elif 1.0 - chance[-1] > doubtful:
            left.append(item)
    return chosen, left


def move_cut(chosen: dict[Item, str], left: list[Item], ballots: Ballots) -> None:
    """A sure name inside a longer candidate that was refused: which of them it is stays open."""
    longer = sorted(ballots.items, key=begin)
    begins = [item.span[0] for item in longer]
    for item in [item for item, label in chosen.items() if label in NAMED]:
        for other in longer[bisect_left(begins, item.span[0] - REACH):bisect_left(begins, item.span[1])]:
            if covers(other.span, item.span) and chosen.get(other, NONE) == NONE:
                chosen.pop(item, None)
                left.append(other)


def begin(item: Item) -> int:
    return item.span[0]


def covers(outer: Span, inner: Span) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def named(survey: Survey, lines: Lines, chosen: Mapping[Item, str]) -> Iterator[GoldMention]:
    for item, label in chosen.items():
        if label != NONE:
            name = clean(survey.text, item.span)
            value = name.removeprefix("《").removesuffix("》") if label == "TITLE" else name
            yield GoldMention(quote=lines.quote(item.span), label=label, value=value, unit=label.lower())  # type: ignore[arg-type]


def numbers(survey: Survey, lines: Lines) -> Iterator[GoldMention]:
    """Document numbers, the ends of links, as rules read them."""
    for mention in survey.mentions:
        if mention.label == "DOCNO":
            yield GoldMention(quote=lines.quote(mention.span), label="DOCNO", value=str(mention.value), unit="docno")


def funds(survey: Survey, lines: Lines, chosen: Mapping[Item, str]) -> Iterator[GoldClaim]:
    """A fund for every amount whose measure is sure, with what rules read of it besides; its scope where a table says it."""
    read = {claim.span: claim for claim in survey.claims if isinstance(claim.fields, Fund)}
    values = {m.span: m.value for m in survey.mentions if m.label == "AMOUNT"}
    for item, measure in chosen.items():
        if measure == NONE:
            continue
        claim = read.get(item.span)
        known = claim.fields if claim else None
        yuan = values.get(item.span)
        base = known if isinstance(known, Fund) else Fund(yuan=yuan if isinstance(yuan, Decimal) else Decimal(0), measure="budget", scope="")
        in_table = claim is not None and claim.origin == "table"
        quote = lines.quote(item.span)
        yield GoldClaim(type="fund", origin="table" if in_table else "narrative", line=quote.line, text=quote.text, span=item.span,
                        fields=replace(base, measure=measure, scope=base.scope if in_table else ""))  # type: ignore[arg-type]


def scopes(survey: Survey) -> Iterator[Span]:
    """Where the scope of money may stand in running text, on which nobody votes: what rules take for it, and the words of
    the clause before the amount."""
    for amount in amounts_of(survey):
        if not amount.table and amount.clause:
            yield max(0, amount.item.span[0] - len(amount.clause)), amount.item.span[0]
    for claim in survey.claims:
        if isinstance(claim.fields, Fund) and claim.origin == "narrative" and "scope" in claim.spans:
            yield claim.spans["scope"]


def kept_claims(survey: Survey, lines: Lines) -> Iterator[GoldClaim]:
    for claim in survey.claims:
        if (claim.type == "indicator" and claim.origin == "table") or claim.type == "document":
            place = claim.spans.get("name", claim.span)
            yield GoldClaim(type=claim.type, origin=claim.origin, line=lines.quote(place).line, fields=claim.fields)


def best_pairs(chosen: Mapping[Item, str], ballots: Ballots, chances: NDArray[np.float64]) -> dict[Item, str]:
    """The sure pairs, of those with one value the likeliest alone."""
    likely = dict(zip(ballots.items, chances[:, 0].tolist(), strict=True))
    best: dict[tuple[Span | None, str | None], Item] = {}
    for item, label in chosen.items():
        key = (item.value, item.relation)
        if label != CLASSES["name"][-1] and (key not in best or likely[item] > likely[best[key]]):
            best[key] = item
    return {item: chosen[item] for item in best.values()}


def told(survey: Survey, lines: Lines, pairs: Mapping[Item, str]) -> Iterator[GoldClaim]:
    """An indicator for every name with sure values; of pieces that rules put together, the name as they read it."""
    whole = {c.spans["name"]: c.fields.name for c in survey.claims
             if isinstance(c.fields, Indicator) and c.origin == "narrative" and "name" in c.spans}
    by_name: dict[Span, dict[str, Span]] = defaultdict(dict)
    for item in pairs:
        if item.value and item.relation:
            by_name[item.span].setdefault(item.relation, item.value)
    for span, values in by_name.items():
        fields = {relation: clean(survey.text, value) for relation, value in values.items()}
        name = whole.get(span, bare_name(clean(survey.text, span)))
        yield GoldClaim(type="indicator", origin="narrative", line=lines.quote(next(iter(values.values()))).line,
                        fields=Indicator(name=name, **fields))


def open_sentences(survey: Survey, pairs: Mapping[Item, str], doubtful: Sequence[Item]) -> Iterator[Span]:
    """Sentences under headings on goals and results with a value that has no sure name, and those of doubtful pairs."""
    starts = [m.span[0] for m in survey.mentions]
    sure = sorted(item.value for item in pairs if item.value)
    spoken = sorted({edge for item in doubtful for edge in (item.span[0], (item.value or item.span)[0])})
    for paragraph in survey.layout.paragraphs:
        if paragraph.role != "body" or not is_result(survey.layout, paragraph.section):
            continue
        for start, end in sentences(survey.text, paragraph.span):
            figures = [m for m in survey.mentions[bisect_left(starts, start):bisect_left(starts, end)] if m.label in FIGURES]
            loose = any(not any(a <= m.span[0] < b for a, b in sure) for m in figures)
            if loose or bisect_left(spoken, start) < bisect_left(spoken, end):
                yield start, end


def sentences(text: str, span: Span) -> Iterator[Span]:
    folded = fold(text[slice(*span)])
    at = 0
    for stop in FAR.finditer(folded):
        yield span[0] + at, span[0] + stop.end()
        at = stop.end()
    if at < len(folded):
        yield span[0] + at, span[1]
