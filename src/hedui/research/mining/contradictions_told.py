"""The passages of one report in, what it says in one place and denies in another out, where no figure need stand on either side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from hedui.research.mining.contradictions_patterns import (
    BOAST,
    BUT,
    CONTENT,
    DATED,
    EXCEPT,
    GENERIC,
    LATER,
    LEVELS,
    NOT_SAID,
    SETTLED,
    SHORT,
)
from hedui.research.mining.words import table_of
from hedui.view import fold

__all__ = ["Denial", "Side", "denials_in", "side_of"]

Row = Mapping[str, Any]
YEAR, LEVEL_WORDS = re.compile(r"(?:19|20)\d{2}(?=年)"), re.compile(r"中央|省级|市级|县级|区级|自治区")
WANTING = re.compile(r"有待|亟待|尚[待需]|需要?(?:进一步)?|及时[率性]|逐步|[准标指]值")
ALL = re.compile(r"各项|全部|所有|总体|均|都|绩效|指标|偏[离差]")
UNTOLD = re.compile(r"\d+月底?前$|将$|能$|未$|不$|没有$|应于$|中有?\d+个$")
# 上年结转资金|全部支付 · 沧浒市|已全部支付: of a part of the money
PARTIAL = re.compile(r"上年|质保|尾款|[\u4e00-\u9fff]{2}(?:市|县|区|镇|乡)(?!级)|补贴款?|工资")
MOST, RUN = 2, 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """What is affirmed and denied of one thing; a row of contradictions_cues.tsv."""

    topic: str
    theme: str
    severity: str
    strength: float
    affirms: re.Pattern[str]
    denies: re.Pattern[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A piece of a passage: the row of the passage, and from where to where in its text."""

    row: Row
    start: int
    end: int

    @property
    def text(self) -> str:
        return str(self.row["text"])[self.start:self.end]


@dataclass(frozen=True, kw_only=True, slots=True)
class Denial:
    """What is affirmed (`first`) and what denies it (`second`)."""

    theme: str
    topic: str
    severity: str
    score: float
    first: Side
    second: Side


def side_of(row: Row, match: re.Match[str] | None = None) -> Side:
    """The piece of a passage that matched; the whole where nothing is given."""
    return Side(row=row, start=match.start() if match else 0, end=match.end() if match else len(row["text"]))


@cache
def topics() -> tuple[Topic, ...]:
    return tuple(Topic(topic=topic, theme=theme, severity=severity, strength=float(strength), affirms=re.compile(affirms), denies=re.compile(denies))
                 for topic, theme, severity, strength, affirms, denies, _ in table_of("contradictions_cues"))


def denials_in(passages: Sequence[Row], missed: Sequence[Row] = (), boasts_told: bool = False) -> Iterator[Denial]:
    """What the passages of one report affirm and deny. `missed` are the rows of indicators that miss their target, with `name`, `text` and
    span; where the checks have told already that a boast is wrong (`boasts_told`), none is held against them again."""
    rows = [(row, fold(row["text"])) for row in passages if row["kind"] != "heading" or "：" in row["text"]]
    for topic in topics():
        yield from of_topic(topic, rows)
    yield from of_boasts(rows, missed, boasts_told)


def of_topic(topic: Topic, rows: Sequence[tuple[Row, str]]) -> Iterator[Denial]:
    """The first affirmation and what denies it, `MOST` denials at most."""
    said = [(row, match) for row, text in rows if row["kind"] != "row" and (match := topic.affirms.search(text)) and not BUT.search(text)
            and not conditional(text, match) and not WANTING.search(match[0])
            and not (topic.topic == "spent" and PARTIAL.search(clause(text, match)))]
    if not said:
        return
    against = [(row, match, text) for row, text in rows if (match := topic.denies.search(text)) and not NOT_SAID.search(text[:match.start()])
               and not settled(row, text, match)
               and not topic.affirms.search(text[match.start():match.end()])]
    for row, match, text in against[:MOST]:
        first = next(((r, m) for r, m in said if r is not row and same_level(fold(r["text"]), text)), None)
        if first:
            mild = 0.85 if re.search(r"部分|个别|少数", text) and topic.topic not in ("misuse", "safety") else 1.0
            yield Denial(theme=topic.theme, topic=topic.topic, severity=topic.severity, score=round(topic.strength * mild, 4),
                         first=side_of(*first), second=side_of(row, match))


def conditional(text: str, match: re.Match[str]) -> bool:
    """Whether something is asked for and not told: 确保资金及时到位."""
    return bool(re.search(r"(?:确保|保障|保证|要求|应当?|须|将|进一步|加强|严禁|不得|防止|杜绝|建议|目标)[^,。;]{0,12}$", text[:match.start()]))


