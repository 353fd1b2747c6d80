"""The normalised view: what it reads as, and the way back to every character of the original."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.view import clean, fold, view

PIECES = ("２０２１", "（", "）", "％", "$\\geq 70\\%$", "\\ge", "\\leqslant", "\\%", "\\gexx", "[bookmark: _Toc1]", "[bookmark",
          "**", "*", "$", "\u200b", "\ufeff",
          " ", "  ", "\n", "\n\n", "\t", "　", "a", "B", "12", "万元", "辦法", "①", "㎡", "½", "ﬁ", "，", "。")
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)


@pytest.mark.parametrize(("text", "folded", "kept"), [
    ("执行率 19.24 ％", "执行率19.24%", "执行率19.24％"),
    ("总投资64\n80万元", "总投资6480万元", "总投资6480万元"),
    ("工作的通\n\n\n知》", "工作的通知》", "工作的通知》"),
    ("管理辦法", "管理办法", "管理辦法"),
    ("$\\geq 70\\%$", "≥70%", "≥70%"),
    ("$\\le 15$ 天", "≤15天", "≤15天"),
    ("[bookmark: _Toc12]二、机构**设置**", "二、机构设置", "二、机构设置"),
    ("Windows 10 系统", "Windows 10系统", "Windows 10系统"),
    ("DRG\n付费 DIP", "DRG付费DIP", "DRG付费DIP"),
    ("3 月 5 日", "3月5日", "3月5日"),
    ("①新建", "①新建", "①新建"),
    ("５０㎡", "50㎡", "５０㎡"),
    ("\\geneva", "\\geneva", "\\geneva"),
    ("", "", ""),
])
def test_reads_as(text: str, folded: str, kept: str) -> None:
    assert view(text).text == folded
    assert clean(text) == kept


def test_spans_lead_back_to_what_was_written() -> None:
    text = "资金 64\n80 万元，率 $\\geq 95\\%$。"
    seen = view(text)
    for piece, written in (("6480万元", "64\n80 万元"), ("≥95%", "\\geq 95\\%"), ("率", "率")):
        at = seen.text.index(piece)
        assert text[slice(*seen.span(at, at + len(piece)))] == written


def test_spans_of_a_piece_are_those_of_the_whole_text() -> None:
    text = "率为 $\\geq 95\\%$，Windows 10 系统"
    seen = view(text, (2, len(text)))
    assert seen.text == "≥95%,Windows 10系统"
    assert [text[slice(*seen.span(i, i + 1))] for i in range(6)] == ["\\geq ", "9", "5", "\\%", "，", "W"]
    assert text[slice(*seen.span(5, 15))] == "Windows 10"


@given(TEXTS, st.data())
def test_every_character_comes_from_its_span_and_in_order(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for folded in (True, False):
        seen = view(text, (start, end), folded=folded)
        assert len(seen.text) == len(seen.starts) == len(seen.ends)
        assert all(start <= s < e <= end for s, e in zip(seen.starts, seen.ends, strict=True))
        assert all(a <= b for a, b in pairwise(seen.ends)) and all(e <= s for e, s in zip(seen.ends, seen.starts[1:], strict=False))
        for char, s, e in zip(seen.text, seen.starts, seen.ends, strict=True):
            source = text[s:e]
            assert char in (source, fold(source)) or (char == " " and not source.strip()) or source.startswith("\\")


@given(TEXTS)
def test_a_piece_reads_alike_wherever_it_stands(text: str) -> None:
    assert view("甲" + text + "乙", (1, 1 + len(text))).text == view(text).text


@given(st.text())
def test_fold_keeps_length_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.sampled_from([p for p in PIECES if p[:1] not in "\\[*$"]), max_size=30).map("".join))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert view(view(text).text).text == view(text).text
