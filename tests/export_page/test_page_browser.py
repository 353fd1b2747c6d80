"""report.html in a real browser: quiet, inert, and every click lights up the right characters."""

from __future__ import annotations

import re

import pytest

from hedui.export.page import write_page

PHONE = {"viewport": {"width": 360, "height": 740}}
CONTRAST = """() => {
  const channel = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const rgba = (text) => text.match(/[\\d.]+/g).map(Number);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const color = rgba(getComputedStyle(node).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest("script, option")) continue;
    const [a, b] = [light(rgba(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${node.className || node.tagName}: ${walker.currentNode.data.slice(0, 20)}`);
  }
  return low;
}"""


def checks_of(outputs):
    return [(output["text"], check) for output in outputs for report in output["reports"] for check in report["checks"]]


def lit(page, op, inside="#body"):
    return "".join(page.locator(f'{inside} mark[data-op="{op}"]').all_text_contents())


def test_quiet(open_page, page_file):
    page = open_page(page_file)
    page.locator(".card .say").first.click()
    page.locator("[data-tab=fullText]").click()
    page.locator("#lang").click()
    page.locator(".g-consistent summary").click()
    assert page.errors == []
    assert page.requests == [page_file.as_uri()]


def test_head_counts(open_page, page_file, sample):
    page = open_page(page_file)
    checks = [check for _, check in checks_of(sample["outputs"]())]
    for verdict in ("conflict", "rounding", "consistent"):
        wanted = sum(check["verdict"] == verdict for check in checks)
        assert page.locator(f".outcome .{verdict} dd").inner_text() == str(wanted)
        assert page.locator(f".g-{verdict} h2 .n").inner_text() == str(wanted)
    for name, cause in sample["FAILURES"].items():
        assert name in page.locator(".troubles").inner_text() and cause in page.locator(".troubles").inner_text()
    assert "没有文字层" in page.locator(".troubles").inner_text()
    assert page.locator(".g-conflict").evaluate("node => node.open") and not page.locator(".g-consistent").evaluate("node => node.open")


def test_click_lights_the_very_characters(open_page, page_file, sample):
    page = open_page(page_file)
    for text, check in checks_of(sample["outputs"]()):
        page.goto(f"{page_file.as_uri()}#{check['id']}")
        page.wait_for_function("id => location.hash.includes(id) && STATE.open === id", arg=check["id"])
        for tab in ("evidence", "fullText"):
            page.locator(f"[data-tab={tab}]").click()
            for op, quote in enumerate([check["stated"], *check["inputs"]]):
                assert lit(page, op) == text[slice(*quote["span"])] == quote["text"]


def test_marks_stand_where_the_span_says(open_page, page_file, sample):
    """The text before the mark within its paragraph is the text before the span: not just the same words elsewhere."""
    text, check = next((text, check) for text, check in checks_of(sample["outputs"]()) if check["stated"]["text"] == "9215人")
    page = open_page(page_file, hash=f"#{check['id']}")
    before = page.locator('#body mark[data-op="0"]').evaluate(
        "node => { const p = node.closest('p'); const r = document.createRange(); r.setStart(p, 0); r.setEndBefore(node); return r.toString(); }")
    start = check["stated"]["span"][0]
    assert before and text[:start].endswith(before) and text[start - len(before) - 1] == "\n"
    cell = page.locator('#body td:has(mark[data-op="1"])')
    assert cell.inner_text() == "9125人" and "lit" in cell.get_attribute("class")
    assert page.locator("#body tr", has=page.locator("mark")).locator("td").nth(2).inner_text() == "老年人健康体检人数"
    assert page.locator("#body th").nth(4).inner_text() == "全年完成值"


def test_chip_jumps_to_its_operand(open_page, page_file):
    page = open_page(page_file)
    card = page.locator(".card", has_text="247 ÷ 412")
    card.locator(".chip").nth(2).click()
    assert page.locator('#body mark.flash').all_text_contents() == ["412人"]


