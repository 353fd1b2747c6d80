"""The reports of a store -> those that an annotator should look at next: the ones that may be most wrong, and unlike one another.

A report's uncertainty is the share of its fields that are wrong by expectation; its cost grows with the number of its fields. Of the most
uncertain ones for what they cost the next is always the one with the greatest uncertainty / cost × distance to the nearest report that
was chosen or looked at before: greedy k-centre (Gonzalez 1985; for active learning Sener & Savarese 2018; by cost Settles 2009, 6.4). The
distance is 1 − cosine of tf-idf over pairs of characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from hedui.errors import UsageError
from hedui.findings import content_id
from hedui.review.opened import read_output
from hedui.review.routing import consequence, doubt_of, title_of
from hedui.store import Store
from hedui.store.doubts import Doubt, add_tasks, doubts
from hedui.store.results import names_of
from hedui.store.tasks import Task

__all__ = ["Chosen", "farthest_first", "next_reports", "queue_up", "vectors", "worth"]

Floats = NDArray[np.float64]
# so many times as many of the most uncertain reports are compared as are asked for, and so many of those looked at before
WIDER, REMEMBERED = 20, 500
ALIKE, WORDS = 1e-9, 4096


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A report to look at next; `distance` (0 to 1) tells how unlike it is to what was chosen or looked at before, 1 for the first."""

    doubt: Doubt
    file: str
    distance: float


def farthest_first(weights: Floats, features: Floats, before: Floats, count: int) -> list[tuple[int, float]]:
    """`count` rows of `features` (unit vectors, n × d), each with its distance to the nearest row that was chosen earlier or lies in `before`
    (m × d): the greatest weight × distance first, the greatest weight where all is alike.

    >>> rows = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    >>> [at for at, _ in farthest_first(np.array([3.0, 2.9, 1.0]), rows, np.empty((0, 2)), 3)]
    [0, 2, 1]
    """
    near = np.ones(len(weights)) if len(before) == 0 else np.clip(1 - (features @ before.T).max(axis=1), 0.0, 1.0)
    found: list[tuple[int, float]] = []
    left = np.ones(len(weights), dtype=bool)
    while left.any() and len(found) < count:
        at = int(np.argmax(np.where(left, weights * (near + ALIKE), -1.0)))
        found.append((at, float(near[at])))
        left[at] = False
        near = np.minimum(near, np.clip(1 - features @ features[at], 0.0, 1.0))
    return found


def worth(expected: Floats, sizes: Floats) -> Floats:
    """What looking at each report is worth for what it costs: the share that is wrong by expectation (`expected` of `sizes`), by size. The
    median size is added to each, so that not only the smallest are chosen."""
    whole: Floats = expected / sizes / (sizes + np.median(sizes))
    return whole


def vectors(texts: Sequence[str]) -> Floats:
    """Texts as unit vectors. UsageError where scikit-learn is not installed."""
    if find_spec("sklearn") is None:
        raise UsageError("挑选下一批需要 scikit-learn：pip install 'hedui[train]' · choosing the next reports needs scikit-learn")
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

    told = [text if text.strip() else "空" for text in texts]
    found: Floats = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True, max_features=WORDS).fit_transform(told).toarray()
    return found


def next_reports(store: Store, count: int) -> tuple[Chosen, ...]:
    """The `count` reports to look at next, the most worthwhile first, among those that nobody has looked at. UsageError where scikit-learn is
    not installed."""
    every = list(doubts(store))
    left = [one for one in every if not one.seen and one.fields and one.expected > 0]
    seen = [one for one in every if one.seen][-REMEMBERED:]
    if not left:
        return ()
    worths = worth(np.array([one.expected for one in left]), np.array([float(one.fields) for one in left]))
    order = np.argsort(-worths, kind="stable")[:WIDER * count]
    fresh, weights = [left[at] for at in order], worths[order]
    features = vectors([one.words for one in (*fresh, *seen)])
    return tuple(Chosen(doubt=fresh[at], distance=distance, file=(names_of(store, fresh[at].sha256) or (fresh[at].sha256[:12],))[0])
                 for at, distance in farthest_first(weights, features[:len(fresh)], features[len(fresh):], count))


def learn_tasks(store: Store, one: Chosen) -> Iterator[Task]:
    """A task on every record of a chosen report, weighed as the queue weighs doubt."""
    doubt, findings = one.doubt, read_output(store, one.doubt.sha256).findings
    for report in findings.reports:
        for record in report.records if report.id == doubt.report else ():
            weight = doubt_of(record.confidence) * consequence(getattr(record.fields, "yuan", None))
            yield Task(id=content_id("t", doubt.sha256, report.id, record.id), sha256=doubt.sha256, report=report.id, target=record.id, kind="record",
                       type=record.type, reason="learn", weight=round(weight, 6), confidence=round(record.confidence, 4),
                       title=" ".join(title_of(record.fields).split())[:200], file=one.file, region=report.part.region, unit=report.part.unit,
                       year=report.part.year)


def queue_up(store: Store, found: Sequence[Chosen]) -> int:
    """Puts every record of the chosen reports that is not in the queue into it, with the reason `learn`; how many these are."""
    return sum(add_tasks(store, learn_tasks(store, one)) for one in found)
