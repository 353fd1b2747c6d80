"""OFD packages built as code: text with its offsets, lines of tables, templates, pictures; every part can be put in raw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SIZE = 4.2


def text_object(text: str, x: float, y: float, *, size: float = SIZE, how: str = "delta", attributes: str = "") -> str:
    """Text whose base line begins at (x, y) in mm of the page. `how` its characters are spaced: `delta` one by one, `group`
    in the short form, `ctm` in units scaled down tenfold, `single` each character an object of its own, `bare` not at all."""
    wide = [size if ord(char) > 0x2000 else size / 2 for char in text]
    if how == "single":
        return "".join(text_object(char, x + sum(wide[:at]), y, size=size, how="bare", attributes=attributes)
                       for at, char in enumerate(text))
    scale = 10.0 if how == "ctm" else 1.0
    offsets = [f"{one * scale:g}" for one in wide[:-1]]
    groups = [(offset, len(list(same))) for offset, same in groupby(offsets)]
    delta = " ".join(f"g {times} {offset}" if times > 1 else offset for offset, times in groups) if how == "group" else " ".join(offsets)
    spaced = f' DeltaX="{delta}"' if how != "bare" and delta else ""
    ctm = ' CTM="0.1 0 0 0.1 0 0"' if how == "ctm" else ""
    return (f'<ofd:TextObject ID="1" Font="1" Size="{size * scale:g}" Boundary="{x:g} {y - size:g} {sum(wide):g} {size * 1.3:g}"'
            f'{ctm} {attributes}><ofd:TextCode X="0" Y="{size * scale:g}"{spaced}>{escape(text)}</ofd:TextCode></ofd:TextObject>')


def line_object(x0: float, y0: float, x1: float, y1: float, *, attributes: str = "") -> str:
    return (f'<ofd:PathObject ID="2" Boundary="{x0:g} {y0:g} {x1 - x0:g} {y1 - y0:g}" LineWidth="0.25" {attributes}>'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</ofd:AbbreviatedData></ofd:PathObject>")


def table_objects(rows: Sequence[Sequence[str]], *, x: float = 20, y: float = 40, wide: float = 40, high: float = 10,
                  how: str = "delta", filled: bool = False) -> str:
    """A ruled table with its upper left corner at (x, y)."""
    across, down = len(rows[0]), len(rows)
    texts = "".join(text_object(cell, x + wide * col + 2, y + high * row + 6.5, how=how)
                    for row, cells in enumerate(rows) for col, cell in enumerate(cells) if cell)
    ends = [(x, y + high * row, x + wide * across, y + high * row) for row in range(down + 1)]
    ends += [(x + wide * col, y, x + wide * col, y + high * down) for col in range(across + 1)]
    if filled:
        boxes = [(x0, y0, max(x1 - x0, 0.2), max(y1 - y0, 0.2)) for x0, y0, x1, y1 in ends]
        return texts + "".join(
            f'<ofd:PathObject ID="3" Boundary="{x0:g} {y0:g} {w:g} {h:g}" Stroke="false" Fill="true"><ofd:AbbreviatedData>'
            f"M 0 0 L {w:g} 0 L {w:g} {h:g} L 0 {h:g} C</ofd:AbbreviatedData></ofd:PathObject>" for x0, y0, w, h in boxes)
    return texts + "".join(line_object(*one) for one in ends)


def content(objects: str, *, template: str = "", extra: str = "", box: str = "0 0 210 297") -> str:
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return (f"{HEAD}<ofd:Page {NS}><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>{used}{extra}<ofd:Content>"
            f'<ofd:Layer ID="9">{objects}</ofd:Layer></ofd:Content></ofd:Page>')


def document(pages: int, *, templates: Mapping[str, str], resources: bool) -> str:
    listed = "".join(f'<ofd:Page ID="{n + 100}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages))
    named = "".join(f'<ofd:TemplatePage ID="{id_}" BaseLoc="Tpls/Tpl_{id_}/Content.xml"/>' for id_ in templates)
    used = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>" if resources else ""
    return (f"{HEAD}<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>"
            f"0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{used}{named}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
            "</ofd:Document>")


def make_ofd(*pages: str, templates: Mapping[str, str] | None = None, resources: str = "", bodies: int = 1,
             raw: Mapping[str, bytes | str | None] | None = None) -> bytes:
    """An OFD whose pages hold these objects (or are these Content.xml, where they begin with one); `resources` is what
    stands in PublicRes.xml, `raw` replaces parts, or drops them with None."""
    listed = "".join(f'<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot></ofd:DocBody>'
                     for n in range(bodies))
    parts: dict[str, bytes | str | None] = {"OFD.xml": f'{HEAD}<ofd:OFD {NS} DocType="OFD" Version="1.1">{listed}</ofd:OFD>'}
    for n in range(bodies):
        parts[f"Doc_{n}/Document.xml"] = document(len(pages), templates=templates or {}, resources=bool(resources))
        parts |= {f"Doc_{n}/Pages/Page_{at}/Content.xml": page if page.startswith(HEAD) else content(page)
                  for at, page in enumerate(pages)}
        parts |= {f"Doc_{n}/Tpls/Tpl_{id_}/Content.xml": content(objects) for id_, objects in (templates or {}).items()}
        if resources:
            parts[f"Doc_{n}/PublicRes.xml"] = f'{HEAD}<ofd:Res {NS} BaseLoc="Res">{resources}</ofd:Res>'
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for path, held in (parts | dict(raw or {})).items():
            if held is not None:
                archive.writestr(path, held)
    return buffer.getvalue()


class Maker:
    """The functions above, for tests."""

    ofd = staticmethod(make_ofd)
    text = staticmethod(text_object)
    line = staticmethod(line_object)
    table = staticmethod(table_objects)
    content = staticmethod(content)


@pytest.fixture(scope="session")
def make() -> type[Maker]:
    return Maker


@pytest.fixture(scope="session")
def report(make: type[Maker]) -> Callable[..., str]:
    """The objects of a page with a heading, a paragraph over two lines and a table; `how` as in `text_object`."""
    def objects(how: str = "delta", *, filled: bool = False) -> str:
        return (make.text("一、项目基本情况", 20, 20, how=how)
                + make.text("全年预算数120.5万元，执行数98.25万元，预算执行率为81.54%，", 28.4, 28, how=how)
                + make.text("结转22.25万元。", 20, 35, how=how)
                + make.table([["指标", "年度指标值", "实际完成值"], ["培训场次", "30场", "28场"], ["满意度", "", "92.5%"]],
                             how=how, filled=filled))
    return objects
