"""What repeats in the corrections, proposed as rows of word lists and cases: accepted or declined with one click. For adjudicators and admins."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hedui.errors import UsageError
from hedui.review.learnt_files import source_of
from hedui.review.proposals import proposals
from hedui.review.web import Form, desk_of, done_by, page, redirect, shown_to
from hedui.store.learned import Choice, decide
from hedui.store.people import Session, everyone
from hedui.store.results import names_of

__all__ = ["learn", "say"]

CHOICES: dict[str, Choice] = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}


def shown(request: Request, one: Session) -> Response:
    store = desk_of(request).store
    found, people = proposals(store), {p.id: p.name for p in everyone(store)}
    files = {event.sha256: (names_of(store, event.sha256) or (event.sha256[:12],))[0] for proposal in found for event in proposal.events}
    sources = {p.key: source_of(store, p.decided, people) for p in found if p.decided is not None}
    waiting = [p for p in found if p.decided is None or p.decided.decision == "withdrawn"]
    return page("learn.html", request, session=one, waiting=waiting, settled=[p for p in found if p not in waiting], files=files, people=people,
                sources=sources)


@shown_to("adjudicator")
def learn(request: Request, one: Session) -> Response:
    """Every proposal, the commonest first."""
    return shown(request, one)


@done_by("adjudicator")
def say(request: Request, one: Session, form: Form) -> Response:
    """Accepts, declines or takes back."""
    store, choice = desk_of(request).store, CHOICES.get(form.get("act", ""))
    found = next((p for p in proposals(store) if p.key == form.get("key")), None)
    if found is None or choice is None:
        raise UsageError("这条已不在提议之列，请重新打开本页 · this is proposed no more; open the page anew")
    if form.get("row", "").split() != found.row.split():
        raise UsageError("这条提议的内容刚变了，请重新打开本页再看 · what is proposed has changed; open the page anew")
    decide(store, key=found.key, decision=choice, file=found.file, row=found.row, told=found.told, person=one.person.id)
    return redirect(request, "/learn")