def test_full_text_leads_back(open_page, page_file):
    page = open_page(page_file)
    page.locator(".pick .see").first.click()
    outline = [item.strip() for item in page.locator(".outline li").all_text_contents()]
    assert outline[:3] == ["一、项目基本情况", "（一）资金下达情况。", "（二）资金执行情况。"]
    page.locator("#body a.back", has_text="94.5分").click()
    assert "93.5" in page.locator(".rhead h2").inner_text()
    assert page.locator(".card[aria-current]").count() == 1


def test_keys(open_page, page_file):
    page = open_page(page_file)
    ids = page.locator(".g-conflict .card").evaluate_all("nodes => nodes.map((node) => node.dataset.id)")
    opened = []
    for key in "jjjk":
        page.keyboard.press(key)
        opened.append(page.evaluate("STATE.open"))
    assert opened == [ids[0], ids[1], ids[2], ids[1]]
    page.keyboard.press("Escape")
    assert page.evaluate("STATE.open") == "" and not page.evaluate("location.hash")
    assert page.evaluate("document.activeElement.closest('.card').dataset.id") == ids[1]
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.locator("#q").input_value() == "jk" and page.evaluate("STATE.open") == ""


@pytest.mark.parametrize(("key", "one"), [("kind", "ratio"), ("tier", "wording"), ("verdict", "rounding")])
def test_filter_by_choice(open_page, page_file, sample, key, one):
    page = open_page(page_file)
    wanted = sum(check[key] == one for _, check in checks_of(sample["outputs"]()))
    page.locator("#morefilters > summary").click()
    choice = page.locator(f"#filters .choice[data-key={key}][data-one={one}]")
    assert choice.locator(".n").inner_text() == str(wanted)
    choice.click()
    assert sum(int(n) for n in page.locator("#g-conflict h2 .n, #g-rounding h2 .n, #g-consistent h2 .n").all_inner_texts()) == wanted
    assert choice.get_attribute("aria-pressed") == "true" and f"{key}={one}" in page.url
    page.reload()
    assert f"显示 {wanted} 条" in page.locator("#shown").inner_text()
    page.locator("#reset").click()
    assert "#" not in page.url or page.url.endswith("#")


def test_filters_join_and_counts_follow(open_page, page_file, sample):
    outputs = sample["outputs"]()
    page = open_page(page_file)
    page.locator("#morefilters > summary").click()
    page.locator("#file").select_option("1")
    page.locator("#least").evaluate("node => { node.value = 0.9; node.dispatchEvent(new Event('input')); }")
    page.wait_for_function("() => STATE.least === 0.9 && location.hash.includes('least')")
    kept = [check for _, check in checks_of(outputs[1:2]) if check["confidence"] >= 0.9]
    assert f"显示 {len(kept)} 条" in page.locator("#shown").inner_text()
    ratio = page.locator("#filters .choice[data-one=ratio] .n").inner_text()
    assert ratio == str(sum(check["kind"] == "ratio" for check in kept))


def test_search_in_figures_and_words(open_page, page_file):
    page = open_page(page_file)
    page.locator("#q").fill("１８.５ 分")
    page.wait_for_function("() => VIEW.shown === 1")
    assert "94.5分" in page.locator(".g-conflict .card").inner_text()


def test_records(open_page, page_file, sample):
    page = open_page(page_file)
    differ = sum(record["status"] == "differ" for output in sample["outputs"]() for report in output["reports"] for record in report["records"])
    assert page.locator(".choice[data-one=differ] .n").inner_text() == str(differ)
    page.locator(".choice[data-one=differ]").click()
    assert page.locator(".record").count() == differ
    record = page.locator(".record", has_text="老年人健康体检人数")
    record.locator(".say").click()
    assert [lit(page, 0), lit(page, 1)] == ["9215人", "9125人"]
    assert record.locator(".see").count() == 2


