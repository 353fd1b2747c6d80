"""A survey in, votes out on pairs of an indicator's name and a value that running text tells of it.

Functions propose pairs; whoever proposes a pair for a value votes against the other names that are proposed for it only
where it reads everything (the rules).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator

from hedui.claims.indicators.names import bare_name, is_goal, is_result
from hedui.document import Span
from hedui.findings import Claim, Indicator, Mention
from hedui.neural.types import Relation
from hedui.neural.weak.patterns import (
    BOUND,
    FAR,
    GOAL_LINK,
    JOINED,
    LABELLED,
    LEVEL_NAME,
    ODD_NAME,
    ODD_VALUE,
    SUBJECT,
    VAGUE,
)
from hedui.neural.weak.types import NO, YES, Item, LabellingFunction, Survey, Vote
from hedui.view import View, clean, fold, view

__all__ = ["NAME_FUNCTIONS"]

TOLD: tuple[Relation, ...] = ("target", "actual", "completion")
VALUES = frozenset({"RATE", "QUANTITY"})
SHORTEST, LONGEST, REACH = 3, 26, 60
# pairs that rules alone propose are never so sure that votes of their own kind make them surer
RULES_PAIRS, HELD = 0.8, 2.0
# another value, or how much of a target was reached, between a label and a value
NO_RESULT = re.compile(r"\d|(?:完成|偏差|偏离)率")


def rules_pairs(survey: Survey, items: Collection[Item]) -> Iterator[Vote]:
    """The indicators that rules read in running text; they speak against other names for the same value, and other values
    for the same name."""
    read = list(read_pairs(survey))
    for item in read:
        yield item, YES
    values = {(item.value, item.relation): said(survey, item) for item in read}
    names = {(item.span, item.relation): said(survey, item) for item in read}
    for item in items:
        other = values.get((item.value, item.relation)) or names.get((item.span, item.relation))
        if other and other != said(survey, item):
            yield item, NO


def said(survey: Survey, item: Item) -> str:
    """The words of a pair, by which two of one meaning in two places are known."""
    return "|".join(fold(clean(survey.text, span)) for span in (item.span, item.value) if span)


def read_pairs(survey: Survey) -> Iterator[Item]:
    for claim in survey.claims:
        if isinstance(claim.fields, Indicator) and claim.origin == "narrative" and "name" in claim.spans:
            for relation in TOLD:
                if relation in claim.spans:
                    yield pair(claim.spans["name"], relation, claim.spans[relation])


def pair(name: Span, relation: Relation, value: Span) -> Item:
    return Item(kind="name", span=name, value=value, relation=relation)


def told_values(survey: Survey) -> Iterator[tuple[View, Mention, int, Relation]]:
    """The rates and counts of paragraphs under headings on goals and results: piece, mention, where the value starts in it, and
    what it is to a name."""
    starts = [m.span[0] for m in survey.mentions]
    pieces = {piece.starts[0]: piece for piece in survey.pieces}
    for paragraph in survey.layout.paragraphs:
        if paragraph.role != "body" or not is_result(survey.layout, paragraph.section):
            continue
        seen = pieces.get(paragraph.span[0]) or view(survey.text, paragraph.span)
        goal: Relation = "target" if is_goal(survey.layout, paragraph.section) else "actual"
        for mention in survey.mentions[bisect_left(starts, paragraph.span[0]):bisect_left(starts, paragraph.span[1])]:
            if mention.label in VALUES:
                at = value_start(seen, mention)
                bound = at < bisect_left(seen.starts, mention.span[0])
                yield seen, mention, at, "target" if bound or GOAL_LINK.search(seen.text, max(0, at - 12), at) else goal


def whole_value(piece: View, mention: Mention) -> Span:
    """The value with the sign or the words of comparison that belong to it: ≥90%, 不低于90%."""
    return piece.starts[value_start(piece, mention)], mention.span[1]


def value_start(piece: View, mention: Mention) -> int:
    at = bisect_left(piece.starts, mention.span[0])
    bound = BOUND.search(piece.text, max(0, at - 8), at)
    return bound.start() if bound else at


def subject(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A noun of measure right before the value, with a word that links them: 参保率达到|98%."""
    for piece, mention, at, relation in told_values(survey):
        clause = max(piece.text.rfind(mark, 0, at) for mark in ",。;:、(") + 1
        match = SUBJECT.search(piece.text, max(clause, at - LONGEST - 6), at)
        if match and not VAGUE.search(match["name"]):
            yield pair(piece.span(*match.span("name")), relation, whole_value(piece, mention)), YES


