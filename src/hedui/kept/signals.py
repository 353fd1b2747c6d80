"""Signals to bytes and back, the same to the last digit and in their order: items of one kind with the same signals as one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from hedui.errors import ReadError
from hedui.kept.packed import DAMAGED, column, packed, spread, unpacked
from hedui.signals import Signals, Tie, Told

__all__ = ["SCHEMA", "signals_bytes", "signals_from"]

SCHEMA = "hedui-signals/1"
Thing = TypeVar("Thing")
GROUPS = ("mentions", "claims", "checks", "records")


def signals_bytes(signals: Signals) -> bytes:
    """The signals as bytes that hold no code; the same signals give the same bytes."""
    told = {group: [((kind, *told), tuple(told.values())) for kind, told in getattr(signals, group)] for group in GROUPS}
    shapes: dict[tuple[str, ...], list[tuple[float, ...]]] = {}
    for shape, row in chain.from_iterable(told.values()):
        shapes.setdefault(shape, []).append(row)
    words, values = numbered(chain.from_iterable(shapes)), numbered(chain.from_iterable(row for of in told.values() for _, row in of))
    numbers = numbered(shapes)
    return packed(SCHEMA, {
        "words": list(words), "orders": {group: [numbers[shape] for shape, _ in of] for group, of in told.items()},
        "shapes": [[[words[word] for word in shape], len(rows), [[values[value] for value in column(held)] for held in zip(*rows, strict=True)]]
                   for shape, rows in shapes.items()],
        "ties": [[len(tie.claims), *tie.claims, *tie.disputes] for tie in signals.ties],
    }, {"values": list(values)})


def numbered(things: Iterable[Thing]) -> dict[Thing, int]:
    """The number of each thing, in the order that they first come in."""
    return {thing: number for number, thing in enumerate(dict.fromkeys(things))}


def signals_from(data: bytes) -> Signals:
    """The signals that `signals_bytes` made `data` of. ReadError where it is damaged or of another version."""
    told, numbers = unpacked(data, SCHEMA)
    try:
        tables = [table_of(*shape, words=told["words"], values=numbers["values"]) for shape in told["shapes"]]
        groups = {group: [next(tables[at]) for at in told["orders"][group]] for group in GROUPS}
        ties = [Tie(claims=tuple(rest[:count]), disputes=tuple(rest[count:])) for count, *rest in told["ties"]]
        return Signals(**groups, ties=ties)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, StopIteration) as error:
        raise ReadError(SCHEMA, f"{DAMAGED} ({error!r})") from error


def table_of(shape: Sequence[int], count: int, columns: Sequence[Sequence[int]], *, words: Sequence[str], values: Sequence[float]) -> Iterator[Told]:
    """The items of one kind with the same signals, in their order."""
    kind, *names = (words[at] for at in shape)
    for row in rows_of(columns, count):
        told: Mapping[str, float] = dict(zip(names, (values[at] for at in row), strict=True))
        yield kind, told


def rows_of(columns: Sequence[Sequence[int]], count: int) -> Iterator[Sequence[Any]]:
    return zip(*(spread(held, count) for held in columns), strict=True) if columns else iter([()] * count)
