"""The head, the text and the signature of a report -> the body that made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from hedui.layout.head_patterns import (
    ALONE,
    ALSO,
    CLIENT,
    CLIENT_LABELS,
    CONTRACTED,
    DATED,
    ENTRUSTED,
    EVALUATORS,
    FINANCE,
    FIRM,
    IN_TEXT,
    IN_TITLE,
    LEADING_YEAR,
    LEVELS,
    LOCAL,
    NAMED_UNIT,
    NARRATIVE,
    ON_COVER,
    OURS,
    OVERVIEW,
    OWN_LABELS,
    SHORTENED,
)
from hedui.layout.head_places import bared, full_name, innermost, region_in, region_of, without_place
from hedui.lexicons import rows

__all__ = ["below_county", "client_of", "evaluator_of", "spelled_out", "unit_in_title", "unit_of"]

OPENING = 1500
TOP, TAIL = 6, 4
SHORT_LINE = 30


def evaluator_of(labelled: Mapping[str, str], lines: Sequence[str]) -> str | None:
    """The firm that evaluated on behalf of somebody else, None where the report names none."""
    opening = "\n".join(lines)[:OPENING]
    told = next((labelled[label] for label in EVALUATORS if label in labelled and FIRM.search(labelled[label])), None)
    told = told or next((line for line in lines[:TOP] if ON_COVER.fullmatch(line)), None)
    if told:
        return told
    found = OURS.search(opening) or ENTRUSTED.search(opening) or CONTRACTED.search(opening)
    return found["name"] if found else None


def client_of(labelled: Mapping[str, str], lines: Sequence[str]) -> str | None:
    """Who had a report made by a firm: its place is that of the report."""
    told = next((labelled[label] for label in CLIENT_LABELS if label in labelled), None)
    found = CLIENT.search("\n".join(lines)[:OPENING])
    return told or (found["name"] if found else None)


def unit_in_title(title: str) -> str | None:
    """The body that opens a title: 青石县教育局关于…, 2022年度青石县教育局部门决算."""
    opening = IN_TITLE.match(LEADING_YEAR.sub("", title))
    return opening["unit"] if opening and (region_of(opening["unit"]) or len(opening["unit"]) <= 15) else None


def signed_by(lines: Sequence[str]) -> str | None:
    """The body on a line of its own under the title, or at the end above or below the date."""
    top = next((i for i, line in enumerate(lines[:TOP]) if len(line) > SHORT_LINE and "。" in line), TOP)
    under = next((line for line in lines[:top] if ALONE.fullmatch(line) and (region_in(line) or line.startswith(LEVELS))), None)
    if under:
        return under
    tail = lines[-TAIL:] if len(lines) > TOP else []
    if not any(DATED.fullmatch(line) for line in tail):
        return None
    return next((line for line in tail if ALONE.fullmatch(line)), None)


def introduced(text: str) -> str | None:
    """The body that the text is headed by or gives a short name: 第一部分 某县统计局概况, 某县统计局（以下简称“县统计局”）."""
    overview = OVERVIEW.search(text)
    shortened = Counter(m["name"] for m in SHORTENED.finditer(text) if region_in(m["name"]))
    return overview["unit"] if overview else shortened.most_common(1)[0][0] if shortened else None


def most_told(text: str, region: str | None = None) -> str | None:
    """The local body that sentences begin with most often: one of `region` before others, a finance department last."""
    names = Counter(name for m in IN_TEXT.finditer(text) if region_in(name := bared(m[0])) or name.startswith(LEVELS))
    near = Counter({name: n for name, n in names.items() if region and name.startswith((region, region[-1]))}) or names
    spenders = Counter({name: n for name, n in near.items() if not FINANCE.search(name)}) or near
    return spenders.most_common(1)[0][0] if spenders else None


def unit_of(title: str, labelled: Mapping[str, str], lines: Sequence[str], region: str | None) -> str | None:
    """The reporting body: as 编制单位 names it, as it opens the title, as it signs, as the text abbreviates it, as a form
    names it, else the local body that sentences begin with most often."""
    own = next((labelled[label] for label in OWN_LABELS if label in labelled), None)
    form = next((labelled[label] for label in NAMED_UNIT if label in labelled), None)
    told = own or unit_in_title(title)
    if not told and title and not NARRATIVE.search(title):
        told = form
    if not told:
        text = "\n".join(lines)
        told = signed_by(lines) or introduced(text) or most_told(text, region) or form
    if told and form and told.startswith(LEVELS) and form.endswith(told):
        told = form
    if not told:
        return None
    return in_full(innermost(full_name(ALSO.split(told)[0], region)))


def below_county(unit: str) -> str:
    """A township's or a zone's body without the county it lies in: 青石县马莲乡人民政府 -> 马莲乡人民政府."""
    rest = without_place(unit)
    return rest if LOCAL.fullmatch(rest) else unit


def in_full(name: str) -> str:
    """A department's name without its usual short form: 青石县医保局 -> 青石县医疗保障局."""
    for short, full in rows("short_bodies"):
        if name.endswith((short + "局", short + "厅", short + "委")) and region_in(name):
            tail = "委员会" if name.endswith("委") else name[-1]
            return name[:-len(short) - 1] + full + tail
    return name


def spelled_out(unit: str | None, units: Collection[str]) -> str | None:
    """`unit`, or the one of `units` that it abbreviates: 某县教体局 of 某县教育体育局."""
    def shortens(name: str) -> bool:
        letters = iter(name)
        return unit is not None and unit != name and unit[:3] == name[:3] and unit[-1] == name[-1] and all(c in letters for c in unit)
    return next((name for name in sorted(units) if shortens(name)), unit)
