"""Tables that were typed with tabs come back as tables, and paragraphs that a tab indents do not."""

from io import BytesIO

import docx
import pytest

from hedui.readers import read_bytes


def typed(*lines: str) -> bytes:
    file, held = docx.Document(), BytesIO()
    for line in lines:
        file.add_paragraph(line)
    file.save(held)
    return held.getvalue()


@pytest.mark.parametrize(("lines", "shape"), [
    (["二、完成情况", "指标\t目标值\t完成值", "验收合格率\t100%\t98%", "受益农户\t800户\t812户", "以上均已核实。"],
     ["二、完成情况", 9, "以上均已核实。"]),
    (["指标\t目标值", "验收合格率\t100%"], [4]),
    (["\t项目于三月开工，全部资金已经到位，没有挤占。", "\t项目于十月完工，验收合格，群众满意度较高。"],
     ["项目于三月开工，全部资金已经到位，没有挤占。", "项目于十月完工，验收合格，群众满意度较高。"]),
    (["编制单位：水务局\t日期：2024年3月1日"], ["编制单位：水务局\t日期：2024年3月1日"]),
])
def test_tables_set_with_tabs(lines: list[str], shape: list[str | int]) -> None:
    document = read_bytes(typed(*lines), "a.docx")
    found = [len(b.cells) if b.kind == "table" else document.text[slice(*b.span)].strip() for b in document.blocks]
    assert found == shape
    assert document.text.replace("\t", "").split() == "\n".join(lines).replace("\t", "").split()


def test_cells_point_into_the_text() -> None:
    document = read_bytes(typed("说明", "指标\t目标值\t完成值", "合格率\t\t98%"), "a.docx")
    (table,) = (block for block in document.blocks if block.kind == "table")
    assert [document.text[slice(*cell.span)] for cell in table.cells] == ["指标", "目标值", "完成值", "合格率", "", "98%"]
