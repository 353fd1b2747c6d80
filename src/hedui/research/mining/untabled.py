"""The output of a file in, results in figures out that its running text tells and no table of it holds.

A figure is `carried` where a table holds its value under a name of the same thing, or where a row gives it by difference or share; else it
`contradicts` a row, `refines` one (a part, a share, a change, a basis of it), or is `new`. Files without a table of results give nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import add
from typing import Any, Literal

from hedui.document import Span
from hedui.reconcile.phrases import squeezed
from hedui.research.mining import untabled_patterns as said
from hedui.research.mining.clauses import Clause, clauses_of
from hedui.research.mining.words import KEPT_TEXTS
from hedui.research.passages import Passage
from hedui.view import view

__all__ = ["Kind", "Untabled", "untabled_in"]

Kind = Literal["contradicts", "refines", "new"]
COUNTED = ("AMOUNT", "RATE", "QUANTITY")
SPENDING = {"executed", "carried_out", "saved", "recovered"}
INCOMING = {"budget", "issued", "received", "carried_in", "contract"}
SCORES: Mapping[str, float] = {"contradicts": 0.9, "refines": 0.7, "new": 0.8}
# figures of so many digits do not agree by chance
TELLING = 3
# 受益村54个: a clause this short behind a figure that a table holds tells more of it
SHORT = 6
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
COMMON = re.compile(r"新建|新增|更新|建设|改造|覆盖率|合格率|及时率|达标率|满意度|服务|群众|人员|率|指标|完成|情况|实际|全年|年度|项目|工作|数量"
    r"|质量|时效|成本|社会|效益|经济|产出|满意度指|资金|目标|累计|共计|达到|开展|实施|其中|我[县市区省]|本年|预算|支出|执行")
PARTS = re.compile(r"其中|包括|含|(?:^|、)")
CENT = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A figure that the reading found: value and the bounds that its digits allow, in its unit."""

    id: str
    span: Span
    label: str
    unit: str
    value: Decimal
    low: Decimal
    high: Decimal
    op: str | None

    @property
    def digits(self) -> int:
        return len(str(self.value.normalize().scaleb(0)).replace("-", "").replace(".", "").strip("0")) if self.value else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of a table: its words, its figures and where it stands."""

    span: Span
    words: str
    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Untabled:
    """A result that no table holds: its kind, span, the row that it contradicts or refines where one is known, the claim it is of."""

    kind: Kind
    span: Span
    score: float
    row: Span | None = None
    claim: str | None = None


class Tabled:
    """The rows of the tables of a file, and what they give."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    @cached_property
    def by_value(self) -> Mapping[tuple[str, str], list[tuple[Figure, Row]]]:
        held: dict[tuple[str, str], list[tuple[Figure, Row]]] = defaultdict(list)
        for row in self.rows:
            for figure in row.figures:
                held[kind_of(figure)].append((figure, row))
        return held

    @cached_property
    def derived(self) -> Mapping[tuple[str, str], list[tuple[Decimal, Row]]]:
        """What two figures of a row give: difference and share."""
        found: dict[tuple[str, str], list[tuple[Decimal, Row]]] = defaultdict(list)
        for row in self.rows:
            figures = [one for one in row.figures if one.label in COUNTED][:6]
            for a in figures:
                for b in figures:
                    if a is b or kind_of(a) != kind_of(b) or not b.value:
                        continue
                    if a.value > b.value:
                        found[kind_of(a)].append((a.value - b.value, row))
                    found["RATE", "1"].append((a.value / b.value, row))
                    found["RATE", "1"].append((abs(a.value - b.value) / b.value, row))
        return found


def kind_of(figure: Figure) -> tuple[str, str]:
    return figure.label, "1" if figure.label == "RATE" else figure.unit


def figure_of(mention: Mapping[str, Any]) -> Figure | None:
    if mention["label"] not in COUNTED or mention["value"] is None:
        return None
    value = Decimal(mention["value"])
    low, high = (Decimal(mention[edge]) if mention[edge] is not None else value for edge in ("low", "high"))
    start, end = mention["span"]
    return Figure(id=mention["id"], span=(start, end), label=mention["label"], unit=mention["unit"] or "", value=value, low=low, high=high,
                  op=mention["op"])


