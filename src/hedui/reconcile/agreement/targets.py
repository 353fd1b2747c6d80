"""Indicators with a target and a result in figures -> targets missed, and whether the report says so.

A missed target is consistent where the report admits it (no points, part of them, or a reason given), a conflict where it
claims completion or the full score.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Indicator, Verdict
from hedui.reconcile.agreement.targets_patterns import ABOVE, ADMITTED, ALL_DONE, LEVEL, PASSED, THESE_DONE
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.phrases import numeric
from hedui.reconcile.quotes import quote
from hedui.values import Value, read_value
from hedui.view import clean, view

__all__ = ["comparable", "missed", "target_checks"]

LOWER_IS_BETTER = frozenset({"<=", "<"})
# 重复参保人数 · 系统响应时间 · 项目成本: the less the better
LITTLE = re.compile(r"事故|投诉|死亡|差错|重复|虚报|超标|超支|空置|违规|逾期|失业率|发病率"
                    r"|(?:时间|时限|耗时|成本|造价|单价|均价|费用)(?:\([^)]*\))?$")
# 事故处理率 · 水土流失治理面积 · 场馆开放时间: the more the better, whatever they name
MUCH = re.compile(r"受理|治理|整治|办结|处[理置]|查处|下降|降低|减少|压[降减]|曝光|通报|警示|宣传|整改|化解|核[查实]"
                  r"|回[复应]|追回|及时|达标|合格|满意"
                  r"|(?:开放|服务|培训|运行|值守|供[水电暖])时间")
ENDS_LITTLE = re.compile(r"(?:时限|耗时|成本|造价|单价|均价|费用)(?:\([^)]*\))?$")
# 补助标准: told without a sign, neither more nor less is amiss
EITHER = re.compile(r"标准(?:\([^)]*\))?$")
# 新增销售收入: money that a target wants more of; of other money told without a sign (人均补贴2300元) it may be the most
GAIN = re.compile(r"收入|增收|产值|利税|税收|利润|销售|营收|投资(?:额|完成)|融资|交易|(?:节约|减免|发放|补偿|追回)(?:金额|资金|额)")
# 15个
COUNT = re.compile(r"(?P<n>\d+)(?P<unit>[\u4e00-\u9fff])")
HUNDRED = re.compile(r"100(?:\.0+)?%")


def target_checks(layout: Layout, claims: Sequence[Claim]) -> tuple[Check, ...]:
    """One check for every indicator whose result misses its target, and one for every sentence that denies it."""
    found = once_told(missed_targets(layout, claims))
    return (*found, *all_done_checks(layout, [c for c in found if c.kind == "target"]))


def once_told(checks: Iterable[Check]) -> list[Check]:
    """The checks, of conflicts over one stated figure only the first: a row and a sentence may both tell of one indicator."""
    seen: dict[object, Check] = {}
    for check in checks:
        seen.setdefault((check.kind, check.stated.span) if check.verdict == "conflict" else check.id, check)
    return list(seen.values())


def missed_targets(layout: Layout, claims: Sequence[Claim]) -> Iterator[Check]:
    """One check for every indicator whose result misses its target."""
    scores = {(c.part, c.fields.name): c for c in claims if c.type == "indicator" and isinstance(c.fields, Indicator) and c.fields.score}
    for claim in claims:
        said = claim.fields
        if claim.type != "indicator" or not isinstance(said, Indicator) or not said.actual:
            continue
        target, actual = numeric(said.target or ""), numeric(said.actual)
        if target and actual and exceeded(layout, claim):
            continue
        if target and actual and comparable(target, actual) and 0 < abs(target.value) * 10_000 == abs(actual.value):  # type: ignore[arg-type]
            yield of_unit(layout, claim, said)
        elif (target and actual and comparable(target, actual) and missed(said.name, target, actual)) or late(said):
            yield judged(layout, claim, said, scores.get((claim.part, said.name), claim))
        elif named := short_of_name(said):
            yield of_name(layout, claim, said, *named)


def exceeded(layout: Layout, claim: Claim) -> bool:
    """Whether the sentence of a result says that the target was passed, so that it speaks of another figure."""
    end = claim.spans["target"][1]
    return claim.origin == "narrative" and PASSED.match(clean(layout.document.text, (end, end + 12))) is not None


def all_done_checks(layout: Layout, found: Sequence[Check]) -> Iterator[Check]:
    """The first sentence that says all targets were reached, in a report with one that was missed, once an indicator; not
    where the sentence admits exceptions, or where points or a rate of the indicator itself deny the miss already. What only
    speaks of its own paragraph (以上各项均达到) is held against the results told there."""
    missed_in: dict[int, dict[str, Check]] = {}
    for check in found:
        missed_in.setdefault(check.part, {}).setdefault(check.note.partition("：")[0], check)
    denied = {(check.part, check.note.partition("：")[0]) for check in found if check.verdict == "conflict"}
    for paragraph in layout.paragraphs if missed_in else ():
        part = layout.sections[paragraph.section].part
        if part not in missed_in or paragraph.role != "body":
            continue
        seen = view(layout.document.text, paragraph.span)
        for match in THESE_DONE.finditer(seen.text):
            since = 0 if match["above"] else seen.text.rfind("。", 0, match.start()) + 1
            told = [c for c in missed_in[part].values() if (c.inputs[1].value or "-") in seen.text[since:match.start()]]
            yield from denials(layout, told, seen.span(*match.span()))
        general = next((m for m in ALL_DONE.finditer(seen.text)
                        if LEVEL.match(m[0]) or not ABOVE.search(seen.text, max(0, m.start() - 2), m.start())), None)
        if general is None or ADMITTED.match(seen.text, general.end()):
            continue
        told = [check for name, check in missed_in.pop(part).items()
                if (part, name) not in denied or (check.inputs[1].value or "-") in seen.text[:general.start()]]
        yield from denials(layout, told, seen.span(*general.span()))


def denials(layout: Layout, missed: Sequence[Check], span: Span) -> Iterator[Check]:
    """A sentence is wrong once, however many targets were missed: the first bears it out, the others are named."""
    if not missed:
        return
    first, stated = missed[0], quote(layout, span)
    others = "、".join(check.note.partition("：")[0] for check in missed if check is not first)
    more = f"（另有未达目标的：{others}）" if others else ""
    yield agreement(layout, "target", first.inputs, stated, verdict="conflict", tier="numeric", computed=first.computed,
                    note=f"{first.note.split('，')[0]}，却称“{stated.value}”{more}", claims=tuple(dict.fromkeys(c for one in (first, *missed)
                                                                                                              for c in one.claims)))


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


def of_unit(layout: Layout, claim: Claim, said: Indicator) -> Check:
    """2500万元/亩 against a target of 2500元/亩: the digits are the target's, the unit is not."""
    return agreement(layout, "unit", [quote(layout, claim.spans["target"])], quote(layout, claim.spans["actual"]), verdict="conflict",
                     tier="numeric", computed=said.target or "", note=f"{said.name}：完成值 {said.actual} 与目标 {said.target} 数同而单位不同",
                     claims=(claim.id,))


