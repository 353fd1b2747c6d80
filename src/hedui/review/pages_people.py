"""Who works at the desk: accounts, roles, and the one-time links that make them. For admins."""

from __future__ import annotations

from typing import get_args

from starlette.requests import Request
from starlette.responses import Response

from hedui.errors import UsageError
from hedui.review.security import INVITED, digest_of, token
from hedui.review.web import Form, desk_of, done_by, page, shown_to
from hedui.store.people import Role, Session, change_person, everyone, invite

__all__ = ["change", "people"]


def shown(request: Request, one: Session, *, link: str | None = None, said: tuple[str, str] | None = None) -> Response:
    return page("people.html", request, session=one, everyone=everyone(desk_of(request).store), roles=get_args(Role), link=link, said=said)


@shown_to("admin")
def people(request: Request, one: Session) -> Response:
    return shown(request, one)


@done_by("admin")
def change(request: Request, one: Session, form: Form) -> Response:
    """Makes a one-time link, or changes an account."""
    store, what, person = desk_of(request).store, form.get("act", ""), form.get("person", "")
    found = next((p for p in everyone(store) if p.id == person), None)
    role = next((r for r in get_args(Role) if r == form.get("role")), None)
    try:
        if what == "invite" and role is not None:
            return shown(request, one, link=linked(request, role, None))
        if found is None:
            raise UsageError("没有这个人 · no such account")
        if what == "renew":
            return shown(request, one, link=linked(request, found.role, found.id))
        if found.id == one.person.id:
            raise UsageError("不能改自己的角色或停用自己 · you cannot change or close your own account")
        if what == "role" and role is not None:
            change_person(store, found.id, role=role)
        elif what in ("close", "open"):
            change_person(store, found.id, active=what == "open")
        else:
            raise UsageError("没有这个动作 · no such act")
    except UsageError as error:
        zh, _, en = str(error).partition(" · ")
        return shown(request, one, said=(zh, en))
    return shown(request, one)


def linked(request: Request, role: Role, person: str | None) -> str:
    """A one-time link, good for three days."""
    told = token()
    invite(desk_of(request).store, digest_of(told), role=role, person=person, lasts=INVITED)
    return f"{request.url.scheme}://{request.url.netloc}/welcome/{told}"
