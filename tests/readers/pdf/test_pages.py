"""Pages of PDFs made by hand: where things stand, which way round, and what counts as a line."""

import pytest

from hedui.readers.pdf import pdf_pages


def page_of(data):
    (page,) = pdf_pages(data, "报告.pdf")
    return page


def placed(page):
    return [(run.text, round(run.x0), round(run.y1 - 0.14 * run.size), round(run.size)) for run in page.runs]


def ruled(page):
    return [tuple(round(value) for value in (rule.x0, rule.y0, rule.x1, rule.y1)) for rule in page.rules]


def test_text_and_lines_count_from_the_top_left_corner(pdf_of, words):
    page = page_of(pdf_of(words(100, 742, "执行率18.34%") + "50 700 m 250 700 l S"))
    assert placed(page) == [("执行率18.34%", 100, 100, 12)]
    assert ruled(page) == [(50, 142, 250, 142)]
    assert (page.number, page.width, page.height, page.scanned, page.turned, page.issues) == (1, 595, 842, False, 0, ())
    assert len(page.runs[0].edges) == len(page.runs[0].text) + 1


def test_what_is_cut_off_is_not_on_the_page(pdf_of, words):
    page = page_of(pdf_of(words(150, 700, "正文") + words(20, 700, "裁切线外"), crop=(100, 50, 500, 800)))
    assert (page.width, page.height) == (400, 750)
    assert placed(page) == [("正文", 50, 100, 12)]


@pytest.mark.parametrize("rotate, matrix, x, y", [
    (0, "1 0 0 1", 100, 742), (90, "0 1 -1 0", 100, 100), (180, "-1 0 0 -1", 495, 100), (270, "0 -1 1 0", 495, 742)])
def test_a_rotated_page_is_read_upright(pdf_of, words, rotate, matrix, x, y):
    page = page_of(pdf_of(words(x, y, "横向页面的表格", matrix=matrix), rotate=rotate))
    assert placed(page) == [("横向页面的表格", 100, 100, 12)]
    assert page.turned == 0
    assert (page.width, page.height) == ((595, 842) if rotate % 180 == 0 else (842, 595))


def test_a_table_set_sideways_on_an_upright_page_is_turned(pdf_of, words):
    page = page_of(pdf_of(words(100, 100, "横排的大表", matrix="0 1 -1 0") + words(300, 20, "12") + "200 50 m 200 400 l S"))
    assert ("横排的大表", 100, 100, 12) in placed(page)
    assert ruled(page) == [(50, 200, 400, 200)]
    assert (page.width, page.height, page.turned) == (842, 595, 1)


def test_print_up_the_side_of_a_level_page(pdf_of, words):
    page = page_of(pdf_of(words(100, 742, "正文有很多字") + words(50, 100, "侧标题", matrix="0 1 -1 0")))
    side = next(run for run in page.runs if run.text == "侧标题")
    assert side.edges == () and side.y1 - side.y0 == pytest.approx(36) and round(side.y1) == 742


def test_print_aslant_is_left_out_and_told(pdf_of, words):
    page = page_of(pdf_of(words(100, 742, "正文有很多字") + words(200, 300, "内部资料", matrix="0.7 0.7 -0.7 0.7")))
    assert [run.text for run in page.runs] == ["正文有很多字"]
    assert [issue.where for issue in page.issues] == ["第 1 页 / page 1"] and "斜排" in page.issues[0].what


def test_hidden_text_on_a_page_of_text_is_left_out_and_told(pdf_of, words):
    page = page_of(pdf_of(words(100, 742, "看得见的字") + words(100, 700, "看不见的字", mode=3)))
    assert [run.text for run in page.runs] == ["看得见的字"] and "隐藏" in page.issues[0].what


def test_form_objects_are_read_through_their_matrices(pdf_of, words):
    page = page_of(pdf_of("q 2 0 0 2 10 20 cm /Outer Do Q", forms={
        "Outer": ("q 1 0 0 1 3 3 cm /Inner Do Q", (1, 0, 0, 1, 2, 2)),
        "Inner": (words(10, 10, "表内") + "0 0 m 100 0 l S", (1, 0, 0, 1, 0, 0))}))
    assert placed(page) == [("表内", 40, 792, 24)] and ruled(page) == [(20, 812, 220, 812)]


