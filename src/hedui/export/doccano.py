"""Sheets -> JSONL of doccano for sequence labelling with relations, and its export -> sheets.

Offsets are code points, as doccano counts them unless a project counts grapheme clusters. doccano gives entities ids of its own, so that
what comes back finds its finding by place and label. What goes along stands in the column `hedui`, which doccano keeps as metadata, as text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from hedui.errors import ReadError
from hedui.export.sheet import CLAIMS, MENTIONS, TIE, Marked, Sheet, Tie, along, sheet_along

__all__ = ["doccano_lines", "labels_json", "relations_json", "sheets_of_lines"]

Json = Mapping[str, Any]


def doccano_lines(sheets: Iterable[Sheet]) -> Iterator[str]:
    """One line of JSON a report, with its line end."""
    for number, sheet in enumerate(sheets, 1):
        ids = {mark.id: n for n, mark in enumerate(sheet.marks)}
        held = {
            "id": number, "text": sheet.text,
            "entities": [{"id": ids[mark.id], "label": mark.label, "start_offset": mark.span[0], "end_offset": mark.span[1]}
                         for mark in sheet.marks],
            "relations": [{"id": n, "from_id": ids[tie.source], "to_id": ids[tie.target], "type": TIE} for n, tie in enumerate(sheet.ties)],
            "Comments": [], "file": sheet.name, "hedui": json.dumps(along(sheet), ensure_ascii=False)}
        yield json.dumps(held, ensure_ascii=False) + "\n"


def labels_json() -> str:
    """The labels of spans, to be imported into a project of doccano."""
    return listed({label: colour for label, (_, colour) in {**MENTIONS, **CLAIMS}.items()})


def relations_json() -> str:
    """The labels of relations, to be imported into a project of doccano."""
    return listed({TIE: "#5a5a5a"})


def listed(colours: Mapping[str, str]) -> str:
    return json.dumps([{"text": label, "background_color": colour, "text_color": "#ffffff"} for label, colour in colours.items()], indent=1) + "\n"


def sheets_of_lines(text: str, *, file: str) -> Iterator[Sheet]:
    """The sheets in an export of doccano (JSONL with relations). ReadError names the line that is something else."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield sheet_of_line(line, file=file, where=f"第 {number} 行 line {number}")


def sheet_of_line(line: str, *, file: str, where: str) -> Sheet:
    try:
        held = json.loads(line)
        told = json.loads(held["hedui"]) if isinstance(held["hedui"], str) else held["hedui"]
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError(file, "不是 hedui export 写出、doccano 导出的 JSONL · not JSONL of doccano with the column hedui "
                        f"({error!r})"[:300], where=where) from error
    sheet = sheet_along(told, held.get("text"), file=file, where=where)
    entities, relations = held.get("entities"), held.get("relations", [])
    if not isinstance(entities, list) or not isinstance(relations, list):
        raise ReadError(file, "缺少 entities：请按“序列标注＋关系”导出 · entities are missing: export with relations", where=where)
    marks = {mark.id: mark for mark in (mark_of(one, sheet.text, file=file, where=f"{where} entities[{n}]") for n, one in enumerate(entities))}
    ties = (Tie(source=str(one.get("from_id")), target=str(one.get("to_id"))) for one in relations if isinstance(one, dict))
    return replace(sheet, marks=tuple(marks.values()), ties=tuple(tie for tie in ties if {tie.source, tie.target} <= marks.keys()))


def mark_of(one: Any, text: str, *, file: str, where: str) -> Marked:
    found = one if isinstance(one, dict) else {}
    start, end, label = found.get("start_offset"), found.get("end_offset"), found.get("label")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise ReadError(file, f"起止不在原文内 · start and end are not in the text: {start!r}–{end!r}", where=where)
    if label not in MENTIONS and label not in CLAIMS:
        raise ReadError(file, f"没有标签 {label!r} · no such label", where=where)
    return Marked(id=str(found.get("id")), label=str(label), span=(start, end), origin="manual")