def test_switch_of_language(open_page, page_file, sample):
    page = open_page(page_file)
    page.locator("#lang").click()
    page.locator("#morefilters > summary").click()
    page.locator(".card .say").first.click()
    assert page.locator("html").get_attribute("lang") == "en" and "lang=en" in page.url
    own = re.compile("[\u4e00-\u9fff]")
    labels = page.locator("h2, .meta, dt, .choice, .label, #shown, .tabs, .foot, .more, #print, .field > span, summary, .chart h3, .legend")
    words = [word for word in labels.all_inner_texts() if own.search(word)]
    texts = "".join(output["text"] for output in sample["outputs"]())
    strange = [word for word in words if not all(part in texts for part in re.findall("[\u4e00-\u9fff]{2,}", word))]
    assert strange == []
    page.locator("#lang").click()
    assert "不符" in page.locator(".g-conflict h2").inner_text() and "lang" not in page.url


def test_hostile_words_are_inert(open_page, sample, tmp_path):
    path = write_page([sample["hostile"]()], tmp_path / "hostile.html", title="<script>window.hacked=11</script>",
                      failures={"<img src=x onerror=window.hacked=12>": "</script><b>"})
    page = open_page(path)
    page.locator(".card .say").first.click()
    for op, words in enumerate(["20万元'&amp;", "</script><b onmouseover='window.hacked=3'>100万元", '𠮷90万元"', '"><svg onload=window.hacked=5>']):
        assert lit(page, op) == words
    page.locator("[data-tab=fullText]").click()
    page.locator(".g-records .say").first.click()
    page.locator("#lang").click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, iframe, b[onmouseover], script:not(:is(body > script)), svg[onload]").count() == 0
    assert page.locator(".ctl").count() > 0 and page.locator(".ctl").first.evaluate("node => getComputedStyle(node).unicodeBidi") == "isolate"
    assert page.requests == [path.as_uri()] and page.errors == []


@pytest.mark.parametrize("steps", [(), (".card .say",), (".card .say", "[data-tab=fullText]"), (".g-texts summary", ".g-texts .say")])
def test_phone_has_no_sideways_scroll(open_page, page_file, steps):
    page = open_page(page_file, **PHONE, has_touch=True)
    for step in steps:
        page.locator(step).first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("Math.max(0, ...[...document.querySelectorAll('#body')].map((node) => node.scrollWidth - node.clientWidth))") == 0
    if ".card .say" in steps:
        box = page.locator("#reader").bounding_box()
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 360, 740)
        assert page.locator("#main").evaluate("node => node.inert")
        page.go_back()
        assert not page.locator("#main").evaluate("node => node.inert")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(open_page, page_file, scheme):
    page = open_page(page_file, color_scheme=scheme)
    for fold in (".g-consistent summary", "#morefilters > summary"):
        page.locator(fold).click()
    page.locator(".card .say").first.click()
    page.mouse.move(0, 0)
    assert page.evaluate(CONTRAST) == []
    page.locator("[data-tab=fullText]").click()
    page.mouse.move(0, 0)
    assert page.evaluate(CONTRAST) == []


def test_print_shows_evidence_and_hides_controls(open_page, page_file, sample):
    page = open_page(page_file)
    page.emulate_media(media="print")
    page.wait_for_selector(".inline")
    assert not page.locator("#filters").is_visible() and not page.locator("#reader").is_visible() and not page.locator("#print").is_visible()
    for text, check in checks_of(sample["outputs"]()):
        if check["verdict"] != "consistent":
            inside = f'.card[data-id="{check["id"]}"] .inline'
            assert lit(page, 0, inside) == text[slice(*check["stated"]["span"])]
    assert page.locator(".card").first.evaluate("node => getComputedStyle(node).breakInside") == "avoid"
    page.emulate_media(media="screen")
    page.wait_for_function("() => !document.querySelector('.inline')")


def test_every_control_has_a_name(open_page, page_file):
    page = open_page(page_file)
    page.locator(".card .say").first.click()
    nameless = page.evaluate("""() => [...document.querySelectorAll("button, a, input, select, summary")].filter((node) =>
      !(node.textContent.trim() || node.getAttribute("aria-label") || (node.labels && node.labels.length))).map((node) => node.outerHTML)""")
    assert nameless == []
    assert page.locator("main, header.top, aside, footer, [role=search]").count() == 5


