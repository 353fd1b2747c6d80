"""Claims and places -> quotes and checks of agreement, in one form for all rules of this kind."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.document import Layout
from hedui.findings import Check, CheckKind, Quote, Tier, Verdict, content_id
from hedui.reconcile.places import part_of

__all__ = ["MISWRITTEN", "TURNED", "agreement"]

# how the note of a check ends whose two figures are likely one, miswritten once
MISWRITTEN, TURNED = "疑为笔误", "疑数字颠倒"


def agreement(layout: Layout, kind: CheckKind, inputs: Sequence[Quote], stated: Quote, *, verdict: Verdict, tier: Tier,
              computed: str, note: str, claims: Sequence[str] = ()) -> Check:
    """A check that two tellings agree or do not; it stands in the report of `stated`."""
    part = part_of(layout, stated.span[0])
    return Check(id=content_id("k", kind, tuple(q.span for q in inputs), stated.span, tier), kind=kind, inputs=tuple(inputs),
                 stated=stated, computed=computed, verdict=verdict, tier=tier, note=note, claims=tuple(claims), part=part)
