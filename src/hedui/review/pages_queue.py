"""The queue: what is to be looked at, the weightiest first, with filters and how far things are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from functools import lru_cache
from threading import Lock
from time import time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hedui.review.pace import pace_of
from hedui.review.web import desk_of, page, shown_to
from hedui.store import Store
from hedui.store.blind import listed_in, progress_in, scopes
from hedui.store.people import Session, everyone
from hedui.store.tasks import Filter, choices

__all__ = ["filter_of", "query_of", "queue"]

PAGE, REMEMBERED, MOST_PAGES = 50, 60, 1_000_000
COUNTING = Lock()
STATES = ("open", "done", "skipped")
PLAIN = tuple(one.name for one in fields(Filter) if one.name not in ("reading", "but", "year", "from_", "below", "state"))


def filter_of(held: Mapping[str, str]) -> Filter:
    """The filter that the query of an address asks for; what makes no sense in it is passed over."""
    told: dict[str, Any] = {name: held[name] for name in PLAIN if held.get(name)}
    if held.get("year", "").isdecimal():
        told["year"] = int(held["year"])
    for name in ("from_", "below"):
        try:
            told[name] = min(max(float(held[name]), 0.0), 1.0)
        except (KeyError, ValueError):
            continue
    if held.get("state") in STATES:
        told["state"] = held["state"]
    elif held.get("state") == "any":
        told["state"] = None
    return Filter(**told)


def query_of(wanted: Filter) -> dict[str, Any]:
    """The query that asks for a filter, as far as it is not what is asked for anyhow."""
    told = {name: value for name, value in asdict(wanted).items() if value not in (None, "") and name not in ("reading", "but")}
    if told.get("state") == "open":
        told.pop("state")
    return told if wanted.state is not None else {**told, "state": "any"}


@lru_cache(maxsize=2)
def lately_chosen(store: Store, _: int) -> dict[str, tuple[Any, ...]]:
    return choices(store)


def chosen_of(store: Store) -> dict[str, tuple[Any, ...]]:
    """What one may filter by, counted anew every minute, by one for all who ask."""
    with COUNTING:
        return lately_chosen(store, int(time() // REMEMBERED))


@shown_to()
def queue(request: Request, one: Session) -> Response:
    """The queue page; how far things are is told without regard to the words that are looked for."""
    desk, held = desk_of(request), dict(request.query_params)
    store, wanted = desk.store, filter_of(held)
    number = min(max(int(held["page"]), 1), MOST_PAGES) if held.get("page", "").isdecimal() else 1
    mine = scopes(store, wanted, one.person.id)
    rows = listed_in(store, mine, limit=PAGE + 1, offset=(number - 1) * PAGE)
    chosen = chosen_of(store)
    if len(mine) > 1:
        chosen = chosen | {"reason": (*chosen["reason"], "blind")}
    counts = progress_in(store, scopes(store, replace(wanted, text=None), one.person.id))
    return page("queue.html", request, session=one, rows=rows[:PAGE], more=len(rows) > PAGE, number=number, wanted=wanted, query=query_of(wanted),
                counts=counts, choices=chosen, people={p.id: p.name for p in everyone(store)},
                laying=desk.laying.far if desk.laying.under_way else None, pace=pace_of(store, wanted, left=counts.get("open", 0)),
                given=int(held["given"]) if held.get("given", "").isdecimal() else None)
