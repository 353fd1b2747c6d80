"""An item that opens with its indicator as a label -> what it says of it: target, actual, completion, weight, score.

An actual is, in this order: what 实际完成 introduces; a rate or count told right behind words of the name or target; a
word of quality or state. Work that is only described is no actual.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hedui.claims.indicators.headed import headed, read_headed
from hedui.claims.indicators.headed_patterns import STATED as SAID_OF_IT
from hedui.claims.indicators.leads import names_inner_level
from hedui.claims.indicators.names import bare_name
from hedui.claims.indicators.patterns import (
    ACTUAL,
    BARE_LABEL,
    COMPLETION,
    DEVIATION,
    FIGURE,
    ISSUED_NAME,
    LABEL,
    QUALITY,
    QUOTED_RULE,
    REQUIRED,
    SCORE,
    STATE,
    WEIGHT,
)
from hedui.claims.indicators.targets import Labelled, with_target
from hedui.claims.passages import Passage, Placed

__all__ = ["Labelled", "labelled", "quoted", "read_label"]

Range = tuple[int, int]
SHARED, MAX_STATE = 3, 14
AROUND_NUMBER = re.compile(r"(?:≥|≤|>|<|约|近|不低于|不少于|不高于|不超过|不大于|不小于|小于等于|大于等于|小于|大于|超过)$")
# 漏损率|控制在|11.4%
LINKED = re.compile(r"(?:为|达到?|是|:|(?:控制|保持|维持|稳定)在|提[高升][至到]|[降升]至|下降[至到])?$")
LONGEST_LINK = 3
# 县级图书馆建设数量：|2个。
ONLY = re.compile(rf"(?:共|为|达到?)?(?P<value>{FIGURE})(?=[,。;]|$)")
# …。达到8家。 · …。成效明显。: the last word on a label
LAST = re.compile(rf"(?:^|(?<=[。;]))(?:共|累计)?达到?了?(?P<value>{FIGURE})(?=[。;]|$)")
LAST_WORD = re.compile(rf"(?:^|(?<=[。;]))(?P<value>{QUALITY.pattern})(?=[。;]|$)")
# 长效管护机制：|已建立。
WORDS_ONLY = re.compile(r"(?P<value>[\u4e00-\u9fff]{2,10})[。;]?")
INDICATOR, SHORTEST = "指标", 5
BEHIND_NUMBER = re.compile(r"^(?:以上|以下|以内|左右)")


def labelled(piece: Passage, known: frozenset[str], *, levelled: bool = False) -> list[Labelled]:
    """The labels in an item: names with a target value, a name that a document issued, a name before a colon.

    A name before a colon counts when the item tells a score or a completion, or the report's tables know it, or when it
    stands right under the heading of a level of indicators (`levelled`) and has a figure behind it.
    """
    found = told_labels(piece, known, levelled=levelled)
    return [label._replace(name=behind_word(piece.text, label.name)) for label in found]


def behind_word(text: str, name: Range) -> Range:
    """A name without the word 指标 at its end, which only says what it is: 造林成活率|指标."""
    start, end = name
    return (start, end - len(INDICATOR)) if end - start > SHORTEST and text.endswith(INDICATOR, start, end) else name


def told_labels(piece: Passage, known: frozenset[str], *, levelled: bool) -> list[Labelled]:
    text = piece.text
    items = [Labelled(item.name, item.rest, weight=item.weight, heads=True) for item in headed(text)]
    found = with_target(text)
    if items and (items[0].weight or text[items[0].name[0]] in "“\"" or not any(told_whole(label, items) for label in found)):
        return items
    if found and not all(label.spoken for label in found):
        return found
    if (issued := ISSUED_NAME.match(text)) and COMPLETION.search(text):
        return [Labelled(issued.span("name"), issued.end())]
    colon = LABEL.match(text)
    if found or not colon or BARE_LABEL.search(colon["name"]) or names_inner_level(text):
        return found
    rest = text[colon.end():]
    known_name = bare_name(colon["name"])
    if levelled and (words := WORDS_ONLY.fullmatch(text, colon.end())):
        return [Labelled(colon.span("name"), colon.end(), actual=words.span("value"))]
    told = SCORE.search(rest) or COMPLETION.search(rest) or ACTUAL.search(rest) or ONLY.match(rest)
    figures = levelled and any(t.mention.label in {"RATE", "QUANTITY"} for t in piece.within(colon.end(), len(text)))
    return [Labelled(colon.span("name"), colon.end())] if told or figures or known_name in known else []


def told_whole(label: Labelled, items: Sequence[Labelled]) -> bool:
    """Whether a label with target and actual begins at one of the names that head `items`."""
    return label.actual is not None and any(label.name[0] < item.name[1] and item.name[0] < label.name[1] for item in items)


def read_label(piece: Passage, label: Labelled, end: int) -> dict[str, Range]:
    """Where each field of the labelled indicator stands in `piece.text[label.rest:end]`."""
    text = piece.text[:end]
    fields: dict[str, Range] = read_headed(piece, bare_name(text[slice(*label.name)]), label.rest, end) if label.heads else {}
    if label.weight:
        fields["weight"] = label.weight
    if label.target:
        fields["target"] = label.target
    if label.actual:
        fields["actual"] = label.actual
    for field, pattern in (("completion", COMPLETION), ("deviation", DEVIATION), ("weight", WEIGHT)):
        if (match := pattern.search(text, label.rest)) and match.span("value") not in fields.values():
            fields.setdefault(field, match.span("value"))
    if scores := list(SCORE.finditer(text, label.name[1])):
        fields["score"] = scores[-1].span("value")
    if rule := QUOTED_RULE.search(text, label.rest):
        fields.setdefault("target", rule.span("target"))
        fields.setdefault("weight", rule.span("weight"))
    if not label.target and (required := REQUIRED.search(text, label.rest)):
        fields["target"] = required.span("target")
    if weight := re.search(r"\((?:分值|权重|满分)?(\d[\d.]*分)\)$", text[slice(*label.name)]):
        fields.setdefault("weight", (label.name[0] + weight.start(1), label.name[0] + weight.end(1)))
    if "actual" in fields:
        return fields
    if actual := said_in(text, label) if label.heads else actual_in(piece, label, end, fields):
        fields["actual"] = actual
    return fields


def said_in(text: str, label: Labelled) -> Range | None:
    """What is said in words of an indicator that heads an item."""
    stated = SAID_OF_IT.search(text, label.rest)
    return quality_in(text, label, len(text)) or (stated.span("value") if stated else None)


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
    exact = next((t for t in numbers if linked(name, AROUND_NUMBER.sub("", text[:t.start]))), None)
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


def linked(name: str, text: str) -> bool:
    """Whether `text` ends with `name`, or with it and a word that links it to a figure.

    >>> linked("漏损率", "管网漏损率控制在"), linked("漏损率", "漏损率有所")
    (True, False)
    """
    return any(text.endswith(name, 0, end) and LINKED.match(text, end) for end in range(max(0, len(text) - LONGEST_LINK), len(text) + 1))


def last_word(text: str, label: Labelled, stop: int) -> Range | None:
    """What a clause of its own says of the name, or a sentence of one word of quality: 甲机制完善。 · 成效明显。"""
    name = bare_name(text[slice(*label.name)])
    rest = text[label.rest:stop]
    said_of = rf"(?:^|(?<=[。;,]))(?:\d{{4}}年度?)?{re.escape(name)}(?P<value>[\u4e00-\u9fff]{{2,8}})(?=[。;]|$)"
    if name in rest and (said := re.search(said_of, rest)):
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
    state = next((m for m in STATE.finditer(text, label.rest, stop) if not text.startswith("符合规", m.start() - 1)), None)
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
