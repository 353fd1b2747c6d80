"""Figures of the bulk benchmark: kept, shown, replaced part by part, drawn alike."""

import bulk_plots
import pytest
from bulk_rows import Row, markdown, merged, read_rows, value_of, write_rows
from hypothesis import given
from hypothesis import strategies as st


def row(part="stages", subject="read", figure="CPU a document", value=1.5, n=10, conditions="rules"):
    return Row(part=part, subject=subject, figure=figure, value=value, unit="ms", n=n, conditions=conditions)


ROWS = (row(), row(subject="all", value=20), row(part="formats", subject="txt", conditions="whole"), row(part="sizes", subject="first run", n=100),
        row(part="sizes", subject="first run", n=1000, value=9))


def test_rows_are_read_back_as_they_were_written(tmp_path):
    write_rows(tmp_path, ROWS, notes={"peers": "jieba: 装不上"}, pictures={})
    assert read_rows(tmp_path) == ROWS
    assert read_rows(tmp_path / "elsewhere") == ()


def test_notes_stay_until_there_are_others(tmp_path):
    write_rows(tmp_path, ROWS, notes={"peers": "装不上", "sizes": "旧"}, pictures={})
    write_rows(tmp_path, ROWS, notes={"sizes": "新"}, pictures={})
    page = (tmp_path / "bulk.md").read_text(encoding="utf-8")
    assert "装不上" in page and "新" in page and "旧" not in page


def test_a_part_measured_again_replaces_its_own_figures_alone():
    again = (row(value=3), row(part="sizes", subject="first run", n=1000, value=8))
    found = merged(ROWS, again)
    assert value_of(found, "stages", "read", "CPU a document") == 3
    assert value_of(found, "stages", "all", "CPU a document") == 20
    assert [one.value for one in found if one.part == "sizes"] == [1.5, 8]
    assert len(found) == len(ROWS)


def test_the_figure_over_most_documents_counts():
    assert value_of(ROWS, "sizes", "first run", "CPU a document") == 9
    with pytest.raises(KeyError, match="formats: pdf"):
        value_of(ROWS, "formats", "pdf", "CPU a document")


def test_the_page_has_a_line_for_every_subject_and_a_column_for_every_figure():
    page = markdown((*ROWS, row(figure="95 % under", value=2)), notes={}, pictures={"stages": ("stages.svg",)})
    assert "| what | on | n | CPU a document (ms) | 95 % under (ms) |" in page
    assert "| read | rules | 10 | 1.5 | 2 |" in page and "| all | rules | 10 | 20 |  |" in page and "![stages](stages.svg)" in page


@given(st.lists(st.sampled_from(ROWS)), st.lists(st.sampled_from(ROWS)))
def test_merging_what_is_there_changes_nothing(old, new):
    once = merged(old, new)
    assert merged(once, new) == once and set(new) <= set(once)


def test_the_same_figures_give_the_same_pictures(tmp_path):
    rows = (*ROWS, *(row(part="scaling", subject="1 core", figure=figure) for figure in ("documents a second", "beyond start-up")),
            row(part="peers", subject="jieba", figure="ratio to hedui", conditions="tokens"),
            row(part="sizes", subject="first run", figure="seconds"))
    (tmp_path / bulk_plots.TIMELINES).write_text("run,second,mib,processes\na,0.0,100.0,2\na,1.0,110.0,2\n", encoding="utf-8")
    drawn = bulk_plots.drawn(tmp_path, rows)
    assert set(drawn) == {"stages", "formats", "sizes", "scaling", "peers", "memory"}
    before = {name: (tmp_path / name).read_bytes() for names in drawn.values() for name in names}
    bulk_plots.drawn(tmp_path, rows)
    assert all((tmp_path / name).read_bytes() == data and data.startswith(b"<?xml") for name, data in before.items())


def test_without_a_chinese_font_labels_are_english(monkeypatch):
    monkeypatch.setattr(bulk_plots, "FONT", [None])
    assert bulk_plots.said("秒 · seconds") == "seconds"
    monkeypatch.setattr(bulk_plots, "FONT", ["Noto Sans CJK SC"])
    assert bulk_plots.said("秒 · seconds") == "秒 · seconds"
