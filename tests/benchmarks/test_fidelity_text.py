"""Characters that are wrong, counted with and without order."""

import pytest
from fidelity_text import PAGE_NUMBER, body_of, differences, scored_text

from hedui.document import Block, Document


@pytest.mark.parametrize("wanted, read, wrong, unlike, length", [
    ("执行率18.34%", "执行率18.34%", 0, 0, 9),
    ("执行率 18.34 %", "执行率１８．３４％\n", 0, 0, 9),  # width and white space are no mistakes
    ("执行率18.34%", "执行率18.84%", 1, 1, 9),
    ("一二三四五六", "四五六一二三", 6, 0, 6),  # order alone
    ("一二三四", "一二", 2, 2, 4),
    ("一二", "一二三四", 2, 2, 2),
    ("一二", "", 2, 2, 2),
])
def test_errors_are_counted(wanted, read, wrong, unlike, length):
    score = scored_text(wanted, read)
    assert (score.wrong, score.unlike, score.wanted) == (wrong, unlike, length)


@pytest.mark.parametrize("wanted, read, wrong, apart", [
    ("财监〔2022〕1号", "财监[2022]1号", 2, 0), ("“优”", '"优"', 2, 0), ("一、概况", "-、概况", 1, 1), ("(2022)", "[2022]", 2, 2),
    ("100%", "10%", 1, 1),
])
def test_lookalikes_are_counted_apart(wanted, read, wrong, apart):
    score = scored_text(wanted, read)
    assert (score.wrong, score.apart) == (wrong, apart)


def test_margins_are_no_body():
    document = Document(name="a", sha256="", media_type="", text="页眉正文注", blocks=(
        Block(kind="paragraph", span=(0, 2), role="header"), Block(kind="paragraph", span=(2, 4)),
        Block(kind="paragraph", span=(4, 5), role="note")))
    assert body_of(document) == "正文\n注"


@pytest.mark.parametrize("line, number", [("- 3 -", True), ("— 12 —", True), ("·4·", True), ("3", False), ("-5.2%", False), ("2021-3", False)])
def test_page_numbers(line, number):
    assert bool(PAGE_NUMBER.fullmatch(line)) == number


def test_the_largest_differences_are_shown_first():
    assert differences("全年预算480万元执行完毕", "全年预算48万元执行干干净净完毕", 2) == [
        "算480万元执行[→干干净净]完毕", "全年预算48[0→]万元执行完毕"]
