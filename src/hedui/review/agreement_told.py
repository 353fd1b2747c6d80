"""How far blind readers agree -> lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import east_asian_width

from hedui.review.agreement import JUDGE, Agreement, Figures, Row
from hedui.review.words import pair

__all__ = ["NOTES", "named", "number", "told"]

HEADS = ("", "报告 reports", "处数 spans", "F1", "F1 重叠 overlap", "α_U", "κ 类别 labels", "κ 关联 ties", "κ 判断 decisions")
NOTES = (
    ("F1：两人都标了的位置；重叠：有一个字相同即算", "F1: places that both have; overlap: one character in common is enough"),
    ("α_U：Krippendorff 划分单元的一致性（1995），端点差得越远越低",
     "α_U: Krippendorff's α for unitizing (1995), the lower the further the ends lie apart"),
    ("κ：Cohen 一致性，扣除碰巧；只有一种答案时没有数", "κ: Cohen's, chance taken off; there is none where only one answer was given"),
    ("两人都从机器所读出发，谁都没动过的也在“全部”里；“动过”只数至少一人动过的",
     "both begin with what the machine read: what neither touched counts under “all”, not under “touched”"),
)


def number(value: float | None) -> str:
    """A coefficient in three digits.

    >>> number(0.72859), number(None)
    ('0.729', '—')
    """
    return "—" if value is None else f"{value:.3f}"


def named(row: Row, people: Mapping[str, str]) -> str:
    """What a row is about, in words."""
    if row.other == JUDGE:
        return f"{people.get(row.name, row.name)} · 裁定 judge"
    first, second = (people.get(one) or " ".join(pair(one)).strip() for one in (row.name, row.other))
    return f"{first} · {second}" if second else first


def cells(figures: Figures) -> tuple[str, ...]:
    values = (figures.exact.value, figures.overlap.value, figures.units.alpha, figures.labels.value, figures.ties.value, figures.decisions.value)
    return f"{figures.exact.first}/{figures.exact.second}", *map(number, values)


def wide(text: str, width: int) -> str:
    return text + " " * max(width - sum(1 + (east_asian_width(char) in "WF") for char in text), 0)


def table(title: str, rows: tuple[Row, ...], people: Mapping[str, str], *, touched: bool) -> Iterator[str]:
    if not rows:
        return
    lines = [(title, *HEADS[1:]), *((named(row, people), str(row.reports), *cells(row.touched if touched else row.all)) for row in rows)]
    for line in lines:
        yield "  ".join(wide(cell, size) for cell, size in zip(line, (30, 12, 11, 6, 15, 6, 13, 11, 16), strict=True)).rstrip() + "\n"
    yield "\n"


def told(found: Agreement) -> Iterator[str]:
    """Tables by kind, label, person and pair of people, for all findings and for those that somebody touched."""
    yield f"两人都读完的报告 reports that both have read: {found.reports}；还没读完 not yet: {found.waiting}\n\n"
    if not found.reports:
        return
    for touched, head in ((False, "全部 all findings"), (True, "至少一人动过的 findings that one of the two touched")):
        yield f"== {head}\n"
        for title, rows in (("按种类 by kind", found.whole), ("按类别 by label", found.labels), ("按人 by person", found.people),
                            ("按两人 by pair", found.pairs)):
            yield from table(title, rows, found.names, touched=touched)
    yield from (f"{zh}\n{en}\n" for zh, en in NOTES)
