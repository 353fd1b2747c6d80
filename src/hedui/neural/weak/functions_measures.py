"""A survey in, votes out on what each amount of money measures: by words, by tables, by tellings in two places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from hedui.claims.funds.patterns import heading_measure
from hedui.findings import Fund
from hedui.neural.weak.amounts import Amount, amounts_of, cue_measure, header_measure
from hedui.neural.weak.patterns import CHANGED, PRICE_AFTER, PRICE_BEFORE
from hedui.neural.weak.types import NONE, RULES_RIGHT, RULES_TRUST, Item, LabellingFunction, Survey, Vote
from hedui.view import fold

__all__ = ["MEASURE_FUNCTIONS"]

SHORTEST_NUMBER = 1000


def rules_told(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The fund claims of running text; an amount of prose without one is no fund."""
    yield from by_rules(survey, table=False)


def rules_cell(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The fund claims of tables; an amount of a cell without one is no fund."""
    yield from by_rules(survey, table=True)


def by_rules(survey: Survey, *, table: bool) -> Iterator[Vote]:
    said = {claim.span: claim.fields.measure for claim in survey.claims if isinstance(claim.fields, Fund)}
    for amount in amounts_of(survey):
        if amount.table is table:
            yield amount.item, said.get(amount.item.span, NONE)


def clause_cue(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The last cue word of lexicons/measures.tsv in the clause before the amount."""
    yield from voted((a, cue_measure(a.clause)) for a in amounts_of(survey) if not a.table)


def cue_behind(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A cue word right behind the amount, where its clause has none before it: 300万元|已全部到位."""
    for amount in amounts_of(survey):
        if not amount.table and cue_measure(amount.clause) is None:
            yield from voted([(amount, cue_measure(amount.behind.lstrip(",(")[:8]))])


def sentence_cue(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The last cue word anywhere before the amount in its sentence, where its clause has none."""
    for amount in amounts_of(survey):
        if not amount.table and cue_measure(amount.clause) is None:
            yield from voted([(amount, cue_measure(amount.before))])


def section_heading(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The one measure that the heading over the amount names."""
    for amount in amounts_of(survey):
        if survey.layout.sections and not amount.table:
            yield from voted([(amount, heading_measure(fold(survey.layout.sections[amount.section].title)))])


def column_header(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The header of the column the amount stands in."""
    yield from voted((a, header_measure(a.header)) for a in amounts_of(survey) if a.table and a.header)


def row_label(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The label of the row the amount stands in: 预算数： | 12."""
    yield from voted((a, header_measure(a.label)) for a in amounts_of(survey) if a.table and a.label)


def voted(said: Iterable[tuple[Amount, str | None]]) -> Iterator[Vote]:
    for amount, measure in said:
        if measure:
            yield amount.item, measure


def table_tells_text(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """Running text tells an amount of one cell: the header over it says what it is."""
    amounts = amounts_of(survey)
    known = told_once((a, header_measure(a.header)) for a in amounts if a.table and lone(a, amounts))
    yield from voted((a, known.get((a.part, a.yuan))) for a in amounts if not a.table and lone(a, amounts))


def text_tells_table(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A cell tells an amount of running text: the cue before it there says what it is."""
    amounts = amounts_of(survey)
    known = told_once((a, cue_measure(a.clause)) for a in amounts if not a.table and lone(a, amounts))
    yield from voted((a, known.get((a.part, a.yuan))) for a in amounts if a.table and lone(a, amounts))


def told_twice(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """Running text tells an amount without a cue, and all other places that tell it have the cue of one measure."""
    amounts = [a for a in amounts_of(survey) if not a.table]
    known = told_once((a, cue_measure(a.clause)) for a in amounts)
    yield from voted((a, known.get((a.part, a.yuan))) for a in amounts if cue_measure(a.clause) is None)


def lone(amount: Amount, amounts: Sequence[Amount]) -> bool:
    """Whether no other amount of the same report and kind of place is as much: budget and spending often are."""
    return sum(a.yuan == amount.yuan and a.part == amount.part and a.table is amount.table for a in amounts) == 1


def told_once(said: Iterable[tuple[Amount, str | None]]) -> dict[tuple[int, Decimal], str]:
    """The measure of each amount of a report that is told with one measure alone; small round sums are left out, which
    many things cost."""
    found: dict[tuple[int, Decimal], set[str]] = defaultdict(set)
    for amount, measure in said:
        if measure and amount.yuan >= SHORTEST_NUMBER:
            found[amount.part, amount.yuan].add(measure)
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}


def price(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A standard, a price or a threshold is no fund: 每人150元, 单价3万元, 30万元以上的项目."""
    for amount in amounts_of(survey):
        if PRICE_BEFORE.search(amount.clause) or PRICE_AFTER.match(amount.behind):
            yield amount.item, NONE


def change(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """What an amount differs by from another year is no fund: 比上年减少5.8万元."""
    for amount in amounts_of(survey):
        if not amount.table and CHANGED.search(amount.before):
            yield amount.item, NONE


MEASURE_FUNCTIONS = (
    LabellingFunction(name="rules_told", kind="measure", cast=rules_told, group="words", right=RULES_RIGHT, trust=RULES_TRUST),
    LabellingFunction(name="rules_cell", kind="measure", cast=rules_cell, group="cells", right=RULES_RIGHT, trust=RULES_TRUST),
    LabellingFunction(name="clause_cue", kind="measure", cast=clause_cue, group="words"),
    LabellingFunction(name="cue_behind", kind="measure", cast=cue_behind, group="words"),
    LabellingFunction(name="sentence_cue", kind="measure", cast=sentence_cue, group="words"),
    LabellingFunction(name="section_heading", kind="measure", cast=section_heading),
    LabellingFunction(name="column_header", kind="measure", cast=column_header, group="cells"),
    LabellingFunction(name="row_label", kind="measure", cast=row_label, group="cells"),
    LabellingFunction(name="table_tells_text", kind="measure", cast=table_tells_text),
    LabellingFunction(name="text_tells_table", kind="measure", cast=text_tells_table),
    LabellingFunction(name="told_twice", kind="measure", cast=told_twice),
    LabellingFunction(name="price", kind="measure", cast=price, silent=True),
    LabellingFunction(name="change", kind="measure", cast=change, silent=True),
)
