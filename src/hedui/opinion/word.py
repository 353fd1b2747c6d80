"""Opinions come in, one Word file goes out: a page for each report with its verdict, its table and the picture of its figures."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from hedui.opinion import telling
from hedui.opinion.picture import Picture, pictures_of
from hedui.opinion.png import png_of
from hedui.opinion.stakes import money
from hedui.opinion.types import Item, Opinion
from hedui.opinion.words import COLUMNS, SIGNS

__all__ = ["docx_of"]

SANS, SERIF = "Microsoft YaHei", "SimSun"
WIDTHS = (0.9, 4.0, 4.8, 1.8, 1.7, 1.8, 1.5, 2.5)  # cm, 19 of A4's 21
DEPTH = 6.5  # cm, the tallest that the picture of the first page may be
ODD, CLOSES, SOFT = RGBColor(0xC2, 0x41, 0x0C), RGBColor(0x0B, 0x6E, 0x75), RGBColor(0x55, 0x60, 0x6E)
LEGEND = "= 相符 closes　≈ 只差舍入 rounding　≠ 虚线、菱形：不符 does not close　×n 有 n 处写法一致　+n 另有 n 个相符的算式未画"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
# what XML cannot hold
BARRED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(paragraph: Any, text: str, size: float, *, bold: bool = False, colour: RGBColor | None = None, font: str = SANS) -> Any:
    """A run of text; characters that a Word file cannot hold become �."""
    run = paragraph.add_run(BARRED.sub("\ufffd", text))
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, font
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def tight(paragraph: Any, after: float = 0, before: float = 0) -> Any:
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.05
    return paragraph


def shade(cell: Any, colour: str) -> None:
    made = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        made.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(made)


def ruled(table: Any) -> None:
    """Thin grey lines between rows, none between columns."""
    made = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "8B95A1")):
            line.set(qn(f"w:{key}"), value)
        made.append(line)
    table._tbl.tblPr.append(made)


def repeated(row: Any) -> None:
    """Makes a row stand on every page of its table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def fill_row(cells: Sequence[Any], rank: int, item: Item) -> None:
    """The cells of one finding, in the order of COLUMNS."""
    put = [tight(cell.paragraphs[0], 1.5, 1.5) for cell in cells]
    add(put[0], f"{rank} ", 8, bold=True)
    add(put[0], SIGNS[item.kind], 9, bold=True, colour=ODD if item.kind == "conflict" else SOFT)
    if item.stated.name:
        add(put[1], f"{telling.cut(item.stated.name, 30)}\n", 7.5, bold=True)
    add(put[1], item.before, 7.5)
    add(put[1], telling.cut(item.stated.text, 60), 7.5, bold=True, colour=ODD if item.kind == "conflict" else None)
    add(put[1], f"{item.after} ", 7.5)
    add(put[1], telling.where(item.stated.place), 7, colour=SOFT)
    add(put[2], telling.said(item)[0], 7.5, bold=True)
    if item.formula:
        add(put[2], f"\n{telling.cut(item.formula, 110)}", 7.5)
    named, more = telling.operands(item)
    told = [f"{telling.cut(one.name, 16)} {telling.cut(one.text, 24)}（{telling.where(one.place)}）".lstrip() for one in named]
    if told:
        add(put[2], "\n" + "；".join([*told, *([f"另 {more} 项"] if more else [])]), 6.5, colour=SOFT)
    if item.kind == "remark":
        cells[2].merge(cells[-1])
        return
    add(put[3], telling.cut(telling.computed(item), 48), 7.5)
    add(put[4], item.stake.difference or "—", 7.5)
    add(put[5], money(item.stake.yuan) if item.stake.yuan else "—", 7.5, bold=True)
    beside = [telling.share(item.share)] if item.share else []
    beside += [f"牵连 {item.figures} 个数"] if item.figures else []
    if beside:
        add(put[5], "\n" + "\n".join(beside), 6.5, colour=SOFT)
    add(put[6], "—" if item.confidence is None else f"{round(item.confidence * 100)}%", 7.5, bold=True)
    add(put[7], "\n".join(item.repairs), 7.5, colour=ODD)
    add(put[7], ("\n" if item.repairs and item.remarks else "") + "\n".join(item.remarks) or ("" if item.repairs else "—"), 7.5)


