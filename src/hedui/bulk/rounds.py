"""The same inputs looked at again and again, and a run for whatever came, changed or went between two looks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from hedui.bulk.intake import Entered, Request, out_folder
from hedui.bulk.running import begin
from hedui.errors import HeduiError
from hedui.sources import Changes, changes, key_of
from hedui.sources.changes import SETTLE_SECONDS
from hedui.store import Store
from hedui.store.ledger import lying, totals
from hedui.store.ledger_again import listing_run
from hedui.summary import Summary
from hedui.watching.exits import passes

__all__ = ["EVERY_SECONDS", "Round", "Seen", "look", "round_line", "rounds"]

EVERY_SECONDS = 60.0
Read = Callable[[Request, Entered], Summary]


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What earlier looks leave to the next: the stamps they saw, and those of the files that were handed to a run already."""

    stamps: Mapping[str, str] = field(default_factory=dict)
    handed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """One look that had news, and what its run came to; or the `trouble` that kept it from that."""

    news: Changes = field(default_factory=Changes)
    summary: Summary | None = None
    trouble: str = ""


def look(request: Request, seen: Seen, *, settle: float = SETTLE_SECONDS) -> tuple[Changes, bool, Seen]:
    """What changed since the ledger was last written, whether there is anything to do, and what the next look should know. Files that were handed
    to a run are no news until their stamp is another, whatever came of them."""
    with Store(request.address) as store:
        before, last = lying(store), listing_run(store)
        open_ = totals(store, run=last.id if last else "")  # what other inputs left open is not ours to read
    found = changes(request.inputs, before, seen=seen.stamps, apart=request.out, web=request.web, settle=settle)
    new = tuple(one for one in found.new if seen.handed.get(key_of(one.path)) != one.stamp)
    changed = tuple(one for one in found.changed if seen.handed.get(key_of(one.path)) != one.stamp)
    found = replace(found, new=new, changed=changed)
    return found, bool(found) or open_["seen"] + open_["reading"] > 0, replace(seen, stamps=found.seen)


def handed(seen: Seen, news: Changes) -> Seen:
    """The same, now that the news was read."""
    now = {key_of(one.path): one.stamp for one in (*news.new, *news.changed)}
    return replace(seen, handed={key: stamp for key, stamp in {**seen.handed, **now}.items() if key in seen.stamps})


def rounds(request: Request, read: Read, *, every: float = EVERY_SECONDS, once: bool = False, settle: float = SETTLE_SECONDS,
           sleep: Callable[[float], None] = time.sleep) -> Iterator[Round]:
    """Looks every so many seconds, has `read` do what settled, and gives each round that had news. A store, disk or server that is away is told
    once and waited for; what will not pass comes through, and so does everything `once`. Files still being written wait for the next look."""
    out_folder(request.out)
    seen, told, looked = Seen(), "", False
    while True:
        try:
            news, work, seen = look(request, seen, settle=settle)
            looked, summary = True, None
            if work:
                entered = begin(request, [one.path for one in news.waiting])
                summary, seen = read(request, entered), handed(seen, news)
            told = ""
            if summary is not None:
                yield Round(news=news, summary=summary)
        except HeduiError as error:
            if once or not (looked or passes(error)):
                raise
            if str(error) != told:
                told = str(error)
                yield Round(trouble=told)
        if once:
            return
        sleep(every)


def round_line(one: Round, now: datetime) -> str:
    """A round for people, in one line."""
    if one.summary is None:
        return f"{now:%H:%M:%S} 暂时不行，等着再试 · waiting: {one.trouble}"
    news, summary = one.news, one.summary
    waiting = f"，还在写 still written {len(news.waiting)}" if news.waiting else ""
    read = sum(line.state == "read" for line in summary.lines)
    return (f"{now:%H:%M:%S} 新 new {len(news.new)}，改 changed {len(news.changed)}，去 gone {len(news.gone)}{waiting} → 读入 read {read}，"
            f"未能读出 failed {len(summary.failed)}，不符 conflicts {sum(summary.conflicts.values())}")
