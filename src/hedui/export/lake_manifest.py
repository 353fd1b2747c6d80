"""The parts of a lake in, its manifest out, and back: one JSON file that says which files count and what each holds.

It is replaced whole and last, so that whoever reads by it sees the lake before or after a change and never between.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from hedui.export.columnar import TABLES, Home, Key, schema_of
from hedui.export.lake_parts import Part

__all__ = ["MANIFEST", "SCHEMA", "dump_manifest", "load_manifest"]

MANIFEST, SCHEMA = "manifest.json", "hedui-lake/1"


def columns_digest() -> str:
    """Changes with any column of any table, so that a lake of other columns is written anew."""
    return hashlib.sha256("\n".join(f"{table} {schema_of(table)}" for table in TABLES).encode()).hexdigest()[:12]


def dump_manifest(parts: Iterable[Part]) -> bytes:
    """The manifest of `parts`, in the order of their homes and names, a line a part."""
    lines = [json.dumps({"year": part.home.year, "province": part.home.province, "name": part.name,
                         "files": {table: list(told) for table, told in part.files.items()}, "keys": [list(key) for key in part.keys]},
                        ensure_ascii=False, separators=(",", ":"))
             for part in sorted(parts, key=lambda part: (part.home, part.name))]
    head = json.dumps({"schema": SCHEMA, "columns": columns_digest()})[:-1]
    body = ",\n".join(lines)
    return f'{head}, "parts": [\n{body}\n]}}\n'.encode()


def load_manifest(data: bytes) -> tuple[Part, ...] | None:
    """The parts that a manifest tells of; None where it is damaged or of other columns."""
    try:
        told = json.loads(data)
        if (told["schema"], told["columns"]) != (SCHEMA, columns_digest()):
            return None
        return tuple(map(part_of, told["parts"]))
    except (ValueError, KeyError, TypeError):
        return None


def part_of(told: dict[str, Any]) -> Part:
    return Part(home=Home(told["year"], told["province"]), name=told["name"], keys=tuple(Key(*key) for key in told["keys"]),
                files={table: (size, rows) for table, (size, rows) in told["files"].items()})
