"""Indicators with a target and a result in figures -> targets missed, and whether the report says so.

A missed target is consistent where the report admits it (no points, part of them, or a reason given), a conflict where it
claims completion or the full score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Check, Claim, Indicator, Verdict
from hedui.reconcile.compare import numeric
from hedui.reconcile.told import agreement, quote
from hedui.values import Value

__all__ = ["target_checks"]

LOWER_IS_BETTER = frozenset({"<=", "<"})
# 重复参保人数 · 系统响应时间 · 项目成本: the less the better
LITTLE = re.compile(r"时间|时限|时长|成本|投诉|死亡|事故|差错|重复|虚报|超标|超支|空置|流失|违规|控制")
# 15个
COUNT = re.compile(r"(?P<n>\d+)(?P<unit>[\u4e00-\u9fff])")
HUNDRED = re.compile(r"100(?:\.0+)?%")


def target_checks(layout: Layout, claims: Sequence[Claim]) -> Iterator[Check]:
    """One check for every indicator whose result misses its target."""
    scores = {(c.part, c.fields.name): c for c in claims if c.type == "indicator" and isinstance(c.fields, Indicator) and c.fields.score}
    for claim in claims:
        said = claim.fields
        if claim.type != "indicator" or not isinstance(said, Indicator) or not said.actual:
            continue
        target, actual = numeric(said.target or ""), numeric(said.actual)
        if target and actual and comparable(target, actual) and missed(said.name, target, actual):
            yield judged(layout, claim, said, scores.get((claim.part, said.name), claim))
        elif named := short_of_name(said):
            yield of_name(layout, claim, said, *named)


def short_of_name(said: Indicator) -> tuple[re.Match[str], re.Match[str]] | None:
    """The number in the name and the lower one in the result, where both read alike: 完成15个县改造 and 完成了14个县改造."""
    wanted, reached = COUNT.search(said.name), COUNT.search(said.actual or "")
    if not wanted or not reached or wanted["unit"] != reached["unit"] or Decimal(reached["n"]) >= Decimal(wanted["n"]):
        return None
    alike = COUNT.sub("", said.name) == COUNT.sub("", said.actual or "").replace("了", "")
    return (wanted, reached) if alike else None


def of_name(layout: Layout, claim: Claim, said: Indicator, wanted: re.Match[str], reached: re.Match[str]) -> Check:
    text = layout.document.text
    spans = []
    for field, match in (("name", wanted), ("actual", reached)):
        at = text.find(match["n"], *claim.spans[field])
        spans.append((at, at + len(match[0])) if at >= 0 and text[at:at + len(match[0])] == match[0] else claim.spans[field])
    stated = quote(layout, claim.spans.get("reason", claim.spans["actual"]))
    return agreement(layout, "target", [quote(layout, spans[0]), quote(layout, spans[1])], stated,
                     verdict="consistent" if said.reason else "conflict", tier="numeric", computed=f"{reached[0]} < {wanted[0]}",
                     note=f"{said.name}：完成 {reached[0]}，少于 {wanted[0]}", claims=(claim.id,))


def comparable(target: Value, actual: Value) -> bool:
    bare = not target.unit or not actual.unit
    return target.kind == actual.kind and (bare or target.unit == actual.unit)


def missed(name: str, target: Value, actual: Value) -> bool:
    """Whether `actual` falls short of `target`; a target without a sign is a lower bound, but for names of what should be
    little."""
    a, t = Decimal(str(actual.value)), Decimal(str(target.value))
    if target.op in LOWER_IS_BETTER or (target.op is None and LITTLE.search(name)):
        return actual.op not in LOWER_IS_BETTER and a > t
    return target.op in {">=", ">", None} and actual.op not in {">=", ">"} and a < t


def judged(layout: Layout, claim: Claim, said: Indicator, scored: Claim) -> Check:
    score = scored.fields.score if isinstance(scored.fields, Indicator) else None
    weight = scored.fields.weight if isinstance(scored.fields, Indicator) else None
    full = score == "满分" or (score is not None and weight is not None and numeric(score) is not None and numeric(weight) is not None
                             and numeric(score).value == numeric(weight).value)  # type: ignore[union-attr]
    claimed = bool(said.completion and HUNDRED.fullmatch(said.completion)) or full
    verdict: Verdict = "conflict" if claimed and not said.reason else "consistent"
    where = claim.spans.get("completion") if said.completion and claimed and not full else scored.spans.get("score")
    stated = quote(layout, where or claim.spans["actual"])
    told = f"，却称 {stated.text}" if verdict == "conflict" else "，报告已说明" if said.reason else ""
    return agreement(layout, "target", [quote(layout, claim.spans["target"]), quote(layout, claim.spans["actual"])], stated,
                     verdict=verdict, tier="numeric", computed=said.actual or "", claims=(claim.id,),
                     note=f"{said.name}：完成值 {said.actual} 未达目标 {said.target}{told}")
