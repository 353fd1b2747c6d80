"""Plots have captions with n, words for who cannot see them, and the rows behind each mark; the same plot is the same bytes."""

from decimal import Decimal

import pandas as pd
import pytest

from hedui.errors import UsageError
from hedui.research.doubt import mean
from hedui.research.plots import bars, fonts, heat, points, ranges, reliability

FRAME = pd.DataFrame({"ref": ["a/r-1", "b/r-2", "c/r-3"], "x": [Decimal("0.9"), None, Decimal("0.5")], "y": [90, 80, 70], "report": list("abc"),
                      "confidence": [0.9, 0.8, 0.95]})


def test_points_leave_out_what_is_not_told_and_say_so():
    plot = points(FRAME, "x", "y", title="执行率与得分", x_name="x", y_name="y")
    assert [list(one) for one in plot.behind] == [["a/r-1"], ["c/r-3"]]
    assert "n=2" in plot.caption and "1 份没有" in plot.caption


def test_ranges_bars_heat_and_reliability_know_what_lies_behind():
    told = ranges({"fund": mean(FRAME, "y"), "没有": mean(FRAME[:0], "y")}, title="t", x_name="x", behind={"fund": ["a/r-1"]})
    assert [list(one) for one in told.behind] == [["a/r-1"]] and "95%" in told.caption
    assert [list(one) for one in bars(pd.Series({"sum": 1, "ratio": 3}), title="t", x_name="x", n=4, behind={"ratio": ["k"]}).behind] == [["k"], []]
    table = pd.DataFrame({"2021": [1, None]}, index=["甲省", "乙省"])
    assert [list(one) for one in heat(table, title="t", name="n", n=1, behind={("甲省", "2021"): ["r"]}).behind] == [["r"], []]
    assert "n=3" in reliability(FRAME["confidence"], pd.Series([True, False, True]), title="t").caption


def test_the_same_plot_is_the_same_bytes_with_its_words_in_it(tmp_path):
    one, other = (bars(pd.Series({"<甲>": 2}), title="各类", x_name="条", n=2) for _ in range(2))
    assert one.save(tmp_path / "a.svg").read_bytes() == other.save(tmp_path / "b.svg").read_bytes()
    assert one.picture() == other.picture() and one.alt.encode() in one.picture()
    assert "&lt;甲&gt;" in one._repr_html_() and "<figcaption>" in one._repr_html_()


def test_without_any_chinese_font_a_line_says_what_to_do(monkeypatch):
    monkeypatch.setattr(fonts.font_manager.fontManager, "ttflist", [])
    monkeypatch.setattr(fonts, "shipped", lambda: [])
    fonts.chinese_font.cache_clear()
    with pytest.raises(UsageError, match="fonts-noto-cjk"):
        fonts.chinese_font()
    fonts.chinese_font.cache_clear()