def add_items(file: Any, items: Sequence[Item], first: int) -> None:
    """The table of findings from rank `first` on."""
    table = file.add_table(rows=1, cols=len(COLUMNS), style="Normal Table")
    ruled(table)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, (zh, en) in zip(table.rows[0].cells, COLUMNS.values(), strict=True):
        add(tight(cell.paragraphs[0]), zh, 8, bold=True)
        add(cell.paragraphs[0], f"\n{en}", 6, colour=SOFT)
        shade(cell, "EEF2F5")
    repeated(table.rows[0])
    for rank, item in enumerate(items, first):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        fill_row(row.cells, rank, item)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Cm(width)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)


def add_picture(file: Any, picture: Picture, depth: float) -> None:
    """The picture as wide as the page or as deep as `depth` cm allows."""
    data = png_of(picture)
    if data is None:
        add(tight(file.add_paragraph()), "没有中文字体，图未画入，请看网页版 · no Chinese font; the HTML page has it", 8,
            colour=SOFT)
        return
    width = min(sum(WIDTHS), picture.width / 40, depth * picture.width / picture.height)
    tight(file.add_paragraph()).add_run().add_picture(io.BytesIO(data), width=Cm(width))


def heading(file: Any, text: str, level: int, size: float) -> Any:
    made = file.add_heading(level=level)
    add(tight(made, 3, 8 if level > 1 else 0), text, size, bold=True, font=SERIF, colour=RGBColor(0x1B, 0x24, 0x30))
    return made


def add_opinion(file: Any, opinion: Opinion) -> None:
    tally = opinion.tally
    about = " · ".join(filter(None, ["核对意见 audit opinion", opinion.unit, f"{opinion.year} 年度" if opinion.year else "", opinion.file]))
    add(tight(file.add_paragraph()), about, 8, colour=SOFT)
    heading(file, opinion.title, 1, 15)
    line, counted, rest = telling.headline(opinion), telling.tallied(tally), telling.unread(tally)
    add(tight(file.add_paragraph(), 2), line[0], 11, bold=True, colour=ODD if tally.conflicts else CLOSES, font=SERIF)
    add(tight(file.add_paragraph()), f"{counted[0]}{rest[0]}", 9)
    add(tight(file.add_paragraph(), 4), f"{line[1]} {counted[1]} {rest[1]}", 7.5, colour=SOFT)
    for issue in tally.issues[:6]:
        add(tight(file.add_paragraph()), f"未读全 not fully read：{issue.where} {issue.what}", 8)
    if opinion.items:
        add_items(file, opinion.items[:telling.SHOWN], 1)
    pictures = pictures_of(opinion.web)
    if pictures:
        heading(file, "数与数的关系 how the figures hang together", 2, 10)
        legend = tight(file.add_paragraph(), 2)
        legend.paragraph_format.keep_with_next = True
        add(legend, LEGEND, 7.5, colour=SOFT)
        add_picture(file, pictures[0], DEPTH)
    if opinion.items[telling.SHOWN:]:
        heading(file, "其余各条 the other findings", 2, 10).paragraph_format.page_break_before = True
        add_items(file, opinion.items[telling.SHOWN:], telling.SHOWN + 1)
    for picture in pictures[1:]:
        heading(file, "其余关系图 the other groups", 2, 10)
        add_picture(file, picture, 24)


def settled(data: bytes) -> bytes:
    """The file with its members dated alike, so that the same opinions give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EPOCH.timetuple()[:6]), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx_of(opinions: Sequence[Opinion]) -> bytes:
    """The Word file for the opinions on one file, each from a new page on."""
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1)
    section.top_margin = section.bottom_margin = Cm(1.2)
    properties = file.core_properties
    properties.author, properties.title, properties.comments = "hedui", "核对意见 audit opinion", ""
    properties.created = properties.modified = EPOCH
    for number, opinion in enumerate(opinions):
        if number:
            file.add_section(WD_SECTION.NEW_PAGE)
        add_opinion(file, opinion)
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue())
