"""A grid in the making -> what was put right in it, told by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from hedui.document import Repair, RepairKind
from hedui.layout.grids import RawGrid

__all__ = ["repairs_of"]

WHAT: Mapping[RepairKind, str] = {
    "labels": "左侧空着的指标级次由上面的单元格补齐 / empty labels filled from above",
    "row_joined": "被分页或空行拆成两截的行已并回 / rows cut in two by a page or blank line joined",
    "row_split": "粘连成一行的几行已按分值、得分拆开 / rows glued into one split by their figures",
    "shifted": "错位的单元格已移回所属的列 / cells that slid moved back under their headers",
    "header": "表头缺失，按各列内容认出 / the header is missing, told by what the columns hold",
}


def repairs_of(raw: RawGrid) -> tuple[Repair, ...]:
    """The repairs of a mended grid, in the order of `WHAT`."""
    touched: dict[RepairKind, set[int]] = defaultdict(set)
    for i, row in enumerate([*raw.header, *raw.body]):
        for cell in row:
            if cell.repair:
                touched[cell.repair].add(i)
    if raw.found:
        touched["header"] = set(range(len(raw.body)))
    return tuple(Repair(kind=kind, rows=tuple(sorted(touched[kind])), what=what) for kind, what in WHAT.items() if touched[kind])
