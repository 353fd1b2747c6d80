"""An item that opens with its indicator as a label -> what it says of it: target, actual, completion, weight, score.

An actual is, in this order: what 实际完成 introduces; a rate or count told right behind words of the name or target; a
word of quality or state. Work that is only described is no actual.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from hedui.claims.indicator_names import bare_name
from hedui.claims.indicator_openings import MARK, TIME, TOOK_PLACE
from hedui.claims.indicator_patterns import (
    ACTUAL,
    BARE_LABEL,
    BRACKETED,
    COMPLETION,
    DEVIATION,
    FIGURE,
    ISSUED_NAME,
    LABEL,
    QUALITY,
    QUOTED_RULE,
    REACHED,
    REQUIRED,
    SCORE,
    SET,
    SPOKEN,
    STATE,
    STATED,
    TARGET,
    TOLD_FIGURE,
    WEIGHT,
)
from hedui.claims.passages import Passage, Placed

__all__ = ["Labelled", "labelled", "quoted", "read_label"]

Range = tuple[int, int]
SHARED, MAX_STATE = 3, 14
# 全年绩效目标7.65万元 is money
NO_NAME = frozenset({"", "全年", "年度", "年初", "本年", "本年度", "项目", "当年"})
AROUND_NUMBER = re.compile(r"(?:≥|≤|>|<|约|近|不低于|不少于|不高于|不超过|不大于|不小于|小于等于|大于等于|小于|大于|超过)$")
# 漏损率|控制在|11.4%
LINKED = r"(?:为|达到?|是|:|(?:控制|保持|维持|稳定)在|提[高升][至到]|[降升]至|下降[至到])?$"
PLANNED = re.compile(rf"(?:{MARK}|[一二三四五六七八九十]是)?{TIME}(?:(?:年初|年度|原)?(?:计划|目标)(?:完成)?)?")
# words and a figure, which is a sentence and no target: 检查企业230家
MIXED = re.compile(r"(?!不[低高少大小多超]|[大小]于|等于|超过|控制)[\u4e00-\u9fff]{2,}[≥≤><]?\d.*")
# 县级图书馆建设数量：|2个。
ONLY = re.compile(rf"(?:共|为|达到?)?(?P<value>{FIGURE})(?=[,。;]|$)")
# …。达到8家。 · …。成效明显。: the last word on a label
LAST = re.compile(rf"(?:^|(?<=[。;]))(?:共|累计)?达到?了?(?P<value>{FIGURE})(?=[。;]|$)")
LAST_WORD = re.compile(rf"(?:^|(?<=[。;]))(?P<value>{QUALITY.pattern})(?=[。;]|$)")
BEHIND_NUMBER = re.compile(r"^(?:以上|以下|以内|左右)")


class Labelled(NamedTuple):
    """An indicator told as a label: its name, where what is said of it begins, its target and actual where the label has them,
    and whether a sentence tells it among other results (`spoken`) and no label of its own."""

    name: Range
    rest: int
    target: Range | None = None
    actual: Range | None = None
    spoken: bool = False


def with_target(text: str) -> list[Labelled]:
    """The labels of an item that tell their target, in order: 指标值为…, ≥6个，实际6个, 达到92%，高于目标值85%."""
    found: list[Labelled] = []

    def keep(label: Labelled) -> None:
        name = text[slice(*label.name)]
        if name not in NO_NAME and not (re.search(r"\d", name) and "," in name) \
                and not any(label.name[0] < other.rest and other.name[0] < label.rest for other in found):
            found.append(label)

    for match in SET.finditer(text):
        if not MIXED.fullmatch(match["target"]) and not (text[match.end("name")] == "," and re.search(r"\d", match["name"])):
            keep(Labelled(behind_spoken(match), match.end(), match.span("target"), match.span("actual")))
    for match in BRACKETED.finditer(text):
        keep_bracketed = bracketed(text, match)
        if keep_bracketed:
            keep(keep_bracketed)
    for match in TARGET.finditer(text):
        keep(Labelled(behind_spoken(match), match.end(), match.span("target")))
    for pattern in (STATED, REACHED):
        for match in pattern.finditer(text):
            keep(Labelled(planned(match), match.end(), match.span("target"), match.span("actual"), spoken=True))
    return sorted(found, key=lambda label: label.name)


def behind_spoken(match: re.Match[str]) -> Range:
    """Where a label's name stands, behind its mark and behind who issued it."""
    spoken = SPOKEN.match(match["name"])
    return match.start("name") + (spoken.end() if spoken else 0), match.end("name")