def untabled_in(output: Mapping[str, Any], passages: Sequence[Passage]) -> list[Untabled]:
    """The untabled results of a file (an output of schema hedui/1) in the order of its text."""
    figures = sorted((one for report in output["reports"] for mention in report["mentions"] if (one := figure_of(mention))), key=lambda one: one.span)
    tabled = Tabled(rows_of(passages, figures, output))
    if not any(row.figures for row in tabled.rows):
        return []
    claims = claims_at(output)
    conflicts = conflicting(output, [row.span for row in tabled.rows])
    starts = [one.span[0] for one in figures]
    found: list[Untabled] = []
    for passage in passages:
        if passage.kind != "sentence" or said.HEADS.search(passage.section.rsplit("›", 1)[-1]):
            continue
        inside = figures[bisect_right(starts, passage.start - 1):bisect_right(starts, passage.end - 1)]
        if inside:
            found += of_sentence(output["text"], passage, inside, tabled, claims, conflicts)
    return found


def rows_of(passages: Sequence[Passage], figures: Sequence[Figure], output: Mapping[str, Any]) -> list[Row]:
    """Rows with the figures that stand in their cells; the name is that of the claim read from them."""
    names = [(claim["span"][0], claim["fields"].get("name") or claim["fields"].get("scope") or "")
             for report in output["reports"] for claim in report["claims"] if claim["origin"] == "table"]
    starts = [one.span[0] for one in figures]
    rows = []
    for passage in passages:
        if passage.kind != "row" or not passage.cells:
            continue
        edges = list(zip(passage.cells[::2], passage.cells[1::2], strict=True))
        held = tuple(one for lo, hi in edges for one in figures[bisect_right(starts, lo - 1):bisect_right(starts, hi - 1)])
        told = [name for at, name in names if passage.start <= at < passage.end]
        rows.append(Row(span=(passage.start, passage.end), words=passage.text, name=told[0] if told else "", figures=held))
    return rows