def test_twenty_thousand_checks_draw_only_what_is_seen(open_page, sample, tmp_path):
    outputs = [sample["clear_creek"](f"县_{i}.txt") for i in range(120)]
    for output in outputs:
        report = output["reports"][0]
        report["checks"] = [check | {"id": f"{check['id']}-{i}"} for check in report["checks"] for i in range(11)]
    page = open_page(write_page(outputs, tmp_path / "big.html"))
    assert page.evaluate("DATA.checks.length") == 120 * 15 * 11
    assert page.locator(".card").count() <= 80
    page.locator(".g-conflict + .more, .of-conflict + .more").first.click()
    assert page.locator(".of-conflict .card").count() == 80
    last = page.evaluate("VIEW.checks.consistent.at(-1).id")
    page.evaluate("id => { location.hash = id; }", last)
    page.wait_for_function("id => STATE.open === id", arg=last)
    assert page.locator("#body mark").count() > 0


def test_long_table_and_long_text_come_in_pieces(open_page, sample, tmp_path):
    rows = "\n".join(f"| 乡镇{i} | {i}.5 | {i * 2} |" for i in range(1, 6001))
    source = f"台账\n| 名称 | 金额 | 人数 |\n|---|---|---|\n{rows}\n| 合计 | «sum|9万元» | «n|7人» |\n"
    text, spans = sample["untag"](source)
    checks = (("sum", "conflict", "numeric", "sum", ("n",), "8", 0.9, "8 ≠ 9"),)
    output = sample["output"]("台账.txt", text, [sample["report"](text, spans, "台账", (0, len(text)), {}, checks, ())])
    page = open_page(write_page([output], tmp_path / "long.html"))
    page.locator(".card .say").click()
    assert page.locator("#body tr").count() < 8
    page.locator("#body header .see").first.click()
    assert lit(page, 0) == "9万元" and page.locator("#body tr").count() < 2000
    mark, body = page.locator('#body mark[data-op="0"]').first.bounding_box(), page.locator("#body").bounding_box()
    assert body["y"] <= mark["y"] <= body["y"] + body["height"] - mark["height"]


def test_merged_cells_of_the_layout_light_up_once(open_page, sample, tmp_path):
    """Empty cells may stand anywhere in the text; a merged cell goes on behind the rows that an excerpt leaves out."""
    source = "表\n指标\t名称\t分\n«top|产出\n10分»\t甲\t«a|1分»\n\t乙\t2分\n\t丙\t2分\n\t丁\t2分\n\t戊\t«b|3分»\n"
    text, spans = sample["untag"](source)
    found = iter(re.finditer("[甲乙丙丁戊]\t(\\d分)", text))
    rows = [[spans["top"], (match.start(), match.start() + 1), match.span(1)] for match in found]
    rows[1].append((0, 0))
    start = text.index("指标")
    head = [(start, start + 2), (start + 3, start + 5), (start + 6, start + 7)]
    checks = (("sum", "conflict", "numeric", "top", ("a", "b"), "4分", 0.9, "1 + 3 = 4 ≠ 10"),)
    output = sample["output"]("表.docx", text, [sample["report"](text, spans, "表", (0, len(text)), {}, checks, ())])
    output["grids"] = [{"span": [start, len(text) - 1], "header_rows": 1, "rows": [head, *rows]}]
    page = open_page(write_page([output], tmp_path / "merged.html"))
    page.locator(".card .say").click()
    assert [lit(page, 0), lit(page, 1), lit(page, 2)] == ["产出\n10分", "1分", "3分"]
    assert page.locator("#body tr.gap").count() == 1 and page.locator("#body .again").count() == 1
    page.locator("[data-tab=fullText]").click()
    assert page.locator("#body td[rowspan='5']").text_content() == "产出\n10分"
