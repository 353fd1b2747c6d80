"""The passages of one report in, what it says in one place and denies in another out, where no figure need stand on either side."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
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
from hedui.research.mining.sieve import Sieve
from hedui.research.mining.words import KEPT_TEXTS, fold, table_of

__all__ = ["Denial", "Side", "denials_in", "side_of"]

Row = Mapping[str, Any]
Piece = tuple[Row, re.Match[str], str]
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Sayings:
    """What a sentence says by its words alone, whichever report it stands in: by topic what it affirms and denies, what it boasts of, calls
    content or tells as not done. `text` is folded."""

    text: str
    affirms: tuple[tuple[int, re.Match[str]], ...]
    denies: tuple[tuple[int, re.Match[str]], ...]
    boast: re.Match[str] | None
    content: re.Match[str] | None
    short: re.Match[str] | None


@cache
def sieve() -> Sieve:
    """Both sides of all topics, then BOAST, CONTENT and SHORT."""
    return Sieve([*(one.affirms for one in topics()), *(one.denies for one in topics()), BOAST, CONTENT, SHORT])


@lru_cache(KEPT_TEXTS)
def sayings(words: str) -> Sayings:
    """What is said by a text; texts that come again are read once."""
    text = fold(words)
    many, all_patterns = len(topics()), sieve().patterns
    matches = {at: match for at in sieve().passed(text) if (match := all_patterns[at].search(text))}
    but = bool(BUT.search(text)) if matches else False
    boast, content, short = (matches.get(many * 2 + at) for at in range(3))
    return Sayings(
        text=text,
        affirms=tuple((at, match) for at, match in matches.items() if at < many and not but and affirmed(topics()[at], text, match)),
        denies=tuple((at - many, match) for at, match in matches.items() if many <= at < many * 2 and not NOT_SAID.search(text[:match.start()])
                     and not topics()[at - many].affirms.search(text[match.start():match.end()])),
        boast=boast if boast and meant(text, boast) else None, content=content,
        short=short if short and not SETTLED.search(text[short.end():]) and not re.search(r"如|若|凡|对", text[:short.start()][-8:]) else None)


def affirmed(topic: Topic, text: str, match: re.Match[str]) -> bool:
    """Whether what reads like an affirmation is one."""
    return not (conditional(text, match) or WANTING.search(match[0]) or (topic.topic == "spent" and PARTIAL.search(clause(text, match))))


def denials_in(passages: Sequence[Row], missed: Sequence[Row] = (), boasts_told: bool = False) -> Iterator[Denial]:
    """What the passages of one report affirm and deny. `missed` are the rows of indicators that miss their target, with `name`, `text` and
    span; where the checks have told already that a boast is wrong (`boasts_told`), none is held against them again."""
    rows = [(row, sayings(row["text"])) for row in passages if row["kind"] != "heading" or "：" in row["text"]]
    said: defaultdict[int, list[Piece]] = defaultdict(list)
    against: defaultdict[int, list[Piece]] = defaultdict(list)
    for row, told in rows:
        for at, match in told.affirms if row["kind"] != "row" else ():
            said[at].append((row, match, told.text))
        for at, match in told.denies:
            against[at].append((row, match, told.text))
    for at, topic in enumerate(topics()):
        if at in said and at in against:
            yield from of_topic(topic, said[at], against[at])
    yield from of_boasts([one for one in rows if one[0]["kind"] != "row"], missed, boasts_told)


def of_topic(topic: Topic, said: Sequence[Piece], against: Sequence[Piece]) -> Iterator[Denial]:
    """The first affirmation and what denies it, `MOST` denials at most."""
    for row, match, text in [one for one in against if not settled(one[0], one[2], one[1])][:MOST]:
        first = next(((r, m) for r, m, other in said if r is not row and same_level(other, text)), None)
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


def of_boasts(rows: Sequence[tuple[Row, Sayings]], missed: Sequence[Row], told: bool) -> Iterator[Denial]:
    boasts = [(row, one.text, one.boast) for row, one in rows if one.boast]
    for row, text, match in boasts:
        level = LEVELS.search(clause(text, match))
        theme = "satisfaction" if level and level[1] == "满意度" else "completion"
        hit = None if told else next((m for m in missed if "执行率" not in str(m["name"])
                                      and (not level or not m.get("level1") or level[1] in str(m["level1"]))), None)
        if hit and not (level and level[1] == "满意度" and "满意" not in str(hit["name"])) and alike_enough(text, match, str(hit["name"])):
            yield Denial(theme="satisfaction" if "满意" in str(hit["name"]) and level else theme, topic="missed", severity="high", score=0.8,
                         first=side_of(row, match), second=side_of(hit))
            break
    hit = next((m for m in missed if "满意" in str(m["name"])), None)
    for row, one in rows if hit else ():
        if hit and one.content and not re.search(r"未达|没有达到", one.text):
            yield Denial(theme="satisfaction", topic="missed", severity="high", score=0.85, first=side_of(row, one.content), second=side_of(hit))
            break
    yield from of_shortfalls(rows, boasts)


def meant(text: str, match: re.Match[str]) -> bool:
    """Whether a boast is one: without exceptions, not of some among others (13个中有12个按期完成), and told as done."""
    before = text[:match.start()]
    return not (BUT.search(clause(text, match)) or EXCEPT.search(before) or UNTOLD.search(before) or re.match(r"了?\d", text[match.end():]))


def of_shortfalls(rows: Sequence[tuple[Row, Sayings]], boasts: Sequence[tuple[Row, str, re.Match[str]]]) -> Iterator[Denial]:
    """Boasts beside sentences that tell of what is not done, each of them once."""
    short = [(row, one.text, one.short) for row, one in rows if one.short and not settled(row, one.text, one.short)] if boasts else []
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
