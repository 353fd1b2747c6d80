"""The whole money of the one project a report is about, in the row of its form -> what the running text tells of it: budget, spending
and the rate of execution.

Text and form may speak of other stages by right (a budget before and after it was revised, 到位 and 下达); what one slip of the pen
explains is a conflict.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from hedui.document import GridCell, Layout
from hedui.findings import SIGNS, Check, CheckKind, Claim, Fund, Mention
from hedui.reconcile.agreement.compare import compare
from hedui.reconcile.agreement.funds import WHOLE, core
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.cells import roles_of
from hedui.reconcile.numerals import digits, neighbours
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.quotes import quote
from hedui.view import clean, fold

__all__ = ["whole_checks"]

BUDGET, SPENT = frozenset({"budget", "issued"}), frozenset({"executed"})
REACH, ROWS, TEN_THOUSAND = 40, 3, Decimal(10_000)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# 年度资金总额 · 项目资金总额 · 合计
WHOLE_ROW = re.compile(r"(?:本?年度?|全年|项目)?(?:预算)?资金(?:总额|总数)|(?:本?年度?|全年|项目)?预算(?:总额|资金)|总计|合计")
# ，执行率|63.92% · ，完成预算的|81% · ，占预算的|77.54% · ，支出进度|100%
RATE = re.compile(r"[,，、(（](?:预算|资金)?(?:执行率|完成率|支出率|支付率|使用率|支出进度|执行进度|完成(?:全年)?预算的?"
                  r"|占(?:全年)?预算(?:总额)?的?)(?:为|是|达到?了?)?$")
# 学前教育发展专项资金|支出 · …项目|到位 · …资金|预算总 · …经费|已支付
MEASURED = re.compile(r"(?:已|累计|共)?(?:实际|全年)?(?:支出|执行|使用|支付|拨付|列支|到位|下达|预算总?|安排)(?:数|额|资金)?$")
# 批复|农村客运补贴资金 · 实际使用|…资金
LED = re.compile(r"^(?:已|累计|共|实际|全年)*(?:批复|安排|下达|拨付|使用|支付|支出|完成|收到)")


class Row(NamedTuple):
    """The row of the whole in a form: its amounts by measure, and the cell of its rate."""

    amounts: Mapping[str, Claim]
    rate: GridCell | None


def whole_checks(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> Iterator[Check]:
    """Part by part, the rows of the whole against one another, and the text against the last of them, the form of the report."""
    funds = [c for c in claims if c.type == "fund" and "yuan" in c.spans and yuan_of(c)]
    rates = sorted((m for m in mentions if m.label == "RATE" and m.op is None), key=lambda m: m.span)
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in rows_of(layout, funds):
        rows[next(iter(row.amounts.values())).part].append(row)
    for part, inside in rows.items():
        programme = core(layout.parts[part].programme) if part < len(layout.parts) else ""
        told = [c for c in funds if c.part == part and c.origin == "narrative" and of_whole(c, programme)]
        for one, other in pairwise(inside[-ROWS:]):
            yield from between_rows(layout, one, other)
        for claim in told:
            yield from amount_checks(layout, inside[-1], claim)
            if measure_of(claim) in SPENT and inside[-1].rate is not None and of_row(layout, inside[-1], claim):
                yield from rate_checks(layout, inside[-1].rate, claim, rates)



def yuan_of(claim: Claim) -> Decimal:
    return claim.fields.yuan if isinstance(claim.fields, Fund) else Decimal(0)


def measure_of(claim: Claim) -> str:
    return claim.fields.measure if isinstance(claim.fields, Fund) else ""


def scope_of(claim: Claim) -> str:
    return squeezed(claim.fields.scope or "") if isinstance(claim.fields, Fund) else ""


def rows_of(layout: Layout, funds: Sequence[Claim]) -> Iterator[Row]:
    """The rows of tables that are called the whole, or by the name of the project, and tell budget and spending side by side."""
    found: dict[tuple[int, int], dict[str, Claim]] = defaultdict(dict)
    for claim in funds:
        programme = core(layout.parts[claim.part].programme) if claim.part < len(layout.parts) else ""
        whole = WHOLE_ROW.fullmatch(scope_of(claim)) or (programme and core(scope_of(claim)) == programme)
        if claim.origin == "table" and claim.grid is not None and claim.row is not None and whole:
            found[(claim.grid, claim.row)].setdefault("spent" if measure_of(claim) in SPENT else "budget", claim)
    for (grid, row), amounts in found.items():
        if len(amounts) > 1:
            roles, cells = roles_of(layout.grids[grid]), layout.grids[grid].rows[row]
            rates = [cell for cell in cells if cell.origin and fold(cell.text).strip().endswith("%")]
            named = [cell for role, cell in zip(roles, cells, strict=False) if role == "rate" and cell in rates]
            yield Row(amounts, named[0] if named else rates[0] if len(rates) == 1 else None)


def of_whole(claim: Claim, programme: str) -> bool:
    """Whether an amount of the text is for the project as a whole, by its name or as forms call it; what one document passed on may be a part."""
    if measure_of(claim) == "issued" and "documents" in claim.spans:
        return False
    scope = LED.sub("", MEASURED.sub("", scope_of(claim)))
    return measure_of(claim) in BUDGET | SPENT and (bool(WHOLE.match(scope)) or (bool(programme) and core(scope) == programme))


def amount_checks(layout: Layout, row: Row, claim: Claim) -> Iterator[Check]:
    """The check of an amount that is one slip away from the cell of its measure and from no other of the row."""
    yuan = yuan_of(claim)
    if any(yuan_of(c) == yuan for c in row.amounts.values()):
        return
    near = [c for c in row.amounts.values() if slip(yuan, yuan_of(c))]
    own = [c for c in near if (measure_of(c) in SPENT) == (measure_of(claim) in SPENT)] or near
    if own and abs(yuan - yuan_of(own[0])) > max(step_of(layout, c) for c in (own[0], claim)):
        yield told_otherwise(layout, "table", own[0], claim)


def of_row(layout: Layout, row: Row, claim: Claim) -> bool:
    """Whether the spending that the text tells is that of a row, as told or but for a slip, also of unit: a 合计 may be of a part."""
    own, told = yuan_of(row.amounts["spent"]), yuan_of(claim)
    same = abs(own - told) <= max(step_of(layout, c) for c in (row.amounts["spent"], claim))
    return same or slip(own, told) or own == told * TEN_THOUSAND


def between_rows(layout: Layout, one: Row, other: Row) -> Iterator[Check]:
    """The checks of one whole in two tables, one slip apart."""
    for measure in one.amounts.keys() & other.amounts.keys():
        first, second = one.amounts[measure], other.amounts[measure]
        if first.grid != second.grid and slip(yuan_of(first), yuan_of(second)) \
                and abs(yuan_of(first) - yuan_of(second)) > max(step_of(layout, c) for c in (first, second)):
            yield told_otherwise(layout, "restated", first, second)
    if one.rate is not None and other.rate is not None and (comparison := compare(one.rate.text, other.rate.text)) is not None \
            and comparison.verdict == "conflict" and slipped(one.rate.text, other.rate.text):
        a, b = quote(layout, one.rate.span), quote(layout, other.rate.span)
        yield agreement(layout, "restated", [a], b, verdict="conflict", tier="numeric", computed=a.text,
                        note=f"资金总额执行率：{a.value} ≠ {b.value}")


def told_otherwise(layout: Layout, kind: CheckKind, cell: Claim, claim: Claim) -> Check:
    a, b = quote(layout, cell.spans["yuan"]), quote(layout, claim.spans["yuan"])
    where = ("", "") if kind == "restated" else ("表中 ", "文中 ")
    return agreement(layout, kind, [a], b, verdict="conflict", tier="numeric", computed=a.text, claims=(cell.id, claim.id),
                     note=f"{scope_of(claim) or '资金总额'}：{where[0]}{a.value} ≠ {where[1]}{b.value}")


def step_of(layout: Layout, claim: Claim) -> Decimal:
    """What one in the last digit of an amount is worth, in yuan."""
    number = NUMBER.search(fold(clean(layout.document.text, claim.spans["yuan"])))
    value = Decimal(number[0].replace(",", "")) if number else Decimal(0)
    return Decimal(1).scaleb(int(value.as_tuple().exponent)) * yuan_of(claim) / value if value else Decimal(0)


def slip(a: Decimal, b: Decimal) -> bool:
    """Whether two amounts are one but for a digit, or for two neighbours that changed places."""
    one, other = (f"{x.normalize():f}" for x in (a, b))
    return len(one) == len(other) and slipped(one, other)


def slipped(a: str, b: str) -> bool:
    return not set(neighbours(digits(a))).isdisjoint(neighbours(digits(b)))


def rate_checks(layout: Layout, cell: GridCell, claim: Claim, rates: Sequence[Mention]) -> Iterator[Check]:
    """The check of the rate told right behind the spending of the whole."""
    end = claim.spans["yuan"][1]
    for mention in rates[bisect_left(rates, end, key=lambda m: m.span[0]):][:1]:
        between = clean(layout.document.text, (end, mention.span[0])) if mention.span[0] - end <= REACH else ""
        if not RATE.search(between) or "。" in between:
            continue
        comparison = compare(cell.text, mention.text)
        if comparison is not None and (comparison.verdict != "conflict" or slipped(cell.text, mention.text)):
            a, b = quote(layout, cell.span, cell.text), quote(layout, mention.span)
            sign = SIGNS[comparison.verdict]
            yield agreement(layout, "table", [a], b, verdict=comparison.verdict, tier="numeric", computed=cell.text, claims=(claim.id,),
                            note=f"资金总额执行率：表中 {cell.text} {sign} 文中 {b.text}")
