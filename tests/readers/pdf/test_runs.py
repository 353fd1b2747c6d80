"""Glyphs to runs, glyphs built by hand: 12-point print from (100, 700) on, a Chinese character 12 points wide."""

import pytest

from hedui.readers.pages import Rule
from hedui.readers.pdf.glyphs import Glyph, Look
from hedui.readers.pdf.letters import usual
from hedui.readers.pdf.runs import runs_of

LOOK = Look(size=12.0, turns=0, bold=False, unseen=False)


def print_of(text, x=100.0, y=700.0, *, gap=0.0, look=LOOK):
    """Glyphs side by side with `gap` points between them; a plain space moves on and is no glyph, `␣` is a drawn one."""
    glyphs = []
    for character in text:
        wide = look.size * (0.5 if ord(character) < 0x2E80 else 1.0)
        if character != " ":
            shown = " " if character == "␣" else character
            glyphs.append(Glyph(shown, x, y - look.size, x + wide, y, x, y, look, False))
        x += wide + gap
    return glyphs


def texts(glyphs, rules=()):
    return [run.text for run in runs_of(glyphs, rules)]


@pytest.mark.parametrize("glyphs, runs", [
    pytest.param(print_of("预算执行率18.34%"), ["预算执行率18.34%"], id="one run"),
    pytest.param(print_of("项目支出", gap=5), ["项目支出"], id="stretched to fill the line"),
    pytest.param(print_of("2023 年度"), ["2023年度"], id="the gap that Word leaves beside figures is no space"),
    pytest.param(print_of("GDP growth"), ["GDP growth"], id="a space that is left and not drawn"),
    pytest.param(print_of("甲␣乙"), ["甲 乙"], id="a space that is drawn"),
    pytest.param(print_of("␣甲乙␣"), ["甲乙"], id="white space at the ends"),
    pytest.param(print_of("甲   乙"), ["甲", "乙"], id="a gap that a tab makes"),
    pytest.param(print_of("万元", 112) + print_of("98", 100), ["98万元"], id="drawn from right to left"),
    pytest.param(print_of("三公", 112) + print_of("“", 100) + print_of("”", 136), ["“三公”"], id="drawn out of order"),
    pytest.param(print_of("甲␣乙") + print_of("、", 105.9), ["甲、乙"], id="a space behind another glyph"),
    pytest.param(print_of("________") + print_of("张三", 112), ["__张三__"], id="written on a line to fill in"),
    pytest.param(print_of("第一行") + print_of("第二行", y=718), ["第一行", "第二行"], id="two lines"),
    pytest.param(print_of("左栏", 100, 700) + print_of("右栏", 200, 701), ["左栏", "右栏"], id="cells side by side"),
])
def test_runs(glyphs, runs):
    assert texts(glyphs) == runs


def test_edges_and_box():
    (run,) = runs_of(print_of("共25万"), ())
    assert run.edges == (100, 112, 118, 124, 136)
    assert (run.x0, run.x1, run.size) == (100, 136, 12)
    assert run.y0 == pytest.approx(700 - 0.86 * 12) and run.y1 == pytest.approx(700 + 0.14 * 12)


def test_a_space_put_in_has_edges():
    (run,) = runs_of(print_of("A B"), ())
    assert run.text == "A B" and run.edges == (100, 106, 112, 118)


@pytest.mark.parametrize("aside, text", [(0.4, "绩效"), (5.0, "绩绩效效")])
def test_print_drawn_twice_counts_once_and_is_bold(aside, text):
    (run,) = runs_of(print_of("绩效") + print_of("绩效", 100 + aside), ())
    assert (run.text, run.bold) == (text, text == "绩效")


def test_a_page_of_one_character_is_quick():
    """20,000 equal characters of one line are compared with their neighbours only, not each with each."""
    assert len(texts(print_of("支" * 20_000))[0]) == 20_000


@pytest.mark.parametrize("rule, runs", [
    (Rule(x0=124, y0=650, x1=124, y1=720), ["98", "5", "10"]),
    (Rule(x0=124, y0=600, x1=124, y1=680), ["985", "10"]),
    (Rule(x0=100, y0=695, x1=200, y1=695), ["985", "10"]),
])
def test_an_upright_rule_parts_a_run(rule, runs):
    glyphs = print_of("98", 112) + print_of("5", 125) + print_of("10", 150)
    assert texts(glyphs, [rule]) == runs


def test_letters_of_a_ligature_share_its_room():
    fi = [Glyph(letter, 100, 688, 108, 700, 100, 700, LOOK, False) for letter in "fi"]
    (run,) = runs_of(fi + print_of("t", 108), ())
    assert run.text == "fit" and run.edges == (100, 104, 108, 114)


@pytest.mark.parametrize("bold, told", [("绩效", True), ("绩", False)])
def test_bold_is_what_most_of_it_is(bold, told):
    heavy = Look(size=12.0, turns=0, bold=True, unseen=False)
    rest = print_of("自评", 100 + 12 * len(bold)) if len(bold) == 1 else []
    (run,) = runs_of(print_of(bold, look=heavy) + rest, ())
    assert run.bold is told


@pytest.mark.parametrize("written, shown", [("⼈", "人"), ("⼤", "大"), ("⻓", "长"), ("⺠", "民"), ("\u00a0", " "), ("\u200b", ""),
                                            ("万", "万"), ("①", "①"), ("㎡", "㎡"), ("％", "％"), ("：", "：")])
def test_what_looks_alike_is_read_as_the_usual_character(written, shown):
    assert usual(written) == shown
