"""Documents put together: every span, page and box still says what it said."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hedui.document import Block, Box, Document, Issue
from hedui.layout import arrange
from hedui.readers import read_bytes
from hedui.readers.archive import home, joined, reading_order
from hedui.readers.assemble import Draft, DraftCell, DraftLine, assemble

TEXTS = st.text(st.sampled_from("甲乙12。"), max_size=6)


def box(page: int) -> Box:
    return Box(page=page, x0=0, y0=0, x1=9, y1=9)


def document(texts: list[str], name: str, pages: int | None) -> Document:
    """A document of a paragraph, with a line of print, and a table of one cell for each text."""
    drafts = []
    for number, text in enumerate(texts):
        page = 1 + number % pages if pages else 1
        lines = (DraftLine(start=0, end=len(text), box=box(page)),) if pages else ()
        drafts += [Draft(kind="paragraph", text=text, lines=lines, page=page if pages else None),
                   Draft(kind="table", cells=(DraftCell(row=0, col=0, text=text, box=box(page) if pages else None),))]
    text, blocks, lines = assemble(drafts)
    return Document(name=name, sha256=name, media_type="x/y", text=text, blocks=blocks, lines=lines, pages=pages,
                    issues=(Issue(where="第 1 页 / page 1", what="模糊"),))


DOCUMENTS = st.lists(st.tuples(st.lists(TEXTS, max_size=4), st.none() | st.integers(1, 3)), min_size=1, max_size=4)


def said(document: Document, start: int, end: int) -> list[tuple[str, str]]:
    """What the blocks, cells and lines within a span of a document say."""
    def inside(span: tuple[int, int]) -> bool:
        return start <= span[0] and span[1] <= end

    spans = [("block", block.span) for block in document.blocks] + [("line", line.span) for line in document.lines] + [
        ("cell", cell.span) for block in document.blocks for cell in block.cells]
    return [(kind, document.text[slice(*span)]) for kind, span in spans if inside(span)]


@given(DOCUMENTS)
def test_what_was_said_is_said_in_its_place(made):
    parts = [document(texts, f"{n}.pdf", pages) for n, (texts, pages) in enumerate(made)]
    whole = joined(parts, "县.zip", "0")
    assert whole.text == "\n\n".join(part.text for part in parts)
    assert whole.pages == (sum(part.pages or 0 for part in parts) or None)
    before = 0
    for part, member in zip(parts, whole.members, strict=True):
        assert (member.name, member.sha256, member.pages) == (part.name, part.sha256, part.pages)
        assert whole.text[slice(*member.span)] == part.text
        assert said(whole, *member.span) == said(part, 0, len(part.text))
        assert member.first_page == (before + 1 if part.pages else None)
        pages = [line.box.page - before for line in whole.lines if member.span[0] <= line.span[0] and line.span[1] <= member.span[1]]
        if part.text:
            assert pages == [line.box.page for line in part.lines]
        before += part.pages or 0
    assert [issue.where for issue in whole.issues] == [f"{part.name} 第 1 页 / page 1" for part in parts]
    assert list(whole.blocks) == sorted(whole.blocks, key=lambda block: block.span)


def test_members_of_members_stay():
    inner = joined([document(["甲"], "a", 2), document(["乙"], "b", None)], "内", "1")
    whole = joined([document(["丙"], "c", 3), inner], "外", "2")
    assert [(m.name, whole.text[slice(*m.span)], m.first_page) for m in whole.members] == [
        ("c", "丙\n丙", 1), ("a", "甲\n甲", 4), ("b", "乙\n乙", None)]


def test_no_table_and_no_sentence_runs_on_into_the_next_file():
    rows = [("三级指标", "年度指标值", "全年完成值"), ("供水工程数量", "12处", "12处")]
    table = Draft(kind="table", cells=tuple(DraftCell(row=i, col=j, text=text) for i, row in enumerate(rows) for j, text in enumerate(row)))
    text, blocks, _ = assemble([table])
    one = Document(name="a", sha256="a", media_type="x/y", text=text, blocks=blocks)
    assert len(arrange(joined([one, replace(one, name="b")], "县.zip", "0")).grids) == 2
    open_end = "本项目由青岚县水利局组织实施，建成集中供水工程十二处，受益人口"
    prose = [Document(name=n, sha256=n, media_type="x/y", text=open_end, blocks=(Block(kind="paragraph", span=(0, len(open_end))),))
             for n in "ab"]
    assert [p.span for p in arrange(joined(prose, "县.zip", "0")).paragraphs if p.span[0] < p.span[1]] == [(0, 31), (33, 64)]


def test_two_projects_are_two_parts(zipped):
    report = "青岚县2021年农村供水工程补助资金绩效自评报告\n一、资金\n全年预算数1000万元，全年执行数950万元，执行率95%。\n"
    roads = report.replace("农村供水工程", "乡村道路硬化")
    parts = arrange(read_bytes(zipped({"1/报告.txt": report.encode(), "2/报告.txt": roads.encode()}), "县.zip")).parts
    assert [part.programme for part in parts] == ["农村供水工程补助资金", "乡村道路硬化补助资金"]


def test_reading_order():
    names = ["县.zip!/附件10.docx", "县.zip!/附件/说明.docx", "县.zip!/附件2.xlsx", "县.zip!/报告.docx", "县.zip!/2项目/报告.docx",
             "县.zip!/10项目/报告.docx", "县.zip!/邮件正文.txt"]
    assert [name.removeprefix("县.zip!/") for name in reading_order(names)] == [
        "报告.docx", "附件2.xlsx", "附件10.docx", "附件/说明.docx", "邮件正文.txt", "2项目/报告.docx", "10项目/报告.docx"]


def test_homes():
    assert home("县.zip!/甲/附件1/表.xlsx") == home("县.zip!/甲/附件.zip!/表.xlsx") == home("县.zip!/甲/报告.docx") == "县.zip!/甲"
    assert home("报告.docx") == "" and home("附件材料/表.xlsx") == ""
