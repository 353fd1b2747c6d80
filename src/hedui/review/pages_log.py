"""The audit trail: who did what and when, what it was and became, and which versions had read it. For adjudicators and admins."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import get_args

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from hedui.corrections import ACTS, Kind
from hedui.review.log import changes_of, csv_rows, versions_of
from hedui.review.web import desk_of, page, shown_to
from hedui.store import Store
from hedui.store.blind import reads_blind
from hedui.store.log import Wanted, groups_of, line_count, lines, lines_from
from hedui.store.people import Session, everyone

__all__ = ["log", "log_file", "wanted_of"]

PAGE = 60
NAMES = ("person", "act", "kind", "sha256", "report", "target", "file")


def wanted_of(store: Store, one: Session, held: Mapping[str, str]) -> Wanted:
    """The events that an address asks for, as far as a person may see them."""
    told = {name: held[name][:200] for name in NAMES if held.get(name)}
    return Wanted(**told, but=one.person.id if reads_blind(store, one.person.id) else None)


@shown_to("adjudicator")
def log(request: Request, one: Session) -> Response:
    """A page of the trail, the newest first."""
    store, held = desk_of(request).store, dict(request.query_params)
    wanted = wanted_of(store, one, held)
    before = int(held["before"]) if held.get("before", "").isdecimal() and len(held["before"]) < 16 else None
    found = lines(store, wanted, before=before, limit=PAGE + 1)
    taken = groups_of(store, {line.event.after["group"] for line in found if line.event.act in ("undo", "redo")})
    return page("log.html", request, session=one, lines=found[:PAGE], more=len(found) > PAGE, wanted=wanted, acts=ACTS, kinds=get_args(Kind),
                query={name: held[name] for name in NAMES if held.get(name)}, people={p.id: p.name for p in everyone(store)}, taken=taken,
                count=line_count(store, wanted), changes_of=changes_of, versions_of=versions_of, first=before is None)


@shown_to("adjudicator")
def log_file(request: Request, one: Session) -> Response:
    """What the page asks for, whole, as CSV."""
    store = desk_of(request).store
    people = {p.id: p.name for p in everyone(store)}
    told = csv_rows(lines_from(store, wanted_of(store, one, dict(request.query_params))), people)
    return StreamingResponse(chain(("\ufeff",), told), media_type="text/csv; charset=utf-8",
                             headers={"Content-Disposition": 'attachment; filename="hedui-log.csv"'})
