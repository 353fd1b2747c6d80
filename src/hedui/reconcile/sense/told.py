"""Claims -> what the report tells of each indicator, with figures read, and remarks in one form for all rules of this kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hedui.document import Layout
from hedui.findings import Claim, Indicator, Quote, Remark, RemarkKind, content_id
from hedui.layout import bare
from hedui.reconcile.phrases import numeric, squeezed
from hedui.reconcile.places import part_of
from hedui.reconcile.quotes import quote
from hedui.values import Value, read_value

__all__ = ["Told", "by_name", "field", "full_score", "plainly_told", "points_off", "remark", "told_of"]


class Told(NamedTuple):
    """One telling of an indicator; `target` and `actual` as values, None for words."""

    claim: Claim
    said: Indicator
    target: Value | None
    actual: Value | None

    @property
    def tabled(self) -> bool:
        return self.claim.origin == "table"


def told_of(claims: Iterable[Claim]) -> list[Told]:
    """Every telling of an indicator, in the order of the claims."""
    return [Told(c, c.fields, read_value(c.fields.target or ""), read_value(c.fields.actual or ""))
            for c in claims if isinstance(c.fields, Indicator)]


def by_name(told: Iterable[Told]) -> dict[tuple[int, str], list[Told]]:
    """The tellings of one indicator in one report, by part and name."""
    found: dict[tuple[int, str], list[Told]] = defaultdict(list)
    for one in told:
        found[(one.claim.part, squeezed(bare(one.said.name)))].append(one)
    return found


def plainly_told(one: Told) -> bool:
    """Whether target and result stand in columns of their own, or are told with a rate of completion: elsewhere in running text the
    nearest two figures need not be of one indicator."""
    return one.tabled or one.said.completion is not None


def field(layout: Layout, told: Told, name: str) -> Quote:
    """The field of a telling as it stands in the document."""
    return quote(layout, told.claim.spans[name])


def full_score(told: Told) -> bool:
    """Whether all points were given: 满分, or the score is the weight."""
    weight, score = numeric(told.said.weight or ""), numeric(told.said.score or "")
    return told.said.score == "满分" or (weight is not None and score is not None and weight.value == score.value != 0)


def points_off(told: Told) -> bool:
    weight, score = numeric(told.said.weight or ""), numeric(told.said.score or "")
    return weight is not None and score is not None and score.value < weight.value  # type: ignore[operator]


def remark(layout: Layout, kind: RemarkKind, quotes: Sequence[Quote], note: str, told: Iterable[Told] = ()) -> Remark:
    """A question about `quotes`, each once; it stands in the report of the last."""
    kept = tuple({q.span: q for q in quotes}.values())
    return Remark(id=content_id("q", kind, tuple(q.span for q in kept)), kind=kind, quotes=kept, note=note,
                  claims=tuple(dict.fromkeys(one.claim.id for one in told)), part=part_of(layout, kept[-1].span[0]))
