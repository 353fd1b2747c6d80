"""Names and values that the network ties together -> the indicators it reads in running text, each with its probability.

A value tied to a piece of a name is that indicator's target, actual or completion; all pieces tied to one value are its name, in
the order of the text. Values that share a name belong to one indicator, but every result is one of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from hedui.document import Span
from hedui.neural.fusion.learned import EVEN, Learned, Tie

__all__ = ["FIELDS", "Entry", "Field", "entries_of"]

Field = Literal["actual", "target", "completion"]
FIELDS: tuple[Field, ...] = get_args(Field)
# pieces of one name and its values lie so near one another
NEAR = 200


class Value(NamedTuple):
    """A value of an indicator and how probable the tie to its name is."""

    span: Span
    probability: float


class Entry(NamedTuple):
    """An indicator as the network reads it: the pieces of its name, its values by field, how probable its name and main value
    are together; `worded` where that value is told in words."""

    pieces: tuple[Span, ...]
    values: Mapping[Field, Value]
    probability: float
    worded: bool

    @property
    def main(self) -> Field:
        return next(field for field in FIELDS if field in self.values)


def entries_of(learned: Learned) -> list[Entry]:
    """The indicators of `learned`, in the order of their values."""
    names = {told.span: told.probability for told in learned.of("NAME")}
    words = {told.span for told in learned.of("STATE")}
    held = {field: by_value(learned.tied(field), names) for field in FIELDS}
    entries = [entry for pieces, values in grouped(held).items() for entry in split(pieces, values, names, words)]
    return sorted(entries, key=lambda entry: (entry.values[entry.main].span, entry.pieces))


def by_value(ties: Mapping[Span, Sequence[Tie]], names: Mapping[Span, float]) -> dict[Span, list[Tie]]:
    """The ties of heads that are names, by value; a piece that lies far off is another's."""
    found: dict[Span, list[Tie]] = defaultdict(list)
    for head, several in ties.items():
        for tie in several:
            if head in names and abs(tie.tail[0] - head[0]) <= NEAR:
                found[tie.tail].append(tie)
    return found


Grouped = dict[tuple[Span, ...], dict[Field, list[Value]]]


def grouped(held: Mapping[Field, Mapping[Span, Sequence[Tie]]]) -> Grouped:
    """The values of each name. A target or completion whose name is only a part of a result's name, or has more, is that
    result's."""
    found: Grouped = defaultdict(lambda: defaultdict(list))
    for field in FIELDS:
        for value, ties in sorted(held[field].items()):
            pieces = tuple(sorted(tie.head for tie in ties))
            if field != "actual" and pieces not in found:
                pieces = nearest(pieces, value, found) or pieces
            found[pieces][field].append(Value(value, min(tie.probability for tie in ties)))
    return found


def nearest(pieces: Sequence[Span], value: Span, found: Grouped) -> tuple[Span, ...] | None:
    """The name of `found` that shares most pieces, of equals the one nearest to the value."""
    shared = [(-len(set(pieces) & set(name)), min(abs(piece[0] - value[0]) for piece in name), name)
              for name in found if not set(pieces).isdisjoint(name)]
    return min(shared)[2] if shared else None


def split(pieces: tuple[Span, ...], values: Mapping[Field, Sequence[Value]], names: Mapping[Span, float],
          words: set[Span]) -> Iterator[Entry]:
    """One entry a result; what else is said of the name goes to the result that it is nearest to."""
    name = min(names[piece] for piece in pieces)
    main = next(field for field in FIELDS if values.get(field))
    each: list[dict[Field, Value]] = [{main: value} for value in values[main]]
    for field in FIELDS:
        if field != main:
            for value in sorted(values.get(field, ()), key=lambda v: (-v.probability, v.span)):
                near = min((entry for entry in each if field not in entry), default=None,
                           key=lambda entry: abs(entry[main].span[0] - value.span[0]))
                if near is not None:
                    near[field] = value
    for entry in each:
        probability = min(name, entry[main].probability)
        if probability >= EVEN:
            yield Entry(pieces, entry, probability, entry[main].span in words)
