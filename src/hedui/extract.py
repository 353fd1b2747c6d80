"""The route: a Document in, Findings out. Every step is a function of what comes before it, nothing flows back."""

from __future__ import annotations

from typing import Any

from hedui.claims import link_claims
from hedui.confidence import weigh
from hedui.document import Document
from hedui.findings import Findings
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.reconcile import reconcile

__all__ = ["extract"]


def extract(document: Document, *, tagger: Any = None, linker: Any = None, calibrator: Any = None) -> Findings:
    """Everything read in `document`. Models come in as arguments; without them rules alone read it, and the shipped
    calibrator weighs what they found."""
    layout = arrange(document)
    mentions = find_mentions(layout, tagger=tagger)
    claims = link_claims(layout, mentions, linker=linker)
    checks, records = reconcile(layout, mentions, claims)
    return weigh(layout, mentions, claims, checks, records, calibrator=calibrator)
