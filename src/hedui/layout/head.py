"""A title and the first lines of a report -> its unit, region, year and programme, as far as they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hedui.document import PartKind
from hedui.layout.head_patterns import (
    AROUND,
    CODE,
    FIRM,
    GENERIC,
    LABELLED,
    LEADING_YEAR,
    LEVEL_ALONE,
    LIES,
    NAMED_PROGRAMME,
    NAMED_UNIT,
    PROGRAMME,
    REVIEW,
    TOWN_IN_TITLE,
    YEARS,
)
from hedui.layout.head_places import bared, region_in, region_of, without_place
from hedui.layout.head_unit import OPENING, below_county, client_of, evaluator_of, most_told, unit_in_title, unit_of
from hedui.view import fold

__all__ = ["NAMED_PROGRAMME", "NAMED_UNIT", "Head", "head_of"]

# a report on a body as a whole has no programme
OF_BODIES = frozenset({"final_accounts", "department_evaluation"})

# (2022年度) · (送审稿)
NO_PROGRAMME = re.compile(r"\d{4}(?:-\d{4})?年?度?|.*[稿版本]")


class Head(NamedTuple):
    """What the head of a report says; None where it does not."""

    unit: str | None
    region: str | None
    year: int | None
    programme: str | None


def head_of(title: str | None, labelled: Mapping[str, str], lines: Sequence[str], kind: PartKind = "self_evaluation") -> Head:
    """What title (as written), labelled cells, and the folded paragraphs of the part say."""
    title, body = fold(title or ""), "\n".join(lines)
    labelled = {label: CODE.sub("", said) for label, said in labelled.items()}
    opening = body[:OPENING]
    told = {**{m["label"]: m["name"] for m in (*LABELLED.finditer(opening), *PROGRAMME.finditer(opening))}, **labelled}
    unit, region = unit_and_region(title, told, lines)
    years = YEARS.findall(title) or YEARS.findall(body[:120])
    counted = Counter(YEARS.findall(body))
    year = years[0] if years else counted.most_common(1)[0][0] if counted else None
    programme = programme_of(title, told, unit, body) if title and kind not in OF_BODIES else None
    return Head(unit, region, int(year) if year else None, programme)


def unit_and_region(title: str, told: Mapping[str, str], lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The reporting body and the place it speaks for: that of its name, of the title, or of who had the report made."""
    region = region_in(LEADING_YEAR.sub("", title))
    if REVIEW.search(title) and "自评" not in title and (evaluator := evaluator_of(told, lines)):
        return evaluator, region or region_in(bared(client_of(told, lines) or "")) or region_in(most_told("\n".join(lines)) or "")
    unit = unit_of(title, told, lines, region)
    own = region_of(unit) if unit and not FIRM.search(unit) else None
    region = region if own and (region or "").endswith(own) and not unit_in_title(title) else own or region
    if unit and not region:
        lies = LIES.search("\n".join(lines)[:OPENING])
        region = region_in(lies["place"]) if lies else None
    return below_county(unit) if unit else None, region


def programme_of(title: str, labelled: Mapping[str, str], unit: str | None, body: str) -> str | None:
    """The project or fund: as a form names it, as the bracket behind the title does, else what the title says beside
    unit, place, year and its own kind, with the part of the fund the text gives it."""
    bracket = re.search(r"[(]((?:[^()]|[(][^()]*[)])+)[)]$", title)
    said = bracket[1] if bracket and not NO_PROGRAMME.fullmatch(bracket[1]) else None
    core = without_head(title[:bracket.start()] if bracket else title, unit)
    core = AROUND.sub("", re.sub(r"(?:19|20)\d\d年?(?:度)?", "", core))
    labelled = {label: without_head(name, None, dated=True) for label, name in labelled.items() if label in NAMED_PROGRAMME and name != unit}
    if len(core) < 3 or LEVEL_ALONE.sub("", core) in GENERIC:
        return said or next((labelled[label] for label in NAMED_PROGRAMME if label in labelled), None)
    if named := next((labelled[label] for label in NAMED_PROGRAMME if label in labelled), None):
        return core if fold(LEADING_YEAR.sub("", named)) == core else named
    whole = Counter(re.findall(re.escape(core) + r"[(][^()]*部分[)]", body))
    return whole.most_common(1)[0][0] if whole else f"{core}({said})" if said and "部分" in said else core


def without_head(name: str, unit: str | None, *, dated: bool = False) -> str:
    """`name` without the year, place, township and body that open it; where it must be `dated`, only behind a year.

    >>> without_head("2022年青石县水窖建设项目", None, dated=True), without_head("青石县马莲乡2022年水窖建设", None)
    ('水窖建设项目', '2022年水窖建设')
    """
    rest = LEADING_YEAR.sub("", name)
    if dated:
        bare = without_place(rest)
        return bare if rest != name and bare != rest and region_in(rest) else name
    return TOWN_IN_TITLE.sub("", without_place(rest.removeprefix(unit or "\0")))
