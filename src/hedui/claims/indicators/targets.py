"""Labels that tell their target: 指标值为…, ≥6个，实际6个, 达到92%，高于目标值85%."""

from __future__ import annotations

import re
from typing import NamedTuple

from hedui.claims.indicators.openings import MARK, TIME, TOOK_PLACE
from hedui.claims.indicators.patterns import BRACKETED, QUALITY, REACHED, SET, SPOKEN, STATED, TARGET, TOLD_FIGURE

__all__ = ["Labelled", "with_target"]

Range = tuple[int, int]
SHARED = 3
# 全年绩效目标7.65万元 is money
NO_NAME = frozenset({"", "全年", "年度", "年初", "本年", "本年度", "项目", "当年"})
PLANNED = re.compile(rf"(?:{MARK}|[一二三四五六七八九十]是)?{TIME}(?:(?:年初|年度|原)?(?:计划|目标)(?:完成)?)?")
# words and a figure, which is a sentence and no target: 检查企业230家
MIXED = re.compile(r"(?!不[低高少大小多超]|[大小]于|等于|超过|控制)[\u4e00-\u9fff]{2,}[≥≤><]?\d.*")


class Labelled(NamedTuple):
    """An indicator told as a label: its name, where what is said of it begins, its target and actual where the label has them,
    whether a sentence tells it among other results (`spoken`) and no label of its own, its weight, and whether it heads an
    item of an evaluation report (`heads`)."""

    name: Range
    rest: int
    target: Range | None = None
    actual: Range | None = None
    spoken: bool = False
    weight: Range | None = None
    heads: bool = False


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
