"""Indicators with points -> points off a target that was reached with nothing said, targets missed with no reason given, and points of a
level that the report does not analyse.

A target missed and scored full is a check of `targets`; points that a rule of the house gives for a rate are checks of `ratios_points`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Remark, Score
from hedui.layout import bare
from hedui.reconcile.agreement.targets import missed
from hedui.reconcile.cells import roles_of
from hedui.reconcile.phrases import numeric, squeezed
from hedui.reconcile.places import Place
from hedui.reconcile.quotes import quote
from hedui.reconcile.sense.lexicons import degree_of, tolerance
from hedui.reconcile.sense.scores import ratio_of
from hedui.reconcile.sense.told import Told, field, points_off, remark

__all__ = ["level_remarks", "points_off_remarks", "reason_remarks"]

EXECUTION = re.compile(r"执行|支付进度|支出进度")
# 扣1分 · 因资料不全 · 尚存在不足
EXPLAINED = re.compile(r"扣|不足|不够|未|欠|原因|因为?|由于|受|偏差|存在|有待|问题|较[差低弱]|距|低于|少于")
LEVELS = ("产出", "效益", "满意度", "决策", "过程", "成本")
# what a level is told by where its own name is not written (财预〔2020〕10号: 产出 is number, quality, time and cost)
PARTS = {"产出": re.compile(r"产出|完成情况|(?:数量|质量|时效|成本)指标"), "效益": re.compile(r"效[益果]|可持续影响")}
ENOUGH, PIECE = 5, 6
TENTH = Decimal("0.1")


def points_off_remarks(layout: Layout, told: Sequence[Told], places: Sequence[Sequence[Place]]) -> Iterator[Remark]:
    """Rows that reached their target, lost points, and are not spoken of again."""
    texts: dict[int, str] = {}
    for one in told:
        if not one.tabled or one.said.reason or not points_off(one) or not one.said.actual or not one.said.target:
            continue
        if EXECUTION.search(one.said.name) or not reached(one) or in_proportion(one) or ratio_of(one) >= tolerance("excess_ratio"):
            continue
        if not explained(one, places, texts):
            yield remark(layout, "reason", [field(layout, one, name) for name in ("target", "actual", "score")],
                         f"{one.said.name}：所报{one.said.actual}达到指标{one.said.target}，"
                         f"{one.said.weight}分得{one.said.score}分，没有说明扣分原因", [one])


def reached(one: Told) -> bool:
    if one.target and one.actual and one.target.kind == one.actual.kind and isinstance(one.target.value, Decimal):
        alike = one.target.unit == one.actual.unit or not (one.target.unit and one.actual.unit)
        return alike and not missed(one.said.name, one.target, one.actual)
    if squeezed(one.said.target or "") == squeezed(one.said.actual or ""):
        return True
    wanted, told = degree_of(one.said.target or ""), degree_of(one.said.actual or "")
    return bool(wanted and told and wanted.scale == told.scale == "degree" and told.strength >= wanted.strength)


def in_proportion(one: Told) -> bool:
    """Whether the points are the weight times the rate told: 9.41 of 10 for 94.11 %."""
    weight, score = numeric(one.said.weight or ""), numeric(one.said.score or "")
    if not weight or not score or not one.actual or one.actual.kind != "RATE":
        return False
    return abs(Decimal(weight.value) * Decimal(one.actual.value) - Decimal(score.value)) <= TENTH


def reason_remarks(layout: Layout, told: Sequence[Told], checks: Sequence[Check], places: Sequence[Sequence[Place]]) -> Iterator[Remark]:
    """Targets missed and owned up to, with the cell for the reason left empty and nothing said in the text."""
    known = {one.claim.id: one for one in told}
    texts: dict[int, str] = {}
    for check in checks:
        one = known.get(check.claims[0]) if check.kind == "target" and check.verdict == "consistent" and check.claims else None
        if one is None or one.said.reason or one.claim.grid is None or "reason" not in roles_of(layout.grids[one.claim.grid]):
            continue
        if not EXECUTION.search(one.said.name) and not explained(one, places, texts):
            yield remark(layout, "reason", [field(layout, one, "target"), field(layout, one, "actual")],
                         f"{one.said.name}：所报{one.said.actual}未达指标{one.said.target}，偏差原因一栏空着", [one])


def explained(one: Told, places: Sequence[Sequence[Place]], texts: dict[int, str]) -> bool:
    """Whether a paragraph that names the indicator gives a reason or tells of a shortfall; `texts` keeps such paragraphs, part by part."""
    part = one.claim.part
    if part not in texts:
        texts[part] = "\n".join(squeezed(p.seen.text) for p in places[part] if p.paragraph.role == "body" and EXPLAINED.search(p.seen.text))
    name = squeezed(bare(one.said.name))
    return any(piece in texts[part] for piece in {name, name[:PIECE], name[-PIECE:]})


def level_remarks(layout: Layout, claims: Sequence[Claim], told: Sequence[Told]) -> Iterator[Remark]:
    """效益指标30分 in a report that has no indicator, heading or row of that level."""
    levels: dict[int, set[str]] = defaultdict(set)
    for one in told:
        levels[one.claim.part].update(x for x in (one.said.level1, one.said.level2) if x)
        levels[one.claim.part].add(one.said.name)
    count = {part: sum(one.claim.part == part for one in told) for part in levels}
    homes: dict[int, Span] = {}
    for section in layout.sections:
        levels[section.part].add(section.title)
        if "产出指标" in section.title:
            homes.setdefault(section.part, section.heading)
    for claim in claims:
        score = claim.fields
        if not isinstance(score, Score) or not score.score or count.get(claim.part, 0) < ENOUGH:
            continue
        level = next((x for x in LEVELS if x in score.name and "指标" in score.name), None)
        if level and not any(PARTS.get(level, re.compile(level)).search(x) for x in levels[claim.part]):
            if named_apart(layout, claim, f"{level}指标"):
                continue
            others = [quote(layout, homes[claim.part])] if claim.part in homes else []
            yield remark(layout, "scored", [*others, quote(layout, claim.spans["score"])],
                         f"{score.name}计{score.score}分，报告没有分析任何{level}指标")


def named_apart(layout: Layout, claim: Claim, level: str) -> bool:
    """Whether the report names a level anywhere but in the line that gives its points: a table may analyse it unread."""
    text, (start, end) = layout.document.text, layout.parts[claim.part].span
    line = text.rfind("\n", 0, claim.spans["score"][0]) + 1
    stop = text.find("\n", claim.spans["score"][1])
    return text.count(level, start, end) > text.count(level, line, stop if stop >= 0 else len(text))
