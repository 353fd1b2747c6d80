"""Sentences of one report in, those out whose own figures cannot all be: a rest that is no rest, a rate of other figures, a grade that its
score does not give. The checks of a report prove more of the kind and go first; these are short enough to need no layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from hedui.research.mining.contradictions_patterns import GRADE, SPENT_LEFT
from hedui.research.mining.contradictions_told import Denial, Side
from hedui.research.mining.sieve import Sieve
from hedui.research.mining.words import KEPT_TEXTS, fold

__all__ = ["sums_in"]

Row = Mapping[str, Any]
GRADES = (("优", Decimal(90), Decimal(101)), ("良", Decimal(80), Decimal(90)), ("中", Decimal(60), Decimal(80)), ("差", Decimal(0), Decimal(60)))
NUMBER = r"\d[\d,]*(?:\.\d+)?"
# 收回问卷200份，满意172份，满意度90%
SURVEY = re.compile(rf"(?:收回|回收|有效)(?:有效)?问卷[^\d。]{{0,6}}(?P<whole>{NUMBER})份[^\d。]{{0,12}}"
                    rf"满意[^\d。]{{0,6}}(?P<part>{NUMBER})[份人][^\d。]{{0,10}}(?:满意[度率])[^\d。]{{0,4}}(?P<rate>{NUMBER})%")
# 年初预算200万元，追加50万元，调整后预算240万元
ADJUSTED = re.compile(rf"(?:年初|批复|原)[^\d。;]{{0,6}}预算[^\d。;]{{0,4}}(?P<first>{NUMBER})万元[,，][^\d。;]{{0,6}}(?P<sign>追加|增加|"
                      rf"调增|调减|压减|核减)[^\d。;]{{0,4}}(?P<more>{NUMBER})万元"
                      rf"[,，][^\d。;]{{0,4}}调整后[^\d。;]{{0,8}}(?P<last>{NUMBER})万元")
# 应到位资金500万元，实际到位480万元，到位率98% · 应参保8.6万人，实际参保8.17万人，参保率96% · 到位900万元，到位率100%，而应到位1000万元
RATE = re.compile(rf"(?:应|计划|目标|预算|下达|"
                  rf"安排)[^\d。;%]{{0,10}}(?P<whole>{NUMBER})(?P<unit>[^\d,，。;%]{{1,4}})[,，;][^\d。;%]{{0,3}}(?:实际|已|共|全年|支出|"
                  rf"执行|到位|完成)[^\d。;%]{{0,8}}"
                  rf"(?P<part>{NUMBER})(?P=unit)[,，][^\d。;%]{{0,6}}率[^\d。;%]{{0,4}}(?P<rate>{NUMBER})%")
TURNED = re.compile(rf"(?:到位|支出|完成|"
                    rf"执行)[^\d。;%]{{0,8}}(?P<part>{NUMBER})(?P<unit>[^\d,，。;%]{{1,4}})[,，][^\d。;%]{{0,6}}率[^\d。;%]{{0,4}}(?P<rate>{NUMBER})%[,，][^\d。;%]{{0,4}}(?:应|计划|预算)[^\d。;%]{{0,10}}"
                    rf"(?P<whole>{NUMBER})(?P=unit)")
# 由2万人次增至2.3万人次，增长18% · 4.5万亩，上年为4.0万亩，增长10.5%
GROWN = re.compile(rf"[由从](?P<old>{NUMBER})(?P<unit>[^\d,，。;%]{{1,4}})[^\d。;,，]{{0,4}}(?:增[至到加]|提高到|"
                   rf"上升到)[^\d。;,，]{{0,4}}(?P<new>{NUMBER})(?P=unit)[,，][^\d。;%]{{0,4}}增[长幅][^\d。;%]{{0,3}}(?P<rate>{NUMBER})%")
SINCE = re.compile(rf"(?P<new>{NUMBER})(?P<unit>[^\d,，。;%]{{1,4}})[,，](?:上年|去年|"
                   rf"上年同期)[^\d。;,，]{{0,6}}(?P<old>{NUMBER})(?P=unit)[,，](?:同比)?增[长幅][^\d。;%]{{0,3}}(?P<rate>{NUMBER})%")
# 产出30分得28分，效益40分得37分，…总得分95分
PART, TOTAL = re.compile(rf"得分?(?P<part>{NUMBER})分"), re.compile(rf"(?:总得分|总分|合计得?分?|综合得分)(?:为|共|共计|[:：])?(?P<total>{NUMBER})分")
# 下达资金860万元，其中中央500万元、省级200万元、县级150万元
LEVELS = re.compile(rf"(?P<total>{NUMBER})(?P<unit>万元|亿元|元)[,，(（][^\d。;]{{0,4}}其中[:：,，]?(?P<parts>(?:[、,，]?(?:中央|省级?|"
                    rf"自治区级?|市级?|州级?|县级?|区级?|地方|自筹|其他)[^\d。;、,，]{{0,8}}{NUMBER}(?P=unit)){{2,}})(?=[。;；)）]|$)")
# 现将2021年度…自评情况报告如下
OF_YEAR = re.compile(r"现[将就](?P<year>(?:19|20)\d{2})年度?[^。;]{0,30}(?:自评|评价|绩效)[^。;]{0,12}(?:如下|报告|说明)|^(?P<other>(?:19|"
                     r"20)\d{2})年度[^。;]{2,24}自评[^。;]{0,8}如下")


def sums_in(passages: Sequence[Row]) -> Iterator[Denial]:
    """What single sentences say that cannot be, each kind once a sentence."""
    for row in passages:
        if row["kind"] == "sentence":
            yield from (found for at in kinds_in(row["text"]) if (found := KINDS[at][0](row, fold(row["text"]))))


@cache
def sieve() -> Sieve:
    """The patterns of all kinds, one kind's after the other's."""
    return Sieve([pattern for _, several in KINDS for pattern in several])


@lru_cache(KEPT_TEXTS)
def kinds_in(words: str) -> tuple[int, ...]:
    """The kinds any pattern of which matches in a text."""
    if not any(map(str.isdigit, words)):
        return ()
    text, patterns = fold(words), sieve().patterns
    matched = {patterns[at] for at in sieve().passed(text) if patterns[at].search(text)}
    return tuple(at for at, (_, several) in enumerate(KINDS) if not matched.isdisjoint(several))


def denial(row: Row, match: re.Match[str], theme: str, topic: str, first: str, second: str, severity: str = "high", score: float = 0.7) -> Denial:
    return Denial(theme=theme, topic=topic, severity=severity, score=score, first=Side(row=row, start=match.start(first), end=match.end(first)),
                  second=Side(row=row, start=match.start(second), end=match.end(second)))


def value(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def last_place(figure: str) -> Decimal:
    """One unit of the last digit of a figure.

    >>> last_place("24.0"), last_place("1,240")
    (Decimal('0.1'), Decimal('1'))
    """
    return Decimal(1).scaleb(-len(figure.partition(".")[2]))


def off(part: str, whole: str, rate: str) -> bool:
    """Whether `part / whole` is not the rate in percent, be it rounded or cut off."""
    return bool(value(whole)) and abs(value(part) / value(whole) * 100 - value(rate)) > last_place(rate)


def graded(row: Row, text: str) -> Denial | None:
    """A grade beside a score (财预〔2020〕10号: 优 from 90, 良 from 80, 中 from 60)."""
    match = GRADE.search(text)
    given = next((name for name, low, high in GRADES if low <= Decimal(match["score"]) < high), None) if match else None
    wrong = match and given and given != match["grade"] and not re.search(r"满分(?!100)", text[:match.start()])
    return denial(row, match, "score", "grade", "score", "grade", "medium") if wrong and match else None


def rest(row: Row, text: str) -> Denial | None:
    match = SPENT_LEFT.search(text)
    if not match:
        return None
    whole, spent, left = (value(match[name]) for name in ("whole", "spent", "left"))
    wrong = whole >= spent and abs(whole - spent - left) > max(last_place(match[name]) for name in ("whole", "spent", "left"))
    return denial(row, match, "funds", "rest", "spent", "left") if wrong else None


def surveyed(row: Row, text: str) -> Denial | None:
    match = SURVEY.search(text)
    return denial(row, match, "satisfaction", "survey_sum", "part", "rate") if match and off(match["part"], match["whole"], match["rate"]) else None


def adjusted(row: Row, text: str) -> Denial | None:
    match = ADJUSTED.search(text)
    if not match:
        return None
    change = value(match["more"]) * (-1 if match["sign"] in ("调减", "压减", "核减") else 1)
    wrong = abs(value(match["first"]) + change - value(match["last"])) > max(last_place(match[name]) for name in ("first", "more", "last"))
    return denial(row, match, "funds", "adjusted", "more", "last") if wrong else None


def rated(row: Row, text: str) -> Denial | None:
    match = RATE.search(text) or TURNED.search(text)
    if match and value(match["rate"]) == 100 and value(match["part"]) >= value(match["whole"]):
        return None  # more than all is told as all
    return denial(row, match, "rate", "ratio", "part", "rate") if match and off(match["part"], match["whole"], match["rate"]) else None


def grown(row: Row, text: str) -> Denial | None:
    match = GROWN.search(text) or SINCE.search(text)
    if not match or not value(match["old"]):
        return None
    # the old figure may be rounded: let its last digit be off by half
    low, high = ((value(match["new"]) / (value(match["old"]) + step * last_place(match["old"]) / 2) - 1) * 100 for step in (1, -1))
    room = last_place(match["rate"])
    return denial(row, match, "rate", "growth", "new", "rate") if not low - room <= value(match["rate"]) <= high + room else None


def scored(row: Row, text: str) -> Denial | None:
    match = TOTAL.search(text)
    parts = [value(one["part"]) for one in PART.finditer(text) if not match or not match.start() <= one.start() < match.end()]
    wrong = match and len(parts) >= 3 and sum(parts) != value(match["total"]) and abs(sum(parts) - value(match["total"])) < 20
    return denial(row, match, "score", "parts", "total", "total") if wrong and match else None


def levelled(row: Row, text: str) -> Denial | None:
    match = LEVELS.search(text)
    if not match:
        return None
    parts = [value(one) for one in re.findall(rf"({NUMBER}){match['unit']}", match["parts"])]
    gap = abs(sum(parts) - value(match["total"]))
    return denial(row, match, "funds", "levels", "total", "parts") if last_place(match["total"]) < gap < value(match["total"]) / 4 else None


def of_year(row: Row, text: str) -> Denial | None:
    match = OF_YEAR.search(text)
    name = "year" if match and match["year"] else "other"
    told, own = match and int(match[name]), row.get("report_year")
    return denial(row, match, "period", "of_year", name, name, "low") if match and own and told != int(own) else None


# each kind with the patterns one of which matches where it finds anything
KINDS = ((graded, (GRADE,)), (rest, (SPENT_LEFT,)), (surveyed, (SURVEY,)), (adjusted, (ADJUSTED,)), (rated, (RATE, TURNED)), (grown, (GROWN, SINCE)),
         (scored, (TOTAL,)), (levelled, (LEVELS,)), (of_year, (OF_YEAR,)))
