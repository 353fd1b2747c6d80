"""Sentences and rows in, hedged and vague words out that stand where a result should: graded, with the unmet target that they hide.

`vague` tells a result by words of degree alone, `hedged` takes completion half back, `unfinished` tells of progress in place of a result, `evasive`
answers a target in figures without one, `repeats` gives a target back as the result. Words and their grades: hedge_words.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from hedui.document import Span
from hedui.reconcile.agreement.targets import comparable, missed
from hedui.reconcile.phrases import numeric, squeezed
from hedui.reconcile.sense.lexicons import degree_of
from hedui.research.mining import hedge_patterns as said
from hedui.research.mining.clauses import Clause, clauses_of
from hedui.research.mining.sieve import Sieve
from hedui.research.mining.words import Pattern, fold, patterns
from hedui.view import view

__all__ = ["Answer", "Grade", "Hedge", "hedge_of_row", "hedges_in", "unmet"]

Grade = Literal["vague", "hedged", "unfinished", "evasive", "repeats"]
SCORES: dict[str, float] = {"hedged": 0.9, "evasive": 0.85, "unfinished": 0.8, "vague": 0.6, "repeats": 0.5}
FIGURE = re.compile(r"\d|[一二三四五六七八九十两百千万]+(?=[个次项人家户所场座台套件批处])")
SHORT_OF = re.compile(r"未|没有|低于|差距|不足|少于|不到|除(?:个别|少数|部分)|部分|大多|多数|大部分|尚|略[低少逊差]")
PLAN_FIGURE = re.compile(r"(?:计划|应|目标|任务|年初|计划数|年度|要求)[^。;]*\d")
SHORT_WORDS = re.compile(r"略|差距|距离")
ASKED = re.compile(r"(?:指标值|目标值?|预期指标值)[^,。;]{0,12}(?:为|:)?[^,。;]{0,14}(?:\d|“)")
ALL = re.compile(r"各(?:县|区|市|地|项)|全部|均|按要求|按期|如期|扩大|开展|召开|完成|覆盖")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hedge:
    """A hedged phrase: its grade, its span in the text, whether it hides a target that is known to be unmet, and how much speaks for it."""

    grade: Grade
    span: Span
    hides: bool
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A target and what is told of it in a row or sentence, as written; None where nothing is told."""

    name: str
    target: str | None = None
    actual: str | None = None
    weight: str | None = None
    score: str | None = None
    reason: str | None = None


def hedges_in(text: str, span: Span | None = None, *, section: str = "", answer: Answer | None = None, missing: bool = False) -> list[Hedge]:
    """The hedges of the sentence `text[span]`, in order. `section` is the way of headings above it, `answer` what a claim of it told,
    `missing` whether its report has unmet targets, so that 总体目标基本完成 hides them.

    >>> [(h.grade, "项目目标基本实现,管理机制进一步健全。"[slice(*h.span)]) for h in hedges_in("项目目标基本实现,管理机制进一步健全。")]
    [('hedged', '基本实现'), ('vague', '进一步健全')]
    """
    seen = view(text, span)
    last = section.rsplit("›", 1)[-1]
    if said.NOT_TOLD.search(seen.text) or (said.UNTOLD_HEADS.search(last) and not re.search(r"完成|实现|结论", last)):
        return []
    at_hand = sieve().passed(seen.text)
    if not at_hand:
        return []
    words = [patterns("hedge_words")[at][:2] for at in at_hand if at < len(patterns("hedge_words"))]
    clauses = clauses_of(seen.text)
    found: list[Hedge] = []
    for n in range(len(clauses)) if words else ():
        if any(said.PLANNED.search(one.text) or said.TARGET.search(one.text) for one in clauses[:n]) and not said.RESULT.search(seen.text):
            break
        found += of_clause(seen.text, clauses, n, missing, words)
    whole = asked_and_not_told(seen.text, clauses, found)
    found = whole or found
    return [replace(one, span=seen.span(*one.span)) for one in sorted(found, key=lambda one: one.span)]


