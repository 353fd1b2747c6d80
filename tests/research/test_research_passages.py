"""Passages stand where they say, are read once, and lose no word of a report."""

import json
from itertools import pairwise

import pytest

from hedui.research.passages import BETWEEN, passages_of
from hedui.view import clean

TEXT = ("青岚县2021年度农村饮水补助资金绩效自评报告\n一、项目概况\n项目总投资1200万元，全部用于农村饮水工程建设，其中中央\n资金800万元。已于年底完工！效果良好；群众满意\n"
        "指标\t目标\t完成\n"
        "数量\t10处\t12处\n质量\t合格\t合格\n二、下一步\n继续管护")
OUTPUT = {"source": {"media_type": "text/plain"}, "text": TEXT, "reports": [
    {"id": "p-1", "span": [0, len(TEXT)], "title": "青岚县2021年度农村饮水补助资金绩效自评报告", "mentions": [{"span": [36, 42], "page": 2}]}],
    "sections": [{"span": [0, len(TEXT)], "heading": [0, 0], "number": "", "title": "", "parent": None},
                 *({"span": [TEXT.index(told), len(TEXT)], "heading": [TEXT.index(told), TEXT.index(told) + len(told)], "number": told[:2],
                    "title": told[2:], "parent": 0} for told in ("一、项目概况", "二、下一步"))]}


def grid(text, rows):
    spans = [[[text.index(cell), text.index(cell) + len(cell)] for cell in row] for row in rows]
    return {"span": [spans[0][0][0], text.index("\n二、")], "rows": spans, "caption": None}


TABLE = grid(TEXT, [["指标", "目标", "完成"], ["数量", "10处", "12处"], ["质量", "合格", "合格"]])


def test_passages_of_a_small_report():
    found = passages_of({**OUTPUT, "grids": [TABLE]})
    assert [(one.kind, one.text) for one in found] == [
        ("heading", "青岚县2021年度农村饮水补助资金绩效自评报告"), ("heading", "一、项目概况"),
        ("sentence", "项目总投资1200万元，全部用于农村饮水工程建设，其中中央\n资金800万元。"), ("sentence", "已于年底完工！"), ("sentence", "效果良好；"),
        ("sentence", "群众满意"), ("row", "指标 | 目标 | 完成"), ("row", "数量 | 10处 | 12处"),
        ("row", "质量 | 合格"), ("heading", "二、下一步"), ("sentence", "继续管护")]
    assert [one.section for one in found if one.text in ("已于年底完工！", "继续管护")] == ["一、项目概况", "二、下一步"]
    assert {one.page for one in found} == {2} and {one.report for one in found} == {"p-1"}


def outputs(results):
    return [json.loads(path.read_text("utf-8")) for path in sorted((results / "json").glob("*.json"))]


def test_passages_stand_where_they_say(results):
    for output in outputs(results):
        text = output["text"]
        for one in passages_of(output):
            if one.cells is None:
                assert one.text == text[one.start:one.end] and one.kind != "row"
            else:
                pieces = [text[a:b] for a, b in zip(one.cells[::2], one.cells[1::2], strict=True)]
                assert clean(one.text) == clean(BETWEEN.join(pieces)) and len(one.text) == len(BETWEEN.join(pieces))


def test_no_word_is_lost_and_no_sentence_is_told_twice(results):
    for output in outputs(results):
        found = passages_of(output)
        covered = bytearray(len(output["text"]))
        for one in found:
            for start, end in [(one.start, one.end)] if one.cells is None else zip(one.cells[::2], one.cells[1::2], strict=True):
                covered[start:end] = b"\x01" * (end - start)
        left = "".join(char for char, seen in zip(output["text"], covered, strict=True) if not seen)
        assert not [char for char in left if char.isalnum()], left
        spans = sorted((one.start, one.end) for one in found if one.cells is None)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert [one.passage for one in found] == list(range(len(found)))


@pytest.mark.parametrize("kind", ["claims", "mentions", "checks"])
def test_all_that_was_read_lies_in_a_passage(results, kind):
    for output in outputs(results):
        found = passages_of(output)
        spans = [(a, b) for one in found for a, b in (zip(one.cells[::2], one.cells[1::2], strict=True) if one.cells else [(one.start, one.end)])]
        for report in output["reports"]:
            for item in report[kind]:
                start, _ = item["span"] if "span" in item else item["stated"]["span"]
                assert any(a <= start < b for a, b in spans), item
