"""The page and the blocks of claims in; mentions, indicators, funds, documents, scores and reports in gold form out.

    @indicators  place | level1 | level2 | name | actual target=… score=…     a field alone is the text at the place;
                                                                               `field=@b` the text at place b
    @funds       place | measure | scope | level | document places, by commas | year
    @documents   place of the number | issuers, by commas | places of amounts, by commas | title (`-` none; the 《…》 before the
                 number if left out)
    @scores      place | name | full | score | grade
Columns at the end may be left out.
"""

from __future__ import annotations

import re
from typing import Any

from hedui.synth.marked.page import Page
from hedui.synth.marked.readings import squeeze
from hedui.synth.marked.tables import Row, Table

__all__ = ["documents", "funds", "mentions", "narrative_indicators", "reports", "scores", "table_indicators"]

Gold = dict[str, Any]
FIELDS = ("level1", "level2", "name", "target", "actual", "completion", "deviation", "weight", "score", "reason")
UNITS = "人|人次|元|万元|[%％]|个|月|个月|公里|户|场次|场|次|眼|亩|万亩|公斤|吨|套|所|名|台|座|处|家|件|平方米|册|天|小时"
# 参保人数(人) · 项目决策 (20分) · 参保率（%）
BRACKET = re.compile(rf"[（(](?:{UNITS}|\d+分)[)）]$")


def columns(line: str, count: int) -> list[str]:
    parts = [x.strip() for x in re.split(r" \|(?: |$)", line)]
    return parts + [""] * (count - len(parts))


def listed(text: str) -> list[str]:
    return [x.strip() for x in text.split(",") if x.strip()]


def points(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value


def mentions(page: Page) -> list[Gold]:
    """All mentions, in order."""
    out = []
    for mark in page.marked.mentions:
        reading = mark.reading
        assert reading is not None
        quote = page.quote(mark)
        item: Gold = {
            "line": quote["line"],
            "nth": page.nth(mark),
            "text": quote["text"],
            "label": reading.label,
            "value": reading.value,
            "unit": reading.unit,
            "op": reading.op,
        }
        if "\n" in page.text(mark).strip("\n"):
            item["full"] = re.sub(r"\s*\n\s*", "", page.text(mark))
        elif reading.full:
            item["full"] = reading.full
        out.append(item)
    return out


def indicator(source: str, line: int, fields: dict[str, str]) -> Gold:
    return {"source": source, "line": line} | {f: fields.get(f) or None for f in FIELDS}


def clean(field: str, text: str) -> str:
    text = re.sub(r"[$↵]|\*\*", "", squeeze(text)).replace(r"\geq", "≥").replace(r"\leq", "≤").replace(r"\%", "%")
    if field in {"name", "level1", "level2"}:
        text = re.sub(r"^指标\d+[:：]", "", BRACKET.sub("", text))
    return text


def row_fields(page: Page, table: Table, number: int, row: Row) -> dict[str, str]:
    fields: dict[str, str] = {}
    for col, name in enumerate(row.columns):
        if name in FIELDS and row.cells[col] != "<":
            fields[name] = fields.get(name, "") + clean(name, page.cell_text(table, number, col))
    return fields


def table_indicators(page: Page) -> list[Gold]:
    """The indicators of all tables, one a row."""
    out = []
    for table in page.source.tables.values():
        for number, row in enumerate(table.rows):
            if "name" in row.columns:
                fields = row_fields(page, table, number, row)
                col = row.columns.index("name")
                if fields.get("name"):
                    out.append(
                        indicator("table", page.quote(page.place(f"@{table.name}.{number}.{col}"))["line"], fields)
                    )
    return out


def narrative_indicators(page: Page) -> list[Gold]:
    """The indicators that the block names."""
    out = []
    for line in page.source.blocks["indicators"]:
        place, level1, level2, name, rest = columns(line, 5)
        fields = {"level1": level1, "level2": level2, "name": name}
        for word in rest.split():
            field, _, value = word.partition("=")
            fields[field] = (
                squeeze(page.text(page.place(value[1:] if value else place))) if not value or value[0] == "@" else value
            )
        out.append(indicator("narrative", page.quote(page.place(place))["line"], fields))
    return out


def funds(page: Page) -> list[Gold]:
    """The fiscal amounts that the block names."""
    out = []
    for line in page.source.blocks["funds"]:
        place, measure, scope, level, numbers, year = columns(line, 6)
        mark = page.place(place)
        if mark.reading is None or mark.reading.label != "AMOUNT":
            raise ValueError(f"fund {place} is no amount")
        out.append(
            {
                "source": "table" if page.in_table(mark) else "narrative",
                **page.quote(mark),
                "yuan": mark.reading.value,
                "measure": measure,
                "scope": scope,
                "year": int(year) if year else page.part_of(mark).year,
                "level": level or None,
                "documents": [page.value(n) for n in listed(numbers)],
            }
        )
    return out


def title_before(page: Page, place: str) -> str | None:
    mark = page.place(place)
    near = [
        m for m in page.marked.mentions if m.reading and m.reading.label == "TITLE" and 0 <= mark.start - m.end <= 3
    ]
    return near[-1].reading.value if near and near[-1].reading else None


def documents(page: Page) -> list[Gold]:
    """The documents cited by number."""
    out = []
    for line in page.source.blocks["documents"]:
        place, issuers, amounts, title = columns(line, 4)
        named = None if title == "-" else title or title_before(page, place)
        out.append(
            {
                "line": page.quote(page.place(place))["line"],
                "number": page.value(place),
                "title": named,
                "issuers": listed(issuers),
                "amounts": [page.value(a) for a in listed(amounts)],
            }
        )
    return out


def scores(page: Page) -> list[Gold]:
    """Total and dimension scores told in prose."""
    out = []
    for line in page.source.blocks["scores"]:
        place, name, full, score, grade = columns(line, 5)
        out.append(
            {
                "line": page.quote(page.place(place))["line"],
                "name": name,
                "full": points(full) if full else None,
                "score": points(score),
                "grade": grade or None,
            }
        )
    return out


def reports(page: Page) -> list[Gold]:
    """The reports of the file and the lines they cover."""
    return [
        {
            "line_start": first,
            "line_end": last,
            "title": part.title,
            "kind": part.kind,
            "unit": part.unit,
            "region": part.region,
            "year": part.year,
            "programme": part.programme,
        }
        for part, first, last in page.parts
    ]
