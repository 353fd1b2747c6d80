"""The year that a report is of -> sentences on its own money and marks, and heads of its forms, that name another year.

Only what can be of no other year is judged: the total that the report gives itself, what was evaluated, what was spent up to the
end of the year, the head of an annexed form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.agreement.labels_years_patterns import ANOTHER, CLOSED, EVALUATED, HEAD, SCORED
from hedui.reconcile.agreement.told import wording
from hedui.reconcile.places import Place

__all__ = ["year_checks"]

HEAD_LONG, NEAR = 60, 2


def year_checks(layout: Layout, places: Sequence[Sequence[Place]], raised: Set[int] = frozenset()) -> Iterator[Check]:
    """One check for every place that names another year than the title of its report does; those at starts `raised` are told."""
    for part, inside in enumerate(places):
        report = layout.parts[part]
        year = str(report.year)
        if not report.year or year not in (report.title or ""):
            continue
        at = layout.document.text.find(year, *report.span)
        if at < 0:
            continue
        length = len(year) + (2 if layout.document.text[at + 4:at + 6] == "年度" else layout.document.text[at + 4:at + 5] == "年")
        for paragraph, seen in inside:
            patterns = (SCORED, EVALUATED, CLOSED) if paragraph.role == "body" else ()
            found = [m for p in patterns for m in p.finditer(seen.text)
                     if not ANOTHER.search(seen.text, seen.text.rfind("。", 0, m.start()) + 1, m.end())]
            if len(seen.text) <= HEAD_LONG and (head := HEAD.match(seen.text)):
                found.append(head)
            for match in found:
                told, span = int(match["year"]), seen.span(*match.span("told"))
                near = abs(told - report.year) <= NEAR and str(told) not in (report.title or "")
                if near and seen.text.count(f"{told}年") == 1 and span[0] not in raised:
                    yield wording(layout, (at, at + length), span, "年度不一")
