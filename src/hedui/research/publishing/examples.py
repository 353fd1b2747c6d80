"""The tables of a package in, questions that can be asked of it out: for DuckDB as a file of SQL, for Datasette as questions on its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hedui.lexicons import rows
from hedui.research.publishing.shape import Shape

__all__ = ["Question", "duckdb_sql", "questions", "sqlite_questions"]

PLACE = "hedui.research.publishing"
NAME = re.compile(r"\{(\w+)\}")
HEAD = """-- 用 DuckDB 在本文件夹里运行：duckdb < examples.sql · run in this folder with DuckDB: duckdb < examples.sql
-- https://duckdb.org
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question in SQL, with `{table}` where a table is read from."""

    name: str
    title: str
    about: str
    sql: str
    sqlite: str

    def of(self, places: Mapping[str, str]) -> str:
        """The question asked of tables that lie at `places`."""
        return NAME.sub(lambda match: places[match[1]], self.sql)


def questions(shapes: Iterable[Shape]) -> list[Question]:
    """The questions that these tables can answer."""
    held = {f"{shape.name}.{name}" for shape in shapes for name in shape.names}
    return [Question(name=name, title=title, about=about, sql=sql, sqlite=sql if sqlite == "-" else sqlite)
            for name, needs, title, about, sql, sqlite in rows("examples", PLACE) if held.issuperset(needs.split())]


def duckdb_sql(shapes: Iterable[Shape], paths: Mapping[str, str]) -> str:
    """The file of questions for DuckDB; `paths` are the files of the tables, as seen from the folder of the package."""
    places = {table: f"'{path}'" for table, path in paths.items()}
    return HEAD + "".join(f"\n-- {one.title}：{one.about}\n{one.of(places)};\n" for one in questions(shapes))


def sqlite_questions(shapes: Sequence[Shape]) -> list[Question]:
    """The questions for SQLite, and one that finds words of any length."""
    plain = {shape.name: f'"{shape.name}"' for shape in shapes}
    found = [Question(name=one.name, title=one.title, about=one.about, sql=NAME.sub(lambda match: plain[match[1]], one.sqlite), sqlite="")
             for one in questions(shapes)]
    searched = next((shape for name in ("passages", "claims", "reports") for shape in shapes if shape.name == name and shape.searched), None)
    if searched is not None:
        held = " || ' ' || ".join(f"""coalesce("{name}", '')""" for name in searched.searched)
        found.append(Question(name="find", title="查找 · find", about="任意长短的词，也可两个字 · words of any length", sqlite="", sql=(
            f"""SELECT * FROM "{searched.name}" WHERE :word != '' AND ({held}) LIKE '%' || :word || '%' ORDER BY rowid LIMIT 100""")))
    return found
