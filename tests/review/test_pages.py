"""The pages as a client sees them: who is let in, what every answer carries, what forms may do, and that nothing in a report can act."""

import re

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from hedui.export import to_json
from hedui.review import acts, security
from hedui.review.app import ROUTES, application
from hedui.review.laying import lay_out_all
from hedui.review.routing import Routing
from hedui.review.security import HEADERS, MOST_FAILURES, digest_of, token
from hedui.review.web import Desk
from hedui.store.people import add_person, change_person, everyone, invite
from hedui.store.tasks import Filter, listed

PASSWORD = "correct horse battery"
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Passwords hashed with the least work."""
    monkeypatch.setattr(security, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    security.nobody.cache_clear()


@pytest.fixture
def client(table):
    return TestClient(application(Desk(store=table.store)), base_url="http://127.0.0.1", follow_redirects=False)


def signed_in(client, table, *, role="annotator", name="丙"):
    add_person(table.store, name=name, role=role, secret=security.hashed(PASSWORD))
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303
    return re.search(r'"X-CSRF": "([^"]+)"', client.get("/queue").text)[1]


def base(table):
    return f"/desk/{table.sha256}/{table.report}"


def test_every_answer_carries_the_walls(client, table):
    for path in ("/", "/queue", "/nowhere", "/static/desk.js", "/static/nothing", base(table), "/people"):
        found = client.get(path).headers
        assert {key: found.get(key) for key in HEADERS if key != "Cache-Control"} == {k: v for k, v in HEADERS.items() if k != "Cache-Control"}, path
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


OPEN = {"/", "/sign-in", "/sign-out", "/language", "/welcome/{token}", "/static/{name}"}


@pytest.mark.parametrize("route", [route for route in ROUTES if route.path not in OPEN], ids=lambda route: f"{min(route.methods)} {route.path}")
def test_nothing_is_shown_or_done_without_signing_in(client, table, route):
    held = {"sha256": table.sha256, "report": table.report, "target": "r-1", "until": "1", "what": "link", "number": "1",
            "view": "scores", "picture": "scores", "id": "t-1"}
    path = re.sub(r"{(\w+)(:\w+)?}", lambda name: held[name[1]], route.path)
    found = client.post(path) if "POST" in route.methods else client.get(path)
    assert (found.status_code, found.headers.get("location")) == (303, "/") or (found.status_code == 403 and "/at/" in path)


def test_the_cookie_is_for_this_server_alone(client, table):
    signed_in(client, table)
    client.cookies.clear()
    found = client.post("/sign-in", data={"name": "丙", "password": PASSWORD}).headers["set-cookie"].lower()
    assert "httponly" in found and "samesite=strict" in found


def test_guessing_is_stopped(client, table):
    signed_in(client, table)
    client.cookies.clear()
    codes = [client.post("/sign-in", data={"name": "丙", "password": f"guess {n}"}).status_code for n in range(MOST_FAILURES + 1)]
    assert codes == [403] * MOST_FAILURES + [429]
    assert client.post("/sign-in", data={"name": "丙", "password": PASSWORD}).status_code == 429


def test_a_link_works_once_and_makes_an_admin(client, table):
    told = token()
    invite(table.store, digest_of(told), role="admin", lasts=security.INVITED)
    assert "管理员" in client.get(f"/welcome/{told}").text
    weak = client.post(f"/welcome/{told}", data={"name": "丁", "password": "short", "again": "short"})
    assert weak.status_code == 400 and "10" in weak.text
    made = client.post(f"/welcome/{told}", data={"name": "丁", "password": PASSWORD, "again": PASSWORD})
    assert made.status_code == 303 and client.get("/people").status_code == 200
    secret = next(one.secret for one in everyone(table.store) if one.name == "丁")
    assert secret.startswith("$argon2id$") and PASSWORD not in secret
    assert client.get(f"/welcome/{told}").status_code == 404


def test_only_admins_see_and_change_people(client, table):
    csrf = signed_in(client, table)
    assert client.get("/people").status_code == 403
    assert client.post("/people", data={"act": "invite", "role": "admin", "csrf": csrf}).status_code == 403


def test_who_leaves_is_out_at_once(client, table):
    signed_in(client, table)
    person = next(one for one in everyone(table.store) if one.name == "丙")
    change_person(table.store, person.id, active=False)
    assert client.get("/queue").status_code == 303
    assert client.post("/sign-in", data={"name": "丙", "password": PASSWORD}).status_code == 403


def act(client, table, csrf, held, **headers):
    return client.post(f"{base(table)}/act", data={"group": f"g-{len(held)}-{abs(hash(str(held))) % 10**9}", **held},
                       headers={"x-csrf": csrf, "hx-request": "true", **headers})


def test_forms_of_others_do_nothing(client, table):
    csrf = signed_in(client, table)
    record = table.open().state.of("record")[0].id
    held = {"act": "accept", "target": record}
    assert act(client, table, "another", held).status_code == 403
    assert act(client, table, csrf, held, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert table.open().state.items[record].decision == "open"
    assert act(client, table, csrf, held).status_code == 200
    assert table.open().state.items[record].decision == "accepted"


def test_accepting_goes_on_to_the_next_task(client, table):
    csrf = signed_in(client, table)
    first, second = listed(table.store, Filter())
    found = act(client, table, csrf, {"act": "mark", "value": "real", "target": first.target, "task": first.id, "seen": "0"})
    assert f'data-target="{second.target}"' in found.text and second.id in found.headers["hx-push-url"]
    found = act(client, table, csrf, {"act": "accept", "target": second.target, "task": second.id, "seen": "0"})
    assert found.status_code == 204 and found.headers["hx-redirect"].startswith("/queue")


def test_what_others_built_on_is_not_taken_back_and_that_is_said(client, table):
    csrf = signed_in(client, table)
    record = table.open().state.of("record")[0].id
    assert act(client, table, csrf, {"act": "note", "target": record, "value": "一"}).status_code == 200
    table.do(acts.note(table.open().state, record, "二"), table.a, "group-after")
    before = table.open().events
    found = act(client, table, csrf, {"act": "undo", "target": record})
    assert found.status_code == 400 and "后来又被他人改过" in found.text
    assert table.open().events == before and table.open().state.items[record].note == "二"


def test_what_was_done_in_the_report_before_can_be_gone_back_to(client, table, made):
    other = made("乙县.txt", made().document.text + "另一份。\n")
    table.store.keep(to_json(other), version="v")
    lay_out_all(table.store, Routing(below=0.9, audit=0.0))
    csrf = signed_in(client, table)
    mine = next(one for one in listed(table.store, Filter()) if one.sha256 == table.sha256 and one.kind == "check")
    found = act(client, table, csrf, {"act": "mark", "value": "real", "target": mine.target, "task": mine.id, "seen": "0", "kind": ""})
    assert "/desk/" + other.document.sha256 in found.headers["hx-push-url"]
    way = re.search(r'data-key="u"[^>]*href="([^"]+)"', found.text)[1].replace("&amp;", "&")
    assert mine.target in way and table.sha256 in way and "撤销 undo" in client.get(way).text


def test_what_was_changed_meanwhile_is_told_and_what_was_typed_is_kept(client, table):
    csrf = signed_in(client, table)
    record = next(one for one in table.open().state.of("record") if one.data["type"] == "fund").id
    held = {"act": "edit", "target": record, "field": "scope", "seen": "0"}
    assert act(client, table, csrf, {**held, "value": "甲写的"}).status_code == 200
    late = act(client, table, csrf, {**held, "value": "乙写的"})
    assert late.status_code == 409 and "丙 刚改过这一项" in late.text and 'value="乙写的"' in late.text and "甲写的" in late.text
    assert table.open().state.items[record].data["fields"]["scope"] == "甲写的"


@pytest.mark.parametrize("held, said", [
    ({"act": "explode", "target": "r-1"}, "no such act"), ({"act": "accept", "target": "r-nothing"}, "no such finding"),
    ({"act": "add_mention", "start": "1", "end": "99999", "value": "AMOUNT"}, "select a piece"),
    ({"act": "add_mention", "start": "x", "end": "2", "value": "AMOUNT"}, "whole number"), ({"act": "undo"}, "nothing to take back"),
    ({"act": "accept_all", "least": "viel"}, "say how sure"),
])
def test_what_cannot_be_done_is_one_line(client, table, held, said):
    csrf = signed_in(client, table)
    found = act(client, table, csrf, held)
    assert found.status_code == 400 and said in found.text and found.headers["hx-retarget"] == "#said"


def test_nothing_in_a_report_or_a_name_can_act(client, table, made, tmp_path):
    text = made().document.text + EVIL
    found = made(f"{EVIL[2:30]}.txt", text)
    table.store.keep(to_json(found), version="w")
    lay_out_all(table.store, Routing(below=1.0, audit=1.0))
    csrf = signed_in(client, table, role="admin", name=EVIL[:40])
    where = f"/desk/{found.document.sha256}/{found.reports[0].id}"
    record = found.reports[0].records[0].id
    for held in ({"act": "edit", "target": record, "field": "scope", "value": EVIL}, {"act": "note", "target": record, "value": EVIL}):
        assert client.post(f"{where}/act", data={"group": f"g-evil-{held['act']}", **held}, headers={"x-csrf": csrf}).status_code == 200
    for path in ("/queue", f"/queue?text={EVIL}", "/people", where, f"{where}?target={record}", f"{where}/item/{record}", f"/{EVIL}"):
        shown = client.get(path).text
        assert "<script>alert" not in shown and "<img src=x" not in shown, path
    assert "&lt;script&gt;alert(1)" in client.get(where).text


def test_bulk_accept_is_one_act_to_take_back(client, table):
    csrf = signed_in(client, table)
    act(client, table, csrf, {"act": "accept_all", "least": "0.5"})
    accepted = [one for one in table.open().state.of("record") if one.decision == "accepted"]
    assert [one.data["type"] for one in accepted] == ["fund"]  # the other has a conflict
    act(client, table, csrf, {"act": "undo", "target": ""})
    assert all(one.decision == "open" for one in table.open().state.of("record"))


def test_filters_that_make_no_sense_are_passed_over(client, table):
    signed_in(client, table)
    for query in ("year=x&below=viel&state=none&page=-3", "below=7&from_=nan", "reason=' or 1=1 --", "region=%00"):
        assert client.get(f"/queue?{query}").status_code == 200, query