def claims_at(output: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    """Claims of running text by where the figure of their result begins."""
    found: dict[int, Mapping[str, Any]] = {}
    for report in output["reports"]:
        for claim in report["claims"]:
            if claim["origin"] == "narrative":
                for name in ("actual", "yuan"):
                    if name in claim["spans"]:
                        found[claim["spans"][name][0]] = claim
    return found


def conflicting(output: Mapping[str, Any], rows: Sequence[Span]) -> dict[int, Span]:
    """Figures of running text that a check holds to differ from a row of a table, by where they begin."""
    found: dict[int, Span] = {}
    for report in output["reports"]:
        for check in report["checks"]:
            if check["verdict"] != "conflict" or check["kind"] not in ("table", "restated", "label", "unit"):
                continue
            quotes = [check["stated"], *check["inputs"]]
            sides = [(quote["span"], next((row for row in rows if row[0] <= quote["span"][0] < row[1]), None)) for quote in quotes]
            row = next((row for _, row in sides if row), None)
            if row:
                found |= {span[0]: row for span, at in sides if at is None}
    return found


def of_sentence(text: str, passage: Passage, figures: Sequence[Figure], tabled: Tabled, claims: Mapping[int, Mapping[str, Any]],
                conflicts: Mapping[int, Span]) -> Iterator[Untabled]:
    seen = view(text, (passage.start, passage.end))
    at = {start: n for n, start in enumerate(seen.starts)}
    clauses = clauses_of(seen.text)
    if said.SENTENCES.search(seen.text):
        return
    placed = [one for figure in figures if (one := place(figure, at, clauses, seen.text))]
    rows = [row_of(one, seen.text, tabled, claims.get(one.figure.span[0])) for one in placed]
    last: Kind | None = None
    for n, (one, row) in enumerate(zip(placed, rows, strict=True)):
        figure, claim = one.figure, claims.get(one.figure.span[0])
        told = claim["id"] if claim else None
        if figure.span[0] in conflicts:
            yield Untabled(kind="contradicts", span=figure.span, score=SCORES["contradicts"], row=conflicts[figure.span[0]], claim=told)
        elif row is None and is_result(seen.text, one, claim):
            against = other_figure(figure, one.clause, claim, tabled)
            part = None if against else refined(seen.text, one, claim, tabled, nearest(placed, rows, n), passage.section)
            if part and last == "new" and PARTS.search(seen.text[one.clause.start:one.begin]) and kind_of(figure) == kind_of(placed[n - 1].figure):
                part = None
            kind: Kind = "contradicts" if against else "refines" if part else "new"
            other = against or part
            yield Untabled(kind=kind, span=figure.span, score=SCORES[kind], row=other.span if other else None, claim=told)
            last = kind
        if row:
            last = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure in its clause; `begin` and `end` are of the text of the view."""

    figure: Figure
    clause: Clause
    begin: int
    end: int


def place(figure: Figure, at: Mapping[int, int], clauses: Sequence[Clause], text: str) -> Placed | None:
    begin = at.get(figure.span[0])
    clause = next((one for one in clauses if begin is not None and one.start <= begin < one.end), None)
    return Placed(figure, clause, begin, at.get(figure.span[1], len(text))) if clause and begin is not None else None


def row_of(one: Placed, text: str, tabled: Tabled, claim: Mapping[str, Any] | None) -> Row | None:
    """The row that carries a figure."""
    return carried(one.figure, one.clause.text, tabled, claim) or given(one.figure, text[max(0, one.begin - 16):one.end + 6], tabled, one.clause.text)


def nearest(placed: Sequence[Placed], rows: Sequence[Row | None], n: int) -> tuple[Row | None, Row | None]:
    """The rows that figures of the same sentence before and behind are carried by."""
    before = next((row for row in reversed(rows[:n]) if row), None)
    behind = next((row for one, row in zip(placed[n + 1:n + 3], rows[n + 1:n + 3], strict=True) if row), None)
    return before, behind


def carried(figure: Figure, clause: str, tabled: Tabled, claim: Mapping[str, Any] | None) -> Row | None:
    """The row that holds the same figure for the same thing."""
    name = (claim["fields"].get("name") or claim["fields"].get("scope") or "") if claim else ""
    same = [row for one, row in tabled.by_value.get(kind_of(figure), ()) if one.low <= figure.high and figure.low <= one.high]
    same += [row for one, row in unlike(figure, tabled) if one.low <= figure.high and figure.low <= one.high]
    related = [row for row in same if alike(name + clause, row.name or row.words)]
    if related:
        return related[0]
    return same[0] if same and figure.digits >= TELLING else None


def unlike(figure: Figure, tabled: Tabled) -> Iterator[tuple[Figure, Row]]:
    """Figures of another unit that may be of the same things: 236人 and 236人次, 412名 and 412人."""
    if figure.label != "QUANTITY":
        return
    for (label, unit), held in tabled.by_value.items():
        if label == "QUANTITY" and unit != figure.unit and (unit[:1] == figure.unit[:1] or {unit, figure.unit} <= PEOPLE or not unit):
            yield from held


PEOPLE = frozenset({"人", "名", "人次", "位"})


def given(figure: Figure, near: str, tabled: Tabled, clause: str) -> Row | None:
    """The row whose figures give this one by difference or share."""
    if not said.DIFFERENCE.search(near):
        return None
    spare = CENT if figure.label == "RATE" else Decimal(0)
    low, high = figure.low - spare, figure.high + spare
    for value, row in tabled.derived.get(kind_of(figure), ()):
        if low <= value <= high and (figure.digits >= TELLING - 1 or alike(clause, row.name or row.words)):
            return row
    return None


@lru_cache(KEPT_TEXTS)
def bigrams(text: str) -> frozenset[str]:
    words = CHINESE.findall(COMMON.sub("#", squeezed(text)))
    return frozenset(pair for word in words for pair in map(add, word, word[1:]))


def alike(told: str, row: str) -> bool:
    """Whether two texts share a telling pair of letters."""
    return not bigrams(told).isdisjoint(bigrams(row))


def is_result(text: str, one: Placed, claim: Mapping[str, Any] | None) -> bool:
    figure = one.figure
    if figure.op in (">=", "<=", ">", "<") or figure.unit in ("分", "年", "月") or (not figure.value and figure.unit not in ("起", "例", "件")):
        return False
    before, behind = text[one.clause.start:one.begin], text[one.end:one.end + 12]
    if said.NO_RESULT_BEHIND.search(behind) or said.NO_RESULT.search(before) or (figure.label == "QUANTITY" and before.endswith("占")):
        return False
    if figure.unit in ("天", "日"):
        return claim is not None
    if claim is not None and claim["type"] == "fund":
        return claim["fields"].get("measure") not in INCOMING
    return claim is not None or bool(re.search(r"[\u4e00-\u9fff]", one.clause.text))


def other_figure(figure: Figure, clause: Clause, claim: Mapping[str, Any] | None, tabled: Tabled) -> Row | None:
    """The row of the same name whose result is another figure."""
    if claim is None or claim["type"] != "indicator":
        return None
    name = core(claim["fields"]["name"])
    for row in tabled.rows:
        other = core(row.name)
        if other and name and (name == other or (len(name) >= TELLING and (name.endswith(other) or other.endswith(name)))):
            told = [one for one in row.figures if kind_of(one) == kind_of(figure) and one.op is None]
            if told and not said.BREAKDOWN.search(clause.text):
                return row
    return None


def core(name: str) -> str:
    """A name without what names of indicators lack or add: 培训人次 · 开展培训."""
    return re.sub(r"^(?:全年|累计|共|开展|完成|实际|新增|达到)+|(?:数量|人次|人数|次数|户数|个数|长度|面积|数|率|情况)$", "", squeezed(name))


def refined(text: str, one: Placed, claim: Mapping[str, Any] | None, tabled: Tabled, near: tuple[Row | None, Row | None], section: str) -> Row | None:
    """The row that this figure is a part, a share, a change or a basis of."""
    figure, own = one.figure, text[one.clause.start:one.begin]
    name = (claim["fields"].get("name") or claim["fields"].get("scope") or "") if claim else ""
    before, behind = near
    if figure.label == "AMOUNT" and "/" not in figure.unit:
        spent = claim is not None and claim["type"] == "fund" and claim["fields"].get("measure") in ("executed", "carried_out")
        if spent and (said.SPENDING.search(text) or re.search("资金|支出|执行", section)):
            return before or money_row(tabled, figure)
        return before if before and said.BREAKDOWN.search(own) else None
    if before and figure.label == "QUANTITY" and all(one.label == "AMOUNT" for one in before.figures):
        before = None
    if before and (said.BREAKDOWN.search(own) or said.CHANGE.search(own)):
        return before
    if before and len(own) <= SHORT and not said.DEED.search(own) and one.clause.start > 0:
        return before
    if behind and alike(name + text[one.clause.start:one.clause.end], behind.name or behind.words):
        return behind
    related = [row for row in tabled.rows if row.figures and alike(name + own, row.name or row.words)]
    near_by = said.BREAKDOWN.search(own) or said.CHANGE.search(own) or before in related or strongly(name + own, related)
    return related[0] if related and near_by else None


def strongly(told: str, rows: Sequence[Row]) -> bool:
    """Whether a row shares more than one pair of letters with what is told."""
    return any(len(bigrams(told) & bigrams(row.name or row.words)) >= TELLING - 1 for row in rows)


def money_row(tabled: Tabled, part: Figure) -> Row | None:
    """The row with the least money that is more than a part of it."""
    wholes = [(one.value, n) for n, row in enumerate(tabled.rows) for one in row.figures if one.label == "AMOUNT" and one.value > part.value]
    return tabled.rows[min(wholes)[1]] if wholes else None
