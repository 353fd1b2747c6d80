"""The data of report.html: blocks of the text, offsets as a browser counts them, and a script that nothing escapes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from hedui.export.page import SCRIPTS, STYLES, asset, page, write_page
from hedui.export.page_blocks import Paragraph, Table, blocks
from hedui.export.page_data import as_script, page_data, utf16
from hedui.export.page_grids import grid_table

DIALECTS = [
    ("pipes with frame and ruler", "前文\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n后文", [["甲", "乙"], ["1", "2"]]),
    ("pipes, merged cells left empty", "预算数（A） | 执行数（B） | ||||\n5 | 6 | ||||",
     [["预算数（A）", "执行数（B）", "", "", "", ""], ["5", "6", "", "", "", ""]]),
    ("tabs, first cell empty", "甲\t乙\t丙\n\t1\t2", [["甲", "乙", "丙"], ["", "1", "2"]]),
    ("tabs, rows with one cell", "甲\t乙\t丙\n二、小计\t\t\n\t\t2\n三、说明\t\n正文", [["甲", "乙", "丙"], ["二、小计", "", ""], ["", "", "2"]]),
    ("a cell a line, one runs on", "\t甲\n\t乙\n\n\t一级\n指标\n\t2\n\n正文", [["甲", "乙"], ["一级\n指标", "2"]]),
    ("spaces", "项目  目标  完成\n场次  60  64\n人次  80  83", [["项目", "目标", "完成"], ["场次", "60", "64"], ["人次", "80", "83"]]),
]
PROSE = [
    ("a tab at the end of a heading", "二、收入情况\t\n全年收入5万元。"),
    ("a list behind tabs, too short for a table", "\t一句话\n正文"),
    ("two lines with wide gaps", "签字：    日期：    盖章：\n甲    乙    丙"),
    ("one pipe", "按A|B两档执行。"),
]


@pytest.mark.parametrize(("text", "rows"), [case[1:] for case in DIALECTS], ids=[case[0] for case in DIALECTS])
def test_tables_of_every_dialect(text, rows):
    tables = [block for block in blocks(text) if isinstance(block, Table)]
    assert [[text[slice(*cell.span)] for cell in row] for row in tables[0].rows] == rows
    assert len(tables) == 1


@pytest.mark.parametrize("text", [case[1] for case in PROSE], ids=[case[0] for case in PROSE])
def test_prose_is_no_table(text):
    assert not [block for block in blocks(text) if isinstance(block, Table)]


@pytest.mark.parametrize("text", ["字" * 300_000, "-" * 300_000 + "字", "|" + "-" * 300_000, "甲 " * 150_000 + "|", " " * 300_000, "\t" * 300_000,
                                  "一" * 300_000 + "、", "|---|\n" * 5000, "\t甲\n正文\n\n" * 20_000])
def test_long_lines_end(text):
    """Patterns that try every start again would take hours here."""
    assert sum(block.span[1] - block.span[0] for block in blocks(text)) <= len(text)


def test_outline_by_numbering():
    text = "一、资金\n（一）下达情况。\n下达5万元。\n1.数量指标\n3.5%的增幅"
    assert [block.level for block in blocks(text) if isinstance(block, Paragraph)] == [1, 2, 0, 3, 0]


def test_no_word_is_left_out(sample):
    for output in sample["outputs"]():
        text = output["text"]
        covered = set()
        for block in blocks(text):
            for cell in [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block]:
                covered.update(range(*cell.span))
        left = "".join(char for i, char in enumerate(text) if i not in covered)
        assert re.fullmatch(r"[\s|:-]*", left), left


def test_grid_keeps_what_its_cells_leave_out():
    text = "级\t名\t值\n一\t甲\t1\n级\t名\t值\n\t乙\t2"
    at = {word: (text.index(word), text.index(word) + 1) for word in "级名值一甲1乙2"}
    rows = [[at["级"], at["名"], at["值"]], [at["一"], at["甲"], at["1"]], [at["一"], at["乙"], at["2"]]]
    table = grid_table({"span": [0, len(text)], "header_rows": 1, "rows": rows}, text)
    assert [[text[slice(*cell.span)] for cell in row] for row in table.rows] == [list("级名值"), list("一甲1"), list("级名值"), list("一乙2")]
    whole = grid_table({"span": [0, 11], "header_rows": 1, "rows": [rows[0], rows[1], [at["一"], (11, 11), (11, 11)]]}, text)
    assert whole.rows[1][0].rows == 2


def test_offsets_count_as_a_browser_does():
    text = "𠮷野𠮷家100万元"
    place = utf16(text)
    assert [text[:i] for i in range(len(text) + 1)] == [
        text.encode("utf-16-le")[: 2 * place(i)].decode("utf-16-le") for i in range(len(text) + 1)]


def test_ids_that_occur_twice_are_told_apart(sample):
    data = page_data([sample["clear_creek"](), sample["clear_creek"]()], title="", failures={})
    ids = [check["id"] for check in data["checks"]]
    assert len(set(ids)) == len(ids) == 2 * len(sample["CLEAR_CREEK_CHECKS"])


def test_every_quote_is_the_text_at_its_place(sample):
    data = page_data(sample["outputs"](), title="", failures={})
    said = [data["files"][check["f"]]["text"][slice(*check["stated"][:2])] for check in data["checks"]]
    wanted = [check["stated"]["text"] for output in sample["outputs"]() for report in output["reports"] for check in report["checks"]]
    assert said == wanted


@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "a\u2028b", "\ud83d", "\x00\x1f", '"\\'])
def test_script_survives_any_text(text):
    script = as_script({"text": text})
    assert "<" not in script and "\u2028" not in script
    assert json.loads(script.encode("utf-8")) == {"text": text}


@pytest.mark.parametrize("name", [*STYLES, *SCRIPTS])
def test_parts_of_the_page_are_sound(name, tmp_path):
    text = asset(name)
    assert len(text.splitlines()) < 400
    assert "</" not in text and "<!--" not in text and "innerHTML" not in text
    if name.endswith(".js"):
        if (node := shutil.which("node")) is None:
            pytest.skip("no node on this machine: the script was not parsed by itself")
        (tmp_path / name).write_text(text, encoding="utf-8")
        done = subprocess.run([node, "--check", name], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_title_is_escaped():
    html = page([], title="</title><script>alert(1)</script>")
    assert "<script>alert" not in html


def test_page_has_no_address_of_the_network(page_file):
    html = page_file.read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\s\"']+", html)) == {"http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in html


def test_same_outputs_give_the_same_page(sample, tmp_path):
    first = write_page(sample["outputs"](), tmp_path / "a.html").read_bytes()
    assert write_page(sample["outputs"](), tmp_path / "b.html").read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]
