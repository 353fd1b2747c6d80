"""Lines -> paragraphs, numbers that open them, and the outline they make."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hedui.document import Block, Document, Layout
from hedui.layout import arrange
from hedui.layout.numbering import numbered, rank_of
from hedui.readers import read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks

CASES = Path(__file__).parents[1] / "cases"


def laid_out(text: str) -> Layout:
    return arrange(read_bytes(text.encode(), "case.txt"))


def joined(layout: Layout) -> list[str]:
    text = layout.document.text
    return ["⏎".join(piece.strip() for piece in text[slice(*p.span)].split("\n") if piece.strip()) for p in layout.paragraphs]


@pytest.mark.parametrize("case", case_blocks("layout_paragraphs"), ids=lambda case: case.title)
def test_paragraphs(case: Case) -> None:
    assert joined(laid_out(case.text)) == case.expected


def test_a_file_that_keeps_its_own_paragraphs_is_joined_where_a_page_had_cut_it() -> None:
    text = ("项目改善了沿线群众的出行条件，降低了农产品运输成\n本，带动了乡村旅游业的发展。\n"
            "一、资金情况\n根据《云溪县农村公路日常养护与管理及考核\n办法》执行。")
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    document = Document(name="a.docx", sha256="0" * 64, media_type="application/vnd.openxmlformats", text=text,
                        blocks=tuple(Block(kind="paragraph", span=span) for span in spans))
    assert joined(arrange(document)) == [
        "项目改善了沿线群众的出行条件，降低了农产品运输成⏎本，带动了乡村旅游业的发展。", "一、资金情况",
        "根据《云溪县农村公路日常养护与管理及考核⏎办法》执行。"]


def numbers() -> list[tuple[str, ...]]:
    lines = (CASES / "layout_numbering.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("line", "number", "rank", "behind"), numbers(), ids=[row[0] for row in numbers()])
def test_numbering(line: str, number: str, rank: str, behind: str) -> None:
    found = numbered(line, (0, len(line)))
    if number == "-":
        assert found is None
        return
    assert found is not None
    assert (found.number, found.rank, line[found.behind:].strip()) == (number, int(rank), behind)
    assert line[slice(*found.span)] == number


def test_the_rank_of_an_automatic_number() -> None:
    assert [rank_of(number) for number in ("一、", "（二）", "3.", "(4)", "⑤", "•")] == [2, 3, 4, 7, 8, None]


def outline(layout: Layout) -> list[str]:
    """Sections with their number, indented under what encloses them, and the opening of each paragraph that is no heading."""
    lines, told = [], 0
    depth = {-1: -1}
    for paragraph in layout.paragraphs:
        while told <= paragraph.section:
            section = layout.sections[told]
            depth[told] = depth[-1 if section.parent is None else section.parent] + 1 if section.level else -1
            if section.level:
                lines.append("  " * depth[told] + section.number + section.title)
            told += 1
        section = layout.sections[paragraph.section]
        start = section.heading[1] if section.heading[0] <= paragraph.span[0] < section.heading[1] else paragraph.span[0]
        said = layout.document.text[start:paragraph.span[1]].strip()
        lines += ["  " * (depth[paragraph.section] + 1) + "> " + said] if said else []
    return lines


@pytest.mark.parametrize("case", case_blocks("layout_outline"), ids=lambda case: case.title)
def test_outline(case: Case) -> None:
    assert outline(laid_out(case.text)) == case.expected


def test_headings_of_a_file_with_styles_nest_by_their_level() -> None:
    text = "项目概况\n立项情况\n项目已批复\n自评结论"
    levels = {"项目概况": 1, "立项情况": 2, "自评结论": 1}
    blocks, at = [], 0
    for line in text.split("\n"):
        kind = "heading" if line in levels else "paragraph"
        blocks.append(Block(kind=kind, span=(at, at + len(line)), level=levels.get(line)))
        at += len(line) + 1
    layout = arrange(Document(name="a.docx", sha256="0" * 64, media_type="application/vnd.openxmlformats", text=text, blocks=tuple(blocks)))
    assert [(s.title, s.parent) for s in layout.sections] == [("", None), ("项目概况", 0), ("立项情况", 1), ("自评结论", 0)]


def test_a_section_ends_where_the_next_of_its_rank_begins() -> None:
    layout = laid_out("一、概况\n（一）依据\n已批复。\n（二）资金\n已到位。\n二、结论\n优。\n")
    text = layout.document.text
    assert [(s.title, text[slice(*s.span)]) for s in layout.sections[1:3]] == [
        ("概况", "一、概况\n（一）依据\n已批复。\n（二）资金\n已到位。\n"), ("依据", "（一）依据\n已批复。\n")]
    assert [text[slice(*s.heading)] for s in layout.sections[1:]] == ["一、概况", "（一）依据", "（二）资金", "二、结论"]
