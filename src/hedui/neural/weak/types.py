"""What passes between the parts of weak supervision: a report as the rules read it, items to label, and the votes on them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Mention
from hedui.neural.types import MEASURES, Relation
from hedui.view import View

__all__ = [
    "ABSTAIN", "CLASSES", "KINDS", "NO", "NONE", "RULES_RIGHT", "RULES_TRUST", "YES", "Ballots", "Item", "Kind", "LabellingFunction",
    "Survey", "Vote",
]

Kind = Literal["span", "measure", "name"]
KINDS: tuple[Kind, ...] = ("span", "measure", "name")
NONE, YES, NO = "none", "yes", "no"
# what an item of each kind may be: a span none of the three, an amount no fund, a name and a value no pair
CLASSES: Mapping[Kind, tuple[str, ...]] = {
    "span": ("ORG", "REGION", "TITLE", NONE), "measure": (*MEASURES, NONE), "name": (YES, NO)}
ABSTAIN = -1
# rules read whole reports with care: they are believed until many others of different kinds agree against them
RULES_RIGHT, RULES_TRUST = 0.95, 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """One report as the rules read it, without annotation: what labelling functions look at. `pieces` are the views of its
    paragraphs, cells and lines."""

    source: str
    layout: Layout
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    checks: tuple[Check, ...]
    pieces: tuple[View, ...]

    @property
    def text(self) -> str:
        return self.layout.document.text


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What is to be labelled, by its place in the document: a stretch that may be a name (`span`), an amount of money
    (`measure`), or the name of an indicator with a value told of it (`name`: `span` is the name, `value` the value and
    `relation` what the value is to it)."""

    kind: Kind
    span: Span
    value: Span | None = None
    relation: Relation | None = None


Vote = tuple[Item, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class LabellingFunction:
    """A named voter on items of one kind.

    `cast` gets a report and the items known so far (none for those that propose) and yields votes; what it does not vote
    on, it abstains from. `exhaustive`: it reads everything, so that its silence is a vote for the last class. `silent`:
    it can only vote for, so that whether it speaks at all tells something. Functions of one `group` look at the same
    words, and together count as one voice. It `proposes` items of its own, or `judges` those that others propose, or both. `right` is how often it is
    taken to be right before any votes are seen, and `trust` what share of all items that belief is worth.
    """

    name: str
    kind: Kind
    cast: Callable[[Survey, Collection[Item]], Iterable[Vote]]
    group: str | None = None
    exhaustive: bool = False
    silent: bool = False
    proposes: bool = True
    judges: bool = False
    right: float = 0.8
    trust: float = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Ballots:
    """The votes on the items of one kind: `votes[i, j]` is the class that function j gives item i, ABSTAIN for none.
    `votes` is (items, functions)."""

    kind: Kind
    items: tuple[Item, ...]
    votes: NDArray[np.int64]
