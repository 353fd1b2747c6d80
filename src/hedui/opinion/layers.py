"""A graph of figures and formulas -> columns and heights to draw it by: what goes in stands left of what comes out.

The layered drawing of Sugiyama, Tagawa and Toda (1981): break rings, give each node a column by its longest path, order each column by the
middle of its neighbours, then move nodes to their neighbours' height as far as there is room. Deterministic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

__all__ = ["placed"]

SWEEPS = 6
Edge = tuple[int, int]


def without_rings(nodes: Sequence[int], edges: Sequence[Edge]) -> list[Edge]:
    """The edges without those that lead back to a node the walk is still on its way from."""
    follow: dict[int, list[int]] = defaultdict(list)
    for source, target in edges:
        follow[source].append(target)
    state: dict[int, int] = {}
    kept: list[Edge] = []
    for start in nodes:
        if start in state:
            continue
        state[start] = 1
        walk = [(start, iter(follow[start]))]
        while walk:
            node, rest = walk[-1]
            target = next(rest, -1)
            if target < 0:
                state[node] = 2
                walk.pop()
            elif state.get(target) != 1:
                kept.append((node, target))
                if target not in state:
                    state[target] = 1
                    walk.append((target, iter(follow[target])))
    return kept


def columns(nodes: Sequence[int], edges: Sequence[Edge]) -> dict[int, int]:
    """The column of each node by its longest path; a node that nothing leads to stands right before what it goes into."""
    before: dict[int, list[int]] = defaultdict(list)
    after: dict[int, list[int]] = defaultdict(list)
    for source, target in edges:
        before[target].append(source)
        after[source].append(target)
    column: dict[int, int] = {}
    waiting = {node: len(before[node]) for node in nodes}
    ready = [node for node in nodes if not waiting[node]]
    while ready:
        node = ready.pop(0)
        column[node] = max((column[one] + 1 for one in before[node]), default=0)
        for target in after[node]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    for node in nodes:
        if not before[node] and after[node]:
            column[node] = min(column[target] for target in after[node]) - 1
    return column


def middle(values: Sequence[float], own: float) -> float:
    return sum(values) / len(values) if values else own


def spread(wanted: Sequence[float], room: Sequence[float]) -> list[float]:
    """Heights in the given order, as near to those wanted as the room between neighbours allows."""
    found: list[float] = []
    for want, gap in zip(wanted, room, strict=True):
        found.append(want if not found else max(want, found[-1] + gap))
    shift = middle([w - f for w, f in zip(wanted, found, strict=True)], 0.0)
    return [height + shift for height in found]


def placed(nodes: Sequence[int], edges: Sequence[Edge], room: Mapping[int, float]) -> dict[int, tuple[int, float]]:
    """Node -> (column, height of its middle, from 0). `nodes` in the order they are to stand in where nothing else tells; `room` is
    the height each needs."""
    acyclic = without_rings(nodes, edges)
    column = columns(nodes, acyclic)
    beside: dict[int, list[int]] = defaultdict(list)
    for source, target in edges:
        beside[source].append(target)
        beside[target].append(source)
    rows: dict[int, list[int]] = defaultdict(list)
    for node in nodes:
        rows[column[node]].append(node)
    height: dict[int, float] = {}
    rank = {node: i for i, node in enumerate(nodes)}
    for row in rows.values():
        top = 0.0
        for node in row:
            height[node] = top + room[node] / 2
            top += room[node]
    for sweep in range(SWEEPS):
        for at in sorted(rows, reverse=bool(sweep % 2)):
            row = rows[at]
            wanted = {node: middle([height[one] for one in beside[node]], height[node]) for node in row}
            row.sort(key=lambda node: (wanted[node], rank[node]))
            gaps = [0.0, *((room[a] + room[b]) / 2 for a, b in pairwise(row))]
            height.update(zip(row, spread([wanted[node] for node in row], gaps), strict=True))
    top = min((height[node] - room[node] / 2 for node in nodes), default=0.0)
    first = min(column.values(), default=0)
    return {node: (column[node] - first, height[node] - top) for node in nodes}
