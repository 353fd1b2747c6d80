"""Conflicts with their confidence -> those that a report may show so that few of them are false."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.findings import Check

__all__ = ["within_fdr"]


def within_fdr(checks: Sequence[Check], rate: float = 0.05) -> tuple[Check, ...]:
    """The conflicts among `checks`, in their order, that may be shown at a false discovery rate of `rate`: the surest ones, as many as
    keep the mean of 1 − confidence at or under it. This mean is the share of false ones to expect among what is shown, the local false
    discovery rate of each being 1 − confidence (Efron et al. 2001; the rule is that of Newton et al. 2004, Biostatistics 5:155).
    Conflicts of equal confidence are shown or left out together. ValueError where `rate` is no share.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"rate {rate}: 应在 0 与 1 之间 · expected a share between 0 and 1")
    conflicts = sorted((check.confidence for check in checks if check.verdict == "conflict"), reverse=True)
    least, doubt = 2.0, 0.0
    for shown, confidence in enumerate(conflicts, start=1):
        doubt += 1 - confidence
        last = shown == len(conflicts) or conflicts[shown] < confidence
        if last and doubt <= rate * shown + 1e-12:
            least = confidence
    return tuple(check for check in checks if check.verdict == "conflict" and check.confidence >= least)
