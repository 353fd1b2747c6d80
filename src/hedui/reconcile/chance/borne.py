"""Checks with their odds of chance -> without the likely slips of the pen that other figures speak against.

3,411万元 spent looks like a slip for 3,418万元 received; but where its rate, told to two decimals, comes out of it, it stands as it was
meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hedui.findings import Check

__all__ = ["SELDOM", "without_borne_out"]

BORNE = frozenset({"ratio", "difference", "growth"})
DIGIT = re.compile(r"\d")
# a rate that fits so seldom by chance bears its operands out
SELDOM = 0.03


def without_borne_out(checks: Sequence[Check], endings: tuple[str, ...]) -> tuple[Check, ...]:
    """The checks but for conflicts between two tellings, told as slips (their note has one of the `endings`), in other digits, whose
    stated figure is an operand of a rate or difference that holds and seldom would by chance. Digits that only changed places are a slip
    all the same."""
    firm = {quote.span for check in checks if check.kind in BORNE and check.verdict != "conflict" and (check.chance or 1.0) <= SELDOM
            for quote in check.inputs}
    return tuple(check for check in checks if not (check.kind == "restated" and check.verdict == "conflict" and check.note.endswith(endings)
                                                   and check.stated.span in firm and other_digits(check)))


def other_digits(check: Check) -> bool:
    """Whether what is stated is not in the digits of the telling before it."""
    told, stated = (sorted(DIGIT.findall(quote.text)) for quote in (check.inputs[0], check.stated))
    return told != stated
