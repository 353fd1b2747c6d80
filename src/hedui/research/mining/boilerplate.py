"""Passages of many reports in, the sentences out that say nothing of their report: those that read like set sentences, and those whose frame
recurs in reports of other units on other programmes.

A frame is a sentence without its figures, dates, citations and names (`masking.frame_of`). How many units and topics use it is counted
over frames and, so that a reworded copy counts too, over runs of `WIDTH` characters of frames (shingles, Broder 1997): `spread` is the
share of a frame that lies under runs of `LEAST_UNITS` units and `LEAST_TOPICS` topics or more. A sentence with figures of its own answers
the form, which asks everybody the same, and is none for its recurring alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hedui.across.names import programme_key, unit_key
from hedui.research.mining.found import PLACE, Finding, Quoted, findings_frame
from hedui.research.mining.masking import LABEL, frame_of, letters, own_figures
from hedui.research.mining.reading import Reading, rows_of
from hedui.research.mining.set_phrases import set_phrase
from hedui.research.mining.words import KEPT_TEXTS

__all__ = ["COLUMNS", "THRESHOLD", "boilerplate", "boilerplate_shares"]

Row = Mapping[str, Any]
Buckets = NDArray[np.int32]
COLUMNS = (*PLACE, "report_region", "id", "passage", "kind", "section", "start", "end", "text")
MORE = ("frame", "units", "topics", "spread", "first_seen", "origin")
WIDTH, LEAST_UNITS, LEAST_TOPICS, BUCKETS, AT_ONCE = 6, 4, 2, 1 << 22, 10_000
LEAST_LETTERS, THRESHOLD, COMMON = 10, 0.5, 0.85
FORMS = frozenset({"instruction"})


@dataclass(slots=True)
class Seen:
    """Where a frame was seen: by whom and on what, and first of all in which passage."""

    frame: str
    units: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    first: tuple[int, str] = (9999, "")


def boilerplate(passages: Reading) -> pd.DataFrame:
    """All set sentences, a row each (`findings_frame`): `type` is instruction, basis, praise, goal, problem, assurance or recurring (known by its
    recurring alone); `units` and `topics` how many use its frame, `spread` (0 to 1) how much of it stands in other reports, `first_seen` the
    year and `origin` the passage where the frame comes up first."""
    told, frames = frames_seen(passages)
    return findings_frame(found_in(passages, told, frames, shares_of(frames)), MORE)


def frames_seen(passages: Reading) -> tuple[list[str | None], dict[str, Seen]]:
    """The frame of each passage in turn (None of what is no sentence); and who uses them."""
    told: list[str | None] = []
    frames: dict[str, Seen] = {}
    each = {}
    for row in rows_of(passages, COLUMNS, "frames"):
        if not sentence(row):
            told.append(None)
            continue
        head = row["report_unit"], row["report_region"], row["programme"], row["report"]
        if head not in each:
            each[head] = names_of(row), unit_of(row), topic_of(row)
        names, unit, topic = each[head]
        frame = frame_of(row["text"], names)
        seen = frames.setdefault(frame, Seen(frame=frame))
        told.append(seen.frame)
        seen.units.add(unit)
        seen.topics.add(topic)
        seen.first = min(seen.first, (int(row["report_year"] or 9999), str(row["id"])))
    return told, frames


def sentence(row: Row) -> bool:
    return bool(row["report"]) and row["kind"] == "sentence" and letters(row["text"]) >= LEAST_LETTERS and not LABEL.search(row["text"])


def names_of(row: Row) -> list[str]:
    told = (str(row[name] or "") for name in ("report_unit", "programme", "report_region"))
    return sorted({name for name in told if len(name) > 1}, key=len, reverse=True)


def unit_of(row: Row) -> str:
    return unit_key(row["report_unit"], row["report_region"]) or str(row["report"])


def topic_of(row: Row) -> str:
    """The programme of a report; of one on all a unit spends, what the unit is."""
    key = programme_key(row["programme"])
    return key if row["programme"] else str(row["report_unit"] or row["report"])[-4:]


def shares_of(frames: Mapping[str, Seen]) -> dict[str, float]:
    """Of each frame the share of its characters that lie under runs used by `LEAST_UNITS` units and `LEAST_TOPICS` topics or more."""
    runs = runs_of(list(frames))
    common = used(((frame, seen.units) for frame, seen in frames.items()), runs, LEAST_UNITS) & \
        used(((frame, seen.topics) for frame, seen in frames.items()), runs, LEAST_TOPICS)
    shares = {}
    for frame, own in runs.items():
        covered = np.zeros(len(frame), dtype=bool)
        under = common[own]
        for offset in range(WIDTH if under.any() else 0):
            covered[offset:offset + len(own)] |= under
        shares[frame] = np.count_nonzero(covered) / len(frame) if len(own) else 0.0
    return shares


def runs_of(frames: Sequence[str]) -> dict[str, Buckets]:
    """The runs of each frame, `AT_ONCE` frames in one go."""
    found: dict[str, Buckets] = {}
    for first in range(0, len(frames), AT_ONCE):
        some = frames[first:first + AT_ONCE]
        starts = np.cumsum([0, *map(len, some)])
        at = places("".join(some))
        found |= {frame: at[start:max(start, end - WIDTH + 1)] for frame, start, end in zip(some, starts[:-1], starts[1:], strict=True)}
    return found


def used(by: Iterable[tuple[str, set[str]]], runs: Mapping[str, Buckets], least: int) -> NDArray[np.bool_]:
    """The runs that `least` users or more have."""
    own: dict[str, list[Buckets]] = defaultdict(list)
    for frame, users in by:
        for user in users:
            own[user].append(runs[frame])
    counts = np.zeros(BUCKETS, dtype=np.uint32)
    for held in own.values():
        counts[np.unique(np.concatenate(held))] += 1
    return counts >= least


def places(text: str) -> Buckets:
    """The runs of `WIDTH` characters of a text, in order, as buckets of a table of `BUCKETS`."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < WIDTH:
        return np.empty(0, dtype=np.int32)
    found = np.zeros(len(codes) - WIDTH + 1, dtype=np.uint64)
    for at in range(WIDTH):
        found = found * np.uint64(0x9E3779B97F4A7C15) + codes[at:at + len(found)]
    found ^= found >> np.uint64(29)
    return ((found * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(42)).astype(np.int32)


def found_in(passages: Reading, told: Sequence[str | None], frames: Mapping[str, Seen], shares: Mapping[str, float]) -> Iterator[Finding]:
    for row, frame in zip(rows_of(passages, COLUMNS, "boilerplate"), told, strict=True):
        if not row["report"] or row["kind"] == "heading" or letters(row["text"]) < LEAST_LETTERS:
            continue
        phrase = judged(row["text"]) if frame is not None or row["kind"] == "row" else None
        if row["kind"] == "row":
            if phrase and phrase[0] in FORMS and phrase[1] >= THRESHOLD:
                yield finding(row, *phrase, {})
            continue
        if frame is None:
            continue
        seen, share = frames[frame], shares[frame]
        kind, score = phrase or ("recurring", 0.0)
        if not own_figures(row["text"]):
            recurring = share * min(1.0, len(seen.units) / LEAST_UNITS) if len(seen.topics) >= LEAST_TOPICS else share * 0.6
            kind, score = (kind, max(score, recurring)) if score >= THRESHOLD / 2 or recurring < COMMON else ("recurring", recurring)
        if score >= THRESHOLD and (score >= COMMON or kind != "recurring"):
            more = {"frame": frame, "units": len(seen.units), "topics": len(seen.topics), "spread": round(share, 3),
                    "first_seen": seen.first[0] if seen.first[0] != 9999 else None, "origin": seen.first[1]}
            yield finding(row, kind, score, more)


@lru_cache(KEPT_TEXTS)
def judged(text: str) -> tuple[str, float] | None:
    phrase = set_phrase(text)
    return (phrase.type, phrase.score) if phrase else None


def finding(row: Row, kind: str, score: float, more: Mapping[str, Any]) -> Finding:
    at = Quoted(sha256=row["sha256"], report=row["report"], start=int(row["start"]), end=int(row["end"]), text=row["text"], passage=row["id"])
    return Finding(theme="boilerplate", type=kind, score=score, at=at, place=row, more=more)


def boilerplate_shares(findings: pd.DataFrame, passages: Reading, *by: str) -> pd.DataFrame:
    """How much of the running text of reports is boilerplate: a row a value of `by` (columns of the passages, `report` if none is given), with
    `reports`, `characters` of running text, `boilerplate` of them, `share`, and the least and most share of a report (10 % and 90 % of them)."""
    keys = list(by) or ["report"]
    columns = tuple(dict.fromkeys(("sha256", "report", *keys, "kind", "text", "id")))
    set_ids = set(findings["passage"])
    rows = [{**{name: row[name] for name in ("sha256", "report", *keys)}, "characters": len(row["text"]),
             "boilerplate": len(row["text"]) if row["id"] in set_ids else 0}
            for row in rows_of(passages, columns) if row["kind"] == "sentence" and row["report"]]
    each = pd.DataFrame(rows, columns=list(dict.fromkeys(("sha256", "report", *keys, "characters", "boilerplate"))))
    each = each.groupby(list(dict.fromkeys(("sha256", "report", *keys))), dropna=False)[["characters", "boilerplate"]].sum().reset_index()
    each["own"] = each["boilerplate"] / each["characters"]
    found = each.groupby(keys, dropna=False).agg(reports=("own", "size"), characters=("characters", "sum"), boilerplate=("boilerplate", "sum"),
                                                 low=("own", lambda one: one.quantile(0.1)), high=("own", lambda one: one.quantile(0.9)))
    found.insert(3, "share", found["boilerplate"] / found["characters"])
    return found.reset_index()