@cache
def sieve() -> Sieve:
    """All hedged words, then what asks for a result."""
    return Sieve([*(pattern for _, pattern, _ in patterns("hedge_words")), ASKED])


def of_clause(text: str, clauses: Sequence[Clause], n: int, missing: bool, words: Sequence[tuple[str, Pattern]]) -> list[Hedge]:
    clause = clauses[n]
    if said.PLANNED.search(clause.text) or (said.TARGET.search(clause.text) and not said.RESULT.search(clause.text)):
        return []
    found: list[Hedge] = []
    for grade, pattern in words:
        for match in pattern.finditer(text, clause.start, clause.end if grade != "vague" else min(clause.end + 1, len(text))):
            start, end = match.span("hedge") if match.re.groupindex.get("hedge") and match["hedge"] else match.span()
            end = min(end, clause.end)
            if any(start < other.span[1] and other.span[0] < end for other in found) or fixed(text, start, end):
                continue
            before = text[clause.start:start]
            shown = borne_out(clauses, n, start) if grade == "vague" else told_by_figures(text, clause, start, end, grade)
            if shown or said.TARGETED.search(before):
                continue
            wanted = repeats_target(clauses, n, text[start:end]) if grade == "vague" else False
            kind: Grade = "repeats" if wanted else grade  # type: ignore[assignment]
            found.append(Hedge(grade=kind, span=(start, end), hides=hides(kind, text, clause, missing), score=SCORES[kind]))
    return found


def fixed(text: str, start: int, end: int) -> bool:
    """Whether the words belong to a set phrase: 基本公共服务."""
    return any(match.start() <= start < match.end() for match in said.FIXED.finditer(text, max(0, start - 4), min(len(text), end + 8)))


def borne_out(clauses: Sequence[Clause], n: int, start: int) -> bool:
    """Whether figures of a change stand beside words of degree, in their clause or the one before."""
    near = [clauses[n].text[:start - clauses[n].start], *([clauses[n - 1].text] if n and clauses[n - 1].stop == "," else [])]
    return any(said.BORNE_OUT.search(piece) for piece in near)


def told_by_figures(text: str, clause: Clause, start: int, end: int, grade: str) -> bool:
    """Whether a hedged clause tells both figures itself: 满意度88.62%,略低于目标值90%."""
    if grade != "hedged":
        return False
    words, told, own = clause.text[start - clause.start:end - clause.start], clause.text[start - clause.start:], clause.text[:start - clause.start]
    scored = words.startswith("较") and said.MARKED.search(text, clause.end)
    return bool(scored or (SHORT_WORDS.search(words) and re.search(r"\d", told)) or re.search(r"目标值?[\d.]+|[\d.]+%?的目标", own))


def repeats_target(clauses: Sequence[Clause], n: int, words: str) -> bool:
    """指标值为持续改善,实际完成情况:持续改善."""
    told = "".join(one.text for one in clauses[max(0, n - 3):n])
    return squeezed(words) in squeezed(told) and bool(re.search(r"指标值|目标|预期", told))


def asked_and_not_told(text: str, clauses: Sequence[Clause], found: Sequence[Hedge]) -> list[Hedge]:
    """A target in figures whose sentence answers without one: 目标值为48次,实际按要求开展了巡查,完成率100%."""
    at = next((n for n, one in enumerate(clauses) if ASKED.search(one.text)), None)
    if at is None or at + 1 >= len(clauses) or any(one.grade in ("hedged", "unfinished") for one in found):
        return []
    behind = [one for one in clauses[at + 1:] if not said.DONE_ANYHOW.search(one.text)]
    if not behind or any(FIGURE.search(one.text) for one in behind) or said.PLANNED.search(text):
        return []
    target = re.search(r"“([^”]+)”", clauses[at].text)
    for one in behind:
        if target and target[1] in one.text:
            start = one.start + one.text.index(target[1])
            return [Hedge(grade="repeats", span=(start, start + len(target[1])), hides=False, score=SCORES["repeats"])]
    if not re.search(r"\d", clauses[at].text) or not ALL.search("".join(one.text for one in behind)):
        return []
    first = behind[0]
    lead = re.match(r"(?:但|而)?实际(?:完成(?:情况|值)?)?(?:为|:)?", first.text)
    start = first.start + (lead.end() if lead else 0)
    return [Hedge(grade="evasive", span=(start, first.end), hides=bool(re.search("扩大|提高", first.text)), score=SCORES["evasive"])]


