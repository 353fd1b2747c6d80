"""A finished draft and its facts in; the draft with a check for every missed target that the text denies as a whole out.

A report that calls its 总体目标 reached while a row misses its target contradicts itself; what the goal as a whole asks is
for an auditor to judge, so the tier is judgement.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hedui.synth.facts import Facts, percent
from hedui.synth.prose.draft import Check, Draft, Stated

__all__ = ["with_boasts"]

PLACE = "alldone"
# 总体目标全面完成 · 各项绩效目标均已完成 · 各项任务如期完成 (and not …，个别指标存在偏差)
BOAST = re.compile(r"(?:总体(?:绩效)?目标(?:全面完成|按期完成|如期实现|已完成|圆满完成)|各项绩效(?:目标|指标)均已完成"
                   r"|各项任务(?:全面|如期|圆满|均已)完成)(?![^。]{0,3}(?:个别|部分))")


def with_boasts(draft: Draft, facts: Facts) -> Draft:
    """`draft` with its first such sentence marked and held against each missed indicator whose target and result are told."""
    missed = missed_in(draft, facts)
    at = next((i for i, e in enumerate(draft.elements) if isinstance(e, str) and not e.startswith("@") and BOAST.search(e)), None)
    if not missed or at is None:
        return draft
    line = str(draft.elements[at])
    found = BOAST.search(line)
    assert found is not None
    if line.count("{", 0, found.start()) != line.count("}", 0, found.start()):
        return draft
    marked = f"{line[:found.start()]}{{X #{PLACE}|{found[0]}}}{line[found.end():]}"
    checks = [Check(kind="target", left=f"{target} , {actual}", stated=PLACE, flag="!", tier="j", note=f"{name}未达标，却称{found[0]}",
                    computed=computed) for name, computed, (target, actual) in missed]
    stated = Stated(name=PLACE, value=None, surface=found[0], kind="state", of="claim")
    return replace(draft, elements=(*draft.elements[:at], marked, *draft.elements[at + 1:]), stated=draft.stated | {PLACE: stated},
                   checks=(*draft.checks, *checks))


def missed_in(draft: Draft, facts: Facts) -> list[tuple[str, str, tuple[str, str]]]:
    """Name, result beside target, and their places, of each indicator that was missed; the rate of execution is one where a table
    gives it a target."""
    found = [(x.name, f"{x.actual_text} {'>' if x.op == '≤' else '<'} {x.target_text}".replace('"', ""), places_of(draft, i))
             for i, x in enumerate(facts.indicators, 1) if x.missed and x.target is not None and x.actual is not None]
    if facts.fund.rate < 1:
        found.append(("预算执行率", f"{percent(facts.fund.rate)} < 100%", places_of(draft, 0)))
    return [(name, computed, places) for name, computed, places in found if places]


def places_of(draft: Draft, number: int) -> tuple[str, str] | None:
    """The places of target and result of indicator `number`: in the first table that has both, else in the text."""
    for name in draft.stated:
        table = re.fullmatch(rf"(t\d+z)a{number}", name)
        if table and f"{table[1]}t{number}" in draft.stated:
            return f"{table[1]}t{number}", name
    told = f"q{number}t", f"q{number}"
    return told if all(place in draft.stated for place in told) else None
