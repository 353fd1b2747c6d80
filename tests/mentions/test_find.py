"""Mentions of a layout made by hand: units of bare numbers, merged cells, short place names, titles, precedence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest

from hedui.document import Block, Document, Grid, GridCell, Layout, Paragraph, Part, Section
from hedui.findings import Mention
from hedui.layout import arrange
from hedui.mentions import Candidate, find_mentions, mentions_of_text
from hedui.mentions.names import name_candidates
from hedui.mentions.piece import piece_of
from hedui.mentions.rules import rule_candidates
from hedui.progress import heard
from hedui.readers.assemble import Draft, DraftCell, assemble
from hedui.values import Value


def layout_of(paragraphs: list[str], table: list[list[str]] | None = None, *, header_rows: int = 1, unit: str | None = None,
              merged: tuple[tuple[int, int], ...] = ()) -> Layout:
    """A layout of paragraphs and one table; `merged` names cells that only repeat the one above them."""
    text, spans = "", []
    for paragraph in paragraphs:
        spans.append((len(text), len(text) + len(paragraph)))
        text += paragraph + "\n"
    rows: list[list[GridCell]] = []
    start = len(text)
    for i, row in enumerate(table or []):
        rows.append([])
        for j, cell in enumerate(row):
            if (i, j) in merged:
                rows[-1].append(GridCell(row=i, col=j, span=rows[i - 1][j].span, text=rows[i - 1][j].text, origin=False))
                continue
            rows[-1].append(GridCell(row=i, col=j, span=(len(text), len(text) + len(cell)), text=cell))
            text += cell + "\t"
        text += "\n"
    whole = (0, len(text))
    headers = tuple(zip(*(table or [])[:header_rows], strict=True)) if header_rows and table else ((),) * len((table or [[]])[0])
    grids = (Grid(span=(start, len(text)), rows=tuple(tuple(row) for row in rows), header_rows=header_rows, headers=headers,
                  unit=unit),) if table else ()
    document = Document(name="a.txt", sha256="0" * 64, media_type="text/plain", text=text,
                        blocks=(Block(kind="paragraph", span=whole, page=1),))
    return Layout(document=document, parts=(Part(span=whole),), sections=(Section(span=whole, heading=(0, 0), title=""),),
                  paragraphs=tuple(Paragraph(span=span, section=0) for span in spans), grids=grids)


def brief(mentions: tuple[Mention, ...]) -> list[tuple[str, str, str, str, str | None]]:
    return [(m.label, m.text, str(m.value), m.unit, m.op) for m in mentions]


def test_bare_numbers_take_the_unit_of_label_header_and_caption() -> None:
    table = [["指标", "单位成本（元）", "年度指标值", "实际完成值", "分值", "得分"],
             ["参保人数(人)", "1.5", "≥173218", "176268", "5", "5"],
             ["综合参保率(%)", "", "≥95", "97.5%", "10", "9.5"],
             ["项目资金（万元）", "", "1,038.00", "169", "", ""],
             ["医疗救助对象人次规模", "", "", "23194", "10", "10"],
             ["系统功能调整", "", "1", "1", "10", "10"]]
    assert brief(find_mentions(layout_of([], table))) == [
        ("QUANTITY", "1.5", "1.5", "人", None), ("QUANTITY", "173218", "173218", "人", ">="), ("QUANTITY", "176268", "176268", "人", None),
        ("RATE", "95", "0.95", "1", ">="), ("RATE", "97.5%", "0.975", "1", None),
        ("AMOUNT", "1,038.00", "10380000", "CNY", None), ("AMOUNT", "169", "1690000", "CNY", None),
        ("QUANTITY", "23194", "23194", "人次", None)]


def test_caption_gives_money_but_not_to_counts_rates_and_serial_numbers() -> None:
    table = [["序号", "文件", "中央级", "人数", "执行率"], ["1", "合计", "2,127.00", "12", "98"]]
    assert brief(find_mentions(layout_of([], table, unit="万元"))) == [
        ("AMOUNT", "2,127.00", "21270000", "CNY", None), ("QUANTITY", "12", "12", "人", None)]


def test_target_split_into_sign_number_and_unit() -> None:
    table = [["三级指标", "指标性质", "指标值", "计量单位"], ["到馆读者", "≥", "12", "万人次"], ["成本", "≤", "35", "元"]]
    assert brief(find_mentions(layout_of([], table))) == [
        ("QUANTITY", "12", "120000", "人次", ">="), ("AMOUNT", "35", "35", "CNY", "<=")]


def test_a_merged_cell_is_read_once() -> None:
    table = [["一级指标", "三级指标", "指标值"], ["产出 (50分)", "培训次数", "3次"], ["产出 (50分)", "宣传次数", "5次"]]
    found = find_mentions(layout_of([], table, merged=((2, 0),)))
    assert [m.text for m in found] == ["50分", "3次", "5次"]


def test_short_place_name_needs_the_full_one_in_the_document() -> None:
    both = find_mentions(layout_of(["大竹县2023年预算执行情况", "大竹的做法受到好评"]))
    assert [m.text for m in both if m.label == "REGION"] == ["大竹县", "大竹"]
    assert [m.text for m in find_mentions(layout_of(["大竹的做法受到好评"])) if m.label == "REGION"] == []


def test_place_that_no_lexicon_holds_is_known_by_its_bodies() -> None:
    found = find_mentions(layout_of(["某省青岗县2023年项目", "青岗县财政局下达资金", "纳入青岗县文化和旅游局决算"]))
    assert [(m.label, m.text) for m in found if m.label in {"ORG", "REGION"}] == [
        ("REGION", "青岗县"), ("ORG", "青岗县财政局"), ("ORG", "青岗县文化和旅游局")]


def test_nothing_inside_titles_numbers_and_bodies_and_unread_lines_are_read() -> None:
    layout = layout_of(["国家税务总局四川省税务局依据《2022年3项制度》办理"])
    loose = Layout(document=layout.document, parts=layout.parts, sections=layout.sections, paragraphs=())
    for each in (layout, loose):
        assert [(m.label, m.text) for m in find_mentions(each)] == [
            ("ORG", "国家税务总局四川省税务局"), ("TITLE", "《2022年3项制度》")]


def test_a_quarter_belongs_to_the_year_before_it() -> None:
    found = mentions_of_text("2023年一季度支出30万元，二季度支出40万元")
    assert [m.value for m in found if m.label == "DATE"] == ["2023-Q1", "2023-Q2"]


def test_bounds_ids_and_pages() -> None:
    layout = layout_of(["执行率19.24 %"])
    first, second = find_mentions(layout), find_mentions(layout)
    assert first == second
    assert (first[0].low, first[0].high, first[0].page) == (Decimal("0.19235"), Decimal("0.19245"), 1)
    assert len({m.id for m in find_mentions(layout_of(["3次、3次、3次"]))}) == 3


def test_a_tagger_adds_what_rules_do_not_know() -> None:
    def tagger(layout: Layout, candidates: Sequence[Candidate]) -> list[Candidate]:
        assert [c.label for c in candidates] == ["QUANTITY"]
        start = layout.document.text.index("星")
        value = Value(kind="ORG", value="星火小队", unit="org")
        return [*candidates, Candidate(label="ORG", start=start, end=start + 4, value=value, confidence=0.6, found_by="model", model=0.9)]
    found = find_mentions(layout_of(["星火小队走访12户"]), tagger=tagger)
    assert [(m.label, m.text, m.confidence, m.found_by, m.model) for m in found] == [
        ("ORG", "星火小队", 0.6, "model", 0.9), ("QUANTITY", "12户", 1.0, "rules", None)]


def test_import_is_cheap() -> None:
    code = "import sys, hedui.mentions; print(*(m for m in ('spacy', 'jieba', 'torch', 'pandas') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_work_is_linear_in_the_length(work: Callable[[Callable[[], object]], int]) -> None:
    def took(paragraphs: int) -> int:
        layout = layout_of([f"{i}项任务由江西省财政厅拨付赣州市资金{i}.5万元，完成率{i % 100}%。" * 4 for i in range(paragraphs)])
        return work(lambda: find_mentions(layout))
    took(5)
    assert took(160) < 6 * took(40)


@pytest.mark.parametrize("unit", ["《", "关于", "(关于", "市", "省市县", "北京", "关于下达通知(", "有限公司", "《关于〈"])
def test_no_text_makes_the_rules_slow(unit: str, no_hang: Callable[[], AbstractContextManager[None]]) -> None:
    text = unit * (40_000 // len(unit))
    with no_hang():
        piece = piece_of(text, range(len(text)))
        found = [*rule_candidates(piece), *name_candidates(piece)]
    assert all(0 <= c.start < c.end <= len(text) for c in found)


def test_a_long_text_says_how_far_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hedui.mentions.find.TEXTS_A_STEP", 2)
    text, blocks, _ = assemble(Draft(kind="paragraph", text=f"第{at}批下达{at}00万元。") for at in range(1, 6))
    document = Document(name="a.docx", sha256="0" * 64, media_type="application/vnd.openxmlformats", text=text, blocks=blocks)
    said: list[tuple[str, int, int]] = []
    with heard(lambda *step: said.append(step)):
        find_mentions(arrange(document))
    assert said == [("text", 2, 5), ("text", 4, 5)]


def test_what_margins_repeat_is_read_once() -> None:
    drafts = [("body", "全年执行数98万元。"), ("header", "青岚县财政局"), ("header", "青岚县财政局"), ("footer", "第1页共12页"),
              ("footer", "第2页共12页"), ("header", "全年执行数98万元。")]
    text, blocks, _ = assemble(Draft(kind="paragraph", text=said, role=role) for role, said in drafts)
    document = Document(name="a.pdf", sha256="0" * 64, media_type="application/pdf", text=text, blocks=blocks)
    found = [(m.label, m.text) for m in find_mentions(arrange(document))]
    assert found == [("AMOUNT", "98万元"), ("ORG", "青岚县财政局")]


def test_places_are_not_found_again_in_what_margins_repeat() -> None:
    drafts = [("body", "澜溪县财政局全年执行数98万元。"), *[("header", "澜溪县财政局绩效评价中心")] * 3]
    text, blocks, _ = assemble(Draft(kind="paragraph", text=said, role=role) for role, said in drafts)
    document = Document(name="a.pdf", sha256="0" * 64, media_type="application/pdf", text=text, blocks=blocks)
    starts = [m.span[0] for m in find_mentions(arrange(document)) if m.label in ("ORG", "REGION")]
    assert starts and max(starts) <= text.index("澜溪县财政局绩效评价中心")


def test_a_header_row_that_a_page_repeats_is_read_once() -> None:
    drafts = [Draft(kind="table", cells=(DraftCell(row=0, col=0, text="主管部门"), DraftCell(row=0, col=1, text="青岚县财政局"))),
              Draft(kind="paragraph", text="主管部门\t青岚县财政局", role="header")]
    text, blocks, _ = assemble(drafts)
    document = Document(name="a.pdf", sha256="0" * 64, media_type="application/pdf", text=text, blocks=blocks)
    assert [m.text for m in find_mentions(arrange(document)) if m.label == "ORG"] == ["青岚县财政局"]
