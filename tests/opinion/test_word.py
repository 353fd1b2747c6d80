"""The Word file, read again."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from hedui.opinion import opinions_of
from hedui.opinion.png import font
from hedui.opinion.word import docx_of
from hedui.opinion.words import COLUMNS


def reread(opinions):
    return docx.Document(io.BytesIO(docx_of(opinions)))


def test_verdict_table_and_headings(paper):
    file = reread(opinions_of(paper.findings()))
    assert [p.text for p in file.paragraphs if p.style.name == "Heading 1"] == ["样县2022年度补助资金绩效自评报告"]
    assert any(p.text.startswith("有 4 处对不上") for p in file.paragraphs)
    (table,) = file.tables
    assert len(table.columns) == len(COLUMNS) and len(table.rows) == 5
    first = [cell.text for cell in table.rows[1].cells]
    assert "1260万元" in first[1] and "第 2 行" in first[1]
    assert "860 + 250 + 140 = 1250万元 ≠ 1260万元" in first[2]
    assert first[3:5] == ["1,250 万元", "10 万元"] and first[6] == "98%"


@pytest.mark.skipif(font(12) is None, reason="no Chinese font on this machine: no picture in the Word file")
def test_the_picture_is_in(paper):
    assert len(reread(opinions_of(paper.findings())).inline_shapes) == 1


def test_without_a_font_the_file_says_so(paper, monkeypatch):
    monkeypatch.setattr("hedui.opinion.word.png_of", lambda picture: None)
    file = reread(opinions_of(paper.findings()))
    assert len(file.inline_shapes) == 0 and any("没有中文字体" in p.text for p in file.paragraphs)


def test_more_than_a_page_goes_on_behind(blank):
    made = blank("".join(f"甲{i}«s{i}|{i + 3}万元»，«a{i}|{i + 1}万元»。\n" for i in range(12)))
    for i in range(12):
        made.check("restated", f"s{i}", [f"a{i}"], f"{i + 1}万元")
    file = reread(opinions_of(made.findings()))
    assert [len(table.rows) for table in file.tables] == [8, 6]
    assert [row.cells[0].text.split()[0] for table in file.tables for row in table.rows[1:]] == [str(i) for i in range(1, 13)]


def test_characters_that_word_cannot_hold(blank):
    made = blank("总额«a|3\x0b\x00万元»，其中«b|1万元»。")
    made.check("sum", "a", ["b"], "1万元\x1f", note="\x08坏\ufffe")
    assert "坏\ufffd" in reread(opinions_of(made.findings())).tables[0].rows[1].cells[2].text


def test_the_same_bytes_twice(paper):
    opinions = opinions_of(paper.findings())
    data = docx_of(opinions)
    assert data == docx_of(opinions)
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {(2000, 1, 1, 0, 0, 0)}
