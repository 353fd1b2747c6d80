"""Automatic numbers of a docx, as Word shows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hedui.readers import read_bytes
from hedui.readers.docx.numerals import numeral

Docx = Callable[..., bytes]
NUMERALS = [line.split("\t") for line in (Path(__file__).parents[1] / "cases/readers_numerals.tsv").read_text("utf-8").splitlines()
            if not line.startswith("#")]


@pytest.mark.parametrize(("kind", "count", "shown"), NUMERALS)
def test_numeral(kind: str, count: str, shown: str) -> None:
    assert numeral(int(count), kind) == shown


def test_custom_format_pads_with_zeros() -> None:
    assert [numeral(n, "custom", "001, 002, 003, ...") for n in (1, 12, 1234)] == ["001", "012", "1234"]


def level(ilvl: int, kind: str, text: str, more: str = "", start: int = 1) -> str:
    return (f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


def abstract(id_: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{id_}">{more}{"".join(levels)}</w:abstractNum>'


def num(id_: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(num_id: int | str, ilvl: int = 0, style: str = "", text: str = "项") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    own = f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>' if num_id != "" else ""
    return f"<w:p><w:pPr>{named}{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbers(data: bytes) -> list[str | None]:
    document = read_bytes(data, "a.docx")
    assert set(document.text.split("\n")) == {"项"}
    return [block.number for block in document.blocks]


CHINESE = abstract(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3."),
                   level(3, "decimal", "%1.%2.%3.%4", "<w:isLgl/>"))


@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_levels_count_and_restart(docx: Docx, strict: bool) -> None:
    body = "".join(item(1, ilvl) for ilvl in (0, 1, 2, 2, 3, 1, 2, 0, 1, 3))
    assert numbers(docx(body, numbering=CHINESE + num(1, 0), strict=strict)) == [
        "一、", "（一）", "1.", "2.", "1.1.2.1", "（二）", "1.", "二、", "（一）", "2.1.1.1"]


def test_lists_of_one_definition_count_on_and_an_override_starts_anew(docx: Docx) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = CHINESE + num(1, 0) + num(2, 0) + num(3, 0, override)
    body = "".join(item(id_) for id_ in (1, 1, 2, 3, 3, 1))
    assert numbers(docx(body, numbering=numbering)) == ["一、", "二、", "三、", "一、", "二、", "三、"]


def test_start_values_and_levels_that_never_restart(docx: Docx) -> None:
    definition = abstract(0, level(0, "decimal", "第%1条", start=5), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'))
    body = "".join(item(1, ilvl) for ilvl in (0, 1, 1, 0, 1))
    assert numbers(docx(body, numbering=definition + num(1, 0))) == ["第5条", "1)", "2)", "第6条", "3)"]


def test_a_level_restarts_only_after_the_level_it_names(docx: Docx) -> None:
    definition = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%2"),
                          level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>'))
    body = "".join(item(1, ilvl) for ilvl in (0, 1, 2, 1, 2, 0, 2))
    assert numbers(docx(body, numbering=definition + num(1, 0))) == ["1", "1", "1", "2", "2", "2", "1"]


def test_a_level_redefined_for_one_list(docx: Docx) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.", start=3)}</w:lvlOverride>'
    assert numbers(docx(item(1) + item(1), numbering=CHINESE + num(1, 0, own))) == ["III.", "IV."]


def test_numbers_by_style_and_switched_off(docx: Docx) -> None:
    styles = """
    <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
      <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/>
      <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="H3"><w:name w:val="三级"/>
      <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"""
    definition = abstract(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"),
                          level(2, "decimal", "%3.", '<w:pStyle w:val="H3"/>'))
    body = (item("", style="H1") + item("", style="H2") + item("", style="H3") + item(0, style="H1") + item("", style="H1"))
    assert numbers(docx(body, numbering=definition + num(1, 0), styles=styles)) == ["一、", "（一）", "1.", None, "二、"]


def test_bullets_and_unknown_lists_have_no_number(docx: Docx) -> None:
    definition = abstract(0, level(0, "bullet", "&#xF0B7;"))
    assert numbers(docx(item(1) + item(7) + item(1, 5), numbering=definition + num(1, 0))) == [None, None, None]


def test_empty_and_cell_paragraphs_count(docx: Docx) -> None:
    empty = item(1).replace("项", "")
    cell = f"<w:tbl><w:tr><w:tc>{item(1)}</w:tc></w:tr></w:tbl>"
    document = read_bytes(docx(item(1) + empty + cell + item(1), numbering=CHINESE + num(1, 0)), "a.docx")
    assert [block.number for block in document.blocks] == ["一、", None, "四、"]


def test_a_list_that_links_to_a_numbering_style(docx: Docx) -> None:
    definitions = (abstract(0, more='<w:numStyleLink w:val="L"/>')
                   + abstract(1, level(0, "decimalEnclosedCircle", "%1"), more='<w:styleLink w:val="L"/>'))
    assert numbers(docx(item(1) + item(1), numbering=definitions + num(1, 0) + num(2, 1))) == ["①", "②"]
