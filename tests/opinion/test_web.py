"""The web of figures and its picture."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.opinion import opinions_of
from hedui.opinion.groups import grouped
from hedui.opinion.layers import placed
from hedui.opinion.picture import PLATE, TALL, pictures_of
from hedui.opinion.png import font, png_of
from hedui.opinion.svg import svg_of


def test_tellings_are_one_figure(paper):
    web = opinions_of(paper.findings())[0].web
    assert sorted((figure.text, figure.told) for figure in web.figures if figure.told > 1) == [("1142.7万元", 2)]
    assert {formula.verdict for formula in web.formulas} == {"conflict", "consistent"}
    assert len(web.groups) == 2 and len(web.groups[0]) == 3
    assert web.other_figures == 0


def test_what_all_closes_is_not_drawn(blank):
    made = blank("甲«a|3万元»，乙«b|2万元»，丙«c|1万元»。")
    made.check("sum", "a", ["b", "c"], "3万元", verdict="consistent")
    web = opinions_of(made.findings())[0].web
    assert (web.figures, web.other_figures, web.other_formulas) == ((), 3, 1)
    assert pictures_of(web) == ()


def test_a_figure_held_apart_is_not_merged(blank):
    """236人 told alike elsewhere, and as 236人次: the two stay two plates, with the conflict between them."""
    made = blank("培训«a|236人»，又培训«b|236人»，表中«c|236人次»。")
    made.check("restated", "b", ["a"], "236人", verdict="consistent")
    made.check("table", "c", ["b"], "236人", verdict="consistent")
    made.check("unit", "a", ["c"], "236人次")
    web = opinions_of(made.findings())[0].web
    odd = [formula for formula in web.formulas if formula.verdict == "conflict"]
    assert len(odd) == 1 and odd[0].stated not in odd[0].inputs


def large(blank, count, slips):
    """`count` sums of three that share parts with the next, `slips` of them wrong."""
    tagged = "".join(f"总«s{i}|{10 + i}万元»分«a{i}|6万元»分«b{i}|{4 + i}万元»\n" for i in range(count))
    made = blank(tagged)
    for i in range(count):
        made.check("sum", f"s{i}", [f"a{i}", f"b{i}", f"a{(i + 1) % count}"], f"{11 + i}万元", verdict="conflict" if i < slips else "consistent")
    return opinions_of(made.findings())[0].web


@pytest.mark.parametrize("count, slips, most", [(100, 1, 3), (100, 3, 9), (100, 60, 60)])
def test_three_hundred_figures_stay_readable(blank, count, slips, most):
    web = large(blank, count, slips)
    assert slips <= len(web.formulas) or len(web.formulas) >= 20
    assert len(web.formulas) <= most
    assert len(web.formulas) + web.other_formulas == count and len(web.figures) + web.other_figures == 3 * count
    assert slips > 3 or any(figure.hidden for figure in web.figures)


def test_plates_do_not_overlap(paper, blank):
    for web in (opinions_of(paper.findings())[0].web, large(blank, 8, 4), large(blank, 60, 12)):
        for picture in pictures_of(web):
            for a, b in combinations(picture.plates, 2):
                assert abs(a.x - b.x) >= PLATE or abs(a.y - b.y) >= TALL
            assert all(0 <= plate.x <= picture.width - PLATE and 0 <= plate.y <= picture.height - TALL for plate in picture.plates)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 14).flatmap(lambda n: st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] != e[1]),
                                                      min_size=1, max_size=24)))
def test_layers(edges):
    """Every node has a place, none stands on another, and without rings all lines lead to the right."""
    nodes = sorted({node for edge in edges for node in edge})
    at = placed(nodes, edges, dict.fromkeys(nodes, 10.0))
    assert sorted(at) == nodes
    for a, b in combinations(nodes, 2):
        assert at[a][0] != at[b][0] or abs(at[a][1] - at[b][1]) >= 10 - 1e-6
    upward = [edge for edge in edges if edge[0] < edge[1]]
    kept = sorted({node for edge in upward for node in edge})
    spots = placed(kept, upward, dict.fromkeys(kept, 10.0)) if upward else {}
    assert all(spots[a][0] < spots[b][0] for a, b in upward)
    assert placed(nodes, edges, dict.fromkeys(nodes, 10.0)) == at


@settings(deadline=None)
@given(st.lists(st.sets(st.integers(0, 12), max_size=4), max_size=12))
def test_groups(sets):
    found = grouped(sets)
    for i, j in combinations(range(len(sets)), 2):
        if sets[i] & sets[j]:
            assert found[i] == found[j]
    joined = [set().union(*(one for one, group in zip(sets, found, strict=True) if group == number)) for number in sorted(set(found))]
    assert all(not a & b for a, b in combinations(joined, 2))


def test_drawn_alike_twice(paper):
    (picture,) = pictures_of(opinions_of(paper.findings())[0].web)
    svg = svg_of(picture, label="图")
    assert svg == svg_of(picture, label="图")
    assert svg.count("<polygon points") == 3 and svg.count("<circle") == 1
    if font(12) is None:
        pytest.skip("no Chinese font on this machine: no PNG was drawn")
    data = png_of(picture)
    assert data == png_of(picture) and data[:4] == b"\x89PNG"
