"""Who works at the desk: accounts, sessions and invitations. Secrets come in as hashes; nothing here can be turned back into a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from hedui.errors import UsageError
from hedui.findings import content_id
from hedui.store.store import Store
from hedui.store.tables_review import attempts, invitations, people, sessions

__all__ = ["Invitation", "Person", "Role", "Session", "add_person", "change_person", "close_session", "everyone", "failures", "invitation", "invite",
           "note_failure", "open_session", "person_named", "redeem", "session"]

Role = Literal["annotator", "adjudicator", "admin"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """An account; `secret` is the hash of its password."""

    id: str
    name: str
    role: Role
    secret: str
    active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """Somebody who is signed in, and the token their forms must carry."""

    person: Person
    csrf: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation:
    """What a one-time link gives: a role for a new account, or a new password for `person`."""

    role: Role
    person: str | None


def aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def everyone(store: Store) -> tuple[Person, ...]:
    """All accounts, by name."""
    columns = (people.c.id, people.c.name, people.c.role, people.c.secret, people.c.active)
    with store.reading() as connection:
        return tuple(Person(**row) for row in connection.execute(select(*columns).order_by(people.c.name)).mappings())


def person_named(store: Store, name: str) -> Person | None:
    """The account of that name, whether active or not."""
    return next((one for one in everyone(store) if one.name == name), None)


def add_person(store: Store, *, name: str, role: Role, secret: str) -> Person:
    """A new account; UsageError where the name is taken."""
    made = Person(id=content_id("u", name, uuid4().hex), name=name, role=role, secret=secret)
    with store.writing() as connection:
        try:
            connection.execute(people.insert(), {"id": made.id, "name": name, "role": role, "secret": secret, "active": True,
                                                 "made": datetime.now(UTC)})
        except IntegrityError as error:
            raise UsageError(f"{name}: 这个名字已有人用 · this name is taken") from error
    return made


def change_person(store: Store, person: str, *, role: Role | None = None, secret: str | None = None, active: bool | None = None) -> None:
    """Changes an account; a new password or leave ends its sessions."""
    changed = {key: value for key, value in (("role", role), ("secret", secret), ("active", active)) if value is not None}
    with store.writing() as connection:
        connection.execute(people.update().where(people.c.id == person).values(**changed))
        if secret is not None or active is False:
            connection.execute(delete(sessions).where(sessions.c.person == person))


def open_session(store: Store, digest: str, person: str, *, csrf: str, lasts: timedelta) -> None:
    """Signs a person in under the digest of a token; sessions that have run out go."""
    now = datetime.now(UTC)
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.ends < now))
        connection.execute(sessions.insert(), {"digest": digest, "person": person, "csrf": csrf, "made": now, "ends": now + lasts})


def session(store: Store, digest: str) -> Session | None:
    """Who is signed in under the digest of a token; None where nobody is any more."""
    asked = select(sessions.c.csrf, sessions.c.ends, people.c.id, people.c.name, people.c.role, people.c.secret, people.c.active).join(
        people, people.c.id == sessions.c.person).where(sessions.c.digest == digest)
    with store.reading() as connection:
        row = connection.execute(asked).first()
    if row is None or not row.active or aware(row.ends) < datetime.now(UTC):
        return None
    return Session(person=Person(id=row.id, name=row.name, role=row.role, secret=row.secret), csrf=row.csrf)


def close_session(store: Store, digest: str) -> None:
    """Signs out."""
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.digest == digest))


def invite(store: Store, digest: str, *, role: Role, person: str | None = None, lasts: timedelta) -> None:
    """Keeps the digest of a one-time link."""
    now = datetime.now(UTC)
    with store.writing() as connection:
        connection.execute(invitations.insert(), {"digest": digest, "role": role, "person": person, "made": now, "ends": now + lasts, "used": None})


def invitation(store: Store, digest: str) -> Invitation | None:
    """What a link gives; None where it was used or has run out."""
    held = invitations.c
    with store.reading() as connection:
        row = connection.execute(select(held.role, held.person, held.ends, held.used).where(held.digest == digest)).first()
    if row is None or row.used is not None or aware(row.ends) < datetime.now(UTC):
        return None
    return Invitation(role=row.role, person=row.person)


def redeem(store: Store, digest: str) -> bool:
    """Uses a link up; whether it was still good. Of two who use it at once one succeeds."""
    held, now = invitations.c, datetime.now(UTC)
    with store.writing() as connection:
        done = connection.execute(invitations.update().where(held.digest == digest, held.used.is_(None), held.ends >= now).values(used=now))
        return done.rowcount == 1


def note_failure(store: Store, *keys: str) -> None:
    """Notes that a sign-in failed for a name and an address."""
    now = datetime.now(UTC)
    with store.writing() as connection:
        connection.execute(delete(attempts).where(attempts.c.at < now - timedelta(days=1)))
        connection.execute(attempts.insert(), [{"key": key[:128], "at": now} for key in keys])


def failures(store: Store, key: str, *, within: timedelta) -> int:
    """How many sign-ins failed for a name or an address lately."""
    with store.reading() as connection:
        return connection.scalar(select(func.count()).where(attempts.c.key == key[:128], attempts.c.at >= datetime.now(UTC) - within)) or 0