BOX = [(300, 462, 400, 462), (300, 542, 400, 542), (300, 462, 300, 542), (400, 462, 400, 542)]


@pytest.mark.parametrize("drawn, rules", [
    pytest.param("50 700 m 250 700 l S", [(50, 142, 250, 142)], id="stroked"),
    pytest.param("50 700 200 0.5 re f", [(50, 142, 250, 142)], id="a thin rectangle"),
    pytest.param("50 700 m 250 700 l 250 700.5 l 50 700.5 l h f", [(50, 142, 250, 142)], id="a thin polygon"),
    pytest.param("[3 2] 0 d 50 700 m 250 700 l S", [(50, 142, 250, 142)], id="dashed by its pen"),
    pytest.param("".join(f"{x} 700 3 0.6 re f " for x in range(50, 250, 5)), [(50, 142, 248, 142)], id="dashes drawn one by one"),
    pytest.param("300 300 100 80 re S", BOX, id="outline of a rectangle"),
    pytest.param("299.5 299.5 101 81 re 300.5 300.5 99 79 re f*", BOX, id="rim between two rectangles"),
    pytest.param("300 300 m 400 300 l 400 380 l 300 380 l s", BOX, id="closed by its stroke"),
    pytest.param("0.5 0 0 0.5 0 0 cm 100 1400 m 500 1400 l S", [(50, 142, 250, 142)], id="in a scale of its own"),
    pytest.param("1 1 1 RG 50 700 m 250 700 l S", [], id="white"),
    pytest.param("1 1 1 rg 50 700 200 0.5 re f", [], id="filled white"),
    pytest.param("50 600 200 100 re W n", [], id="clips only"),
    pytest.param("0.9 g 50 600 200 100 re f", [], id="shading"),
    pytest.param("50 700 m 250 650 l S", [], id="aslant"),
    pytest.param("50 700 m 90 740 120 740 160 700 c S", [], id="a curve"),
])
def test_what_counts_as_a_line(pdf_of, words, drawn, rules):
    assert ruled(page_of(pdf_of(words(100, 780, "表格") + drawn))) == rules


def test_a_picture_one_pixel_thick_is_a_line(pdf_of, words):
    page = page_of(pdf_of(words(100, 780, "表格") + "q 200 0 0 0.5 50 700 cm /Line Do Q", pictures={"Line": (200, 1)}))
    assert ruled(page) == [(50, 142, 250, 142)]


@pytest.mark.parametrize("shown, text", [
    ("2021-", "2021-"), ("𠮷祥", "𠮷祥"), ("⼈民", "人民"), ("ＧＤＰ", "ＧＤＰ"), ("“三公”", "“三公”"), ("１．", "１．")])
def test_characters(pdf_of, words, shown, text):
    (first, _) = page_of(pdf_of(words(100, 700, shown) + words(100, 680, "下一行"))).runs
    assert first.text == text and len(first.edges) == len(text) + 1


@pytest.mark.parametrize("content, size", [("BT /F1 12 Tf 1 0 0 1 9 70 Tm", 12), ("BT /F1 1 Tf 14 0 0 14 9 70 Tm", 14),
                                           ("q 2 0 0 2 0 0 cm BT /F1 8 Tf 9 35 Td", 16)])
def test_the_size_is_that_of_the_letters_on_the_page(pdf_of, content, size):
    (run,) = page_of(pdf_of(f"{content} <7ee96548> Tj ET")).runs
    assert (run.text, round(run.size, 3)) == ("绩效", size)


def test_pages_come_one_by_one_and_are_let_go(pdf_of, words):
    pages = pdf_pages(pdf_of(*(words(100, 700, f"第{n}页") for n in range(1, 4))), "报告.pdf")
    assert next(pages).runs[0].text == "第1页"
    assert [(page.number, page.runs[0].text) for page in pages] == [(2, "第2页"), (3, "第3页")]
