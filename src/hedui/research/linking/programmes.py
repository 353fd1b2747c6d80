"""Names of programmes and titles of documents that hand out money in, one programme and one fund a name out, over years and levels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pandas as pd
from rapidfuzz.fuzz import ratio

from hedui.across.names import WHOLE, named_programme, programme_key, squeezed
from hedui.across.names_patterns import ABOUT
from hedui.lexicons import rows

__all__ = ["COLUMNS", "DOCUMENT_COLUMNS", "Programme", "link_documents", "link_programmes", "programme_of"]

PACKAGE = "hedui.research.linking"
COLUMNS = ("raw", "programme_id", "programme_name", "part", "fund_id", "fund_name", "field", "score")
DOCUMENT_COLUMNS = ("raw", "programme_id", "fund_id", "score")
LIKE, LONG, SAME_LETTERS, LONG_LETTERS = 90, 6, 0.94, 8
LISTED, NEARLY, OWN = 1.0, 0.85, 0.9
# （医疗保障能力建设部分） · （农村公路方向） · 【含彩票公益金】
PART = re.compile(r"[(（【\[](?P<part>[^()（）【】\[\]]{2,40})[)）】\]]")
PART_END = re.compile(r"(?:部分|方向|项目|资金|经费|补助)+$")
ASIDE = re.compile(r"^(?:含|不含|包括|其中|第.批|提前|直达|中央|省级|市级|县级|本级|一般|修订|调整|[A-Z\d])")
# 2021年度|本级预算 · 关于提前下达 · （第二批）
LEAD = re.compile(r"^(?:关于)?(?:提前|调整|追加|预|转)*(?:下达|拨付|安排|清算)?")
MARKS = re.compile(r"[、,，·“”\"'《》〈〉\s-]|[与和及](?=[\u4e00-\u9fff])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Programme:
    """A programme: `fund` the transfer that it is money of ("" for a body's own), `part` the direction that is named in brackets."""

    key: str
    name: str
    part: str
    fund: str
    field: str
    score: float


def link_programmes(raw: Sequence[str | None]) -> Any:
    """A row of `COLUMNS` for each of `raw`, in its order, as a DataFrame: 2021年中央财政X补助资金 and X专项资金 are one programme; a direction
    named in brackets makes a programme of its own under one fund. Null ids where no name is told.

    >>> link_programmes(["2021年中央财政基本公共卫生服务补助资金", "基本公共卫生服务项目"]).programme_id.tolist()
    ['基本公共卫生服务', '基本公共卫生服务']
    """
    table = pd.DataFrame([row_of(one) for one in raw], columns=list(COLUMNS))
    return table.astype({name: "float64" if name == "score" else "string" for name in COLUMNS})


def row_of(raw: str | None) -> dict[str, Any]:
    one = programme_of(raw) if isinstance(raw, str) else None
    if one is None:
        return {"raw": raw, "score": 0.0}
    return {"raw": raw, "programme_id": one.key, "programme_name": one.name + (f"（{one.part}）" if one.part else ""), "part": one.part or None,
            "fund_id": one.fund or None, "fund_name": one.fund or None, "field": one.field or None, "score": one.score}


def link_documents(titles: Sequence[str | None]) -> Any:
    """The programme whose money each title of a cited document hands out: a row of `DOCUMENT_COLUMNS` for each, null where it hands out none.

    >>> link_documents(["财政部关于提前下达2022年学生资助补助经费预算的通知", "预算法"]).fund_id.tolist()
    ['学生资助', <NA>]
    """
    found = []
    for raw in titles:
        text = squeezed(raw) if isinstance(raw, str) else ""
        handed = ABOUT.search(text)
        one = programme_of(text[handed.start("name"):handed.end()].removesuffix("的通知")) if handed and named_programme(text) else None
        found.append({"raw": raw, "programme_id": one.key, "fund_id": one.fund or None, "score": one.score} if one else {"raw": raw, "score": 0.0})
    table = pd.DataFrame(found, columns=list(DOCUMENT_COLUMNS))
    return table.astype({name: "float64" if name == "score" else "string" for name in DOCUMENT_COLUMNS})


@lru_cache(maxsize=1 << 14)
def programme_of(raw: str) -> Programme | None:
    """The programme that a name means; None for a name that tells none.

    >>> one = programme_of("医疗保障与服务能力提升补助资金（医疗保障能力建设部分）")
    >>> one.fund, one.part
    ('医疗服务与保障能力提升', '医疗保障能力建设')
    """
    text = squeezed(raw)
    parts = [PART_END.sub("", match["part"]) for match in PART.finditer(text) if not ASIDE.match(match["part"])]
    name = programme_key(LEAD.sub("", PART.sub("", text)))
    if name == WHOLE or len(name) < 2:
        return None
    fund, sure = fund_of(name)
    part = parts[0] if parts and len(parts[0]) > 1 else ""
    plain = fund or name
    return Programme(key=plain + (f"/{MARKS.sub('', part)}" if part else ""), name=plain, part=part, fund=fund,
                     field=funds().field.get(fund, ""), score=sure if fund else OWN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Funds:
    names: Mapping[str, str]
    field: Mapping[str, str]
    letters: Mapping[str, Counter[str]]


@cache
def funds() -> Funds:
    """Transfers by each of their names as compared."""
    listed = rows("funds", PACKAGE)
    names = {compared(told): name for name, _, *others in listed for told in (name, *(others[0].split("、") if others and others[0] else ()))}
    return Funds(names=names, field={row[0]: row[1] for row in listed}, letters={told: Counter(told) for told in names})


def compared(name: str) -> str:
    return MARKS.sub("", programme_key(name))


@lru_cache(maxsize=1 << 14)
def fund_of(name: str) -> tuple[str, float]:
    """The transfer that a name is, or nearly is, and how sure that is."""
    known, plain = funds(), compared(name)
    if plain in known.names:
        return known.names[plain], LISTED
    best = max(known.names, key=lambda told: ratio(plain, told))
    if min(len(plain), len(best)) >= LONG and ratio(plain, best) >= LIKE:
        return known.names[best], NEARLY
    letters = Counter(plain)
    for told, held in known.letters.items():
        if len(told) >= LONG_LETTERS and 2 * (letters & held).total() >= SAME_LETTERS * (len(plain) + len(told)):
            return known.names[told], NEARLY
    return "", 0.0
