"""Grids with a column of 三级指标 -> one Indicator claim a row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from hedui.claims.indicators.names import bare_level, bare_name, topic
from hedui.document import Grid, GridCell, Layout, Span
from hedui.findings import Claim, Indicator, Mention, content_id
from hedui.layout import bare, column_role, is_value

__all__ = ["table_indicators"]

FIELDS = ("level1", "level2", "target", "actual", "completion", "deviation", "weight", "score", "reason")
TOLD = frozenset({"target", "actual", "completion", "weight", "score"})
NOTHING = re.compile(r"[-—–/\\]*|无")
TOTAL = re.compile(r"(?:(?:自评|评价|综合|最终)?(?:总分|总得分|得分)|合计|总计|小计|总得分|得分合计|(?:说明|备?注)(?:[:：].*)?|填表.*|联系人.*)$")


def columns(grid: Grid) -> dict[str, int]:
    """Role -> column; where two columns have one role, 三级指标 is the name and the first of the others stands; what
    heads the results of goals in one table (全年实际完成情况) heads those of indicators in another."""
    found: dict[str, int] = {}
    for j, path in enumerate(grid.headers):
        role = next((r for header in reversed(path) if (r := column_role(header))), None)
        if role and (role not in found or (role == "name" and bare(path[-1]).startswith("三级"))):
            found[role] = j
    if "name" in found:
        found |= levels(grid, found)
    if "name" in found and "actual" not in found and "goal_actual" in found:
        found["actual"] = found.pop("goal_actual")
    return found


def levels(grid: Grid, found: dict[str, int]) -> dict[str, int]:
    """The columns of levels where two before the name have one role: the first is level1, the second level2 (指标类别 behind
    一级指标, 指标分类 before 二级指标)."""
    before = [j for j, path in enumerate(grid.headers[:found["name"]])
              if any(column_role(header) in {"level1", "level2"} for header in path)]
    if len(before) == 2 and ("level1" in found) != ("level2" in found):
        return {"level1": before[0], "level2": before[1]}
    return {}


def target_cells(row: Sequence[GridCell], roles: dict[str, int], headers: Sequence[tuple[str, ...]]) -> list[GridCell]:
    """The cells that make up the target: one, or sign, number and unit apart."""
    if "target" not in roles:
        return []
    first = roles["target"]
    under = [j for j in range(first, len(headers)) if headers[j] and headers[j][0] == headers[first][0] and j < len(row)]
    apart = [roles[r] for r in ("target_sign", "target", "target_unit") if r in roles and abs(roles[r] - first) <= 2]
    chosen = apart if len(apart) > 1 else under if len(under) > 1 else [first]
    return [row[j] for j in chosen if row[j].text and row[j].origin]


def said(cell: GridCell) -> str | None:
    return None if NOTHING.fullmatch(cell.text) else cell.text


def row_fields(grid: Grid, row: Sequence[GridCell], roles: dict[str, int]) -> tuple[dict[str, str], dict[str, Span]]:
    """What a row says of its indicator, and where."""
    fields: dict[str, str] = {}
    spans: dict[str, Span] = {}
    for field in FIELDS:
        if field == "target":
            cells = [cell for cell in target_cells(row, roles, grid.headers) if said(cell)]
        else:
            cells = [row[roles[field]]] if field in roles and said(row[roles[field]]) else []
        if cells:
            whole = "".join(cell.text for cell in cells)
            fields[field] = bare_level(whole) if field in ("level1", "level2") else whole
            spans[field] = (cells[0].span[0], max(cell.span[1] for cell in cells))
    return fields, spans


def mentions_in(mentions: Sequence[Mention], starts: Sequence[int], spans: Sequence[Span]) -> tuple[str, ...]:
    """Ids of the mentions that lie inside any of `spans`."""
    found = []
    for start, end in sorted(set(spans)):
        at = bisect_left(starts, start)
        while at < len(mentions) and mentions[at].span[1] <= end:
            found.append(mentions[at].id)
            at += 1
    return tuple(dict.fromkeys(found))


def table_indicators(layout: Layout, mentions: Sequence[Mention]) -> tuple[Claim, ...]:
    """One claim for every row with a name; levels that a table does not carry are those of its section."""
    claims = []
    ordered = sorted(mentions, key=lambda m: m.span)
    starts = [m.span[0] for m in ordered]
    for index, grid in enumerate(layout.grids):
        roles = columns(grid)
        if "name" not in roles or not TOLD & roles.keys():
            continue
        for i, row in enumerate(grid.rows[grid.header_rows:], start=grid.header_rows):
            cell = row[roles["name"]]
            name = bare_name(cell.text)
            if not name or not cell.origin or TOTAL.match(name) or column_role(cell.text) == "name" or is_value(name) \
                    or any(TOTAL.match(bare(c.text)) for c in row[:roles["name"]]):
                continue
            fields, spans = row_fields(grid, row, roles)
            if not TOLD & fields.keys() and not {"level1", "level2"} & fields.keys():
                continue
            if "level1" not in roles and (above := topic(layout, grid.section)):
                fields.setdefault("level1", above)
            whole = (min(c.span[0] for c in row if c.text and c.origin), max(c.span[1] for c in row if c.text))
            claims.append(Claim(
                id=content_id("c", "indicator", "table", whole, name), type="indicator", origin="table", span=whole,
                fields=Indicator(name=name, **fields), spans={"name": cell.span, **spans},
                mentions=mentions_in(ordered, starts, [c.span for c in row if c.origin]), part=grid.part,
                section=grid.section, grid=index, row=i))
    return tuple(claims)
