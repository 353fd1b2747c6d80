"""A store with reports that two people read blind, a third annotator who does not, a judge, an admin, and a browser for each."""

import shutil
from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from hedui.export import to_json
from hedui.review.app import application
from hedui.review.blind import double
from hedui.review.laying import lay_out_all
from hedui.review.opened import open_report
from hedui.review.perform import perform
from hedui.review.routing import Routing
from hedui.review.security import COOKIE, digest_of, token
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.blind import reading_of
from hedui.store.people import add_person, open_session

PEOPLE = (("甲", "annotator"), ("乙", "annotator"), ("丙", "annotator"), ("判", "adjudicator"), ("管", "admin"))
# every record is looked at, and nothing is drawn: what is read twice is asked for
ROUTING = Routing(below=2.0, audit=0.0, double=0.0)
VERSION = "0.1.0+3f2a9c0d1e2f.77aa00bb11cc"


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A store with its tables alone, which take a moment to make; it is copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "hedui.sqlite"
    Store(path).close()
    return path


@pytest.fixture
def store(tmp_path, empty):
    shutil.copy(empty, tmp_path)
    with Store(tmp_path / "hedui.sqlite") as opened:
        yield opened


@pytest.fixture
def people(store):
    return [add_person(store, name=name, role=role, secret="x") for name, role in PEOPLE]


@pytest.fixture
def client_of(store):
    """`client_of(person)`: a browser in which that person is signed in and whose forms carry their token."""
    def signed_in(person):
        told, csrf = token(), token()
        open_session(store, digest_of(told), person.id, csrf=csrf, lasts=timedelta(hours=1))
        client = TestClient(application(Desk(store=store, routing=ROUTING)), base_url="http://127.0.0.1", follow_redirects=False)
        client.cookies.set(COOKIE, told)
        client.headers["x-csrf"] = csrf
        return client
    return signed_in


@pytest.fixture
def kept(store, made):
    """`kept()`: one report more in the store, with its tasks; each has a text of its own."""
    numbers = count()

    def keep(version=VERSION):
        text = f"{made().document.text}第{next(numbers)}份。"
        found = made("云岭县.txt", text)
        store.keep(to_json(found), version=version)
        lay_out_all(store, ROUTING)
        return found
    return keep


@pytest.fixture
def twice(store, people, kept):
    """`twice()`: one report more, given to two people: `a` and `b` in the order of their ids, `c` is the annotator who has nothing of it."""
    def give():
        found = kept()
        sha, report = found.document.sha256, found.reports[0].id
        given, by_id = double(store, sha, report), {one.id: one for one in people}
        a, b = (by_id[name] for name in sorted(one.person for one in given.readers))
        c = next(one for one in people[:3] if one.id not in (a.id, b.id))
        numbers = count()

        def opened(reading="", until=None):
            return open_report(store, sha, report, reading=reading, until=until)

        def do(who, make):
            """What `make` wants done to the state as `who` sees it."""
            there = opened(reading_of(store, who.id, sha, report))
            return perform(store, there, tuple(make(there.state)), person=who.id, group=f"group-{sha[:8]}-{next(numbers)}")

        return SimpleNamespace(store=store, findings=found, sha256=sha, report=report, a=a, b=b, c=c, judge=people[3], admin=people[4],
                               open=opened, do=do, desk=f"/desk/{sha}/{report}", case=f"/adjudicate/{sha}/{report}")
    return give
