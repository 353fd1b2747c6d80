"""Figures that look like slips of the pen: the same thing told twice with two digits changed places or one digit other.

A number told of another year, or with more than one slip, is another fact. The words around both must have enough in common;
those around a number in a table are the name of its row. Where one phrase tells many numbers (a line for each town or
quarter), or words of the one side are the opposite of the other's (收入, 支出), close numbers are no slip.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import combinations, takewhile
from typing import NamedTuple

from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Fund, Indicator, Mention
from hedui.reconcile.agreement.compare import compare
from hedui.reconcile.agreement.facts import Fact, common_end, in_paragraphs
from hedui.reconcile.agreement.told import MISWRITTEN, agreement
from hedui.reconcile.agreement.units import counted
from hedui.reconcile.agreement.word_lists import opposites
from hedui.reconcile.numerals import digits, neighbours, significant, turned
from hedui.reconcile.phrases import numeric, squeezed
from hedui.reconcile.places import part_of
from hedui.reconcile.quotes import quote
from hedui.view import clean

__all__ = ["OTHER_TIME", "slip_checks", "table_facts"]

NAME, SIGNIFICANT, MANY, SERIES = 4, 3, 4, 3
# how far about a number others keep it company, and how many kinds of them must differ for another event
AROUND, COMPANY = 100, 2
LINK = re.compile(r"(?:分别)?(?:约)?(?:为|是|达到?|至|到|共计?|合计|总计|累计|共有|有|[:,])+$")
# numbers of another time, of a part, or that the sentence sets against the other
OTHER_TIME = re.compile(r"(?:上年|去年|上一年|年初|计划|目标|原|应|增加|减少|同期|任务|标准|每[生人户亩]|人均|亩均)[^,。;]{0,6}$")
YEAR = re.compile(r"20\d\d(?=年)")
# 中央补助资金179万元，其中支出|172万元: what was spent is less than what there was
USED = re.compile(r"支出|执行|使用|支付|拨付")
SUBJECT = re.compile(r"[镇乡村市县区州旗局院校所站园]")
PERSONS = frozenset({"人", "人次"})


class Telling(NamedTuple):
    """A number with the words around it: of running text, or of a row of a table (its name)."""

    span: Span
    text: str
    numeral: str
    unit: str
    words: str
    place: int
    part: int
    claim: str | None = None
    before: str = ""
    company: frozenset[tuple[str, str]] = frozenset()


def sizeable(mention: Mention, numeral: str) -> bool:
    """Whether a round sum of money has digits enough to turn two of them: 5200万元."""
    return mention.label == "AMOUNT" and len(numeral) >= MANY and significant(numeral) > 1


def bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i:i + 2] for i in range(len(text) - 1))


def likely_slip(a: Telling, b: Telling, *, listed: bool = False) -> bool:
    """Whether the words around two numbers one slip apart make them one fact: digits that changed places want one shared
    word, an odd digit more of them, and the more the shorter the number. Of a phrase `listed` with many numbers, only long
    ones with digits changed can be one."""
    if contrary(a.words, b.words) or (a.before and b.before and of_two(a.before, b.before)) or other_company(a, b):
        return False
    if listed and not (turned(a.numeral, b.numeral) and significant(a.numeral) >= MANY):
        return False
    shared = len(bigrams(a.words) & bigrams(b.words)) - (a.part != b.part)
    if min(significant(a.numeral), significant(b.numeral)) < SIGNIFICANT:
        return turned(a.numeral, b.numeral) and shared >= 1 and (a.words in b.words or b.words in a.words)
    if turned(a.numeral, b.numeral):
        return shared >= (1 if significant(a.numeral) >= MANY else 2)
    if a.unit == "CNY" and a.before and b.before and bool(USED.search(a.words)) != bool(USED.search(b.words)):
        return False
    return shared >= (2 if significant(a.numeral) > MANY else 4)


def contrary(a: str, b: str) -> bool:
    """Whether one side of a pair of opposites stands beside each number: 本年收入合计 and 本年支出合计.

    >>> contrary("本年收入合计", "本年支出合计"), contrary("收、支总计", "支出总计")
    (True, False)
    """
    return any((x in a) != (x in b) and (y in a) != (y in b) and (x in a) != (y in a)
               for group in opposites() for x, y in combinations(group, 2))


def other_company(a: Telling, b: Telling) -> bool:
    """Whether what stands around two numbers counts the same kinds of things and none of them as often: 58名…6个组…241户 and 28名…4个组…
    296户 tell of two outings."""
    kinds = {unit for unit, _ in a.company} & {unit for unit, _ in b.company}
    return len(kinds) >= COMPANY and a.company.isdisjoint(b.company)


def of_two(a: str, b: str) -> bool:
    """Whether one phrase stands behind two places or bodies: 城关镇参保 and 沙河镇参保."""
    n = common_end(a, b)
    left, right = a[:len(a) - n], b[:len(b) - n]
    return bool(left and right) and (SUBJECT.match(a[len(a) - n:]) or (SUBJECT.match(left[-1]) and SUBJECT.match(right[-1]))) is not None


def phrase(telling: Telling) -> tuple[str, str]:
    """What a number is told of, by the end of the words before it and those behind it, or the name of its row."""
    after = telling.words.removeprefix(telling.before)
    return telling.unit, telling.before[-NAME:] + after


def series_of(told: Sequence[Telling]) -> frozenset[tuple[str, str]]:
    """Phrases that tell as many different numbers as a list has lines: one for each of several places or times."""
    numerals: dict[tuple[str, str], set[str]] = defaultdict(set)
    for telling in told:
        numerals[phrase(telling)].add(telling.numeral)
    return frozenset(key for key, found in numerals.items() if len(found) >= SERIES)


def slip_checks(layout: Layout, facts: Sequence[Fact], claims: Sequence[Claim]) -> Iterator[Check]:
    """Numbers of a file one slip apart, text against text and against tables; one of the two is told nowhere else."""
    seen: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    told = sorted((*of_text(layout, facts), *of_tables(claims), *of_funds(layout, claims)), key=lambda t: t.span)
    series = series_of(told)
    raised: set[frozenset[str]] = set()
    times = Counter(telling.numeral for telling in told)
    yield from persons_and_visits(layout, told)
    for telling in told:
        listed = phrase(telling) in series
        keys = [(telling.unit, key) for key in neighbours(telling.numeral)]
        others = {t.span: t for key in keys for t in seen[key][-NAME:]}
        for other in others.values():
            pair = frozenset((telling.numeral, other.numeral))
            once = min(times[other.numeral], times[telling.numeral]) == 1
            if len(pair) == 2 and once and other.place != telling.place and pair not in raised and likely_slip(other, telling, listed=listed):
                raised.add(pair)
                yield slip(layout, other, telling)
        for key in keys:
            seen[key].append(telling)


def persons_and_visits(layout: Layout, told: Sequence[Telling]) -> Iterator[Check]:
    """One long number that a table counts in 人 and the text in 人次, or the other way round."""
    rows = {(t.numeral, t.part): t for t in told if t.claim and t.unit in PERSONS and significant(t.numeral) >= MANY}
    for telling in told:
        row = rows.get((telling.numeral, telling.part))
        if row and telling.claim is None and telling.unit in PERSONS and telling.unit != row.unit:
            a, b = quote(layout, row.span), quote(layout, telling.span)
            yield agreement(layout, "unit", [a], b, verdict="conflict", tier="numeric", computed=a.text, claims=[row.claim or ""],
                            note=f"{row.words}：自评表 {a.value} 与文中 {b.value} 数同而单位不同")


def slip(layout: Layout, a: Telling, b: Telling) -> Check:
    x, y = quote(layout, a.span), quote(layout, b.span)
    between = (a.claim is None) != (b.claim is None)
    first, second = (y, x) if between and a.claim is None else (x, y)
    return agreement(layout, "table" if between else "restated", [first], second, verdict="conflict", tier="numeric", computed=first.text,
                     note=f"{a.words[-8:] or b.words[:8]}：{first.value} ≠ {second.value}，{MISWRITTEN}", claims=[c for c in (a.claim, b.claim) if c])


def of_text(layout: Layout, facts: Sequence[Fact]) -> Iterator[Telling]:
    for n, fact in enumerate(facts):
        mention, numeral = fact.mention, digits(fact.mention.text)
        part = part_of(layout, mention.span[0])
        years = {int(y) for y in YEAR.findall(fact.before)}
        strange = layout.parts[part].year is not None and years - {layout.parts[part].year}
        short = significant(numeral) < SIGNIFICANT and not sizeable(mention, numeral)
        if mention.label == "RATE" or short or OTHER_TIME.search(fact.before) or mention.op or strange:
            continue
        before = YEAR.sub("", LINK.sub("", fact.before))
        unit = counted(mention.unit)
        yield Telling(mention.span, mention.text, numeral, unit, before + fact.after, fact.paragraph, part, before=before,
                      company=company_of(facts, n) if mention.label == "QUANTITY" else frozenset())


def company_of(facts: Sequence[Fact], n: int) -> frozenset[tuple[str, str]]:
    """The counts of other things within `AROUND` characters of fact `n` of the text, in its paragraph, as unit and number."""
    fact = facts[n]
    about = [*takewhile(partial(beside, fact), reversed(facts[max(0, n - AROUND):n])), *takewhile(partial(beside, fact), facts[n + 1:n + AROUND])]
    return frozenset((f.mention.unit, digits(f.mention.text)) for f in about if f.mention.label == "QUANTITY" and f.mention.unit != fact.mention.unit)


def beside(fact: Fact, other: Fact) -> bool:
    return other.paragraph == fact.paragraph and abs(other.mention.span[0] - fact.mention.span[0]) <= AROUND


def of_tables(claims: Sequence[Claim]) -> Iterator[Telling]:
    for claim in claims:
        said = claim.fields
        if claim.origin != "table" or not isinstance(said, Indicator) or "actual" not in claim.spans:
            continue
        value, numeral = numeric(said.actual or ""), digits(said.actual or "")
        if value and value.kind != "RATE" and value.unit and significant(numeral) >= SIGNIFICANT:
            yield Telling(claim.spans["actual"], said.actual or "", numeral, counted(value.unit), said.name,
                          -1 - (claim.grid or 0), claim.part, claim.id)


def of_funds(layout: Layout, claims: Sequence[Claim]) -> Iterator[Telling]:
    """Amounts of tables, with what the row is for; long ones only, as their columns are not told."""
    for claim in claims:
        said = claim.fields
        if claim.origin == "table" and isinstance(said, Fund) and "yuan" in claim.spans:
            text = clean(layout.document.text, claim.spans["yuan"])
            numeral = digits(text)
            if significant(numeral) >= MANY:
                yield Telling(claim.spans["yuan"], text, numeral, "CNY", said.scope, -1 - (claim.grid or 0), claim.part, claim.id)


def table_facts(layout: Layout, facts: Sequence[Fact], claims: Sequence[Claim]) -> Iterator[Check]:
    """Numbers of running text told under the name of an indicator, against its row in the report's table."""
    rows: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.origin == "table" and isinstance(claim.fields, Indicator) and claim.fields.actual and len(squeezed(claim.fields.name)) >= NAME:
            rows[(claim.part, squeezed(claim.fields.name)[-NAME:])].append(claim)
    covered = {claim.spans["actual"][0] for claim in claims if claim.origin == "narrative" and "actual" in claim.spans}
    for fact in in_paragraphs(layout, facts) if rows else ():
        words = squeezed(LINK.sub("", fact.before))
        part = part_of(layout, fact.mention.span[0])
        start = fact.mention.span[0]
        named = len(words) >= NAME and not fact.before.endswith(("”", "\"", "》")) and not OTHER_TIME.search(fact.before)
        if not named or not covered.isdisjoint(range(start - 3, start + 1)):
            continue
        for claim in rows.get((part, words[-NAME:]), ()):
            said = claim.fields
            if isinstance(said, Indicator) and words.endswith(squeezed(said.name)) and (check := held(layout, claim, said, fact)):
                yield check


def held(layout: Layout, claim: Claim, said: Indicator, fact: Fact) -> Check | None:
    told = numeric(said.actual or "")
    comparison = compare(said.actual or "", fact.mention.text) if told else None
    if comparison is None or told is None or isinstance(fact.mention.value, str) or fact.mention.op or fact.mention.unit == "分":
        return None
    target = numeric(said.target or "")
    if target and Decimal(str(target.value)) == fact.mention.value:
        return None
    a, b = quote(layout, claim.spans["actual"], said.actual), quote(layout, fact.mention.span)
    sign = "=" if comparison.verdict == "consistent" else "≠"
    return agreement(layout, "table", [a], b, verdict=comparison.verdict, tier="numeric", computed=a.value or "",
                     note=f"{said.name}：自评表 {a.value} {sign} {b.value}", claims=(claim.id,))
