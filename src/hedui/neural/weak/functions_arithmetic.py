"""A survey in, votes out on amounts that arithmetic holds together: what closes tells the roles of its operands."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hedui.document import Span
from hedui.findings import Check, Measure
from hedui.neural.weak.amounts import Amount, amounts_of, cue_measure, header_measure
from hedui.neural.weak.patterns import GIVEN_RATE, SPENT_RATE
from hedui.neural.weak.types import Item, LabellingFunction, Survey, Vote
from hedui.view import fold

__all__ = ["ARITHMETIC_FUNCTIONS"]

NEAR = 30
LEFT_OVER = ("结转", "结余", "剩余", "未执行", "未支出")
CLOSED = frozenset({"consistent", "rounding"})


def closing(survey: Survey, *kinds: str) -> Iterator[tuple[Check, str]]:
    """The relations of a kind that hold, with the folded words around what is stated."""
    for check in survey.checks:
        if check.kind in kinds and check.verdict in CLOSED:
            start, end = check.stated.span
            yield check, fold("".join(survey.text[max(0, start - NEAR):end].split()))


def by_span(survey: Survey) -> dict[Span, Amount]:
    return {amount.item.span: amount for amount in amounts_of(survey)}


def ratio_closes(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """executed ÷ budget = 执行率: of two amounts whose quotient is the rate, the one was spent and the other planned; of a
    rate of arrival the one was received."""
    amounts = by_span(survey)
    for check, words in closing(survey, "ratio"):
        spent, given = SPENT_RATE.search(words), GIVEN_RATE.search(words)
        parts = [amounts[q.span].item for q in check.inputs if q.span in amounts]
        if len(parts) == len(check.inputs) == 2 and (spent is None) != (given is None):
            yield parts[0], "executed" if spent else "received"
            yield parts[1], "budget"


def difference_closes(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """budget - executed = what is left over."""
    amounts = by_span(survey)
    for check, words in closing(survey, "difference"):
        parts = [amounts[q.span].item for q in (*check.inputs, check.stated) if q.span in amounts]
        if len(parts) == 3 and any(word in words for word in LEFT_OVER):
            roles: tuple[Measure, ...] = ("budget", "executed", "carried_out")
            yield from zip(parts, roles, strict=True)


def sum_closes(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The parts of a sum measure what its total does: what words say of the one counts for the other, where that has no
    words of its own."""
    amounts = by_span(survey)
    for check, _words in closing(survey, "sum"):
        total = amounts.get(check.stated.span)
        parts = [amounts[q.span] for q in check.inputs if q.span in amounts]
        if total is None or len(parts) != len(check.inputs) or len(parts) < 2:
            continue
        of_total, of_parts = own_word(total), {own_word(part) for part in parts} - {None}
        if of_total and of_parts <= {of_total}:
            for part in parts:
                yield part.item, of_total
        if len(of_parts) == 1 and (of_total is None or of_total in of_parts):
            yield total.item, str(next(iter(of_parts)))


def own_word(amount: Amount) -> str | None:
    return header_measure(amount.header) or header_measure(amount.label) if amount.table else cue_measure(amount.clause)


ARITHMETIC_FUNCTIONS = (
    LabellingFunction(name="ratio_closes", kind="measure", cast=ratio_closes),
    LabellingFunction(name="difference_closes", kind="measure", cast=difference_closes),
    LabellingFunction(name="sum_closes", kind="measure", cast=sum_closes),
)
