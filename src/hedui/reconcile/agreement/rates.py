"""The execution rate that a report tells in prose against the row of its table that is called so, or the first row of its form.

A rate over another base reads otherwise and is none; one that a wrong digit or an exchange of two explains is a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hedui.document import GridCell, Layout
from hedui.findings import Check, Mention
from hedui.layout import column_role
from hedui.reconcile.agreement.compare import compare
from hedui.reconcile.agreement.facts import facts_of
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.cells import roles_of
from hedui.reconcile.numerals import digits, neighbours
from hedui.reconcile.phrases import numeric
from hedui.reconcile.quotes import quote

__all__ = ["execution_rate_checks"]

# 预算执行率 · 资金执行率为
NAMED = re.compile(r"(?:预算|资金|全年|总体|整体|总|综合|项目|年度)执行率(?:为|是|达到?了?)?$")
# the row of a table of indicators that tells it
ROW = re.compile(r"(?:预算|资金|项目)?(?:资金)?(?:预算)?执行率")
WHOLE = re.compile(r"年度资金总额|资金总额|合计|总计|预算资金")
MONEY = frozenset({"budget", "executed"})


def execution_rate_checks(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Check]:
    """Rates called 预算执行率 in running text, part by part."""
    cells = {part: cell for part in range(len(layout.parts)) if (cell := row_rate(layout, part) or form_rate(layout, part))}
    for fact in facts_of(layout, mentions) if cells else ():
        section = layout.sections[layout.paragraphs[fact.paragraph].section]
        cell = cells.get(section.part)
        if cell is None or fact.mention.label != "RATE" or fact.mention.op or not NAMED.search(fact.before):
            continue
        comparison = compare(cell.text, fact.mention.text)
        slip = bool(set(neighbours(digits(cell.text))) & set(neighbours(digits(fact.mention.text))))
        if comparison is None or (comparison.verdict == "conflict" and not slip):
            continue
        a, b = quote(layout, cell.span, cell.text), quote(layout, fact.mention.span)
        sign = "≠" if comparison.verdict == "conflict" else "="
        yield agreement(layout, "table", [a], b, verdict=comparison.verdict, tier="numeric", computed=cell.text,
                        note=f"预算执行率：表中 {cell.text} {sign} 文中 {b.text}")


def row_rate(layout: Layout, part: int) -> GridCell | None:
    """The result in the one row of the part's tables of indicators that is called 预算执行率."""
    found = []
    for grid in layout.grids if part < len(layout.parts) else ():
        roles = roles_of(grid)
        if grid.part == part and {"name", "actual"} <= set(roles):
            name, actual = roles.index("name"), roles.index("actual")
            found += [row[actual] for row in grid.rows[grid.header_rows:] if len(row) > max(name, actual) and ROW.fullmatch(row[name].text.strip())]
    return found[0] if len(found) == 1 and numeric(found[0].text) else None


def form_rate(layout: Layout, part: int) -> GridCell | None:
    """The rate in the row of the whole fund, where one form of the part alone has such a row."""
    found = []
    for grid in layout.grids:
        roles = {role: j for j, path in enumerate(grid.headers) if path and (role := column_role(path[-1]))}
        if grid.part != part or not roles.keys() >= MONEY or "rate" not in roles:
            continue
        row = next((r for r in grid.rows[grid.header_rows:] if any(WHOLE.search(c.text) for c in r[:roles["budget"]])), None)
        if row is not None and numeric(row[roles["rate"]].text):
            found.append(row[roles["rate"]])
    return found[0] if len(found) == 1 else None
