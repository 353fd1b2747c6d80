"""Checks and figures that a person put right -> the verdicts of the checks that rest on them, worked out anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hedui.document import Layout, Span
from hedui.findings import Check, Mention, Verdict
from hedui.reconcile.repairs.checks import Recount, recount_of
from hedui.reconcile.repairs.figures import NUMERAL, FigureReader, Written
from hedui.values import read_value
from hedui.view import fold

__all__ = ["rechecked", "written_as"]


def written_as(figure: Written, text: str) -> Written | None:
    """`figure` with what `text` says in its place; its unit stays where `text` has none. None where `text` holds no one number.

    `12,480` for `12,840万元` is 12,480万元; `645.55万元` for `645.55元` is what it says.
    """
    said = fold(text).replace(" ", "")
    found = NUMERAL.findall(said)
    if len(found) != 1:
        return None
    head, _, tail = said.partition(found[0])
    changed = replace(figure, head=head, number=found[0], tail=tail or figure.tail)
    value = read_value(said) if tail and tail != figure.tail else None
    if value is None:
        return changed
    numeral = changed.numeral
    if not isinstance(value.value, Decimal) or not numeral:
        return None
    return replace(changed, scale=abs(value.value / numeral), exact=value.low == value.high, unit=value.unit, label=value.kind)


def touching(recount: Recount, corrected: Mapping[Span, str]) -> Iterator[tuple[Written, str]]:
    for figure in recount.figures:
        start, end = figure.quote.span
        yield from ((figure, text) for span, text in corrected.items() if span[0] < end and span[1] > start)


def rechecked(layout: Layout, mentions: Sequence[Mention], checks: Sequence[Check], corrected: Mapping[Span, str]) -> dict[str, Verdict | None]:
    """For the id of every check that quotes a figure of `corrected` (where it stands -> what it ought to say) its verdict with these in
    place; None where it cannot be worked out anew, so that a person must look."""
    reader, found = FigureReader(layout, mentions), dict[str, Verdict | None]()
    for check in checks:
        quoted = [quote.span for quote in (*check.inputs, check.stated)]
        if not any(a < end and b > start for start, end in quoted for a, b in corrected):
            continue
        recount = recount_of(check, reader)
        if recount is None:
            found[check.id] = None
            continue
        meant = [(figure.at, written_as(figure, text)) for figure, text in touching(recount, corrected)]
        mended = recount.mended({at: figure for at, figure in meant if figure is not None})
        found[check.id] = mended.verdict(mended.stated) if meant and all(figure for _, figure in meant) else None
    return found
