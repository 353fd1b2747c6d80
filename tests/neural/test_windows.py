"""Windows: nothing of the body is missing or twice, long ones overlap, the way back leads to the same characters."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.document import Block, Document, Grid, GridCell, Layout, Paragraph, Section
from hedui.layout import arrange
from hedui.neural.windows import BAR, CONTEXT, CORE, WindowIndex, place_in, span_of, windows_of
from hedui.neural.windows_cut import cuts
from hedui.readers.plain.read import read_text
from hedui.view import view

WORDS = st.text(st.sampled_from("培训人数达到。；，、《》()12.5% \n**一二≥A"), max_size=450)
CELLS = st.lists(st.lists(st.text(st.sampled_from("指标率90%\n "), max_size=9), min_size=2, max_size=4), max_size=4)


def laid_out(texts: list[str], table: list[list[str]], header: str = "") -> Layout:
    """A layout of paragraphs, a grid of cells and a page header, as they stand one behind the other in a text."""
    text, paragraphs, rows = "", list[Paragraph](), list[tuple[GridCell, ...]]()
    blocks = []
    for i, words in enumerate([*texts, header]):
        span = (len(text), len(text) + len(words))
        role = "header" if i == len(texts) else "body"
        paragraphs.append(Paragraph(span=span, section=0, role=role))
        blocks.append(Block(kind="paragraph", span=span, role=role))
        text += words + "\n"
    begin = len(text)
    for i, row in enumerate(table):
        cells = []
        for j, words in enumerate(row):
            cells.append(GridCell(row=i, col=j, span=(len(text), len(text) + len(words)), text=words))
            text += words + "\t"
        rows.append(tuple(cells))
    grid = Grid(span=(begin, len(text)), rows=tuple(rows), header_rows=1 if rows else 0, headers=())
    section = Section(span=(0, len(text)), heading=(0, 0), title="")
    document = Document(name="x", sha256="", media_type="", text=text, blocks=tuple(blocks))
    return Layout(document=document, parts=(), sections=(section,), paragraphs=tuple(paragraphs), grids=(grid,))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=4), CELLS, WORDS)
def test_every_shown_character_of_the_body_is_owned_once_and_none_of_a_page_header(texts: list[str], table: list[list[str]],
                                                                                   header: str) -> None:
    layout = laid_out(texts, table, header)
    owned = Counter(at for w in windows_of(layout) for i in range(*w.own) if w.starts[i] >= 0
                    for at in range(w.starts[i], w.ends[i]))
    spans = [p.span for p in layout.paragraphs if p.role == "body"] + [c.span for r in layout.grids[0].rows for c in r]
    seen = [view(layout.document.text, span) for span in spans]
    shown = {at for one in seen for char, at in zip(one.text, one.starts, strict=True) if not char.isspace()}
    assert all(owned[at] == 1 for at in shown)
    assert set(owned.values()) <= {1}
    assert not owned.keys() & set(range(*layout.paragraphs[-1].span))


@settings(max_examples=100, deadline=None)
@given(WORDS, st.integers(60, 220))
def test_cuts_part_a_text_and_neighbours_overlap(text: str, most: int) -> None:
    found = list(cuts(text, most))
    assert [own[0] for _, _, own in found] == [0, *(own[1] for _, _, own in found[:-1])]
    assert found[-1][2][1] == len(text)
    for begin, end, own in found:
        assert begin <= own[0] <= own[1] <= end <= begin + most
    for (_, end, _), (begin, _, _) in pairwise(found):
        assert end - begin >= 50


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3), CELLS, st.data())
def test_a_window_leads_back_to_the_span_it_was_found_at(texts: list[str], table: list[list[str]], data: st.DataObject) -> None:
    windows = windows_of(laid_out(texts, table))
    index = WindowIndex(windows)
    for window in windows:
        low, high = window.own
        start = data.draw(st.integers(low, high - 1))
        end = data.draw(st.integers(start + 1, min(high, start + 20)))
        if BAR in window.text[start:end] or window.starts[start] < 0 or window.starts[end - 1] < 0:
            continue
        span = span_of(window, start, end)
        assert span is not None
        place = index.place(span)
        assert place is not None
        assert (windows[place.window], place.start, place.end) == (window, start, end)


def layout_in(text: str) -> Layout:
    return arrange(read_text(text.encode(), "x.txt"))


LONG = "一、项目概况\n（一）绩效目标\n" + "".join(f"第{i}类培训班举办了{i}期，学员满意度达到9{i}%。" for i in range(1, 31))


def test_long_paragraphs_are_cut_behind_sentences_under_their_headings() -> None:
    long = [w for w in windows_of(layout_in(LONG)) if "培训班" in w.text]
    assert len(long) > 3
    for window in long:
        assert window.text[:window.context] == "项目概况>绩效目标¦"
        assert len(window.text) - window.context <= CORE
        assert window.text[window.own[1] - 1] == "。"


def test_a_heading_does_not_stand_above_itself_and_a_long_path_keeps_its_end() -> None:
    title = "关于城乡居民基本医疗保险财政补助资金绩效目标完成情况的详细说明与原因分析"
    windows = windows_of(layout_in(f"一、{title}\n（一）产出指标\n数量指标完成了。\n"))
    assert [w.text[:w.context] for w in windows] == ["", title + "¦", (title + ">产出指标")[-CONTEXT:] + "¦"]


TABLE = ("表1 绩效指标完成情况表\n\n| 一级指标 | 三级指标 | 年度指标值 | 全年完成值 |\n| --- | --- | --- | --- |\n"
         "| 产出指标 | 培训人数 | ≥100人 | 120人 |\n|  | 培训期数 |  | 4期 |\n")


def test_a_row_stands_under_its_header_with_a_bar_between_columns() -> None:
    rows = [w for w in windows_of(layout_in(TABLE)) if w.kind == "row"]
    assert [w.text[w.context:] for w in rows] == ["一级指标|三级指标|年度指标值|全年完成值", "产出指标|培训人数|≥100人|120人", "|培训期数||4期"]
    assert rows[2].text[:rows[2].context].endswith("一级指标|三级指标|年度指标值|全年完成值¦")
    assert rows[1].starts[rows[1].context + 4] == rows[1].ends[rows[1].context + 4] == -1


@pytest.mark.parametrize("wanted", ["7类培训班举办了7期", "满意度达到930%", "满意度达到91%"])
def test_place_and_span_are_inverse_in_cut_paragraphs(wanted: str) -> None:
    layout = layout_in(LONG)
    windows = windows_of(layout)
    at = layout.document.text.index(wanted)
    place = place_in(windows, (at, at + len(wanted)))
    assert place is not None
    window = windows[place.window]
    assert window.text[place.start:place.end] == view(wanted).text
    assert window.own[0] <= place.start < window.own[1]
    assert span_of(window, place.start, place.end) == (at, at + len(wanted))


def test_what_no_window_holds_whole_has_no_place() -> None:
    layout = layout_in(LONG)
    windows = windows_of(layout)
    start = layout.document.text.index("第1类")
    assert place_in(windows, (start, start + 300)) is None
    assert place_in(windows, (len(layout.document.text) + 5, len(layout.document.text) + 9)) is None
    assert span_of(windows[-1], 0, windows[-1].context) is None
