"""Passages -> checks down the outline: counts and weights said of a heading against those said of the headings under it
(三级指标 23 个 = 7 + 5 + 5 + 6; 项目决策 20 分 = 7 + 2 + 6 + 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hedui.document import Layout
from hedui.findings import Check, Quote
from hedui.reconcile.arithmetic.counts_patterns import KEY, KEY_AFTER, WHOLLY
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.patterns import ITEM, WHOLE_POINTS
from hedui.reconcile.formulas.check import check_of, counted
from hedui.reconcile.formulas.intervals import compute, judge, total

__all__ = ["outline_checks"]

HEADING, MAX_SCOPE = 40, 200
TITLE_END = "(。:,;"


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A passage with its place in the outline, the counts it says by what they count, and the weight of its heading."""

    passage: Passage
    depth: int
    counts: dict[str, Figure]
    weight: Figure | None


def outline_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """The checks of all headings that say counts or weights."""
    nodes = nodes_of(passages)
    for n, node in enumerate(nodes):
        if not node.counts and node.weight is None and not whole_points(node):
            continue
        scope = scope_of(nodes, n)
        below = [other for other in scope if other.depth == node.depth + 1]
        if not below:
            continue
        yield from count_sums(layout, node, below)
        yield from weight_sums(layout, node, [b for b in below if b.passage.item])
        yield from heading_counts(layout, node, [b for b in below if b.passage.item])


def nodes_of(passages: Sequence[Passage]) -> list[Node]:
    """The passages with their depth: a style of number seen above goes back to its level, a new one goes one down."""
    nodes, styles, part = [], [""], -1
    for passage in passages:
        if passage.part != part:
            part, styles = passage.part, [""]
        if passage.item:
            styles = styles[:styles.index(passage.item) + 1] if passage.item in styles else [*styles, passage.item]
        nodes.append(Node(passage=passage, depth=len(styles) - 1, counts=counts_in(passage), weight=weight_of(passage)))
    return nodes


def counts_in(passage: Passage) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for figure in passage.figures:
        if figure.label != "QUANTITY" or figure.unit not in {"个", "项"}:
            continue
        key = KEY.search(figure.before) or KEY_AFTER.match(figure.after)
        if key is not None:
            found.setdefault(key["key"], figure)
        wholly = WHOLLY.match(figure.after)
        if wholly is not None:
            found.setdefault(wholly["key"], figure)
    return found


def weight_of(passage: Passage) -> Figure | None:
    """The weight in brackets behind a numbered heading: `（1）决策依据（7 分）`."""
    if not passage.item:
        return None
    first = next((f for f in passage.figures if f.label == "QUANTITY"), None)
    return first if first and first.unit == "分" and first.start <= HEADING and first.depth and not first.name else None


def whole_points(node: Node) -> Figure | None:
    return next((f for f in node.passage.figures if f.unit == "分" and WHOLE_POINTS.search(f.before)), None)


def scope_of(nodes: Sequence[Node], n: int) -> list[Node]:
    """What stands under the heading of node n, or after it under the same heading."""
    found = []
    for other in nodes[n + 1:n + 1 + MAX_SCOPE]:
        if other.passage.part != nodes[n].passage.part or (other.depth <= nodes[n].depth and other.passage.item):
            break
        found.append(other)
    return found


def count_sums(layout: Layout, node: Node, below: Sequence[Node]) -> Iterator[Check]:
    for key, whole in node.counts.items():
        parts = [b.counts[key] for b in below if key in b.counts]
        headings = sum(bool(b.passage.item) for b in below)
        if len(parts) < 2 or (len(parts) < headings and key[0] in "一二三四"):
            continue
        outcome = compute(total, [p.stated for p in parts])
        if outcome is not None:
            yield check_of(layout, "sum", parts, whole, outcome, judge(whole.stated, outcome), " + ".join("{}" for _ in parts),
                           remark=f"{key}合计")


def weight_sums(layout: Layout, node: Node, below: Sequence[Node]) -> Iterator[Check]:
    whole = node.weight or whole_points(node)
    parts = [b.weight for b in below if b.weight is not None]
    if whole is None or not parts or len(parts) < len(below):
        return
    outcome = compute(total, [p.stated for p in parts])
    if outcome is not None:
        yield check_of(layout, "sum", parts, whole, outcome, judge(whole.stated, outcome), " + ".join("{}" for _ in parts),
                       remark="分值合计")


def heading_counts(layout: Layout, node: Node, below: Sequence[Node]) -> Iterator[Check]:
    """`二级指标4个` against the headings under it, where all of them carry a weight."""
    levels = [(figure.start, figure) for key, figure in node.counts.items() if key[0] in "一二三四"]
    if not levels or not below or any(b.weight is None for b in below):
        return
    figure = min(levels)[1]
    names = [title_of(layout, b.passage) for b in below]
    yield counted(layout, "sum", names, figure, "consistent" if len(names) == figure.value else "conflict", "所列")


def title_of(layout: Layout, passage: Passage) -> Quote:
    text = passage.text
    item = ITEM.match(text)
    start = item.end() if item else 0
    end = min((i for c in TITLE_END if (i := text.find(c, start)) > start), default=len(text))
    while start < end - 1 and text[start] == " ":
        start += 1
    span = passage.view.span(start, end)
    return Quote(span=span, text=layout.document.text[slice(*span)], value=text[start:end])
