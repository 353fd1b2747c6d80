"""A finished draft and its facts in; the draft with a check for every missed target that the text denies as a whole out.

A report that calls its 总体目标 reached while a row misses its target contradicts itself; what the goal as a whole asks is
for an auditor to judge, so the tier is judgement.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hedui.synth.facts import Facts
from hedui.synth.prose.draft import Check, Draft, Stated

__all__ = ["with_boasts"]

PLACE = "alldone"
# 总体目标全面完成 · 各项绩效目标均已完成 (and not …，个别指标存在偏差)
BOAST = re.compile(r"(?:总体(?:绩效)?目标(?:全面完成|如期实现|已完成|圆满完成)|各项绩效(?:目标|指标)均已完成)(?![^。]{0,3}(?:个别|部分))")


def with_boasts(draft: Draft, facts: Facts) -> Draft:
    """`draft` with its first such sentence marked and held against each missed indicator that a table shows."""
    missed = [(x, cells) for i, x in enumerate(facts.indicators, 1)
              if x.missed and x.target is not None and x.actual is not None and (cells := cells_of(draft, i))]
    at = next((i for i, e in enumerate(draft.elements) if isinstance(e, str) and not e.startswith("@") and BOAST.search(e)), None)
    if not missed or at is None:
        return draft
    line = str(draft.elements[at])
    found = BOAST.search(line)
    assert found is not None
    if line.count("{", 0, found.start()) != line.count("}", 0, found.start()):
        return draft
    marked = f"{line[:found.start()]}{{X #{PLACE}|{found[0]}}}{line[found.end():]}"
    checks = [Check(kind="target", left=f"{target} , {actual}", stated=PLACE, flag="!", tier="j", note=f"{x.name}未达标，却称{found[0]}",
                    computed=f"{x.actual_text} {'>' if x.op == '≤' else '<'} {x.target_text}".replace('"', ""))
              for x, (target, actual) in missed]
    stated = Stated(name=PLACE, value=None, surface=found[0], kind="state", of="claim")
    return replace(draft, elements=(*draft.elements[:at], marked, *draft.elements[at + 1:]), stated=draft.stated | {PLACE: stated},
                   checks=(*draft.checks, *checks))


def cells_of(draft: Draft, number: int) -> tuple[str, str] | None:
    """The places of target and result of indicator `number` in the first table that has both."""
    for name in draft.stated:
        table = re.fullmatch(rf"(t\d+z)a{number}", name)
        if table and f"{table[1]}t{number}" in draft.stated:
            return f"{table[1]}t{number}", name
    return None
