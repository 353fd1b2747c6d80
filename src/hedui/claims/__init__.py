"""Mentions -> claims: what the report says of its indicators, funds, cited documents and scores, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hedui.claims.documents import document_claims
from hedui.claims.funds.claims import fund_claims
from hedui.claims.indicators.table import table_indicators
from hedui.claims.indicators.text import narrative_indicators
from hedui.claims.scores import score_claims
from hedui.document import Layout
from hedui.findings import Claim, Mention

__all__ = ["Linker", "link_claims"]

Linker = Callable[[Layout, Sequence[Mention], Sequence[Claim]], tuple[Claim, ...]]


def link_claims(layout: Layout, mentions: Sequence[Mention], *, linker: Linker | None = None) -> tuple[Claim, ...]:
    """All claims of `layout` in the order of the text; `linker`, where given, may add to and mend what rules found;
    what it gives is in the order of the text again."""
    tables = table_indicators(layout, mentions)
    funds = fund_claims(layout, mentions)
    claims = (*tables, *narrative_indicators(layout, mentions, tables), *funds,
              *document_claims(layout, mentions, funds), *score_claims(layout, mentions))
    ordered = tuple(sorted(claims, key=lambda claim: (claim.span, claim.type, claim.id)))
    return linker(layout, mentions, ordered) if linker is not None else ordered
