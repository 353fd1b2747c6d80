"""The tables of a package in, the `metadata.json` that Datasette shows its SQLite file with out: titles, meanings, units, facets, search, questions.

https://docs.datasette.io/en/stable/metadata.html
"""

from __future__ import annotations

from typing import Any

from hedui.research.publishing.as_sqlite import lean
from hedui.research.publishing.datapackage import Package
from hedui.research.publishing.examples import sqlite_questions
from hedui.research.publishing.shape import Shape

__all__ = ["DATABASE", "metadata_json"]

DATABASE = "hedui"
LABELS = {"files": "file", "reports": "report_title"}
MOST_FACETS = 3
SEARCH = ("搜索词至少三个字；两个字的词请用「查找」· search words have three characters or more; for two use the question 查找")


def metadata_json(package: Package) -> dict[str, Any]:
    """What Datasette shows."""
    licence = {"license": package.request.licence} if package.request.licence else {}
    shapes = lean(package.shapes)
    told = {"title": package.request.title, "description": f"{package.description} {package.version}", **licence,
            **({"source": "；".join(package.request.by)} if package.request.by else {})}
    return {**told, "databases": {DATABASE: {"tables": {shape.name: table(shape) for shape in shapes} | {
        f"{shape.name}_fts{part}": {"hidden": True} for shape in shapes if shape.searched for part in ("", *PARTS)},
        "queries": {one.name: {"sql": one.sql, "title": one.title, "description": one.about} for one in sqlite_questions(shapes)}}}}


PARTS = ("_data", "_idx", "_docsize", "_config")


def table(shape: Shape) -> dict[str, Any]:
    search = {"fts_table": f"{shape.name}_fts"} if shape.searched else {}
    about = f"{shape.about_zh} · {shape.about_en}" + (f" ({SEARCH})" if shape.searched else "")
    label = {"label_column": LABELS[shape.name]} if shape.name in LABELS else {}
    return {"title": f"{shape.zh} · {shape.en}", "description": about, "facets": list(shape.facets[:MOST_FACETS]), "size": 50, **label, **search,
            "columns": {field.name: f"{field.meaning}（{field.unit}）" if field.unit else field.meaning for field in shape.fields if field.meaning}}
