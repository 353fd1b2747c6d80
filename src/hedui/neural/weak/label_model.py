"""Votes of labelling functions -> a probability of every class for each item, learned without annotation.

A generative model of votes: an item has a hidden class, and each function a table of how often it says what of items of
each class (Dawid & Skene, Applied Statistics 28(1), 1979), fitted by EM under Dirichlet priors that expect functions to be
right more often than not; abstention and weighted functions as in data programming (Ratner et al., NeurIPS 2016).
skweak 0.3.3 (2023) labels token sequences of spaCy documents by a hidden Markov model and so knows no amounts and no
pairs; snorkel 0.10.0 (2024) has one matrix model, without declared groups, and brings tensorboard, protobuf and networkx
for it: what is needed here is a page of numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedui.neural.weak.types import ABSTAIN

__all__ = ["VoteModel", "fit_votes", "majority"]

LEAST = 1.0
Floats = NDArray[np.float64]
Votes = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class VoteModel:
    """`prior` is (classes,), `tables` (functions, classes, classes + 1): the probability that a function says what of an
    item of a class, abstention last. Of functions that are not `silent` the tables are of votes cast, abstention 0.
    `groups[j]` numbers the functions whose votes are damped together; `rounds` is how many rounds of EM it took."""

    prior: Floats
    tables: Floats
    groups: tuple[int, ...]
    silent: tuple[bool, ...]
    rounds: int = 0

    def probabilities(self, votes: Votes) -> Floats:
        """(items, classes), each row summing to 1; an item without votes has the prior where no silence tells."""
        return expected(votes, self.prior, self.tables, weights_of(votes, self.groups, self.silent))

    def accuracies(self) -> Floats:
        """How often each function that votes is right by this model, of items as they come; (functions,)."""
        cast = self.tables[:, :, :-1]
        right = np.einsum("jkk,k->j", cast, self.prior)
        spoken = np.einsum("jkl,k->j", cast, self.prior)
        return np.asarray(right / np.maximum(spoken, 1e-12), dtype=np.float64)


def fit_votes(votes: Votes, classes: int, *, groups: Sequence[int] | None = None, silent: Sequence[bool] | None = None,
              right: Sequence[float] | float = 0.8, trust: Sequence[float] | float = 0.05, balance: float = 0.25,
              tolerance: float = 1e-6, most: int = 500) -> VoteModel:
    """The model of `votes` (items, functions), without knowing any answer.

    `right` is how often each function is taken to be right before any vote is seen, `trust` what share of all items that
    belief is worth, spread over the classes; `balance` is the same for the belief that all classes are as frequent, which
    keeps rare ones from being explained away. EM stops when no probability of a table moves by `tolerance`, or after `most` rounds.
    """
    m = votes.shape[1]
    named = tuple(groups) if groups is not None else tuple(range(m))
    quiet = tuple(silent) if silent is not None else (False,) * m
    weights = weights_of(votes, named, quiet)
    belief = believed(votes, classes, quiet, np.broadcast_to(right, m), np.broadcast_to(trust, m))
    answers = majority(votes, classes)
    prior, tables = learned(votes, answers, belief, quiet, balance)
    moved, done = np.inf, 0
    while moved >= tolerance and done < most:
        earlier, done = tables, done + 1
        prior, tables = learned(votes, expected(votes, prior, tables, weights), belief, quiet, balance)
        moved = float(np.abs(tables - earlier).max(initial=0.0))
    return VoteModel(prior=prior, tables=tables, groups=named, silent=quiet, rounds=done)


def majority(votes: Votes, classes: int) -> Floats:
    """The share of the votes that each class has on each item, every class alike where nobody votes; (items, classes)."""
    counted = np.stack([(votes == k).sum(axis=1) for k in range(classes)], axis=1).astype(np.float64)
    total = counted.sum(axis=1, keepdims=True)
    return np.asarray(np.where(total > 0, counted / np.maximum(total, 1.0), 1.0 / classes), dtype=np.float64)


def believed(votes: Votes, classes: int, silent: Sequence[bool], right: Floats, trust: Floats) -> Floats:
    """Pseudo-counts of every table: `right` on the diagonal, the rest spread. Of a silent function as many as it abstains
    from of all items are abstentions, so that the belief itself says nothing for or against by silence alone."""
    n, m = votes.shape
    found = np.zeros((m, classes, classes + 1))
    for j in range(m):
        strength = LEAST + float(trust[j]) * n / classes
        base = np.full((classes, classes), strength * (1.0 - right[j]) / max(1, classes - 1))
        np.fill_diagonal(base, strength * right[j])
        spoken = float((votes[:, j] != ABSTAIN).mean()) if n else 0.5
        share = min(max(spoken, 0.01), 0.99) if silent[j] else 1.0
        found[j, :, :-1] = base * share
        found[j, :, -1] = strength * (1.0 - share)
    return found


def learned(votes: Votes, answers: Floats, belief: Floats, silent: Sequence[bool],
            balance: float) -> tuple[Floats, Floats]:
    """The M step: prior and tables from what the answers are taken to be."""
    classes = answers.shape[1]
    told = np.stack([(votes == said).astype(np.float64) for said in (*range(classes), ABSTAIN)], axis=2)
    told[:, [not quiet for quiet in silent], -1] = 0.0
    tables = np.einsum("ik,ijl->jkl", answers, told) + belief
    tables = spoken_for(tables / tables.sum(axis=2, keepdims=True))
    prior = answers.sum(axis=0) + LEAST + balance * len(votes) / classes
    return prior / prior.sum(), tables


def spoken_for(tables: Floats) -> Floats:
    """Tables in which no vote speaks against the class it is for: an item of another class gets it at most as often. What
    is too much of it goes to the other votes, abstention first."""
    found = tables.copy()
    classes = found.shape[1]
    for said in range(classes):
        most = found[:, said, said][:, None]
        over = np.maximum(found[:, :, said] - most, 0.0)
        found[:, :, said] -= over
        quiet = found[:, :, -1] > 0
        found[:, :, -1] += np.where(quiet, over, 0.0)
        rest = np.where(quiet, 0.0, over)
        own = np.arange(classes)
        found[:, own, own] += rest
    return found


def expected(votes: Votes, prior: Floats, tables: Floats, weights: Floats) -> Floats:
    """The E step: the probability of every class for each item, damped votes counting by their weight."""
    logs = np.log(np.maximum(tables, 1e-12))
    score = np.tile(np.log(prior), (len(votes), 1))
    for j in range(votes.shape[1]):
        score += weights[:, j, None] * logs[j].T[votes[:, j]]
    score -= score.max(axis=1, keepdims=True, initial=-np.inf)
    chance = np.exp(score)
    return np.asarray(chance / chance.sum(axis=1, keepdims=True), dtype=np.float64)


def weights_of(votes: Votes, groups: Sequence[int], silent: Sequence[bool]) -> Floats:
    """How much each vote counts: of v that one group casts on an item each counts 1/√v, between one voice and v of them;
    an abstention that tells nothing has none; (items, functions)."""
    spoken = (votes != ABSTAIN) | np.asarray(silent, dtype=bool)[None, :]
    member = np.asarray(groups)[:, None] == np.asarray(groups)[None, :]
    voices = spoken.astype(np.float64) @ member.astype(np.float64)
    return np.asarray(np.where(spoken, 1.0 / np.sqrt(np.maximum(voices, 1.0)), 0.0), dtype=np.float64)
