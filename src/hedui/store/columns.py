"""A JSON value in, the same value with its lists of objects turned into columns out, and back: what is alike lies together, so that it packs
small.

A column is written as one of: `{"spans": [start deltas, lengths]}` pairs of whole numbers, `{"deltas"}` whole numbers, `{"ids"}` deltas of
places in the list of ids, `{"lists": [lengths, column]}`, `{"objects": [shape of each, shapes]}` with a column for every key of a shape, or as
the plain list of its values. Texts that an object cuts out of the whole text by its span are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, islice, pairwise
from typing import Any

__all__ = ["of_columns", "to_columns"]

ID = re.compile(r"[a-z]-[0-9a-f]{12}")
CUT = 0  # stands for a column of texts that the spans tell
Column = Any


def deltas(numbers: Sequence[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *numbers])]


def text_of(whole: Any) -> str:
    """The whole text that spans point into, empty where there is none."""
    text = whole.get("text") if isinstance(whole, dict) else None
    return text if isinstance(text, str) else ""


def is_cut(held: Sequence[dict[str, Any]], text: str) -> bool:
    """Whether the spans of objects tell their texts."""
    return all(is_span(one.get("span")) and one["text"] == text[slice(*one["span"])] for one in held)


def is_span(value: Any) -> bool:
    return type(value) is list and len(value) == 2 and type(value[0]) is int and type(value[1]) is int


def to_columns(whole: Any) -> tuple[Column, list[str]]:
    """The columns of a JSON value, and the ids that they count, each once."""
    columns = Columns(whole)
    return columns.of([whole]), list(columns.ids)


class Columns:
    """The columns of the parts of a JSON value; `ids` numbers the ids met so far."""

    def __init__(self, whole: Any) -> None:
        self.whole, self.text, self.ids = whole, text_of(whole), dict[str, int]()

    def of(self, values: list[Any]) -> Column:
        kinds = set(map(type, values))
        if kinds == {dict}:
            return {"objects": self.objects(values)}
        if kinds == {list}:
            if all(map(is_span, values)):
                return {"spans": [deltas([start for start, _ in values]), [end - start for start, end in values]]}
            return {"lists": [[len(value) for value in values], self.of([one for value in values for one in value])]}
        if kinds == {int}:
            return {"deltas": deltas(values)}
        if kinds == {str} and all(map(ID.fullmatch, values)):
            return {"ids": deltas([self.ids.setdefault(value, len(self.ids)) for value in values])}
        return values

    def objects(self, values: list[dict[str, Any]]) -> list[Any]:
        shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for value in values:
            shapes.setdefault(tuple(value), []).append(value)
        number = {keys: place for place, keys in enumerate(shapes)}
        which = len(values) if len(shapes) == 1 else [number[tuple(value)] for value in values]
        return [which, [{key: self.under(key, held) for key in keys} for keys, held in shapes.items()]]

    def under(self, key: str, held: list[dict[str, Any]]) -> Column:
        """The column of what objects hold under a key."""
        cut = key == "text" and held[0] is not self.whole and is_cut(held, self.text)
        return CUT if cut else self.of([one[key] for one in held])


def of_columns(columns: Column, ids: Sequence[str]) -> Any:
    """The JSON value that `to_columns` made columns of."""
    def values(column: Column) -> Iterable[Any]:
        if isinstance(column, list):
            return column
        ((kind, held),) = column.items()
        return READ[kind](held)

    def spans(held: list[list[int]]) -> Iterable[list[int]]:
        return [[start, start + length] for start, length in zip(accumulate(held[0]), held[1], strict=True)]

    def lists(held: list[Any]) -> Iterable[list[Any]]:
        flat = iter(values(held[1]))
        return [list(islice(flat, length)) for length in held[0]]

    def objects(held: list[Any]) -> Iterable[dict[str, Any]]:
        which, shapes = held
        if isinstance(which, int):
            return shaped(shapes[0], which)
        made = [iter(shaped(shape, which.count(number))) for number, shape in enumerate(shapes)]
        return [next(made[number]) for number in which]

    def shaped(shape: dict[str, Column], count: int) -> Sequence[dict[str, Any]]:
        if not shape:
            return [{} for _ in range(count)]
        cut = shape.get("text") == CUT
        read = [[None] * count if cut and key == "text" else values(column) for key, column in shape.items()]
        made = [dict(zip(shape, row, strict=True)) for row in zip(*read, strict=True)]
        for one in made if cut else ():
            one["text"] = text[slice(*one["span"])]
        return made

    READ: dict[str, Callable[[Any], Iterable[Any]]] = {
        "objects": objects, "lists": lists, "spans": spans, "deltas": accumulate, "ids": lambda held: [ids[place] for place in accumulate(held)],
    }
    text = whole_text(columns, values)
    (whole,) = values(columns)
    return whole


def whole_text(columns: Column, values: Callable[[Column], Iterable[Any]]) -> str:
    """The whole text that spans point into, from the columns of its object."""
    if isinstance(columns, list) or "objects" not in columns:
        return ""
    _, (shape, *_) = columns["objects"]
    return text_of({"text": next(iter(values(shape["text"])))}) if "text" in shape else ""
