"""A check in its setting -> its kind and raw signals: how its operands were found, and how likely they fit by chance."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from hedui.confidence.setting import Setting, flag
from hedui.confidence.signals_reading import reading_signals
from hedui.findings import Check, Quote

__all__ = ["check_signals"]

DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
# a fit of this many digits does not happen by chance
MANY_DIGITS = 4
SMALL_GAP, WIDE_GAP = 0.02, 0.5
MOST_DECADES = 6
POWERS = frozenset(Decimal(10) ** n for n in range(1, 9))


def check_signals(setting: Setting, check: Check) -> tuple[str, Mapping[str, float]]:
    """The kind of item (`check.conflict`, or `check.holds` with what is only rounded) and its signals."""
    quotes = (*check.inputs, check.stated)
    digits = len(DIGIT.findall(check.stated.text))
    apart = max(q.span[0] for q in quotes) - min(q.span[0] for q in quotes)
    grids = {setting.grid_at(quote.span) for quote in quotes}
    stated, computed = read(check.stated), read(check.computed)
    gap = relative_gap(stated, computed)
    other = setting.held if check.verdict == "conflict" else setting.disputed
    return "check.conflict" if check.verdict == "conflict" else "check.holds", {
        f"kind.{check.kind}": 1.0, f"tier.{check.tier}": 1.0, "rounding": flag(check.verdict == "rounding"),
        "inputs": math.log1p(len(check.inputs)), "digits": min(digits, MANY_DIGITS) / MANY_DIGITS, "apart": math.log1p(apart),
        "claims": flag(check.claims), "one_grid": flag(len(grids) == 1 and None not in grids),
        "prose": flag(grids == {None}), "same_section": flag(len({setting.section_at(q.span) for q in quotes}) == 1),
        "length": math.log1p(max(len(q.text) for q in quotes)), "other_verdict": flag(check.stated.span in other),
        "chance": odds_of_chance(check), "chance_known": flag(check.chance is not None),
        "gap_known": flag(gap is not None), "small_gap": flag(gap is not None and 0 < gap <= SMALL_GAP),
        "wide_gap": flag(gap is not None and gap > WIDE_GAP), "power": flag(power_of_ten(stated, computed)),
        "equal_text": flag(len({q.text for q in quotes}) == 1), "noisy": max(setting.noisy(q.span) for q in quotes),
        **reading_signals(setting, [q.span for q in quotes]),
    }


def read(quote: Quote | str) -> Decimal | None:
    """The first number of a quote's value or of a computed result."""
    found = NUMBER.search(quote if isinstance(quote, str) else quote.value or quote.text)
    if not found:
        return None
    try:
        return Decimal(found[0].replace(",", ""))
    except InvalidOperation:
        return None


def odds_of_chance(check: Check) -> float:
    """How unlikely a fit by chance is, in decades (`log10`) from nought to MOST_DECADES; nought where nothing was searched."""
    return 0.0 if check.chance is None else min(MOST_DECADES, -math.log10(max(check.chance, 10.0 ** -MOST_DECADES)))


def relative_gap(stated: Decimal | None, computed: Decimal | None) -> float | None:
    """How far what is stated lies from what comes out, as a share of the greater; None where either is no number."""
    if stated is None or computed is None:
        return None
    most = max(abs(stated), abs(computed))
    return float(abs(stated - computed) / most) if most else 0.0


def power_of_ten(stated: Decimal | None, computed: Decimal | None) -> bool:
    """Whether the two differ by a power of ten, as a slip of unit makes them."""
    if not stated or not computed or stated == computed:
        return False
    return max(stated, computed) / min(stated, computed) in POWERS