def late(said: Indicator) -> bool:
    """Whether the result is a date behind the one that the target sets: 2022年10月底前 and 2022年12月."""
    target, actual = read_value(said.target or ""), read_value(said.actual or "")
    if not (target and actual and target.kind == actual.kind == "DATE" and target.op == "<="):
        return False
    due, done = str(target.value), str(actual.value)
    if due.startswith("--") != done.startswith("--"):
        due, done = due[-len("10-27"):].lstrip("-"), done[len("2023-"):] if not done.startswith("--") else done.lstrip("-")
    size = min(len(due), len(done))
    return done[:size] > due[:size]


def comparable(target: Value, actual: Value) -> bool:
    bare = not target.unit or not actual.unit
    return target.kind == actual.kind and (bare or target.unit == actual.unit)


def missed(name: str, target: Value, actual: Value) -> bool:
    """Whether `actual` falls short of `target`; a target without a sign is a lower bound, but for names of what should be
    little."""
    a, t = Decimal(str(actual.value)), Decimal(str(target.value))
    if target.op is None and (EITHER.search(name) or (target.kind == "AMOUNT" and not GAIN.search(name))):
        return False
    if target.op in LOWER_IS_BETTER or (target.op is None and little(name)):
        return actual.op not in LOWER_IS_BETTER and a > t
    return target.op in {">=", ">", None} and actual.op not in {">=", ">"} and a < t


def little(name: str) -> bool:
    """Whether an indicator is of what should be little.

    >>> little("投诉处理时限"), little("群众投诉件数"), little("投诉办结率"), little("治理水土流失面积")
    (True, True, False, False)
    """
    return bool(ENDS_LITTLE.search(name) or (LITTLE.search(name) and not MUCH.search(name)))


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
