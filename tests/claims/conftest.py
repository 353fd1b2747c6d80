"""Text -> a Layout and the Mentions that stand in it, built by hand: the claims are tested without the stages before."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from hedui.document import Document, Grid, GridCell, Layout, Paragraph, Part, Section
from hedui.findings import Mention, content_id

UNITS = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}
AMOUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|千元|元)(?P<per>/[\u4e00-\u9fff·]+)?")
DOCNO = re.compile(r"中央\d+号文|(?:国务院)?第\d+号令|[某财国][\u4e00-\u9fff]{1,4}〔\d{4}〕\d+(?:、\d+)*号")
TITLE = re.compile(r"《[^《》]+》")
DATE = re.compile(r"(?:19|20)\d\d(?=年)")
ORG = re.compile(r"(?:财政部|教育部|国务院|[省市县](?:财政局|财政厅|教育局|教育厅|人民政府|水利局))")
POINTS = re.compile(r"\d+(?:\.\d+)?分")


def mention(label: str, span: tuple[int, int], text: str, value: Decimal | str, unit: str) -> Mention:
    return Mention(id=content_id("m", label, span), label=label, span=span, text=text[slice(*span)], value=value, unit=unit)


def money(number: str, unit: str) -> Decimal:
    return Decimal(number.replace(",", "")) * UNITS[unit]


def mentions_of(text: str) -> tuple[Mention, ...]:
    """The mentions of `text`: titles first, nothing inside another one."""
    found: list[Mention] = []
    taken: set[int] = set()
    finders = (("TITLE", TITLE, "title"), ("DOCNO", DOCNO, "docno"), ("AMOUNT", AMOUNT, "CNY"), ("ORG", ORG, "org"),
               ("DATE", DATE, "date"), ("QUANTITY", POINTS, "分"))
    for label, pattern, unit in finders:
        for match in pattern.finditer(text):
            start, end = match.span()
            if taken & set(range(start, end)):
                continue
            taken |= set(range(start, end))
            value: Decimal | str = text[start:end].strip("《》")
            if label == "AMOUNT":
                value, unit = money(match["number"], match["unit"]), "CNY" + (match["per"] or "")
            elif label == "QUANTITY":
                value = Decimal(match.group()[:-1])
            found.append(mention(label, (start, end), text, value, unit))
    return tuple(sorted(found, key=lambda m: m.span))


def document(text: str) -> Document:
    return Document(name="a.txt", sha256="0" * 64, media_type="text/plain", text=text, blocks=())


def prose(text: str, heading: str = "") -> tuple[Layout, tuple[Mention, ...]]:
    """A layout of one part whose lines are paragraphs, under a heading `heading`, and its mentions."""
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(span=(at, at + len(line)), section=0))
        at += len(line) + 1
    section = Section(span=(0, len(text)), heading=(0, 0), title=heading)
    part = Part(span=(0, len(text)), year=2023, programme="某项补助资金")
    return Layout(document=document(text), parts=(part,), sections=(section,), paragraphs=tuple(paragraphs)), mentions_of(text)


def grid(rows: list[list[str]], header_rows: int, *, unit: str = "万元", caption: str = "",
          heading: str = "") -> tuple[Layout, tuple[Mention, ...]]:
    """A layout of one grid and its mentions: bare numbers in its cells are amounts in `unit`."""
    lines = [caption, *("\t".join(row) for row in rows)]
    text = "\n".join(lines)
    at, grid_rows, found = len(caption) + 1, [], []
    for i, row in enumerate(rows):
        cells = []
        for j, cell in enumerate(row):
            span = (at, at + len(cell))
            cells.append(GridCell(row=i, col=j, span=span, text=cell))
            if re.fullmatch(r"[\d,]+(?:\.\d+)?", cell):
                found.append(mention("AMOUNT", span, text, money(cell, unit), "CNY"))
            else:
                found += [mention(m.label, (m.span[0] + at, m.span[1] + at), text, m.value or "", m.unit) for m in mentions_of(cell)]
            at += len(cell) + 1
        grid_rows.append(tuple(cells))
    headers = tuple(tuple(dict.fromkeys(r[j] for r in rows[:header_rows] if r[j])) for j in range(len(rows[0])))
    made = Grid(span=(len(caption) + 1, len(text)), rows=tuple(grid_rows), header_rows=header_rows, headers=headers, unit=unit,
                caption=(0, len(caption)) if caption else None)
    section = Section(span=(0, len(text)), heading=(0, 0), title=heading)
    part = Part(span=(0, len(text)), year=2023, programme="某项补助资金")
    layout = Layout(document=document(text), parts=(part,), sections=(section,), paragraphs=(), grids=(made,))
    return layout, tuple(sorted(found, key=lambda m: m.span))


Read = tuple[Layout, tuple[Mention, ...]]


@pytest.fixture
def told() -> Callable[..., Read]:
    return prose


@pytest.fixture
def table() -> Callable[..., Read]:
    return grid
