"""Paragraphs -> Score claims: the total and the dimensions' scores as prose tells them, with what could be had and grade.

Each `…分` is taken for what the words right before it say: a full mark (满分, 分值), a score (得分, 得), or, bare behind
the name of a dimension, a score unless it opens a pair (`产出指标50分，得49分`) or stands in the standard told before.
Scores of single indicators are left to the indicators.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hedui.claims.passages import Passage, passages
from hedui.claims.scores_patterns import (
    BARE_TOTAL,
    CLAUSE,
    GRADES,
    INDICATOR,
    OUT_OF,
    OWN_SCORE,
    STANDARD,
    SUM,
    WHOLE,
    dimension_of_heading,
)
from hedui.claims.scores_tokens import Token, tokens_of
from hedui.document import Layout, Span
from hedui.findings import Claim, Mention, Score, content_id

__all__ = ["score_claims"]

TOTAL_NAME = "总分"
WHOLE_MARK = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One score as told: where the number and the name stand in the passage."""

    name: str
    score: Decimal
    full: Decimal | None
    at: Span
    name_at: Span
    grade: str | None = None
    grade_at: Span | None = None


def score_claims(layout: Layout, mentions: Sequence[Mention]) -> tuple[Claim, ...]:
    """A Score claim for the total and each dimension whose score the prose of `layout` tells, once for a section."""
    told: dict[tuple[int, str, Decimal], tuple[Passage, Said]] = {}
    standards: dict[tuple[int, str], Decimal] = {}
    for passage in passages(layout, mentions):
        if "分" not in passage.text:
            continue
        tokens = tokens_of(passage.text, dimension_of_heading(layout.sections[passage.section].title))
        for said in read_scores(passage.text, tokens, passage.part, standards):
            told.setdefault((passage.section, said.name, said.score), (passage, said))
    wholes = whole_marks(told.values(), standards)
    return tuple(claim_of(passage, with_full(said, passage.part, standards, wholes)) for passage, said in told.values())


def read_scores(text: str, tokens: Sequence[Token], part: int, standards: dict[tuple[int, str], Decimal]) -> list[Said]:
    """The scores told in a paragraph; full marks told without a score go to `standards`."""
    found: list[Said] = []
    held: Token | None = None
    standard = -1
    for i, token in enumerate(tokens):
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        pairs = after is not None and after.kind == "score" and after.name is None and "。" not in text[token.end:after.start]
        name = token.name or listed_name(text, tokens, i, found)
        if token.kind == "none":
            held = None
        elif token.kind == "full" and found and OUT_OF.fullmatch(text, found[-1].at[1], token.start):
            found[-1] = replace(found[-1], full=token.value)
        elif token.kind == "score" and held is not None and token.name is None and not strong_total(text, held, token):
            if held.name:
                found.append(Said(name=held.name, score=token.value, full=held.value, at=(token.start, token.end), name_at=held.name_at))
            held = None
        elif token.total and is_full(text, token, tokens[i + 1:]):
            standards[part, TOTAL_NAME] = token.value
            standard, held = token.sentence, None
        elif token.total:
            found.append(total_of(text, token))
            held = None
        elif token.kind == "full" or (token.kind == "bare" and (pairs or token.bracket)):
            held = replace(token, name=name)
            if name and not pairs:
                standards[part, name] = token.value
        elif held is not None and held.bracket and held.name and text[held.end:token.start] == ")":
            found.append(Said(name=held.name, score=token.value, full=held.value, at=(token.start, token.end), name_at=held.name_at))
            held = None
        elif name is None:
            held = None
            if SUM.search(text[token.sentence:token.start]) and sum(s.score for s in found) == token.value:
                found.append(total_of(text, token))
        elif token.kind == "bare" and (token.sentence == standard or (in_standard(text, token) and not told_since(found, token.sentence))):
            standards[part, name] = token.value
        else:
            found.append(Said(name=name, score=token.value, full=None, at=(token.start, token.end),
                              name_at=token.name_at if token.name else (token.start - len(name), token.start)))
            held = None
    return found