def label_pattern(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A label at the head of a sentence and the first value behind its colon: 培训人次：300人次."""
    for piece, mention, at, relation in told_values(survey):
        low = max((piece.text.rfind(mark, 0, at) for mark in "。;"), default=-1) + 1
        head = LABELLED.match(piece.text[low:at])
        if head and not VAGUE.search(head["name"]) and not LEVEL_NAME.search(head["name"]) and not NO_RESULT.search(head["rest"]):
            start = low + head.start("name")
            yield pair(piece.span(start, low + head.end("name")), relation, whole_value(piece, mention)), YES


def known_names(survey: Survey) -> dict[str, list[Claim]]:
    """The rows of the report's own tables by the name of their indicator."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in survey.claims:
        if isinstance(claim.fields, Indicator) and claim.origin == "table":
            name = fold(bare_name(claim.fields.name))
            if SHORTEST <= len(name) <= LONGEST:
                found[name].append(claim)
    return found


def table_row(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The name of a row of the report's own table in the sentence of a value that is that row's target or result."""
    rows = known_names(survey)
    if not rows:
        return
    names = re.compile("|".join(map(re.escape, sorted(rows, key=len, reverse=True))))
    for piece, mention, at, told in told_values(survey):
        low = max((piece.text.rfind(mark, 0, at) for mark in "。;"), default=-1) + 1
        for match in reversed(list(names.finditer(piece.text, max(low, at - REACH), at))):
            relation = same_value(rows[match[0]], fold(clean(mention.text)), told)
            if relation:
                yield pair(piece.span(*match.span()), relation, whole_value(piece, mention)), YES
                break


def same_value(rows: Collection[Claim], value: str, told: Relation) -> Relation | None:
    """What `value` is in one of `rows`: its result or its target, the one that the section tells first."""
    for field in (told, "actual", "target"):
        for claim in rows:
            said = getattr(claim.fields, field, None)
            if said and fold(said).lstrip("≥≤><=") == value:
                return "target" if field == "target" else "actual"
    return None


def told_again(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A name and a value that stand near one another elsewhere in the report as well, in the same words and order."""
    near: dict[tuple[str, str], list[Item]] = defaultdict(list)
    known = {fold(clean(survey.text, claim.spans["name"])) for claim in survey.claims
             if isinstance(claim.fields, Indicator) and "name" in claim.spans}
    known = {name for name in known if SHORTEST <= len(name) <= LONGEST}
    if not known:
        return
    names = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
    for piece, mention, at, relation in told_values(survey):
        matches = list(names.finditer(piece.text, max(0, at - REACH), at))
        if matches and not FAR.search(piece.text, matches[-1].end(), at):
            near[matches[-1][0], fold(clean(mention.text))].append(
                pair(piece.span(*matches[-1].span()), relation, whole_value(piece, mention)))
    for told in near.values():
        if len(told) > 1:
            for item in told:
                yield item, YES


def joined(survey: Survey, items: Collection[Item]) -> Iterator[Vote]:
    """Between name and value stand linking words alone."""
    for item in items:
        if item.value and item.span[1] <= item.value[0] <= item.span[1] + REACH and JOINED.match(
                view(survey.text, (item.span[1], item.value[0])).text if item.span[1] < item.value[0] else ""):
            yield item, YES


def vague_name(survey: Survey, items: Collection[Item]) -> Iterator[Vote]:
    """Words that name nothing measured, and names that are sentences: 其中, 同比, 我市."""
    for item in items:
        name = fold(clean(survey.text, item.span))
        if VAGUE.search(name) or len(name) > LONGEST or re.search(r"[,。;]", name):
            yield item, NO


def odd_shape(survey: Survey, items: Collection[Item]) -> Iterator[Vote]:
    """Names that begin with a year or hold the words that lead up to a value, and values that hold two of them."""
    for item in items:
        name, value = (fold(clean(survey.text, span)) for span in (item.span, item.value or item.span))
        if ODD_NAME.search(name) or ODD_VALUE.search(value):
            yield item, NO


def crossed(_: Survey, items: Collection[Item]) -> Iterator[Vote]:
    """Another pair of the same kind stands whole between name and value."""
    inner = sorted((item.span[0], item.value[1], item.relation or "") for item in items if item.value and item.span[1] <= item.value[0])
    begins = [start for start, *_ in inner]
    for item in items:
        if item.value and item.span[1] < item.value[0]:
            near = inner[bisect_left(begins, item.span[1]):bisect_left(begins, item.value[0])]
            if any(end <= item.value[0] and relation == item.relation for _, end, relation in near):
                yield item, NO


NAME_FUNCTIONS = (
    LabellingFunction(name="rules_pairs", kind="name", cast=rules_pairs, judges=True, right=RULES_PAIRS, trust=HELD),
    LabellingFunction(name="subject", kind="name", cast=subject, silent=True, group="pattern"),
    LabellingFunction(name="label_pattern", kind="name", cast=label_pattern, silent=True, group="pattern"),
    LabellingFunction(name="table_row", kind="name", cast=table_row, silent=True, right=0.9, trust=1.0),
    LabellingFunction(name="told_again", kind="name", cast=told_again, silent=True),
    LabellingFunction(name="joined", kind="name", cast=joined, silent=True, proposes=False, judges=True, group="pattern"),
    LabellingFunction(name="vague_name", kind="name", cast=vague_name, silent=True, proposes=False, judges=True),
    LabellingFunction(name="odd_shape", kind="name", cast=odd_shape, silent=True, proposes=False, judges=True, right=0.9, trust=0.5),
    LabellingFunction(name="crossed", kind="name", cast=crossed, silent=True, proposes=False, judges=True),
)