def hides(grade: str, text: str, clause: Clause, missing: bool) -> bool:
    if grade in ("vague", "repeats"):
        return False
    if missing and said.WHOLE.search(clause.text):
        return True
    return bool(SHORT_OF.search(clause.text) or PLAN_FIGURE.search(text[:clause.start]))


def hedge_of_row(row: Answer) -> Grade | None:
    """The grade of what a row of a table answers to its target, None where it is plain.

    >>> hedge_of_row(Answer(name="参保率", target="≥98%", actual="基本完成")), hedge_of_row(Answer(name="机制", target="健全", actual="基本健全"))
    ('evasive', 'hedged')
    """
    target, actual = (fold(row.target or "")).strip(), (fold(row.actual or "")).strip()
    if not target or not actual or (said.FACTS.match(actual) and not re.search(r"\d", target)):
        return None
    if re.search(r"\d", target):
        if re.search(r"[≥≤<>]|以上|以下|不低于|不少于|不超过|不高于", actual) and squeezed(actual) == squeezed(target):
            return "repeats"
        zero = (figure := numeric(target)) is not None and figure.value == 0
        return None if FIGURE.search(actual) or zero else "evasive"
    if squeezed(target) == squeezed(actual):
        return "repeats"
    words = [grade for grade, pattern, _ in patterns("hedge_words") if pattern.search(actual) and grade != "vague"]
    if re.search(r"正在|尚在|仍在|尚未|在建|推进中|尚处", actual):
        return "unfinished"
    asked, told = degree_of(target), degree_of(actual)
    weaker = asked and told and asked.scale == told.scale and told.strength < asked.strength
    if words or weaker or re.match(r"较(?!上年|去年|好)|部分|初步|基本", actual):
        return "hedged"
    if re.search(r"\d", actual):
        return None
    degree = re.match(r"(?:进一步|逐步|不断|有所|稳步|持续|明显|显著|大幅|较好|有效|日益)", actual)
    if not degree or (told and asked and asked.scale == told.scale and asked.of == told.of and asked.strength == told.strength):
        return None
    return "hedged" if points_off(row) or (degree[0] in ("逐步", "有所") and not (told and asked and told.of[-2:] == asked.of[-2:])) else "vague"


def points_off(row: Answer) -> bool:
    weight, score = numeric(row.weight or ""), numeric(row.score or "")
    return bool(weight and score and score.value < weight.value)  # type: ignore[operator]


def row_hides(row: Answer, grade: Grade) -> bool:
    """Whether a row hides a target that is unmet: points were taken off, a reason is given, or its words are weaker than what was asked."""
    return grade in ("hedged", "unfinished") or points_off(row) or bool(row.reason and not re.fullmatch(r"无|/|-|—|无偏差", row.reason.strip()))


def unmet(row: Answer) -> bool:
    """Whether the figures of a row, or its words, fall short of its target.

    >>> unmet(Answer(name="培训人次", target="≥5000人次", actual="4260人次"))
    True
    """
    target, actual = numeric(row.target or ""), numeric(row.actual or "")
    if target and actual:
        return comparable(target, actual) and missed(row.name, target, actual)
    asked, told = degree_of(row.target or ""), degree_of(row.actual or "")
    return bool(asked and told and asked.scale == told.scale and told.strength < asked.strength)
