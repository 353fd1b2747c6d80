"""Facts in; a marked draft of the report out: lines, slots for tables, claims and every stated figure by name.

Places have the same names in every draft, where the report tells them (`prefix` before each); told again they end in _2, _3 …

    i, i1 i2 …           money handed out from above in all and by document      b, b_s1 …      budget in all and by source
    p1 p2 …              money handed on, by place                                 r, r_s1 …      received; rr, rr_s1 … its rates
    e, e_s1, e_u1, e_p1  executed in all, by source, use, place                    er, er_s1 …    rates of execution, shares of uses
    left, rec            carried over, recovered                                   d1 d2 …        document numbers
    q1 … (Indicator.key) the result in prose; q1t the target with its sign (no mention), q1tv its figure; q1c completion,
                         q1d deviation, q1w weight, q1s score; q1n the name of a state in a list; q1x a result with 以上
    x1a, y1a …           results that are in no table                              z, z1 …        total and dimension scores; zf, z1f … full points
    n, o, w, g, t, pz …  income, spending and other figures of accounts            hu, hy, hp     unit, year and programme in the title

`changed(draft, name, surface)` gives a place another surface, `draft.checks` holds the relations of the prose without flags.
"""

from __future__ import annotations

from hedui.synth.prose.draft import Check, Draft, Stated, TableSlot, changed
from hedui.synth.prose.report import report_elements

__all__ = ["Check", "Draft", "Stated", "TableSlot", "changed", "report_elements"]
