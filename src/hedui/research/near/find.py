"""A claim in, the claims of other wording that say something like it out.

Wordings are compared by their n-grams and by what the encoder makes of them; how the two are mixed was settled on 110 claims whose neighbours
were judged by hand (docs/research_search.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hedui.errors import UsageError
from hedui.research.near.grams import likeness, weighed
from hedui.research.near.index import WORDING, Wordings
from hedui.research.opened import Opened

__all__ = ["Nearing", "Neighbour", "near"]

# of a likeness the share that n-grams have, the rest is the encoder's
GRAMS = 0.7
CANDIDATES, CHUNK = 400, 100_000
CLAIM = ("id", "type", "measure", "report_unit", "report_year", "file", "sha256", "report", "start", "end", "target", "actual")


class Nearing(Opened, Protocol):
    """An opened store that knows the wordings of its claims."""

    def wordings(self) -> Wordings: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """A claim of another wording: `score` is how like it is, 1 the same; `count` how many claims are worded so, of which this is the first."""

    id: str
    name: str
    score: float
    count: int
    type: str
    measure: str | None
    unit: str | None
    year: int | None
    file: str
    sha256: str
    report: str | None
    start: int
    end: int
    target: str | None
    actual: str | None


def near(store: Nearing, id: str, *, limit: int = 10) -> tuple[Neighbour, ...]:
    """The `limit` nearest wordings of claims of the same type as the claim `id`, a claim each, the nearest first. UsageError where there is no
    such claim, or one without words."""
    store.there("claims")
    asked = store.cursor().execute(f"select type, {WORDING} from claims where id = ? limit 1", [id]).fetchone()
    if asked is None or asked[1] is None:
        raise UsageError(f"{id}: 没有这条陈述，或它没有名称；编号像 c-7ca4dcb6f61a · no such claim, or one without a name")
    wordings = store.wordings()
    at = wordings.at(*asked)
    return tuple(neighbours(store, wordings, nearest(wordings, at, limit))) if at is not None else ()


def nearest(wordings: Wordings, at: int, limit: int) -> list[tuple[int, float]]:
    """The nearest others of the same type, with their likeness: candidates by hashed vectors, then by the n-grams themselves."""
    same = np.array([type == wordings.types[at] for type in wordings.types])
    same[at] = False
    meant = cosines(wordings.meanings, at) if wordings.meanings is not None else None
    share = GRAMS if meant is not None else 1.0
    rough = share * cosines(wordings.grams, at) + (0 if meant is None else (1 - share) * meant)
    rough[~same] = -2
    chosen = np.argsort(-rough, kind="stable")[:max(CANDIDATES, limit)]
    asked = weighed(wordings.texts[at], wordings.weights, wordings.unseen)
    told = [(int(one), share * likeness(asked, weighed(wordings.texts[one], wordings.weights, wordings.unseen))
             + (0.0 if meant is None else (1 - share) * float(meant[one]))) for one in chosen if same[one]]
    return sorted(told, key=lambda pair: (-pair[1], pair[0]))[:limit]


def cosines(vectors: NDArray[np.float16], at: int) -> NDArray[np.float32]:
    """The cosine of each row with row `at`, in chunks that memory holds."""
    asked = vectors[at].astype(np.float32)
    return np.concatenate([vectors[start:start + CHUNK].astype(np.float32) @ asked for start in range(0, len(vectors), CHUNK)])


def neighbours(store: Nearing, wordings: Wordings, found: list[tuple[int, float]]) -> Iterator[Neighbour]:
    columns = ", ".join(f'"{name}"' for name in CLAIM)
    for at, score in found:
        held = [wordings.types[at], wordings.texts[at]]
        row = store.cursor().execute(f"select {columns}, count(*) over () as held from claims where type = ? and {WORDING} = ? "
                                     "order by sha256, start, id limit 1", held).fetchone()
        told = dict(zip((*CLAIM, "count"), row, strict=True))
        yield Neighbour(name=held[1], score=round(score, 4), unit=told.pop("report_unit"), year=told.pop("report_year"), **told)
