"""What things are called on the page of an inspected file."""

from collections.abc import Mapping

from hedui.document import RepairKind

__all__ = ["KINDS", "REPAIRS"]

KINDS: Mapping[str, str] = {
    "heading": "标题 heading", "paragraph": "段落 paragraph", "table": "表格 table", "margin": "页眉页脚、脚注 margins and notes",
    "cell": "单元格 cell", "doubt": "字迹不清 doubtful character", "repair": "已修补 put right",
}
REPAIRS: Mapping[RepairKind, str] = {
    "labels": "由上面的单元格补齐 filled from above", "row_joined": "被切断的行已并回 a row that was cut, joined",
    "row_split": "粘连的行已拆开 glued rows, split", "shifted": "错位的单元格已移回 moved back under its header",
    "header": "表头缺失，按内容认出 header told by the columns",
}
