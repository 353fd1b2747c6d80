"""Checks and figures that a person put right -> the verdicts of the checks that rest on them, worked out anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hedui.document import Layout, Span
from hedui.findings import SIGNS, Check, Mention, Verdict
from hedui.reconcile.formulas.expressions import Count
from hedui.reconcile.formulas.intervals import Interval
from hedui.reconcile.repairs.checks import Recount, recount_of
from hedui.reconcile.repairs.figures import NUMERAL, FigureReader, Written
from hedui.values import read_value
from hedui.view import fold

__all__ = ["Rechecked", "formula_of", "rechecked", "written_as"]

WRITTEN = {" * ": " × ", " / ": " ÷ ", " - ": " − "}
FINER = Decimal("0.01")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rechecked:
    """A check with corrected figures in place: its verdict, None where it cannot be worked out anew, and how it reads then."""

    verdict: Verdict | None
    formula: str


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


def formula_of(recount: Recount) -> str:
    """A check as it is worked out: what is reckoned over which figures, what comes out in the unit of the stated figure, to a hundredth of
    its last digit, and what is stated.

    `1126.05万元 ÷ 1260.50万元 = 89.33% ≠ 93.80%`
    """
    stated, sign = recount.stated, SIGNS[recount.verdict(recount.stated)]
    if isinstance(recount.formula, Count):
        return f"所列 {len(recount.formula.terms)} 项 {sign} {stated.text}"
    said = re.sub(r"#(\d+)", lambda found: recount.inputs[int(found[1]) - 1].text, str(recount.formula))
    for asked, written in WRITTEN.items():
        said = said.replace(asked, written)
    point = recount.formula([Interval(f.stated.value, f.stated.value) for f in recount.inputs])
    if recount.told or point is None:
        return f"{said} {sign} {stated.text}"
    last = Decimal(1).scaleb(-stated.decimals)
    found = (point.low * recount.power / stated.scale).quantize(last * FINER)
    if found == stated.numeral:
        return f"{said} = {stated.text}"
    exact = found.quantize(last) if found == found.quantize(last) else found
    return f"{said} = {exact:f}{stated.tail} {'≈' if sign == '=' else sign} {stated.text}"


def rechecked(layout: Layout, mentions: Sequence[Mention], checks: Sequence[Check], corrected: Mapping[Span, str]) -> dict[str, Rechecked]:
    """For the id of every check that quotes a figure of `corrected` (where it stands -> what it ought to say) what it comes to with these
    in place; where it cannot be worked out anew a person must look, and it reads as it did."""
    reader, found = FigureReader(layout, mentions), dict[str, Rechecked]()
    for check in checks:
        quoted = [quote.span for quote in (*check.inputs, check.stated)]
        if not any(a < end and b > start for start, end in quoted for a, b in corrected):
            continue
        recount = recount_of(check, reader)
        if recount is None:
            found[check.id] = Rechecked(verdict=None, formula=check.note)
            continue
        meant = [(figure.at, written_as(figure, text)) for figure, text in touching(recount, corrected)]
        mended = recount.mended({at: figure for at, figure in meant if figure is not None})
        whole = bool(meant) and all(figure for _, figure in meant)
        found[check.id] = Rechecked(verdict=mended.verdict(mended.stated) if whole else None, formula=formula_of(mended) if whole else check.note)
    return found
