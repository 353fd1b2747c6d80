"""Tables with their columns in, what a package says of them out: keys, references, and each column with type, unit and meaning.

Columns and types are those the tables have when they are published; meanings come from `research/columns.tsv`, what a table is for from
`tables.tsv`. Nothing else knows of a column by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import pyarrow as pa
import pyarrow.types as pat

from hedui.lexicons import rows
from hedui.research.columns import Column, columns_of

__all__ = ["Field", "Kind", "Reference", "Shape", "known_tables", "shape_of", "standing"]

Kind = Literal["text", "integer", "decimal", "float", "flag", "list"]
PLACE = "hedui.research.publishing"
SPLIT = Column(name="split", dtype="category", unit="", zh="划分：train 训练、dev 调试、test 测试；同一组（单位或地区）只在一处",
               en="train, dev or test; a group (unit or region) is in one of them only")
COUNT = Column(name="reports", dtype="integer", unit="份 reports", zh="文件里的报告数", en="how many reports the file holds")
OWN = {("files", "reports"): COUNT}


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A column as it is published: its Arrow type, the unit of its figures ("" where they have none) and its meaning."""

    name: str
    type: Any
    unit: str = ""
    zh: str = ""
    en: str = ""

    @property
    def kind(self) -> Kind:
        """What kind of value it holds, whatever the format."""
        return kind_of(self.type)

    @property
    def holds_integers(self) -> bool:
        """Whether it is a list of whole numbers."""
        return self.kind == "list" and pat.is_integer(self.type.value_type)

    @property
    def meaning(self) -> str:
        """In both languages."""
        return " · ".join(part for part in (self.zh, self.en) if part)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A column that holds the key of another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """A table as it is published; `key` tells its rows apart, `order` is that of its rows, `facets` are what people narrow by, `searched` what they
    search in."""

    name: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    references: tuple[Reference, ...]
    facets: tuple[str, ...]
    searched: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def schema(self) -> Any:
        """The schema of Arrow, with unit and meaning beside each column."""
        return pa.schema([pa.field(field.name, field.type, metadata={name: told for name, told in (
            ("description", field.meaning), ("unit", field.unit)) if told}) for field in self.fields])

    @property
    def kept(self) -> frozenset[str]:
        """The columns that it cannot do without: its key, its references, what people narrow by and search in."""
        return frozenset((*self.key, *(one.column for one in self.references), *self.facets, *self.searched))

    def of(self, *kinds: Kind) -> tuple[str, ...]:
        """The columns of some kinds."""
        return tuple(field.name for field in self.fields if field.kind in kinds)


def kind_of(kind: Any) -> Kind:
    if pat.is_list(kind) or pat.is_large_list(kind):
        return "list"
    if pat.is_integer(kind):
        return "integer"
    if pat.is_decimal(kind):
        return "decimal"
    if pat.is_floating(kind):
        return "float"
    return "flag" if pat.is_boolean(kind) else "text"


def plain_type(kind: Any) -> Any:
    """The type that is written: of a dictionary that of its values, the plain forms of text and lists."""
    if pat.is_dictionary(kind):
        return plain_type(kind.value_type)
    if pat.is_large_string(kind) or pat.is_string_view(kind):
        return pa.string()
    if kind_of(kind) == "list":
        return pa.list_(plain_type(kind.value_type))
    return kind


@cache
def told_tables() -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(rest) for name, *rest in rows("tables", PLACE)}


def known_tables() -> tuple[str, ...]:
    """The tables that a package may have, in their order."""
    return tuple(told_tables())


def shape_of(table: str, schema: Any, *, told_as: str | None = None) -> Shape:
    """The shape of a table that has the columns of `schema`; `told_as` is the table whose meanings they have."""
    key, order, refers, facets, searched, zh, en, about_zh, about_en = told_tables()[table]
    told = {column.name: column for column in (*columns_of(told_as or table), SPLIT)}
    told |= {name: column for (of, name), column in OWN.items() if of == table}
    fields = tuple(field_of(one.name, one.type, told.get(one.name)) for one in schema)
    held = {field.name for field in fields}
    return Shape(name=table, zh=zh, en=en, about_zh=about_zh, about_en=about_en, fields=fields, key=tuple(key.split(",")),
                 order=among(order, held), facets=among(facets, held), searched=among(searched, held),
                 references=tuple(reference_of(one) for one in refers.split(",") if one))


def field_of(name: str, kind: Any, told: Column | None) -> Field:
    plain = plain_type(kind)
    return Field(name=name, type=plain) if told is None else Field(name=name, type=plain, unit=told.unit, zh=told.zh, en=told.en)


def reference_of(told: str) -> Reference:
    column, _, table = told.partition(">")
    return Reference(column=column, table=table, key=told_tables()[table][0])


def among(listed: str, held: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in listed.split(",") if name in held)


def standing(shapes: Iterable[Shape]) -> tuple[Shape, ...]:
    """Shapes with references to tables that are among them alone."""
    every = tuple(shapes)
    there = {shape.name for shape in every}
    return tuple(replace(shape, references=tuple(one for one in shape.references if one.table in there)) for shape in every)