def planned(match: re.Match[str]) -> Range:
    """Where the name stands in a sentence that tells target and result: 2024年计划|帮扶监测对象|≥264户, 群众满意度|目标≥90%."""
    before = PLANNED.match(match["name"])
    start = match.start("name") + (before.end() if before else 0)
    took = TOOK_PLACE.match(match["name"], start - match.start("name"))
    start = match.start("name") + took.end() if took else start
    behind = re.search(r"(?:年度|年初|预期)?(?:目标|计划)$", match["name"])
    return start, match.end("name") - (len(behind[0]) if behind and len(behind[0]) < match.end("name") - start else 0)


def bracketed(text: str, match: re.Match[str]) -> Labelled | None:
    """The label whose target stands in brackets behind its result; None where no result stands there."""
    told, start = match["told"], match.start("told")
    if figure := TOLD_FIGURE.search(told):
        name, actual = (start, start + figure.start()), (start + figure.start("actual"), match.end("told"))
    else:
        last = next((m for m in QUALITY.finditer(told) if m.end() == len(told)), None)
        begun = last.start() if last else len(told) - len(match["target"]) if told.endswith(match["target"]) else 0
        name, actual = (start, start + begun), (start + begun, match.end("told"))
    return Labelled(name, match.end(), match.span("target"), actual) if name[1] - name[0] >= SHARED else None


def labelled(piece: Passage, known: frozenset[str], *, levelled: bool = False) -> list[Labelled]:
    """The labels in an item: names with a target value, a name that a document issued, a name before a colon.

    A name before a colon counts when the item tells a score or a completion, or the report's tables know it, or when it
    stands right under the heading of a level of indicators (`levelled`) and has a figure behind it.
    """
    text = piece.text
    found = with_target(text)
    if found and not all(label.spoken for label in found):
        return found
    if (issued := ISSUED_NAME.match(text)) and COMPLETION.search(text):
        return [Labelled(issued.span("name"), issued.end())]
    colon = LABEL.match(text)
    if found or not colon or BARE_LABEL.search(colon["name"]):
        return found
    rest = text[colon.end():]
    known_name = bare_name(colon["name"])
    told = SCORE.search(rest) or COMPLETION.search(rest) or ACTUAL.search(rest) or ONLY.match(rest)
    figures = levelled and any(t.mention.label in {"RATE", "QUANTITY"} for t in piece.within(colon.end(), len(text)))
    return [Labelled(colon.span("name"), colon.end())] if told or figures or known_name in known else []


def read_label(piece: Passage, label: Labelled, end: int) -> dict[str, Range]:
    """Where each field of the labelled indicator stands in `piece.text[label.rest:end]`."""
    text = piece.text[:end]
    fields: dict[str, Range] = {}
    if label.target:
        fields["target"] = label.target
    if label.actual:
        fields["actual"] = label.actual
    for field, pattern in (("completion", COMPLETION), ("deviation", DEVIATION), ("weight", WEIGHT)):
        if match := pattern.search(text, label.rest):
            fields[field] = match.span("value")
    if scores := list(SCORE.finditer(text, label.rest)):
        fields["score"] = scores[-1].span("value")
    if rule := QUOTED_RULE.search(text, label.rest):
        fields.setdefault("target", rule.span("target"))
        fields.setdefault("weight", rule.span("weight"))
    if not label.target and (required := REQUIRED.search(text, label.rest)):
        fields["target"] = required.span("target")
    if weight := re.search(r"\((?:分值|权重|满分)?(\d[\d.]*分)\)$", text[slice(*label.name)]):
        fields.setdefault("weight", (label.name[0] + weight.start(1), label.name[0] + weight.end(1)))
    if not label.actual and (actual := actual_in(piece, label, end, fields)):
        fields["actual"] = actual
    return fields


def actual_in(piece: Passage, label: Labelled, end: int, fields: dict[str, Range]) -> Range | None:
    text = piece.text[:end]
    name = bare_name(text[slice(*label.name)])
    target = text[slice(*label.target)] if label.target else ""
    stop = stop_of(text, label.rest, end)
    if (only := ONLY.match(text, label.rest)) and not label.target:
        return only.span("value")
    taken = [*fields.values()]
    costs = {"AMOUNT"} if "元" in target else set()
    final = LAST.search(text, label.rest, stop)
    numbers = [t for t in piece.within(label.rest, stop) if t.mention.label in {"RATE", "QUANTITY", *costs}
               and not any(s <= t.start < e for s, e in taken) and of_kind(t, target)]
    if numbers and not target and re.fullmatch(r"(?:为|达到?|是|共|约|[≥≤><])*", text[label.rest:numbers[0].start]):
        return with_bounds(text, numbers[0])
    exact = next((t for t in numbers if re.search(re.escape(name) + LINKED, AROUND_NUMBER.sub("", text[:t.start]))), None)
    if exact:
        return with_bounds(text, exact)
    if match := ACTUAL.search(text, label.rest):
        return match.span("value")
    if final and not target:
        return final.span("value")
    told = next((t for t in numbers if told_behind(text, t, name + target)), None)
    if told:
        return with_bounds(text, told)
    summed = next((t for t in numbers if not target and t.mention.label == "QUANTITY" and t.mention.text[:1].isdigit()
                   and re.search(r"(?:(?<!公)共|累计)[\u4e00-\u9fff]{0,4}$", text[:t.start])), None)
    if summed:
        return with_bounds(text, summed)
    return final.span("value") if final else quality_in(text, label, stop) or last_word(text, label, stop)


