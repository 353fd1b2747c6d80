"""Fund claims -> the same money told in several places, totals that differ from place to place, slips of unit.

Two amounts are one fact when they measure the same (or one passed the other on: 下达 -> 到位) for the same scope and year.
A difference is a conflict only for amounts that name the same whole: the budget of the one project a report is about, or a
scope that is the same but for words that do not narrow it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from hedui.document import Layout
from hedui.findings import Check, Claim, Fund
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.numerals import digits, neighbours, numerals
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.quotes import quote
from hedui.view import clean

__all__ = ["fund_agreements"]

LAST, BESIDE, SIGNIFICANT, SENTENCE = 6, 20, 3, 30
NEAR = Decimal("0.2")
TEN_THOUSAND = Decimal(10000)
STAGES = ({"issued", "received", "budget"}, {"executed"}, {"income"}, {"carried_out"}, {"carried_in"}, {"recovered"}, {"contract"},
          {"other"}, {"saved"})
# the whole of the one project a report is about, as forms call it
WHOLE = re.compile(r"^(?:项目预算|年度资金总额|资金总额|预算总额|项目资金|总计|合计|项目总投资|建设经费|全年预算)$")
# 年初预算 and 调整后预算 of one project differ by right
REVISED = re.compile(r"年初|调整[后为到至数预]|追加|调减|调增|核减|压减|批复|申请")
# 县级财政预算安排|102万元 · 县级资金
LEVEL = re.compile(r"(?:中央|自治区|省|市|县|区|州|旗|盟)(?:级|本级)|中央|自治区|自筹|其他资金")
# words that do not narrow what an amount is for
NEUTRAL = re.compile(r"一般公共预算|财政拨款|财政资金|日常|本年|全年|年度|部门|机关|支出|经费|资金|决算|预算|合计|总计|总额|数"
                     r"|[市省县区]本级|本级|\d{4}年?")


# 一般公共预算财政拨款基本支出 · 日常公用经费
ONCE = re.compile(r"(?P<kind>(?:基本|项目)(?=支出|$)|(?:人员|公用|三公)(?=经费|$)|公务接待|因公出国境|政府采购)"
                  r"(?:支出|经费|费)?(?:预算)?(?:资金)?$")


def fund_agreements(layout: Layout, claims: Sequence[Claim]) -> Iterator[Check]:
    """Amounts told again, project totals, and amounts with the wrong unit."""
    funds = [c for c in claims if c.type == "fund" and "yuan" in c.spans]
    yield from told_again(layout, funds)
    by_part: dict[int, list[Claim]] = defaultdict(list)
    for claim in funds:
        by_part[claim.part].append(claim)
    for part, inside in by_part.items():
        yield from project_totals(layout, inside, part)
    yield from same_whole(layout, funds)
    yield from unit_slips(layout, funds)
    yield from row_slips(layout, funds)


def fund(claim: Claim) -> Fund:
    assert isinstance(claim.fields, Fund)
    return claim.fields


def of_stage(a: Fund, b: Fund) -> bool:
    return any(a.measure in stage and b.measure in stage for stage in STAGES)


def core(scope: str | None) -> str:
    return NEUTRAL.sub("", squeezed(scope or ""))


def alike(a: str, b: str) -> bool:
    """Whether two scopes can be one: equal but for neutral words, one inside the other, or either unsaid."""
    x, y = core(a), core(b)
    return not x or not y or x == y or (min(len(x), len(y)) >= 2 and (x in y or y in x)) or shared(x, y) * 2 >= min(len(x), len(y))


def shared(x: str, y: str) -> int:
    return len({x[i:i + 2] for i in range(len(x) - 1)} & {y[i:i + 2] for i in range(len(y) - 1)}) + 1


def told_again(layout: Layout, funds: Sequence[Claim]) -> Iterator[Check]:
    """Equal amounts of one fact, each against the tellings before it."""
    by_amount: dict[Decimal, list[Claim]] = defaultdict(list)
    for claim in funds:
        said = fund(claim)
        if said.yuan:
            against = [c for c in by_amount[said.yuan][-LAST:] if related(fund(c), said)]
            for earlier in against[-2:]:
                kind = "table" if earlier.origin != claim.origin else "restated"
                yield equal(layout, earlier, claim, kind)
            by_amount[said.yuan].append(claim)


def related(a: Fund, b: Fund) -> bool:
    if a.year is not None and b.year is not None and a.year != b.year:
        return False
    if core(a.scope) and core(a.scope) == core(b.scope):
        return True
    return (of_stage(a, b) or a.measure in {"budget", "issued", "received", "other"}) and alike(a.scope, b.scope)


def equal(layout: Layout, earlier: Claim, later: Claim, kind: str) -> Check:
    a, b = quote(layout, earlier.spans["yuan"]), quote(layout, later.spans["yuan"])
    what = fund(later).scope or fund(earlier).scope or "金额"
    return agreement(layout, "table" if kind == "table" else "restated", [a], b, verdict="consistent", tier="numeric",
                     computed=a.text, note=f"{what}：{a.value} = {b.value}", claims=(earlier.id, later.id))


def project_totals(layout: Layout, funds: Sequence[Claim], part: int) -> Iterator[Check]:
    """The budget of the project a report is about, told in text, table and form: each against the one before it; not a table that
    tells several, of years or of subtotals."""
    programme = core(layout.parts[part].programme)
    wholes = [c for c in funds if fund(c).measure == "budget" and is_whole(fund(c).scope, programme)]
    rows: dict[tuple[int | None, int | None], set[Decimal]] = defaultdict(set)
    told_by: dict[int, set[tuple[int | None, Decimal]]] = defaultdict(set)
    for claim in wholes:
        if claim.grid is not None:
            told_by[claim.grid].add((claim.row, fund(claim).yuan))
    several = {grid for grid, told in told_by.items() if len({row for row, _ in told}) > 1 and len({yuan for _, yuan in told}) > 1}
    wholes = [c for c in wholes if c.grid not in several]
    for claim in funds:
        rows[(claim.grid, claim.row)].add(fund(claim).yuan)
    for earlier, later in pairwise(wholes) if programme else ():
        a, b = sorted((abs(fund(earlier).yuan), abs(fund(later).yuan)))
        tables = [rows[(c.grid, c.row)] for c in (earlier, later) if c.origin == "table"]
        revised = any({a, b} <= row for row in tables) or any(REVISED.search(near(layout, c)) for c in (earlier, later))
        if a != b and b - a <= b * NEAR and tables and not revised:
            yield differ(layout, earlier, later)


def near(layout: Layout, claim: Claim, after: int = 0) -> str:
    start, end = claim.spans["yuan"]
    return clean(layout.document.text, (max(0, start - BESIDE), end + after))


def is_whole(scope: str | None, programme: str) -> bool:
    return bool(scope) and (bool(WHOLE.match(squeezed(scope or ""))) or (bool(programme) and core(scope) == programme))


def differ(layout: Layout, earlier: Claim, later: Claim) -> Check:
    a, b = quote(layout, earlier.spans["yuan"]), quote(layout, later.spans["yuan"])
    kind = "table" if earlier.origin != later.origin else "restated"
    table, other = (b, a) if later.origin == "table" and earlier.origin != "table" else (a, b)
    gap = abs(fund(earlier).yuan - fund(later).yuan) / TEN_THOUSAND
    return agreement(layout, "table" if kind == "table" else "restated", [table], other, verdict="conflict", tier="numeric",
                     computed=table.text, note=f"{fund(later).scope or '金额'}：{a.value} ≠ {b.value}，差 {gap.normalize():f} 万元",
                     claims=(earlier.id, later.id))


def same_whole(layout: Layout, funds: Sequence[Claim]) -> Iterator[Check]:
    """Spending told of one scope with other amounts; only where one of them is told at least twice elsewhere."""
    by_scope: dict[tuple[str, str, int | None], list[Claim]] = defaultdict(list)
    for claim in funds:
        said = fund(claim)
        name = narrowed(said.scope)
        if name and said.yuan and claim.origin == "narrative":
            by_scope[(name, said.measure, said.year)].append(claim)
    for told in by_scope.values():
        amounts = defaultdict(list)
        for claim in told:
            amounts[fund(claim).yuan].append(claim)
        known = max(amounts.values(), key=len)
        if len(amounts) == 2 and len(known) >= 2:
            odd = next(group for group in amounts.values() if group is not known)
            if fund(odd[0]).yuan not in {fund(known[0]).yuan / TEN_THOUSAND, fund(known[0]).yuan * TEN_THOUSAND}:
                yield differ(layout, known[0], odd[0])


def narrowed(scope: str | None) -> str:
    """The last noun of a scope, where it is a kind of spending that a unit has once: 一般公共预算财政拨款基本支出 -> 基本支出."""
    match = ONCE.search(squeezed(scope or ""))
    return match["kind"] if match else ""


def unit_slips(layout: Layout, funds: Sequence[Claim]) -> Iterator[Check]:
    """元 for 万元: the same digits, ten thousand times less, for the same scope."""
    by_amount: dict[Decimal, list[Claim]] = defaultdict(list)
    for claim in funds:
        by_amount[fund(claim).yuan].append(claim)
    for claim in funds:
        said = fund(claim)
        text = clean(layout.document.text, claim.spans["yuan"])
        if not said.yuan or not re.search(r"(?<![万亿千百])元$", text):
            continue
        for other in by_amount.get(said.yuan * TEN_THOUSAND, []):
            if of_stage(fund(other), said) and (re.search(r"\d\.\d", text) or other.origin != claim.origin):
                a, b = quote(layout, other.spans["yuan"]), quote(layout, claim.spans["yuan"])
                yield agreement(layout, "unit", [a], b, verdict="conflict", tier="numeric", computed=a.text,
                                note=f"{said.scope or '金额'}：{b.value} 应为 {a.value}，单位有误", claims=(other.id, claim.id))
                break


def row_slips(layout: Layout, funds: Sequence[Claim]) -> Iterator[Check]:
    """Money of one name and measure that a row tells once and the text once, one slip of the pen apart; not where the text
    tells both (1.39元，比1.35元的控制数高)."""
    told: dict[tuple[int, str, str], list[Claim]] = defaultdict(list)
    for claim in funds:
        if fund(claim).scope and fund(claim).yuan and not WHOLE.match(squeezed(fund(claim).scope or "")):
            level = LEVEL.findall(squeezed(fund(claim).scope or "") if claim.origin == "table" else near(layout, claim))
            measure = "budget" if fund(claim).measure == "issued" and level else fund(claim).measure
            told[(claim.part, level[-1] if level else squeezed(fund(claim).scope or ""), measure)].append(claim)
    for group in told.values():
        rows, texts = [c for c in group if c.origin == "table"], [c for c in group if c.origin != "table"]
        if len(rows) != 1 or len(texts) != 1 or fund(rows[0]).year != fund(texts[0]).year:
            continue
        one, other = (f"{fund(c).yuan.normalize():f}" for c in (rows[0], texts[0]))
        known = numerals(near(layout, texts[0], SENTENCE))
        if digits(clean(layout.document.text, rows[0].spans["yuan"])) in known:
            continue
        slipped = len(one) == len(other) and not set(neighbours(one)).isdisjoint(neighbours(other))
        if one != other and slipped and max(len(one.rstrip("0")), len(other.rstrip("0"))) >= SIGNIFICANT:
            yield differ(layout, rows[0], texts[0])
