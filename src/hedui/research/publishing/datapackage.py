"""The tables and files of a package in, its `datapackage.json` out (Data Package standard, version 2).

https://datapackage.org/standard/data-package/ and https://datapackage.org/standard/table-schema/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hedui.research.publishing.request import Request, licence_page
from hedui.research.publishing.shape import Field, Kind, Shape

__all__ = ["KEYWORDS", "FileFacts", "Package", "datapackage_json"]

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES: dict[Kind, str] = {"text": "string", "integer": "integer", "decimal": "number", "float": "number", "flag": "boolean", "list": "array"}
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "db": "application/vnd.sqlite3"}
# not `parquet`: Frictionless would read it through floats, in which an empty integer is nan and a list no list, and find fault; the digest is checked
FORMATS = {"parquet": "apache-parquet", "db": "sqlite"}
KEYWORDS = ("财政绩效", "绩效自评", "fiscal performance", "budget execution", "performance indicators", "information extraction", "China")
SHARES = frozenset({"confidence", "model"})
SHA256 = "^[0-9a-f]{64}$"


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFacts:
    """A file of the package: its path in it, bytes and SHA-256; `table` is what it holds, "" for all of them."""

    path: str
    bytes: int
    sha256: str
    table: str = ""

    @property
    def ending(self) -> str:
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """All that the papers of a package are written from; `version` and `id` change with the data and with nothing else."""

    request: Request
    shapes: tuple[Shape, ...]
    files: tuple[FileFacts, ...]
    rows: Mapping[str, int]
    version: str
    id: str
    description: str

    def file(self, table: str, ending: str) -> FileFacts | None:
        """The file of a table in a format."""
        return next((one for one in self.files if one.table == table and one.ending == ending), None)


def datapackage_json(package: Package) -> dict[str, Any]:
    """The descriptor: CSV as tabular resources with schema, keys and references, the other files with their digests."""
    request = package.request
    shapes = {shape.name: shape for shape in package.shapes}
    licences = {"licenses": [licence_object(request.licence)]} if request.licence else {}
    dated = {"created": f"{request.date}T00:00:00Z"} if request.date else {}
    return {"$schema": PROFILE, "name": "hedui-dataset", "id": package.id, "title": request.title, "description": package.description,
            "version": package.version, **dated, **licences, "keywords": list(KEYWORDS),
            "contributors": [{"title": name, "roles": ["publisher"]} for name in request.by] + [{"title": "hedui", "roles": ["extractor"]}],
            "resources": [resource(one, shapes.get(one.table), csv_there=package.file("reports", "csv") is not None) for one in package.files]}


def licence_object(licence: str) -> dict[str, str]:
    page = licence_page(licence)
    return {"name": licence, "path": page} if page else {"name": licence, "title": licence}


def resource(one: FileFacts, shape: Shape | None, *, csv_there: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": one.path.rpartition("/")[2].replace(".", "-") if one.ending != "csv" else one.table, "path": one.path,
                             "format": FORMATS.get(one.ending, one.ending), "mediatype": MEDIA[one.ending], "bytes": one.bytes,
                             "hash": f"sha256:{one.sha256}"}
    if shape is None:
        return plain
    told = {**plain, "title": f"{shape.zh} · {shape.en}", "description": f"{shape.about_zh} · {shape.about_en}"}
    if one.ending != "csv":
        return told if csv_there else {**told, "schema": table_schema(shape, suffix=f"-{one.ending}")}
    dialect = {"lineTerminator": "\n", "delimiter": ",", "quoteChar": '"', "doubleQuote": True}
    return {**told, "type": "table", "encoding": "utf-8", "dialect": dialect, "schema": table_schema(shape)}


def table_schema(shape: Shape, *, suffix: str = "") -> dict[str, Any]:
    """The Table Schema of a table; the resources that it refers to are named for their tables, with `suffix`."""
    references = [{"fields": [one.column], "reference": {"resource": one.table + suffix, "fields": [one.key]}} for one in shape.references]
    return {"fieldsMatch": "equal", "fields": [described(field, shape) for field in shape.fields], "missingValues": [""],
            "primaryKey": list(shape.key), **({"foreignKeys": references} if references else {})}


def described(field: Field, shape: Shape) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if field.name in shape.key else {}
    if field.name in SHARES:
        limits |= {"minimum": 0, "maximum": 1}
    if field.name == "sha256":
        limits["pattern"] = SHA256
    unit = {"unit": field.unit} if field.unit else {}
    said = {"description": field.meaning} if field.meaning else {}
    return {"name": field.name, "type": TYPES[field.kind], **said, **unit, **({"constraints": limits} if limits else {})}
