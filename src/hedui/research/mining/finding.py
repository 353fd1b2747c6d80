"""What a theme of mining finds in a report: one span, what kind of thing it is, and what stands on the other side."""

from __future__ import annotations

from dataclasses import dataclass, field

from hedui.document import Span

__all__ = ["Finding"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing found. `span` is of the text of the file; `type` one of its theme's, `score` between 0 and 1 how much speaks for it;
    `other` the span of the other side (an effect, a row of a table, a target), with `note` in words; `claim` the id of the claim it speaks of;
    `more` holds what only its theme tells."""

    theme: str
    type: str
    span: Span
    text: str
    score: float
    other: Span | None = None
    other_text: str | None = None
    claim: str | None = None
    note: str = ""
    more: dict[str, str] = field(default_factory=dict)
