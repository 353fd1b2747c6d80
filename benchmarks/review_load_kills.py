"""The desk killed while people act -> what they were told against what stands in the trail.

Whoever gets no answer asks the same again, under the same name (`group`), until there is one: so does the page. A killed process keeps
what the system had taken from it: that the last writes outlive a loss of power too is SQLite's word (synchronous=FULL), not measured here.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import httpx
from review_load_desk import Client, Server, Shown
from review_load_store import REGIONS, region_of
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from hedui.corrections import Event
from hedui.store import Store
from hedui.store.trail import all_events, last_seq

__all__ = ["Asked", "Killed", "killed", "wrongs"]

# seconds between an answer and the next kill, and how long is waited for an answer
UP, PATIENCE = (0.0, 2.5), 15.0
TAGS = re.compile(r"<[^>]*>")
LONGEST = 160
FORBIDDEN = ("UPDATE events SET person = person", "DELETE FROM events")
REPLACING = {"sqlite": "INSERT OR REPLACE INTO events SELECT * FROM events LIMIT 1", "postgresql": "TRUNCATE events"}


@dataclass(kw_only=True)
class Asked:
    """One act that a person asked for: how often, with which status it was answered (0: never), and in which words it was refused."""

    group: str
    act: str
    target: str
    times: int = 0
    status: int = 0
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Killed:
    """What came of it. `unsound` is what the database says of itself, where it is not sound."""

    kills: int
    asked: Sequence[Asked]
    events: int
    wrong: Sequence[str]
    unsound: Sequence[str]
    starts: Sequence[float] = field(default=())

    @property
    def good(self) -> bool:
        return not self.wrong and not self.unsound and any(one.status == 200 for one in self.asked)

    def lines(self) -> Iterator[str]:
        done = [one for one in self.asked if one.status in (200, 204)]
        yield f"{self.kills} kills; the server starts in {sorted(self.starts)[len(self.starts) // 2]:.1f} s at the median"
        yield (f"{len(self.asked)} acts: {len(done)} answered, {sum(one.times > 1 for one in done)} of them after asking again, "
               f"{sum(one.status == 409 for one in self.asked)} refused because somebody was first, "
               f"{sum(one.status not in (0, 200, 204, 409) for one in self.asked)} refused otherwise, "
               f"{sum(not one.status for one in self.asked)} never answered; {self.events} events in the trail")
        yield from (f"refused: {one.act} {one.status} {one.why}" for one in self.asked if one.status not in (0, 200, 204, 409))
        yield f"lost, doubled or invented: {len(self.wrong)}"
        yield from self.wrong[:20]
        yield f"database: {'; '.join(self.unsound) or 'sound, and events cannot be changed'}"


class Worker(threading.Thread):
    """Acts without pause until told to stop, then until the last act is answered."""

    def __init__(self, base: str, name: str, seed: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.client, self.chance, self.stop = Client(base, name), random.Random(seed), stop
        self.asked: list[Asked] = []
        self.failure = ""

    def run(self) -> None:
        signed = False
        while not self.stop.is_set():
            try:
                if not signed:
                    self.client.sign_in()
                    signed = True
                self.round()
            except httpx.HTTPError:
                time.sleep(0.05)
            except Exception as error:
                self.failure = repr(error)
                return

    def round(self) -> None:
        address = self.client.next_address(region=region_of(self.chance.randrange(REGIONS))) or self.client.next_address()
        if address is None:
            raise RuntimeError("nothing is left to do: give more reports")
        at = self.client.desk(address)
        self.post(at, self.client.form(at, "note", value=f"{self.client.name} {self.chance.random()}"))
        at = self.client.desk(address)
        self.post(at, self.client.decided(at))
        if self.chance.random() < 0.2:
            self.post(at, self.client.form(at, "undo"))

    def post(self, at: Shown, form: Mapping[str, str]) -> None:
        """Asks until there is an answer."""
        one = Asked(group=form["group"], act=form["act"], target=form["target"])
        self.asked.append(one)
        while not one.status:
            one.times += 1
            try:
                answer = self.client.post(at, form)
            except httpx.HTTPError:
                time.sleep(0.05)
                continue
            one.status = answer.status_code if answer.status_code < 500 else 0
            one.why = "" if answer.is_success else " ".join(TAGS.sub(" ", answer.text).split())[:LONGEST]


def wrongs(asked: Sequence[Asked], events: Sequence[Event]) -> Iterator[str]:
    """What stands in the trail otherwise than people were told: acts that were answered stand once on each finding, those that were refused
    do not. To accept what somebody else had accepted already adds nothing."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.group, []).append(event)
    for one in asked:
        found = groups.pop(one.group, [])
        targets = [event.target for event in found]
        if len(targets) != len(set(targets)) or any(event.act != one.act for event in found):
            yield f"doubled: {one}"
        elif one.status in (200, 204) and not found:
            if one.act != "accept" or not any(e.target == one.target and e.act == "accept" for e in events):
                yield f"lost: {one}"
        elif one.status not in (0, 200, 204) and found:
            yield f"refused and yet there: {one}"
    yield from (f"invented: {name}" for name in groups)


def unsound(url: str) -> Iterator[str]:
    """What the database says of itself, and whether events can be changed in it."""
    engine = create_engine(url)
    try:
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                for what in ("integrity_check", "foreign_key_check"):
                    yield from (str(row) for row in connection.execute(text(f"PRAGMA {what}")) if tuple(row) != ("ok",))
        for statement in (*FORBIDDEN, REPLACING[engine.dialect.name]):
            try:
                with engine.begin() as connection:
                    connection.execute(text(statement))
                yield f"allowed: {statement}"
            except DBAPIError as error:
                if "never changed" not in str(error.orig):
                    yield f"{statement}: {error.orig}"
    finally:
        engine.dispose()


def answers(crowd: Sequence[Worker]) -> int:
    return sum(bool(one.status) for worker in crowd for one in tuple(worker.asked))


def await_answer(crowd: Sequence[Worker]) -> None:
    """Waits until somebody is answered again, so that kills fall among acts however slow the machine is."""
    before, until = answers(crowd), time.monotonic() + PATIENCE
    while answers(crowd) == before and time.monotonic() < until and not any(one.failure for one in crowd):
        time.sleep(0.02)


def killed(server: Server, url: str, names: Sequence[str], *, kills: int, within: float = float("inf"), seed: int = 1) -> Killed:
    """People named `names` act on the desk over the store at `url`; the server is killed `kills` times (fewer where `within` seconds are up)
    at random moments after somebody was answered again, and started anew, and at last everybody gets an answer."""
    chance, stop, begun = random.Random(seed), threading.Event(), time.monotonic()
    crowd = [Worker(server.base, name, n, stop) for n, name in enumerate(names)]
    with Store(url) as store:
        before = last_seq(store)
    starts = [server.start()]
    for one in crowd:
        one.start()
    count = 0
    while count < kills and time.monotonic() - begun < within and not any(one.failure for one in crowd):
        await_answer(crowd)
        time.sleep(chance.uniform(*UP))
        server.kill()
        count += 1
        starts.append(server.start())
    time.sleep(UP[1])
    stop.set()
    for one in crowd:
        one.join(timeout=60)
    server.kill()
    with Store(url) as store:
        events = tuple(all_events(store, after=before))
    asked = [one for worker in crowd for one in worker.asked]
    wrong = [*wrongs(asked, events), *(f"{one.client.name} had to stop: {one.failure}" for one in crowd if one.failure)]
    return Killed(kills=count, asked=asked, events=len(events), wrong=wrong, unsound=tuple(unsound(url)), starts=starts)
