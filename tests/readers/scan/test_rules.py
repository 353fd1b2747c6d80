"""Ruled lines told from strokes of letters."""

from __future__ import annotations

import numpy as np
import pytest

from hedui.readers.scan.clean import flattened, ink_of
from hedui.readers.scan.rules import erased, ruled

DPI = 150.0
COLUMNS, ROWS = [60, 260, 460, 700], [60, 90, 120, 180, 240]
CELLS = [(x + 8, y + 2, "项目资金" if x < 400 else "100.00%") for x in COLUMNS[:-1] for y in ROWS[:-1]]


def ink(page):
    return ink_of(flattened(page.min(axis=2), DPI))


def close(found, wanted):
    return len(found) == len(wanted) and all(abs(one[0] - at) <= 2 for one, at in zip(found, wanted, strict=True))


def test_a_grid_full_of_letters(written, draw_rules):
    page = written(CELLS, size=24, on=draw_rules(COLUMNS, ROWS, on=written([(60, 330, "管理制度健全并得到有效执行" * 2)])))
    found = ruled(ink(page), DPI)
    assert close(found.level, ROWS) and close(found.upright, COLUMNS)
    assert all(abs(start - 60) <= 2 and abs(end - 700) <= 2 for _, start, end in found.level)


def test_a_letter_right_under_a_low_table_takes_no_rule_away(written, draw_rules):
    page = draw_rules(COLUMNS, [60, 105], on=written([(60, 330, "管理制度健全")]))
    for x in COLUMNS[1:-1]:
        page[111:135, x - 1:x + 2] = 0
        page[120:123, x - 12:x + 12] = 0
    uprights = ruled(ink(page), DPI).upright
    assert close(uprights, COLUMNS) and all(abs(one[2] - 105) <= 2 for one in uprights)


def test_letters_alone_have_no_rules(written):
    page = written([(60, 40 + 30 * row, "中国日业出口品田目年甲申由同") for row in range(16)])
    found = ruled(ink(page), DPI)
    assert found.level == () and found.upright == ()


def test_a_merged_cell_has_no_rule_through_it(written, draw_rules):
    page = draw_rules(COLUMNS, ROWS, on=written([]))
    page[ROWS[0] + 2:ROWS[1], COLUMNS[1] - 3:COLUMNS[1] + 3] = 255
    page = written([(COLUMNS[0] + 90, ROWS[0] + 2, "年度绩效目标情况")], size=24, on=page)
    uprights = ruled(ink(page), DPI).upright
    second = [one for one in uprights if abs(one[0] - COLUMNS[1]) <= 2]
    assert len(second) == 1 and abs(second[0][1] - ROWS[1]) <= 2 and abs(second[0][2] - ROWS[-1]) <= 2


@pytest.mark.parametrize("share", [0.002, 0.01])
def test_a_grid_in_noise(draw_rules, draw_blank, share):
    dice = np.random.default_rng(3)
    page = draw_rules(COLUMNS, ROWS, on=draw_blank())
    hit = dice.random(page.shape[:2])
    page[hit < share / 2], page[hit > 1 - share / 2] = 0, 255
    found = ruled(ink(page), DPI)
    assert close(found.level, ROWS) and close(found.upright, COLUMNS)


def test_a_worn_rule_goes_on(draw_rules, draw_blank):
    page = draw_rules(COLUMNS, ROWS, on=draw_blank())
    page[ROWS[2] - 3:ROWS[1] + 3, 500:560] = 255
    assert close(ruled(ink(page), DPI).level, ROWS)


def test_erased_rules_leave_the_letters(written, draw_rules):
    page = written(CELLS, size=20, on=draw_rules(COLUMNS, ROWS, on=written([])))
    grey = flattened(page.min(axis=2), DPI)
    left = ink_of(erased(grey, ruled(ink_of(grey), DPI), DPI))
    letters = ink(written(CELLS, size=20))
    assert left[:, 100:105].sum() == letters[:, 100:105].sum()
    assert left.sum() == pytest.approx(letters.sum(), rel=0.05)
