"""Sentences of one report in, figures out that are told of one thing twice and differ as a slip of the pen would make them: digits
changed round, one digit another, the unit a power of ten off. What the checks of a report have told already is not told again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from hedui.across.names_patterns import CITED
from hedui.research.mining.contradictions_told import Denial, Side
from hedui.research.mining.words import KEPT_TEXTS, fold

__all__ = ["results_apart", "slips_in", "targets_apart"]

Row = Mapping[str, Any]
# 全年共发放补助资金|36|万元
TOLD = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,12})(?:为|是|达到?|共计?|约|[:：]|≥|≤)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>%|万元|亿元|元|"
                  r"分|万人次|万人|人次|万户|(?![年月日号第])[\u4e00-\u9fff])")
WEAK = re.compile(r"(?:全年|本年度?|累计|共计?|总计|合计|实际|完成|达到?|实现|为|是|约|了|已|均|的|其中|发放|年末|截至)+$|^(?:全年|本年度?|"
                  r"累计|共|总计|合计|实际|综上|其中|年末|截至)+")
TOTAL = re.compile(r"(?:总|综合|最终|自评|评价)得?[评分]?分?$|总分$|(?:自评|综合|评价)(?:总)?得分$")
OTHER = re.compile(r"上年|去年|同比|比上|增长|减少|增加|下降|目标|计划|预算|每|人均|户均|标准|不低于|不少于|以上")
SCALES = ({"万元", "元"}, {"亿元", "万元"}, {"万人", "人"}, {"人次", "人"}, {"万人次", "万人"}, {"万户", "户"})
LEAST_DIGITS, LEAST_NAME, LEAST_PART = 3, 2, 4
# 年度目标为|建成驿站|8|个 · 计划补贴|120|户
PLANNED = re.compile(r"(?<![比较于过达])(?:年初|年度|绩效)?(?:目标值?|计划|任务数?|指标值)(?:为|是|[:：])?(?:不低于|不少于|"
                     r"≥)?(?:(?![多少超低高差增减剩由])[\u4e00-\u9fff]){0,10}?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>%|[\u4e00-\u9fff](?!月|"
                     r"年|日|号|\d))")
TARGET = re.compile(r"^(?:≥|≤|不低于|不少于|不超过|=|＝)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[%\u4e00-\u9fff])$")
STEM = re.compile(r"(?:数量|人数|户数|个数|次数|场次|长度|面积|数)$|^(?:新增|新建|完成)")
FIGURE = re.compile(r"^(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[%\u4e00-\u9fff]{1,4})$")


class Told(NamedTuple):
    """A figure with what it is called; `digits` without point and commas."""

    row: Row
    start: int
    end: int
    name: str
    number: str
    unit: str

    @property
    def digits(self) -> str:
        return re.sub(r"[,.]", "", self.number).strip("0")


def slips_in(passages: Sequence[Row]) -> Iterator[Denial]:
    """Pairs of figures of one name and unit in different sentences, that no list of like things explains."""
    groups: defaultdict[str, list[Told]] = defaultdict(list)
    for row in passages:
        if row["kind"] == "sentence":
            for start, end, name, number, unit in figures_told(row["text"]):
                groups[name].append(Told(row, start, end, name, number, unit))
    for found in groups.values():
        spread = Counter(one.number + one.unit for one in found)
        if len(spread) != 2:
            continue
        for one, two in combinations(found, 2):
            if one.row is not two.row and (one.number, one.unit) != (two.number, two.unit) and (slip(one, two) or rescaled(one, two)):
                theme = "unit" if one.unit != two.unit else theme_of(one)
                yield Denial(theme=theme, topic="slip", severity="medium", score=0.65, first=Side(row=one.row, start=one.start, end=one.end),
                             second=Side(row=two.row, start=two.start, end=two.end))
                break


@lru_cache(KEPT_TEXTS)
def figures_told(words: str) -> tuple[tuple[int, int, str, str, str], ...]:
    """Start, end, name, number and unit of the figures of a text."""
    text = fold(words)
    if not any(map(str.isdecimal, text)):
        return ()
    text = CITED.sub(lambda match: " " * len(match[0]), text)
    return tuple((match.start("number"), match.end(), key_of(name), match["number"], match["unit"]) for match in TOLD.finditer(text)
                 if len(name := WEAK.sub("", WEAK.sub("", match["name"]))) >= LEAST_NAME
                 and not OTHER.search(text[max(0, match.start() - 8):match.start("number")].replace("预算执行率", "")))


@lru_cache(KEPT_TEXTS)
def plans_told(words: str) -> tuple[str, tuple[re.Match[str], ...]]:
    """A text folded and without citations, and what it tells as planned."""
    text = CITED.sub("", fold(words)) if any(map(str.isdecimal, fold(words))) else ""
    return text, tuple(PLANNED.finditer(text))


def key_of(name: str) -> str:
    """What a figure is known by: a total score is one whatever it is called, a rate by its last three characters.

    >>> key_of("综合得分"), key_of("预算执行率"), key_of("食堂从业人员培训")
    ('总分', '执行率', '人员培训')
    """
    return "总分" if TOTAL.search(name) else name[-3:] if name.endswith("率") else name[-4:]


def slip(one: Told, two: Told) -> bool:
    """One unit, as many digits with the point at one place, and the same digits in another order or one of them another."""
    a, b = one.number.replace(",", ""), two.number.replace(",", "")
    if one.unit != two.unit or a.find(".") != b.find(".") or len(a) != len(b) or min(len(one.digits), len(two.digits)) < LEAST_DIGITS:
        return False
    differ = sum(x != y for x, y in zip(a, b, strict=True))
    return (sorted(a) == sorted(b) and differ == 2) or (differ == 1 and len(one.digits) > LEAST_DIGITS + 1)


def rescaled(one: Told, two: Told) -> bool:
    """The same digits under units of two scales."""
    return one.number.replace(",", "") == two.number.replace(",", "") and {one.unit, two.unit} in SCALES and len(one.digits) >= 2


def results_apart(claims: Sequence[Row], passages: Sequence[Row]) -> Iterator[Denial]:
    """Results of indicators that the text tells otherwise than the table, by a slip, where the name in the text is a part of that in the table."""
    indicators = [claim for claim in claims if claim["type"] == "indicator" and claim["name"] and claim["actual"]]
    tabled = [claim for claim in indicators if claim["origin"] == "table"]
    for claim in (one for one in indicators if one["origin"] == "narrative"):
        alike = [other for other in tabled if len(claim["name"]) >= LEAST_PART and claim["name"] != other["name"] and claim["name"] in other["name"]]
        if len(alike) != 1:
            continue
        rows = [next((row for row in passages if row["start"] <= one["start"] < row["end"]), None) for one in (claim, alike[0])]
        numbers = [FIGURE.search(fold(one["actual"])) for one in (claim, alike[0])]
        if None in rows or None in numbers or rows[0] is rows[1]:
            continue
        one, two = (Told(row, 0, len(row["text"]), claim["name"], number["number"], number["unit"])  # type: ignore[index, arg-type]
                    for row, number in zip(rows, numbers, strict=True))
        shuffled = one.unit == two.unit and one.digits != two.digits and sorted(one.digits) == sorted(two.digits)
        if slip(one, two) or shuffled:
            at = fold(one.row["text"]).find(one.number)
            yield Denial(theme="result", topic="slip", severity="high", score=0.7, second=Side(row=two.row, start=0, end=len(two.row["text"])),
                         first=Side(row=one.row, start=max(at, 0), end=max(at, 0) + len(one.number + one.unit)))


def targets_apart(claims: Sequence[Row], passages: Sequence[Row]) -> Iterator[Denial]:
    """Targets that a sentence tells otherwise than the table: its only indicator of that stem and unit."""
    tabled = [(claim, stem, number) for claim in claims if claim["type"] == "indicator" and claim["origin"] == "table" and claim["target"]
              and len(stem := STEM.sub("", claim["name"] or "")) >= LEAST_NAME and (number := TARGET.match(fold(claim["target"])))]
    for row in passages if tabled else ():
        text, plans = plans_told(row["text"]) if row["kind"] == "sentence" else ("", ())
        for match in plans:
            alike = [one for one in tabled if one[1] in text[:match.end()] and one[2]["unit"] == match["unit"]]
            if len(alike) != 1 or alike[0][1] not in text[max(0, match.start() - LEAST_PART * 4):match.end() + 2]:
                continue
            claim, _, number = alike[0]
            if number["number"] in (match["number"], match["number"].replace(",", "")) or match["number"] in fold(claim["actual"] or ""):
                continue
            other = next((one for one in passages if one["start"] <= claim["start"] < one["end"]), None)
            if other:
                first = Side(row=row, start=match.start("number"), end=match.end())
                yield Denial(theme="target", topic="plan", severity="medium", score=0.6, first=first,
                             second=Side(row=other, start=0, end=len(other["text"])))


def theme_of(one: Told) -> str:
    if "满意" in one.name:
        return "satisfaction"
    return "funds" if one.unit.endswith("元") else "rate" if one.unit == "%" else "score" if one.unit == "分" else "result"
