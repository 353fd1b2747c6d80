"""The surface of one marked figure, date or number in, its label, value, unit and comparison out.

A mark may say any of these itself; what it leaves out follows here from the surface alone, by the guidelines.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Reading", "read", "squeeze"]

LABELS = {
    "A": "AMOUNT",
    "R": "RATE",
    "Q": "QUANTITY",
    "D": "DATE",
    "N": "DOCNO",
    "T": "TITLE",
    "O": "ORG",
    "G": "REGION",
}
UNITS = {
    "AMOUNT": "CNY",
    "RATE": "1",
    "DATE": "date",
    "DOCNO": "docno",
    "TITLE": "title",
    "ORG": "org",
    "REGION": "region",
}
SCALE = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
BEFORE = (
    ("不低于", ">="),
    ("不少于", ">="),
    ("不超过", "<="),
    ("不高于", "<="),
    ("不大于", "<="),
    ("小于等于", "<="),
    ("大于等于", ">="),
    ("≥", ">="),
    ("≤", "<="),
    (r"\geq ", ">="),
    (r"\leq ", "<="),
    ("超过", ">"),
    ("大于", ">"),
    ("小于", "<"),
    ("低于", "<"),
    ("约", "~"),
    ("近", "~"),
    (">", ">"),
    ("<", "<"),
)
AFTER = (
    ("及以上", ">="),
    ("以上", ">="),
    ("及以下", "<="),
    ("以下", "<="),
    ("以内", "<="),
    ("左右", "~"),
    ("之前", "<="),
    ("前", "<="),
    ("内", "<="),
)
# 负1.25亿元 · 1.8万余人次 · 25余次 · 12,345.60
NUMBER = re.compile(
    r"(?P<sign>[负-]?)(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<more>[余多]?)(?P<scale>[百千万亿]?)(?P<also>[余多]?)"
)
# 2021年 · 2021年3月底 · 10月30日
DATE = re.compile(
    r"(?:(?P<y>\d{4})(?:年度?|[./-])(?:年?[底初末])?)?(?:(?P<m>\d{1,2})(?:月份?|[./-])?)?(?:(?P<d>\d{1,2})日?)?[底初末]?"
)
# 财社〔2019〕221号
SERIAL = re.compile(r"[（(〔\[](\d{4})[)）〕\]](?=[^（(〔]*$)")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a surface means: `ulp` is the worth of its last stated digit, None for what is no number; `full` the
    whole where a page parts it."""

    label: str
    value: str
    unit: str
    op: str | None = None
    ulp: Decimal | None = None
    full: str | None = None


def squeeze(text: str) -> str:
    """`text` without white space."""
    return re.sub(r"\s+", "", text)


def plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def numeral(text: str) -> Decimal | None:
    """三 -> 3, 十二 -> 12, 二十 -> 20."""
    if text in DIGITS:
        return Decimal(DIGITS[text])
    match = re.fullmatch(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)", text)
    if not match:
        return None
    return Decimal(DIGITS.get(match[1], 1) * 10 + DIGITS.get(match[2], 0))


def label_of(surface: str) -> str:
    flat = squeeze(unicodedata.normalize("NFKC", surface))
    if surface.startswith("《"):
        return "TITLE"
    if flat.endswith("政府令") or (flat.endswith(("号", "号令")) and not flat[0].isdigit()):
        return "DOCNO"
    if flat.endswith(("%", "百分点")):
        return "RATE"
    if re.match(r"\d{4}年|\d{1,2}月(?!份?以)", flat):
        return "DATE"
    return "AMOUNT" if "元" in flat else "QUANTITY"


def comparison(before: str, after: str, more: bool) -> str | None:
    if more:
        return ">"
    for sign, op in BEFORE:
        if before.endswith(sign):
            return op
    for sign, op in AFTER:
        if after.startswith(sign):
            return op
    return None


def date_value(flat: str) -> str:
    match = DATE.fullmatch(flat.replace("年年", "年"))
    if not match:
        raise ValueError(f"not a date: {flat}")
    year, month, day = match["y"], match["m"], match["d"]
    parts = [year or "-"] + [f"{int(x):02d}" for x in (month, day) if x]
    return "-".join(parts)


def docno_value(flat: str) -> str:
    flat = SERIAL.sub(r"〔\1〕", flat)
    return flat.replace("(", "（").replace(")", "）")


def figure(label: str, flat: str, ten_thousands: bool) -> tuple[Decimal, Decimal, str, bool]:
    """Value, worth of the last digit, what follows the number, and whether 余 or 多 stands in it."""
    match = NUMBER.match(flat)
    if match:
        digits = match["digits"].replace(",", "")
        scale = Decimal(SCALE[match["scale"]])
        value, rest = Decimal(digits) * scale, flat[match.end() :]
        ulp = scale / Decimal(10) ** (len(digits.partition(".")[2]))
        value, more = (-value if match["sign"] else value), bool(match["more"] or match["also"])
    else:
        size = next((n for n in (3, 2, 1) if numeral(flat[:n]) is not None), None)
        if size is None:
            raise ValueError(f"no number in {flat}")
        value, ulp, rest, more = numeral(flat[:size]) or Decimal(0), Decimal(1), flat[size:], False
    if ten_thousands:
        value, ulp = value * 10_000, ulp * 10_000
    if label == "RATE":
        value, ulp = value / 100, ulp / 100
    return value, ulp, rest, more


def read(surface: str, *, before: str = "", after: str = "", spec: dict[str, str] | None = None) -> Reading:
    """What `surface` means between `before` and `after`; `spec` holds what its mark says (label, value, unit, op, scale)."""
    said = spec or {}
    label = LABELS[said["label"]] if "label" in said else label_of(surface)
    flat = squeeze(unicodedata.normalize("NFKC", surface)).replace("\\", "")
    op = None if said.get("op") == "none" else said.get("op")
    unit = said.get("unit") or UNITS.get(label, "")
    if label in {"AMOUNT", "RATE", "QUANTITY"}:
        if "value" in said:
            return Reading(label=label, value=said["value"], unit=unit or "个", op=op, ulp=Decimal(1))
        value, ulp, rest, more = figure(label, flat, said.get("scale") == "w")
        if label == "AMOUNT":
            unit = said.get("unit") or "CNY" + rest.removeprefix("元")
        elif label == "RATE":
            unit = "pp" if rest == "个百分点" or rest == "百分点" else "1"
        else:
            unit = said.get("unit") or rest
        return Reading(
            label=label,
            value=plain(value),
            unit=unit,
            ulp=ulp,
            op=op if "op" in said else comparison(before, after, more),
        )
    if label == "DATE":
        op = op if "op" in said else comparison(before[-3:], after, False)
        return Reading(label=label, value=said.get("value") or date_value(flat), unit=unit, op=op)
    if label == "DOCNO":
        return Reading(label=label, value=said.get("value") or docno_value(squeeze(surface)), unit=unit)
    value_text = surface.strip("《》").replace("\n", "") if label == "TITLE" else squeeze(surface)
    if label == "TITLE":
        value_text = re.sub(r"\s*\n\s*", "", surface.removeprefix("《").removesuffix("》"))
    return Reading(label=label, value=said.get("value") or value_text, unit=unit, full=said.get("value") if "full" in said else None)