def last_word(text: str, label: Labelled, stop: int) -> Range | None:
    """What a clause of its own says of the name, or a sentence of one word of quality: 甲机制完善。 · 成效明显。"""
    name = bare_name(text[slice(*label.name)])
    said = re.search(rf"(?:^|(?<=[。;,]))(?:\d{{4}}年度?)?{re.escape(name)}(?P<value>[\u4e00-\u9fff]{{2,8}})(?=[。;]|$)", text[label.rest:stop])
    if said:
        return label.rest + said.start("value"), label.rest + said.end("value")
    found = LAST_WORD.search(text, label.rest, stop)
    return found.span("value") if found else None


def of_kind(told: Placed, target: str) -> bool:
    """Whether a number can answer a target: a rate one in percent, a count one with its unit."""
    if "%" in target:
        return told.mention.label == "RATE"
    if told.mention.label == "AMOUNT":
        return True
    counted = re.search(r"\d[\d,.]*(?:万|亿)?(?P<unit>[\u4e00-\u9fff]+)", target)
    return not counted or (told.mention.label == "QUANTITY" and told.mention.unit == counted["unit"])


def stop_of(text: str, start: int, end: int) -> int:
    """Where results end and the grading begins: 完成率…, 根据评分标准…"""
    marks = [at for mark in ("根据评分标准", "按照指标评分标准", "按照评分标准", "符合本指标评分标准", "完成率", "根据评价标准")
             if (at := text.find(mark, start, end)) > start]
    return min(marks, default=end)


def told_behind(text: str, told: Placed, name: str) -> bool:
    """Whether the words right before a number share a stretch with the name (or what the target measures)."""
    clause = re.split(r"[,。;:]", AROUND_NUMBER.sub("", text[max(0, told.start - 40):told.start]))[-1]
    clause = re.sub(r"(?:为|达到?|是|至|到)$", "", clause)
    tail = clause[-12:]
    shared = any(tail[i:i + SHARED] in name for i in range(len(tail) - SHARED + 1))
    return shared and (clause[-1:] in name or clause.endswith(("率", "度", "比例", "比率")))


def with_bounds(text: str, told: Placed) -> Range:
    """A number with the words that bound it: 不超过15分钟, 98%以上."""
    before = AROUND_NUMBER.search(text[:told.start])
    behind = BEHIND_NUMBER.match(text[told.end:])
    return (before.start() if before else told.start), told.end + (behind.end() if behind else 0)


def quality_in(text: str, label: Labelled, stop: int) -> Range | None:
    """A word of quality in a clause that names the indicator, one that answers the target, or a word of state."""
    name = bare_name(text[slice(*label.name)])
    found = [m.span() for m in QUALITY.finditer(text, label.rest, stop) if not quoted(text, label.rest, m.start())]
    for start, end in found:
        clause = re.split(r"[。;]", text[max(0, start - 60):start])[-1]
        if any(name[i:i + SHARED] in clause for i in range(max(1, len(name) - SHARED + 1))):
            return start, end
    state = STATE.search(text, label.rest, stop)
    if not label.target:
        return state_span(state) if state else next((s for s in found if text[slice(*s)].startswith("按")), None)
    told = text[slice(*label.target)]
    same = next(((s, e) for s, e in found if text[e - 2:e] == told[-2:] or text[s:e] == "全覆盖"), None)
    return same or (state.span() if state and state[0].startswith("已") else None)


def quoted(text: str, start: int, at: int) -> bool:
    """Whether `text[at]` stands in quotation marks that opened behind `start`."""
    return text.count("“", start, at) > text.count("”", start, at)


def state_span(state: re.Match[str]) -> Range:
    """符合 alone where what it meets is a long title, the whole phrase where it is short."""
    long = state[0].startswith("符合") and ("《" in state[0] or len(state[0]) > MAX_STATE)
    return (state.start(), state.start() + 2) if long else state.span()


def sequence_ends(labels: Sequence[Labelled], end: int) -> list[int]:
    """Where what is said of each label ends: at the next one, or with the item."""
    return [*(label.name[0] for label in labels[1:]), end] if labels else []
