"""TEDS and right cells of tables with known mistakes."""

import pytest
from fidelity_tables import Place, pairs_of, right_cells, scored_tables, teds


def table(*rows: str):
    return tuple(Place(row, col, 1, 1, text) for row, line in enumerate(rows) for col, text in enumerate(line.split("|")))


# table, 2 rows, 4 cells: 7 nodes
WANTED = table("指标|目标", "人数|300人")


@pytest.mark.parametrize("read, whole, structure", [
    (WANTED, 1, 1),
    (table("指标|目标", "人数|300户"), 1 - 1 / 4 / 7, 1),  # one of four characters
    (table("指标|目标", "人数|"), 1 - 1 / 7, 1),  # one cell empty
    (table("指标|目标"), 1 - 3 / 7, 1 - 3 / 7),  # a row and its two cells
    (table("指标|目标", "人数|300人", "次数|5次"), 1 - 3 / 10, 1 - 3 / 10),  # of the larger tree
    (table("指标|目标|", "人数|300人|"), 1 - 2 / 9, 1 - 2 / 9),  # an empty column
    ((*WANTED[:3], Place(1, 1, 1, 2, "300人")), 1 - 1 / 7, 1 - 1 / 7),  # another extent
    ((), 1 - 6 / 7, 1 - 6 / 7),
])
def test_teds(read, whole, structure):
    assert teds(WANTED, read) == pytest.approx(whole)
    assert teds(WANTED, read, texts=False) == pytest.approx(structure)
    assert teds(read, WANTED) == pytest.approx(whole)


def test_rows_glued_together():
    # the first row with its two cells is gone (3), and the cells of the second hold more: 2 of 4 and 2 of 6 characters
    assert teds(WANTED, table("指标人数|目标300人")) == pytest.approx(1 - (3 + 2 / 4 + 2 / 6) / 7)


@pytest.mark.parametrize("read, right", [
    (WANTED, 4), (table("指标|目标", "人数|301人"), 3), (table("多余|的", "指标|目标", "人数|300人"), 4), (table("人数|300人"), 2),
    (table("|指标|目标", "|人数|300人"), 0), ((), 0), ((*WANTED[:2], Place(1, 0, 1, 2, "人数")), 2),
])
def test_right_cells(read, right):
    assert right_cells(WANTED, read) == right


def test_each_table_finds_its_own():
    first, second, third = table("序号|金额", "1|20"), table("序号|金额", "2|30"), table("名称|电话")
    assert pairs_of([first, second, third], [third, first]) == {0: 1, 2: 0}
    assert pairs_of([first, first], [first, first]) == {0: 0, 1: 1}
    scores, surplus = scored_tables([first, second], [second, third])
    assert [score.read for score in scores] == [False, True] and surplus == 1
    assert [score.teds for score in scores] == [0, 1]


def test_a_table_cut_in_two_is_one_found_and_one_too_many():
    whole = table("指标|目标", "人数|300人", "次数|5次", "户数|9户")
    scores, surplus = scored_tables([whole], [table("指标|目标", "人数|300人", "次数|5次"), table("户数|9户")])
    assert surplus == 1 and scores[0].cells == 6
    assert scores[0].teds == pytest.approx(1 - 3 / 13)
