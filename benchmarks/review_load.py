#!/usr/bin/env python3
"""A full store and people at the desk all at once -> how long pages take, and whether an act is ever lost when the server is killed.

usage: review_load.py --load [--reports 10000] [--people 20] [--seconds 90]
       review_load.py --kills 200 [--within 480] [--reports 200] [--people 6]
       review_load.py … --store postgresql+psycopg://hedui@localhost/hedui      an empty database; without it SQLite in a new folder

The store holds copies of a few dozen made reports that were really read (`review_load_store`). The server is `hedui review` as a process of
its own, on this machine; people ask it over HTTP as a browser does. Printed for --load: the median and the 95th percentile of what
they wait for each page, in ms, errors, and the server's memory. For --kills: how many acts were answered, asked again, refused, and
what of them stands in the trail. Exits with 1 where a bar is missed or an act is lost, doubled or invented.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from review_load_desk import Client, Server, shown_in
from review_load_kills import killed
from review_load_store import REGIONS, copies_into, hired, read_some, region_of

from hedui.store import Store

THINK = (1.0, 2.0)
# ms: the median and the 95th percentile that a page may take
BARS = {"queue": (200, 600), "filtered": (200, 600), "desk": (300, 600), "act": (300, 600)}
MOST_MEMORY = 500


@dataclass(kw_only=True)
class Waited:
    """How long each page took, in ms, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in BARS})
    errors: list[str] = field(default_factory=list)


def percentile(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


class Annotator(threading.Thread):
    """Looks at the queue, filters it, opens a task and decides some, one after the other, until the time is up."""

    def __init__(self, base: str, name: str, seed: int, until: float, waited: Waited) -> None:
        super().__init__(daemon=True)
        self.client, self.chance, self.until, self.waited = Client(base, name), random.Random(seed), until, waited

    def timed(self, what: str, started: float) -> None:
        self.waited.times[what].append(1000 * (time.perf_counter() - started))
        time.sleep(self.chance.uniform(*THINK))

    def run(self) -> None:
        time.sleep(self.chance.uniform(0, THINK[1]))
        try:
            self.client.sign_in()
        except (httpx.HTTPError, RuntimeError) as error:
            self.waited.errors.append(f"sign in: {error!r}")
            return
        while time.monotonic() < self.until:
            try:
                self.round()
            except (httpx.HTTPError, ValueError, KeyError) as error:
                self.waited.errors.append(repr(error))

    def round(self) -> None:
        region = region_of(self.chance.randrange(REGIONS))
        for what, query in (("queue", {}), ("filtered", {"region": region, "reason": self.chance.choice(("doubt", "conflict"))})):
            started = time.perf_counter()
            self.client.queue(**query)
            self.timed(what, started)
        started = time.perf_counter()
        address = self.client.next_address(region=region)
        if address is None:
            return
        at = self.client.desk(address)
        self.timed("desk", started)
        for _ in range(4):
            started = time.perf_counter()
            answer = self.client.post(at, self.client.decided(at))
            self.timed("act", started)
            if answer.status_code == 409:
                return
            answer.raise_for_status()
            where = answer.headers.get("hx-push-url", "")
            if not where:
                return
            at = self.client.desk(where) if self.chance.random() < 0.25 else shown_in(answer.text, where)


def loaded(server: Server, names: Sequence[str], *, seconds: float, warm: float = 5.0) -> Waited:
    """What people waited for who work at once for so many seconds; the first `warm` ones, in which all sign in, are not counted."""
    waited = Waited()
    crowd = [Annotator(server.base, name, n, time.monotonic() + warm + seconds, waited) for n, name in enumerate(names)]
    for one in crowd:
        one.start()
    time.sleep(warm)
    for times in waited.times.values():
        times.clear()
    for one in crowd:
        one.join()
    return waited


def show_load(server: Server, waited: Waited) -> bool:
    good = not waited.errors
    print(f"{'page':10} {'count':>6} {'median':>8} {'95 %':>8} {'most':>8}   bars")
    for what, times in waited.times.items():
        if not times:
            print(f"{what:10} none")
            good = False
            continue
        middle, high = percentile(times, 0.5), percentile(times, 0.95)
        met = middle < BARS[what][0] and high < BARS[what][1]
        good &= met
        print(f"{what:10} {len(times):6} {middle:8.0f} {high:8.0f} {max(times):8.0f}   {'met' if met else 'MISSED'} {BARS[what]}")
    now, most = server.memory()
    print(f"errors {len(waited.errors)}{': ' + waited.errors[0] if waited.errors else ''}\nmemory {now:.0f} MB, at most {most:.0f} MB "
          f"({'met' if most < MOST_MEMORY else 'MISSED'} {MOST_MEMORY})")
    return good and most < MOST_MEMORY


def made_store(url: str, *, reports: int, people: int, originals: int, seed: int = 7) -> tuple[str, ...]:
    """Fills the store at `url`; the names of those who have an account."""
    with Store(url) as store:
        copies_into(store, read_some(seed, originals), reports)
        return tuple(one.name for one in hired(store, people))


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--load", action="store_true")
    cli.add_argument("--kills", type=int, default=0)
    cli.add_argument("--store", metavar="URL")
    cli.add_argument("--reports", type=int)
    cli.add_argument("--people", type=int)
    cli.add_argument("--originals", type=int, default=30, help="made reports that are really read")
    cli.add_argument("--seconds", type=float, default=90)
    cli.add_argument("--within", type=float, default=float("inf"), help="seconds after which no more kills are made")
    args = cli.parse_args()
    if not args.load and not args.kills:
        cli.error("--load or --kills N")
    reports, people = args.reports or (10_000 if args.load else 200), args.people or (20 if args.load else 6)
    good = True
    with tempfile.TemporaryDirectory() as folder:
        url = args.store or f"sqlite:///{Path(folder) / 'hedui.sqlite'}"
        begun = time.monotonic()
        names = made_store(url, reports=reports, people=people, originals=args.originals)
        print(f"{reports} reports, copies of {args.originals} that were read; made in {time.monotonic() - begun:.0f} s")
        server = Server(url=url, log=Path(folder) / "log")
        try:
            if args.load:
                print(f"first start in {server.start():.1f} s (reports for two readers are given out)")
                server.kill()
                print(f"start in {server.start():.1f} s; {people} people for {args.seconds:.0f} s")
                good &= show_load(server, loaded(server, names, seconds=args.seconds))
            server.kill()
            if args.kills:
                told = killed(server, url, names, kills=args.kills, within=args.within)
                print("\n".join(told.lines()))
                good &= told.good
        finally:
            server.kill()
            print((Path(folder) / "log").read_text()[-2000:], file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
