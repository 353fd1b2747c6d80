"""The route: a Document in, Findings out. Every step is a function of what comes before it, nothing flows back."""

from __future__ import annotations

from dataclasses import replace

from hedui.claims import Linker, link_claims
from hedui.confidence import Calibrator, weigh
from hedui.document import Document
from hedui.findings import Findings
from hedui.layout import arrange
from hedui.mentions import Tagger, find_mentions
from hedui.reconcile import reconcile, remarks_on, repairs_of

__all__ = ["extract"]


def extract(document: Document, *, tagger: Tagger | None = None, linker: Linker | None = None,
            calibrator: Calibrator | None = None) -> Findings:
    """Everything read in `document`. Models come in as arguments (`hedui.neural.loading.load_model`); without them rules
    alone read it, and the shipped calibrator weighs what they found."""
    layout = arrange(document)
    mentions = find_mentions(layout, tagger=tagger)
    claims = link_claims(layout, mentions, linker=linker)
    checks, records = reconcile(layout, mentions, claims)
    findings = weigh(layout, mentions, claims, checks, records, remarks=remarks_on(layout, mentions, claims, checks),
                     repairs=repairs_of(layout, mentions, checks), calibrator=calibrator)
    return replace(findings, model=getattr(tagger or linker, "sha256", None))
