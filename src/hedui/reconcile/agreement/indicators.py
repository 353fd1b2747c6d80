"""Indicators told in several places -> whether target, actual, weight and score are the same everywhere.

Only tellings of one report part are held together, by name: the same, or the only one much like it. A narrative result
in words is no conflict with another unless both are of one kind (degrees of change, 按缺省处理 against a result).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.document import Layout, Span
from hedui.findings import SIGNS, Check, Claim, Indicator
from hedui.reconcile.agreement.compare import Comparison, compare, days, opposed
from hedui.reconcile.agreement.names import likely_name
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.numerals import digits, neighbours
from hedui.reconcile.phrases import numeric, squeezed
from hedui.reconcile.quotes import quote
from hedui.view import clean

__all__ = ["indicator_agreements"]

RATES = ("completion", "deviation")
FIELDS = ("target", "actual", "weight", "score", *RATES)
# 市县级不涉及，按缺省处理
DEFAULT = re.compile(r"缺省|不涉及|不适用")
# 不低于上年度: measured against another year, no result of its own
RELATIVE = re.compile(r"^不(?:低于|高于|少于)(?:上|去)年")
# 保障标准由|552元: what it was before
FROM = re.compile(r"[由从]$")
# 年初安排|180部 · 总体目标是：…发放及时率达到|100%
PLANNED = re.compile(r"年初(?:安排|计划|设定|确定|下达|目标|报)|(?:总体|绩效|年度)目标(?:是|为|:)"
                     r"|(?:计划|拟|预计|应)(?:完成|安排|实施|达到)?$|(?:目标|任务|要求)值?(?:是|为|:)?$")
AFTER = re.compile(r"(?:以上|以下)?的?(?:目标|计划|任务|要求|指标值)")
# 、|大学29件|、县水务局16件
LISTED_BEFORE = re.compile(r"\d[\u4e00-\u9fff]{1,3}、[^、,。;]{2,20}$")
LISTED_AFTER = re.compile(r"[^、,。;\d]{0,12}、[^、,。;\d]{2,20}\d")
CUT_BEFORE, CUT_AFTER = re.compile(r"\d\s*\n\s*$"), re.compile(r"\s*\n\s*\d")
BESIDE, LONG, WORDS, NEAR = 60, 80, 6, 8
NAMES = {"target": "目标值", "actual": "完成值", "weight": "分值", "score": "得分", "completion": "完成率", "deviation": "偏差率"}


def name_of(claim: Claim) -> str:
    assert isinstance(claim.fields, Indicator)
    return squeezed(claim.fields.name)


def indicator_agreements(layout: Layout, claims: Sequence[Claim]) -> Iterator[Check]:
    """Table against table, and narrative against table, part by part."""
    by_part: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.type == "indicator":
            by_part[claim.part].append(claim)
    for told in by_part.values():
        tables = [c for c in told if c.origin == "table"]
        yield from between_tables(layout, tables)
        yield from with_tables(layout, [c for c in told if c.origin == "narrative"], tables)


def between_tables(layout: Layout, tables: Sequence[Claim]) -> Iterator[Check]:
    seen: dict[str, Claim] = {}
    for claim in tables:
        earlier = seen.get(name_of(claim))
        if earlier and earlier.grid != claim.grid:
            for field in FIELDS:
                if check := held(layout, earlier, claim, field, "restated"):
                    yield check
        seen.setdefault(name_of(claim), claim)


def with_tables(layout: Layout, narrative: Sequence[Claim], tables: Sequence[Claim]) -> Iterator[Check]:
    exact: dict[str, list[Claim]] = defaultdict(list)
    for row in tables:
        exact[name_of(row)].append(row)
    for claim in narrative:
        matched = exact.get(likely_name(name_of(claim), exact.keys()) or "", [])
        for field in FIELDS:
            checks = [check for row in matched if (check := held(layout, row, claim, field, "table"))]
            borne_out = [check for check in checks if check.verdict != "conflict"]
            yield from borne_out or checks[:1]
        for row in matched:
            yield from (check for field in ("actual", "target") if (check := of_unit(layout, row, claim, field)))


def held(layout: Layout, earlier: Claim, later: Claim, field: str, kind: str) -> Check | None:
    """The check of one field told twice, None where it is told once or the tellings cannot be compared."""
    a, b = getattr(earlier.fields, field), getattr(later.fields, field)
    if not a or not b or (field == "actual" and later.origin == "narrative" and FROM.search(getattr(later.fields, "name", ""))):
        return None
    if field == "score" and b == "满分":
        full = getattr(earlier.fields, "weight", None)
        if not full:
            return None
        comparison = compare(a, full)
    else:
        comparison = judged(a, b, field, kind)
    if comparison is None or (comparison.verdict == "conflict" and let_be(layout, earlier, later, field, comparison)):
        return None
    name = getattr(later.fields, "name", "")
    sign = SIGNS[comparison.verdict]
    return agreement(layout, "table" if kind == "table" else "restated", [quote(layout, earlier.spans[field], a)],
                     quote(layout, later.spans[field], b), verdict=comparison.verdict, tier=comparison.tier, computed=a,
                     note=f"{name}：{NAMES[field]} {a} {sign} {b}", claims=(earlier.id, later.id))


def let_be(layout: Layout, row: Claim, claim: Claim, field: str, comparison: Comparison) -> bool:
    """Whether what differs is no conflict: half of a figure that a line break cut, another thing than the result of the row, or a rate, which
    may be reckoned in more than one way, further off than a slip."""
    if claim.origin == "narrative" and cut_off(layout.document.text, claim.spans[field]):
        return True
    if field in RATES:
        return not one_slip(getattr(row.fields, field), getattr(claim.fields, field))
    return field == "actual" and another_thing(layout, row, claim, comparison)


def cut_off(text: str, span: Span) -> bool:
    """Whether a figure begins or ends where a line does that breaks off, or goes on, with a digit: ≥2⏎7所."""
    before, after = text[max(0, span[0] - NEAR):span[0]], text[span[1]:span[1] + NEAR]
    return bool((CUT_BEFORE.search(before) and text[span[0]].isdigit()) or (CUT_AFTER.match(after) and text[span[1] - 1].isdigit()))


def one_slip(a: str, b: str) -> bool:
    return not set(neighbours(digits(a))).isdisjoint(neighbours(digits(b)))


def another_thing(layout: Layout, row: Claim, claim: Claim, comparison: Comparison) -> bool:
    """Whether the text tells another thing than the result of a row: its target, the share of one body of several, or what stands beside the
    row's own result."""
    if claim.origin != "narrative":
        return False
    return planned(layout, row, claim) or of_one_body(layout, row, claim) or told_beside(layout, row, claim, comparison)


