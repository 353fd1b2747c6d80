"""Which reports a page is about: year, province, programme and kind in, the facts of those reports out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hedui.lexicons import rows
from hedui.research.pictures.types import ReportFacts

__all__ = ["Choices", "Chosen", "choices_of", "chosen_of", "in_order"]

MOST_PROGRAMMES = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What is asked for; None means any. `programme` is a part of its name."""

    year: int | None = None
    province: str | None = None
    programme: str | None = None
    kind: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What may be asked for, as far as there are reports of it; of programmes those most told of."""

    years: tuple[int, ...]
    provinces: tuple[str, ...]
    programmes: tuple[str, ...]
    kinds: tuple[str, ...]


def chosen_of(facts: Iterable[ReportFacts], chosen: Chosen) -> tuple[ReportFacts, ...]:
    """The reports that are asked for."""
    return tuple(one for one in facts
                 if (chosen.year is None or one.year == chosen.year) and (chosen.province is None or one.province == chosen.province)
                 and (chosen.kind is None or one.kind == chosen.kind)
                 and (chosen.programme is None or chosen.programme in (one.programme or "")))


def in_order(provinces: Iterable[str]) -> tuple[str, ...]:
    """Provinces in the order of their codes (GB/T 2260), others behind them.

    >>> in_order(["新疆维吾尔自治区", "北京市"])
    ('北京市', '新疆维吾尔自治区')
    """
    code = {name: number for number, name, _, level, *_ in rows("regions") if level == "1"}
    return tuple(sorted(set(provinces), key=lambda name: (code.get(name, "~"), name)))


def choices_of(facts: Sequence[ReportFacts]) -> Choices:
    programmes = Counter(one.programme for one in facts if one.programme)
    most = sorted(programmes, key=lambda name: (-programmes[name], name))[:MOST_PROGRAMMES]
    return Choices(years=tuple(sorted({one.year for one in facts if one.year})), programmes=tuple(sorted(most)),
                   provinces=in_order(one.province for one in facts if one.province), kinds=tuple(sorted({one.kind for one in facts if one.kind})))