def settled(row: Row, text: str, match: re.Match[str]) -> bool:
    """Whether what was wrong is told of another year, or as put right before the year of the report."""
    year = row.get("report_year")
    before = text[:match.end()]
    old = bool(year) and bool(YEAR.findall(before)) and max(map(int, YEAR.findall(before))) < int(year)  # type: ignore[arg-type]
    return old or bool(LATER.search(before) and "未动用" not in text) or bool(re.search(r"已(?:于|在)?上年|已于(?:19|20)?\d*年?前", text))


def same_level(one: str, two: str) -> bool:
    """Whether two sentences may speak of the same money: not where each names another level of government."""
    a, b = set(LEVEL_WORDS.findall(one)), set(LEVEL_WORDS.findall(two))
    return not a or not b or bool(a & b)


def of_boasts(rows: Sequence[tuple[Row, str]], missed: Sequence[Row], told: bool) -> Iterator[Denial]:
    boasts = [(row, text, match) for row, text in rows if row["kind"] != "row" and (match := BOAST.search(text)) and meant(text, match)]
    for row, text, match in boasts:
        level = LEVELS.search(clause(text, match))
        theme = "satisfaction" if level and level[1] == "满意度" else "completion"
        hit = None if told else next((m for m in missed if "执行率" not in str(m["name"])
                                      and (not level or not m.get("level1") or level[1] in str(m["level1"]))), None)
        if hit and not (level and level[1] == "满意度" and "满意" not in str(hit["name"])) and alike_enough(text, match, str(hit["name"])):
            yield Denial(theme="satisfaction" if "满意" in str(hit["name"]) and level else theme, topic="missed", severity="high", score=0.8,
                         first=side_of(row, match), second=side_of(hit))
            break
    for row, text in rows:
        content = None if row["kind"] == "row" else CONTENT.search(text)
        hit = next((m for m in missed if "满意" in str(m["name"])), None) if content else None
        if content and hit and not re.search(r"未达|没有达到", text):
            yield Denial(theme="satisfaction", topic="missed", severity="high", score=0.85, first=side_of(row, content), second=side_of(hit))
            break
    yield from of_shortfalls(rows, boasts)


def meant(text: str, match: re.Match[str]) -> bool:
    """Whether a boast is one: without exceptions, not of some among others (13个中有12个按期完成), and told as done."""
    before = text[:match.start()]
    return not (BUT.search(clause(text, match)) or EXCEPT.search(before) or UNTOLD.search(before) or re.match(r"了?\d", text[match.end():]))


def of_shortfalls(rows: Sequence[tuple[Row, str]], boasts: Sequence[tuple[Row, str, re.Match[str]]]) -> Iterator[Denial]:
    """Boasts beside sentences that tell of what is not done, each of them once."""
    short = [(row, text, match) for row, text in rows if row["kind"] != "row" and (match := SHORT.search(text))
             and not SETTLED.search(text[match.end():]) and not settled(row, text, match)
             and not re.search(r"如|若|凡|对", text[:match.start()][-8:])]
    used: set[int] = set()
    for row, text, match in boasts:
        for other, said, found in short:
            if other is row or id(other) in used or BOAST.search(said[:found.start()]):
                continue
            generic = not subject(text, match)
            if generic or shares(subject(text, match), said):
                used.add(id(other))
                dated = bool(re.search(r"\d{1,2}月|年底|年末", clause(text, match))) and bool(DATED.search(said))
                yield Denial(theme="period" if dated and not LEVELS.search(text) else "completion", topic="unfinished", severity="high",
                             score=0.75 if generic else 0.7, first=side_of(row, match), second=side_of(other, found))
                break


def clause(text: str, match: re.Match[str]) -> str:
    """The words that a match belongs to: its own clause where that names all targets or tasks, else all from the last full stop on, since what is
    done stands before the comma (居住证办理46650张，如期完成年度任务)."""
    start = max(text.rfind(stop, 0, match.start()) for stop in "。;；") + 1
    comma = text.rfind(",", start, match.start()) + 1
    end = min((at for at in (text.find(stop, match.end()) for stop in "。;；,") if at >= 0), default=len(text))
    return text[comma if comma > start and ALL.search(text[comma:end]) else start:end]


def subject(text: str, match: re.Match[str]) -> str:
    """What a boast speaks of besides targets and tasks in general; "" for everything."""
    return GENERIC.sub("", clause(text, match))


def shares(one: str, two: str) -> bool:
    """Whether two texts share a run of `RUN` characters, or the first is as short as one."""
    return any(one[at:at + RUN] in two for at in range(max(1, len(one) - RUN + 1)))


def alike_enough(text: str, match: re.Match[str], name: str) -> bool:
    """Whether a boast may speak of an indicator: of everything, or of what its name says."""
    of = subject(text, match)
    return not of or bool(LEVELS.search(clause(text, match))) or shares(of, name)
