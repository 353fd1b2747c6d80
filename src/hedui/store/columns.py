"""A JSON value in, the same value with its lists of objects turned into columns out, and back: what is alike lies together, so that it packs
small.

A column is written as one of: `{"spans": [start deltas, lengths]}` pairs of whole numbers, `{"deltas"}` whole numbers, `{"ids"}` deltas of
places in the list of ids, `{"lists": [lengths, column]}`, `{"objects": [shape of each, shapes]}` with a column for every key of a shape, or as
the plain list of its values. Texts that an object cuts out of the whole text by its span are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Whole:
    """What the columns of a value share: the value itself, the text that spans point into, and its ids with their places, in their order."""

    value: Any
    text: str
    ids: dict[str, int]


def to_columns(whole: Any) -> tuple[Column, list[str]]:
    """The columns of a JSON value, and the ids that they count, each once."""
    shared = Whole(whole, text_of(whole), {})
    return column([whole], shared), list(shared.ids)


def column(values: list[Any], whole: Whole) -> Column:
    kinds = set(map(type, values))
    if kinds == {dict}:
        return {"objects": objects(values, whole)}
    if kinds == {list}:
        if all(map(is_span, values)):
            return {"spans": [deltas([start for start, _ in values]), [end - start for start, end in values]]}
        return {"lists": [[len(value) for value in values], column([one for value in values for one in value], whole)]}
    if kinds == {int}:
        return {"deltas": deltas(values)}
    if kinds == {str} and all(map(ID.fullmatch, values)):
        ids = whole.ids
        return {"ids": deltas([ids.setdefault(value, len(ids)) for value in values])}
    return values


def objects(values: list[dict[str, Any]], whole: Whole) -> list[Any]:
    shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for value in values:
        shapes.setdefault(tuple(value), []).append(value)
    number = {keys: place for place, keys in enumerate(shapes)}
    which = len(values) if len(shapes) == 1 else [number[tuple(value)] for value in values]
    return [which, [{key: column_of(key, held, whole) for key in keys} for keys, held in shapes.items()]]


def column_of(key: str, held: list[dict[str, Any]], whole: Whole) -> Column:
    if key == "text" and held[0] is not whole.value and is_cut(held, whole.text):
        return CUT
    return column([one[key] for one in held], whole)


def of_columns(columns: Column, ids: Sequence[str]) -> Any:
    """The JSON value that `to_columns` made columns of."""
    (whole,) = values_of(columns, ids, whole_text(columns, ids))
    return whole


def values_of(column: Column, ids: Sequence[str], text: str) -> Iterable[Any]:
    """The values of a column, `text` being what spans point into."""
    if isinstance(column, list):
        return column
    ((kind, held),) = column.items()
    if kind == "objects":
        return objects_of(held, ids, text)
    if kind == "lists":
        flat = iter(values_of(held[1], ids, text))
        return [list(islice(flat, length)) for length in held[0]]
    if kind == "spans":
        return [[start, start + length] for start, length in zip(accumulate(held[0]), held[1], strict=True)]
    return accumulate(held) if kind == "deltas" else [ids[place] for place in accumulate(held)]


def objects_of(held: list[Any], ids: Sequence[str], text: str) -> Iterable[dict[str, Any]]:
    which, shapes = held
    if isinstance(which, int):
        return shaped(shapes[0], which, ids, text)
    made = [iter(shaped(shape, which.count(number), ids, text)) for number, shape in enumerate(shapes)]
    return [next(made[number]) for number in which]


def shaped(shape: dict[str, Column], count: int, ids: Sequence[str], text: str) -> Sequence[dict[str, Any]]:
    if not shape:
        return [{} for _ in range(count)]
    cut = shape.get("text") == CUT
    read = [[None] * count if cut and key == "text" else values_of(column, ids, text) for key, column in shape.items()]
    made = [dict(zip(shape, row, strict=True)) for row in zip(*read, strict=True)]
    for one in made if cut else ():
        one["text"] = text[slice(*one["span"])]
    return made


def whole_text(columns: Column, ids: Sequence[str]) -> str:
    """The whole text that spans point into, from the columns of its object."""
    if isinstance(columns, list) or "objects" not in columns:
        return ""
    _, (shape, *_) = columns["objects"]
    return text_of({"text": next(iter(values_of(shape["text"], ids, "")))}) if "text" in shape else ""
