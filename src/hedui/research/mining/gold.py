"""Hand-decided items of mining in (`annotations/mining/*.tsv`), and how well findings agree with them: precision, recall, F1 with intervals.

Marks stand in the text: `[type:words]` for a span, `{words}` for its other side. Spans of items are of the text without its marks.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from hedui.document import Span

__all__ = ["Item", "Marked", "Pair", "Score", "interval", "macro_f1", "read_items", "score", "unmarked"]

MARK = re.compile(r"\[(?P<type>[a-z_]+):(?P<words>[^\[\]]*)\]|\{(?P<other>[^{}]*)\}")
ROUNDS, SEED, LEVEL = 1000, 8, 0.95


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """A span with its type; `type` is `side` for the other side."""

    type: str
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One decided item: where it is from (a sample, or `authored`), its part (dev or test), its text, what is marked there, its other columns."""

    id: str
    origin: str
    part: str
    text: str
    marks: tuple[Marked, ...]
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def split(self) -> str:
        """`samples-dev`, `samples-test`, `authored-dev` or `authored-test`."""
        return f"{'authored' if self.origin == 'authored' else 'samples'}-{self.part}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How many spans were found rightly, found wrongly and not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right + self.wrong + self.missed else 0.0


def unmarked(text: str) -> tuple[str, tuple[Marked, ...]]:
    """A text without its marks, and these.

    >>> unmarked("受[weather:汛期]影响{未完成}")
    ('受汛期影响未完成', (Marked(type='weather', span=(1, 3)), Marked(type='side', span=(5, 8))))
    """
    plain: list[str] = []
    marks: list[Marked] = []
    at = length = 0
    for match in MARK.finditer(text):
        words = match["words"] if match["type"] else match["other"]
        plain += [text[at:match.start()], words]
        length += match.start() - at
        marks.append(Marked(type=match["type"] or "side", span=(length, length + len(words))))
        length += len(words)
        at = match.end()
    return "".join([*plain, text[at:]]), tuple(marks)


def read_items(path: Path) -> list[Item]:
    """The items of a file, in its order."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    items = []
    for row in rows:
        text, marks = unmarked(row["text"])
        items.append(Item(id=row["id"], origin=row["origin"], part=row["part"], text=text, marks=marks, columns=row))
    return items


Pair = tuple[Sequence[Marked], Sequence[Marked]]
Same = Callable[[Marked, Marked], bool]


def exact(wanted: Marked, found: Marked) -> bool:
    return wanted.span == found.span


def overlap(wanted: Marked, found: Marked) -> bool:
    return wanted.span[0] < found.span[1] and found.span[0] < wanted.span[1]


def score(pairs: Iterable[Pair], *, whole: bool = False, typed: bool = False) -> Score:
    """Wanted and found marks of each item -> the counts; each mark is matched once, at best. `whole` asks for the same span, else for a shared
    character; `typed` for the same type too."""
    same: Same = exact if whole else overlap
    right = wrong = missed = 0
    for wanted, found in pairs:
        left = list(found)
        for one in wanted:
            match = next((other for other in left if same(one, other) and (not typed or one.type == other.type)), None)
            if match:
                left.remove(match)
                right += 1
            else:
                missed += 1
        wrong += len(left)
    return Score(right=right, wrong=wrong, missed=missed)


def macro_f1(pairs: Sequence[Pair], *, least: int = 1) -> float:
    """The mean F1 over the types that are wanted `least` times or more; a type counts where spans share a character."""
    wanted = Counter(one.type for marks, _ in pairs for one in marks)
    types = [kind for kind, count in wanted.items() if count >= least]
    return mean(score(of_type(pairs, kind)).f1 for kind in types) if types else 0.0


def of_type(pairs: Sequence[Pair], kind: str) -> list[Pair]:
    return [([one for one in wanted if one.type == kind], [one for one in found if one.type == kind]) for wanted, found in pairs]


def interval(pairs: Sequence[Pair], of: Callable[[Sequence[Pair]], float], *, rounds: int = ROUNDS) -> tuple[float, float]:
    """The 95 % interval of a figure by the percentile bootstrap over items (Efron and Tibshirani 1993, ch. 13)."""
    chance = random.Random(SEED)
    drawn = sorted(of(chance.choices(pairs, k=len(pairs))) for _ in range(rounds))
    edge = int(rounds * (1 - LEVEL) / 2)
    return drawn[edge], drawn[-edge - 1]
