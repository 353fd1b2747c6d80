"""How far people who read the same reports blind agree: tables and a plain picture. For adjudicators and admins."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response

from hedui.review.agreement import Agreement, Figures, Row, agreement_of
from hedui.review.agreement_told import NOTES, named, number
from hedui.review.web import desk_of, page, shown_to
from hedui.store import Store
from hedui.store.blind import standing
from hedui.store.people import Session, everyone

__all__ = ["agreement"]

WIDE, HIGH, LEFT = 420, 26, 150
COUNTING = Lock()


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One label of the picture, in its own units: F1 as a bar, F1 by overlap as an outline, α as a mark; None where there is none."""

    name: str
    y: int
    exact: float | None
    overlap: float | None
    alpha: float | None


@lru_cache(maxsize=2)
def agreement_at(store: Store, standing: Hashable, names: Hashable) -> Agreement:
    """The agreement while blind readings stand so and people are called so: what is done in the queue that all share does not change it."""
    return agreement_of(store)


def agreement_now(store: Store) -> Agreement:
    """The agreement as it is, worked out by one for all who ask."""
    with COUNTING:
        return agreement_at(store, standing(store), tuple((one.id, one.name) for one in everyone(store)))


def bars_of(rows: Sequence[Row], names: dict[str, str], *, touched: bool) -> Iterator[Bar]:
    def along(value: float | None) -> float | None:
        return None if value is None else round(max(value, 0.0) * WIDE, 1)

    for n, one in enumerate(rows):
        figures = figures_in(one, touched=touched)
        yield Bar(name=named(one, names), y=n * HIGH, exact=along(figures.exact.value), overlap=along(figures.overlap.value),
                  alpha=along(figures.units.alpha))


def figures_in(row: Row, *, touched: bool) -> Figures:
    return row.touched if touched else row.all


@shown_to("adjudicator")
def agreement(request: Request, one: Session) -> Response:
    """The page; `?scope=touched` looks only at findings that one of the two touched."""
    store, touched = desk_of(request).store, request.query_params.get("scope") == "touched"
    found = agreement_now(store)
    names = dict(found.names)
    tables = (("按种类", "by kind", found.whole), ("按类别", "by label", found.labels), ("按人", "by person", found.people),
              ("按两人", "by pair", found.pairs))
    return page("agreement.html", request, session=one, found=found, tables=[one for one in tables if one[2]], touched=touched, names=names,
                bars=tuple(bars_of(found.labels, names, touched=touched)), figures_in=figures_in, named=named, number=number, notes=NOTES,
                wide=WIDE, high=HIGH, left=LEFT)
