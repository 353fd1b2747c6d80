"""A file or a layout in, the survey of it out: what the rules read, for labelling functions to look at."""

from __future__ import annotations

from pathlib import Path

from hedui.claims import link_claims
from hedui.document import Layout
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.mentions.find import pieces_of
from hedui.neural.weak.types import Survey
from hedui.readers import read
from hedui.reconcile import reconcile
from hedui.view import view

__all__ = ["survey_file", "survey_of"]


def survey_file(path: Path) -> Survey:
    """The survey of the report at `path`; ReadError where it cannot be read."""
    return survey_of(arrange(read(path)), source=path.name)


def survey_of(layout: Layout, *, source: str | None = None) -> Survey:
    mentions = find_mentions(layout)
    claims = link_claims(layout, mentions)
    checks, _ = reconcile(layout, mentions, claims)
    pieces = tuple(view(layout.document.text, span) for span in sorted(set(pieces_of(layout))))
    return Survey(source=source or layout.document.name, layout=layout, mentions=mentions, claims=claims, checks=checks,
                  pieces=tuple(piece for piece in pieces if piece.text))
