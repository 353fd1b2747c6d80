"""Points of a table -> whether its columns come to their total row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hedui.document import Grid, GridCell, Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.exact import words_of
from hedui.reconcile.arithmetic.tables import added, slipped
from hedui.reconcile.arithmetic.tables_points import Points, fund_points
from hedui.reconcile.cells import NOT_ADDED, cell_figure, is_total, roles_of
from hedui.reconcile.formulas.check import Quoted, check_of
from hedui.reconcile.formulas.expressions import Constant, Expression, Input, Operation
from hedui.reconcile.formulas.intervals import Stated, compute, judge

__all__ = ["column_sums"]

NEAR, INNER = 5, 30
HUNDRED, EXECUTION = Decimal(100), Decimal(10)


def column_sums(layout: Layout, points: Points, before: Sequence[Points]) -> Iterator[Check]:
    """Every column that a total row sums up; points of the funds row in a table above count where the weights say so."""
    text, grid = layout.document.text, points.grid
    first, roles = grid.header_rows, roles_of(grid)
    first += first == 0 and bool(grid.rows) and not any(cell_figure(text, cell) for cell in grid.rows[0])
    for i, row in enumerate(grid.rows[first:], start=first):
        if not is_total(row) or i == first:
            continue
        previous = [k for k in range(first, i) if is_total(grid.rows[k])]
        start = previous[-1] + 1 if previous else first
        cells = [(j, roles[j] if j < len(roles) else None, whole) for j, whole in total_cells(text, grid, row)]
        wholes = {role: whole.stated.value for _, role, whole in cells if role in {"weight", "score"}}
        rows = {role: {k: f for k, f in found.items() if start <= k < i} for role, found in points.rows.items()}
        own = {role: sum((f.stated.value for f in found.values()), Decimal(0)) for role, found in rows.items()}
        above = extension(points, before, own, wholes)
        sound = sound_points(points, before, rows, above, wholes.get("weight", HUNDRED))
        unsound = {"weight", "score"} - sound
        for j, role, whole in cells:
            if role in NOT_ADDED:
                continue
            parts = column_parts(text, grid, j, start, i, role)
            more = above.get(role or "", [])
            if not parts:
                continue
            choices = ([*more, *parts], parts, outermost(parts))
            chosen = next((p for p in choices if p and added(layout, p, whole, certain=False)), choices[0])
            sure = role in sound if role in {"weight", "score"} and rows.get("weight") else role not in unsound and slipped(whole, chosen)
            check = added(layout, chosen, whole, certain=sure and len(chosen) > 1 and complete(text, grid, j, start, i))
            if check is not None:
                yield averaged(layout, chosen, whole) or check if check.verdict == "conflict" else check


def sound_points(points: Points, before: Sequence[Points], rows: Mapping[str, Mapping[int, Quoted]], above: Mapping[str, list[Quoted]],
                 full: Decimal) -> set[str]:
    """The columns of points of a table that a total can be held against. All its rows tell both of them, the ten points of the funds are
    not told where nobody read them, and no table above is its first half; scores are all there where the weights come to their total."""
    known = [found for found in rows.values() if found]
    weights = sum((f.stated.value for f in (*rows.get("weight", {}).values(), *above.get("weight", []))), Decimal(0))
    halved = not above and any(last.grid.part == points.grid.part and last.rows.get("score") and not any(last.totals.values())
                               and not fund_points(last) for last in before[-NEAR:])
    if halved or weights == full - EXECUTION or any(set(found) != set(known[0]) for found in known):
        return set()
    return {"weight", "score"} if weights in {full, HUNDRED} or not rows.get("weight") else {"weight"}


def averaged(layout: Layout, parts: Sequence[Quoted], whole: Quoted) -> Check | None:
    """The check that a row at the end holds the mean of the rows above it (各市自评得分的平均数), where it does."""
    terms: tuple[Expression, ...] = tuple(Input(n) for n in range(1, len(parts) + 1))
    formula = Operation("/", (Operation("+", terms), Constant(Decimal(len(parts))))) if len(parts) > 1 else None
    outcome = compute(formula, [p.stated for p in parts]) if formula is not None else None
    last = Decimal(1).scaleb(-len(whole.number.partition(".")[2]))
    if formula is None or outcome is None or judge(Stated(whole.stated.value, last), outcome) != "consistent":
        return None
    return check_of(layout, "ratio", parts, whole, outcome, "consistent", words_of(formula), remark="各行平均")


def total_cells(text: str, grid: Grid, row: Sequence[GridCell]) -> list[tuple[int, Quoted]]:
    """The figures of a total row with their columns. Rows that lost their empty cells are read from the left: the first
    figure is that of 分值, the second that of 得分."""
    roles = roles_of(grid)
    points = [j for j, role in enumerate(roles) if role in {"weight", "score"}]
    found = [(j, f) for j, c in enumerate(row) if c.origin and (f := cell_figure(text, c, exact=j in points)) and f.suffix != "%"]
    moved = [(k, f) for k, (_, f) in zip(points, found, strict=False)]
    if points and found and len(found) == len(points) and all(j not in points for j, _ in found[-1:]):
        return moved
    return found


def column_parts(text: str, grid: Grid, j: int, start: int, stop: int, role: str | None) -> list[Quoted]:
    """The figures of a column in rows that are not 其中 of others."""
    found = []
    for row in grid.rows[start:stop]:
        if j < len(row) and row[j].origin and not any(c.text.strip().startswith("其中") for c in row):
            figure = cell_figure(text, row[j], exact=role in {"weight", "score"})
            if figure is not None and figure.suffix != "%":
                found.append(figure)
    return found


def outermost(parts: Sequence[Quoted]) -> list[Quoted]:
    """The figures of a column without those that add up to the one above them."""
    found: list[Quoted] = []
    at = 0
    while at < len(parts):
        found.append(parts[at])
        added_up, stop = Decimal(0), at
        for n in range(at + 1, min(len(parts), at + 1 + INNER)):
            added_up += parts[n].stated.value
            if n > at + 1 and added_up == parts[at].stated.value:
                stop = n
                break
        at = stop + 1
    return found


def complete(text: str, grid: Grid, j: int, start: int, stop: int) -> bool:
    """Whether a column holds nothing but figures, dashes and nothing, and no row of it is 其中 of another."""
    rows = grid.rows[start:stop]
    cells = [row[j] for row in rows if j < len(row) and row[j].text.strip()]
    return all(cell_figure(text, c) is not None or c.text.strip() in {"-", "—", "/"} for c in cells)


def extension(points: Points, before: Sequence[Points], own: Mapping[str, Decimal], wholes: Mapping[str, Decimal]
              ) -> Mapping[str, list[Quoted]]:
    """By role, the points of the tables just above that a total row counts in with its `own` rows: those of the funds row
    (资金执行 10分), or those of a table without a total, where the points of either role then come to their whole; the
    funds row also where it makes the weights a hundred, so that only the total can be wrong."""
    for last in reversed(before[-NEAR:] if wholes else ()):
        if last.grid.part != points.grid.part:
            break
        funds = fund_points(last)
        more = funds or ({} if last.totals.get("weight") else {role: list(rows.values()) for role, rows in last.rows.items()})
        held = {role: sum((f.stated.value for f in figures), Decimal(0)) for role, figures in more.items()}
        closes = any(held.get(role) and own.get(role) and wholes[role] - own[role] == held[role] for role in wholes)
        if closes or (funds and held.get("weight") and own.get("weight", Decimal(0)) + held["weight"] == HUNDRED):
            return more
    return {}