def strong_total(text: str, held: Token, token: Token) -> bool:
    """Whether a score right behind a full mark is the total's all the same: `…10分。经自评，总得分96分`."""
    between = text[held.end:token.start]
    if held.name is None and held.value == WHOLE_MARK and token.total:
        return True
    if token.value > held.value or (token.total and re.search(r"总得分|综合", between)):
        return True
    return "。" in between and not (held.bracket and OWN_SCORE.fullmatch(between))


def is_full(text: str, token: Token, rest: Sequence[Token]) -> bool:
    """Whether a total is what could be had: said so, or another total score follows it."""
    if token.kind == "full":
        return True
    if not BARE_TOTAL.search(text[max(0, token.start - 6):token.start]):
        return False
    return in_standard(text, token) or (token.value >= 100 and any(t.kind == "score" and t.name is None for t in rest))


def in_standard(text: str, token: Token) -> bool:
    head = text[token.sentence:token.start]
    return bool(STANDARD.search(head)) and "得分" not in head


def told_since(found: Sequence[Said], place: int) -> bool:
    return bool(found) and found[-1].at[0] >= place


def listed_name(text: str, tokens: Sequence[Token], i: int, found: Sequence[Said]) -> str | None:
    """A dimension of another name, where it stands bare in the list behind a total: `其中：项目实施18分、…`."""
    token = tokens[i]
    if token.kind not in ("bare", "full") or not found or found[0].name != TOTAL_NAME or token.total or token.bracket:
        return None
    begin = max(tokens[i - 1].end if i else 0, token.sentence)
    words = CLAUSE.split(text[begin:token.start])[-1]
    whole = WHOLE.fullmatch(re.sub(r"(?:分值|满分|得分|为)+$", "", words))
    return whole["name"].strip("“”\"") if whole and not INDICATOR.search(words) else None


def total_of(text: str, token: Token) -> Said:
    stop = text.find("。", token.end)
    stop = text.find("。", stop + 1) if stop >= 0 else -1
    places = ((token.end, stop if stop >= 0 else len(text)), (token.sentence, token.start))
    grade = next((found for low, high in places for pattern in GRADES if (found := pattern.search(text, low, high))), None)
    words = text[max(token.sentence, token.start - 12):token.start]
    return Said(name="平均得分" if "平均" in words else TOTAL_NAME, score=token.value, full=None, at=(token.start, token.end),
                name_at=(token.start, token.start), grade=grade["grade"] if grade else None,
                grade_at=grade.span("grade") if grade else None)


def whole_marks(told: Collection[tuple[Passage, Said]], standards: dict[tuple[int, str], Decimal]) -> dict[int, Decimal]:
    """For each part whose dimensions could have 100 in all, that sum: what its total could have."""
    fulls: dict[int, dict[str, Decimal]] = {}
    for passage, said in told:
        if said.name != TOTAL_NAME:
            fulls.setdefault(passage.part, {})[said.name] = said.full or standards.get((passage.part, said.name), Decimal(0))
    return {part: Decimal(WHOLE_MARK) for part, marks in fulls.items() if sum(marks.values()) == WHOLE_MARK}


def with_full(said: Said, part: int, standards: dict[tuple[int, str], Decimal], wholes: dict[int, Decimal]) -> Said:
    """What could be had: as said with the score, in the standard of the part, or for the total the sum of its dimensions."""
    full = said.full or standards.get((part, said.name)) or (wholes.get(part) if said.name == TOTAL_NAME else None)
    return replace(said, full=full)


def claim_of(passage: Passage, said: Said) -> Claim:
    at = passage.span(*said.at)
    spans = {"score": at}
    if said.name_at[0] < said.name_at[1]:
        spans["name"] = passage.span(*said.name_at)
    if said.grade_at:
        spans["grade"] = passage.span(*said.grade_at)
    used = tuple(p.mention.id for p in passage.placed if p.start < said.at[1] and said.at[0] < p.end)
    fields = Score(name=said.name, score=said.score, full=said.full, grade=said.grade)
    span = (min(s[0] for s in spans.values()), max(s[1] for s in spans.values()))
    return Claim(id=content_id("c", "score", at, said.name), type="score", origin="narrative", span=span, fields=fields,
                 spans=spans, mentions=used, part=passage.part, section=passage.section)