def of_one_body(layout: Layout, row: Claim, claim: Claim) -> bool:
    """Whether a result is one of several in a row, each under its own body: 生产力促进中心66件、青石大学|29件|、县水务局16件发明专利授权."""
    name, own = name_of(claim), name_of(row)
    if name == own or not name.endswith(own):
        return False
    (start, end), seen = claim.spans["actual"], layout.document.text
    return bool(LISTED_BEFORE.search(clean(seen, (max(0, start - BESIDE), start))) or LISTED_AFTER.match(clean(seen, (end, end + BESIDE))))


def told_beside(layout: Layout, row: Claim, claim: Claim, comparison: Comparison) -> bool:
    """Whether the paragraph of a claim tells the row's own result as well: figures in other digits than a slip would have, words told of
    the indicator (有所提升 as its 指标值, 显著提升 as its 完成值)."""
    at = bisect_right(layout.paragraphs, claim.span[0], key=lambda p: p.span[0]) - 1
    result, told = (squeezed(getattr(c.fields, "actual", None) or "") for c in (row, claim))
    if at < 0 or not result:
        return False
    text = squeezed(clean(layout.document.text, layout.paragraphs[at].span))
    if comparison.tier == "numeric":
        return not one_slip(result, told) and re.search(rf"(?<![\d.]){re.escape(result)}", text) is not None
    name = re.escape(name_of(row))
    return re.search(rf"(?:{name}|完成值|实际|结果|达到)(?:(?!指标|目标|标准|预期).){{0,{WORDS}}}{re.escape(result)}", text) is not None


def planned(layout: Layout, row: Claim, claim: Claim) -> bool:
    """Whether a sentence tells the target of a row where its result was looked for: 年初安排|180部 of a row ≥180部, 163部."""
    target, told = numeric(getattr(row.fields, "target", None) or ""), numeric(getattr(claim.fields, "actual", None) or "")
    if not (target and told and target.value == told.value and claim.origin == "narrative"):
        return False
    start, end = claim.spans["actual"]
    sentence = clean(layout.document.text, (max(claim.span[0] - BESIDE, start - LONG, 0), start))
    return PLANNED.search(sentence[sentence.rfind("。") + 1:]) is not None or AFTER.match(clean(layout.document.text, (end, end + 6))) is not None


def judged(a: str, b: str, field: str, kind: str) -> Comparison | None:
    """`compare`, with what words may contradict one another told apart from what merely reads otherwise."""
    if kind == "restated":
        return compare(a, b, mixed=field == "target")
    if field == "actual" and (within(a, b) or within(b, a) or points_for_result(a, b)):
        return None
    told = compare(a, b, mixed=False)
    if (told and (told.verdict == "consistent" or days(a, b))) or (numeric(a) and numeric(b)):
        return told
    if field == "target":
        return Comparison("conflict", "value") if RELATIVE.match(b) else None
    if field != "actual":
        return None
    default = bool(DEFAULT.search(b)) != bool(DEFAULT.search(a))
    relative = bool(RELATIVE.match(a)) != bool(RELATIVE.match(b)) and bool(numeric(a) or numeric(b))
    return Comparison("conflict", "value") if default or relative or opposed(a, b) else None


def within(bound: str, result: str) -> bool:
    """Whether one telling only bounds what the other states: 不少于95%, 98%."""
    x, y = numeric(bound), numeric(result)
    if not (x and y and x.op and not y.op and x.kind == y.kind):
        return False
    least, reached = Decimal(str(x.value)), Decimal(str(y.value))
    return (x.op in {">=", ">"} and reached >= least) or (x.op in {"<=", "<"} and reached <= least)


def points_for_result(a: str, b: str) -> bool:
    """Whether one telling is points and the other is not: the score beside an indicator that tells no result."""
    x, y = numeric(a), numeric(b)
    return bool(x and y and (x.unit == "分") != (y.unit == "分"))


def of_unit(layout: Layout, row: Claim, claim: Claim, field: str) -> Check | None:
    """人次 counted and 人 told: the name of the indicator says what its number counts."""
    name, said = getattr(row.fields, "name", ""), getattr(claim.fields, field, None)
    value, told = numeric(getattr(row.fields, field, None) or ""), numeric(said or "")
    if not (value and told and told.unit == "人" and value.value == told.value and ("人次" in name or value.unit == "人次")):
        return None
    end = claim.spans[field][1]
    if clean(layout.document.text, (end, end + NEAR)).startswith("次"):  # 230人⏎次
        return None
    return agreement(layout, "unit", [quote(layout, row.spans[field]), quote(layout, row.spans["name"])],
                     quote(layout, claim.spans[field]), verdict="conflict", tier="numeric", computed=f"{value.value:f}人次",
                     note=f"{name} 计人次，文中作 {said}", claims=(row.id, claim.id))
