"""Claims and places -> quotes and checks of agreement, in one form for all rules of this kind."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.document import Layout, Span
from hedui.findings import Check, CheckKind, Quote, Tier, Verdict, content_id
from hedui.reconcile.agreement.misprints import misprinted
from hedui.reconcile.agreement.names import UNITS
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.places import part_of
from hedui.reconcile.quotes import quote

__all__ = ["MISWRITTEN", "TURNED", "agreement", "wording"]

# how the note of a check ends whose two figures are likely one, miswritten once
MISWRITTEN, TURNED = "疑为笔误", "疑数字颠倒"


def agreement(layout: Layout, kind: CheckKind, inputs: Sequence[Quote], stated: Quote, *, verdict: Verdict, tier: Tier,
              computed: str, note: str, claims: Sequence[str] = ()) -> Check:
    """A check that two tellings agree or do not; it stands in the report of `stated`."""
    part = part_of(layout, stated.span[0])
    return Check(id=content_id("k", kind, tuple(q.span for q in inputs), stated.span, tier), kind=kind, inputs=tuple(inputs),
                 stated=stated, computed=computed, verdict=verdict, tier=tier, note=note, claims=tuple(claims), part=part)


def wording(layout: Layout, usual: Span, odd: Span, note: str, *, behind: str = "", claims: Sequence[str] = ()) -> Check:
    """A conflict over one name written in two ways, `odd` as stated; the one that can only be a misprint of the other is odd, whichever
    was told more often. `note` says what differs, `behind` why the two are one."""
    a, b = quote(layout, usual), quote(layout, odd)
    one, other = (squeezed(UNITS.sub("", q.value or q.text)) for q in (a, b))
    if misprinted(layout.document.text, one, other):
        a, b = b, a
    return agreement(layout, "label", [a], b, verdict="conflict", tier="wording", computed=a.value or a.text,
                     note=(f"{note}：{b.value} 应为 {a.value}" if note else f"{b.value} ≠ {a.value}") + behind, claims=claims)
