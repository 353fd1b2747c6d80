"""A number format of a spreadsheet (`#,##0.00;[Red]-0`) -> its sections, each a row of tokens (ISO/IEC 29500-1, 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

__all__ = ["BUILT_IN", "GENERAL", "Section", "Token", "sections_of"]

GENERAL = "General"
TokenKind = Literal["text", "digits", "point", "percent", "general", "exponent", "fraction", "date", "elapsed", "at"]
# numbers of formats that files name without writing them out (18.8.30), as Excel for mainland China shows them
BUILT_IN: Mapping[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"'}
PIECES = re.compile(
    r"""(?P<quoted>"[^"]*"?)|[\\!](?P<escaped>.)|_(?P<padding>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]
    |(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])(?=[0#?])
    |(?P<fraction>(?:[0#?]+[ ])?[0#?]+/(?:[0#?]+|\d+))|(?P<fractional>(?<=[sS])\.0+)|(?P<digits>[0#?][0#?,]*)
    |(?P<date>y+|m+|d+|h+|s+|a{3,}|e+|b+)|(?P<mark>.)""", re.I | re.X | re.S)
# [>=100] · [<1]
CONDITION = re.compile(r"(?P<sign><=|>=|<>|<|>|=)\s*(?P<bound>-?\d+(?:\.\d+)?)")
# [$¥-804] · [$€]
CURRENCY = re.compile(r"\$(?P<sign>[^-]*)(?:-.*)?")
DIGITS = re.compile(r"DBNum(?P<kind>[123])", re.I)
ELAPSED = re.compile(r"h+|m+|s+", re.I)
MARKS: Mapping[str, TokenKind] = {".": "point", "%": "percent", "@": "at"}
# Excel lets in 255 characters
MAX_CODE = 300


class Token(NamedTuple):
    """A piece of a section: what it is, and the piece itself (of a text what it shows)."""

    kind: TokenKind
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One of the up to four parts of a format: `numerals` is 1 to 3 for [DBNum1] to [DBNum3], `condition` as (sign, bound)."""

    tokens: tuple[Token, ...]
    numerals: int = 0
    condition: tuple[str, Decimal] | None = None

    def has(self, *kinds: TokenKind) -> bool:
        return any(token.kind in kinds for token in self.tokens)


def bracketed(content: str) -> Token | None:
    """What a bracket shows or counts; None for colours, places and conditions."""
    if ELAPSED.fullmatch(content):
        return Token("elapsed", content.lower())
    currency = CURRENCY.fullmatch(content)
    return Token("text", currency["sign"]) if currency else None


def token_of(match: re.Match[str]) -> Token | None:
    kind = match.lastgroup or ""
    said = match[kind]
    if kind == "mark":
        return Token(MARKS.get(said, "text"), said)
    if kind in {"padding", "fill"}:
        return None
    if kind == "bracket":
        return bracketed(said)
    if kind in {"quoted", "escaped"}:
        return Token("text", said.strip('"') if kind == "quoted" else said)
    if kind in {"noon", "date", "fractional"}:
        return Token("date", said.lower())
    return Token("digits" if kind == "digits" else "general" if kind == "general"
                 else "exponent" if kind == "exponent" else "fraction", said)


def section_of(pieces: list[re.Match[str]]) -> Section:
    numerals, condition = 0, None
    for content in (match["bracket"] for match in pieces if match["bracket"] is not None):
        if found := DIGITS.fullmatch(content):
            numerals = int(found["kind"])
        elif told := CONDITION.fullmatch(content):
            condition = (told["sign"], Decimal(told["bound"]))
    tokens = tuple(token for match in pieces if (token := token_of(match)) is not None)
    return Section(tokens=tokens, numerals=numerals, condition=condition)


@lru_cache(maxsize=1024)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a format in their order.

    >>> [len(section.tokens) for section in sections_of('0.00%;[Red]-0;"无"')]
    [4, 2, 1]
    """
    groups: list[list[re.Match[str]]] = [[]]
    for match in PIECES.finditer(code[:MAX_CODE]):
        if match["mark"] == ";":
            groups.append([])
        else:
            groups[-1].append(match)
    return tuple(section_of(group) for group in groups[:4])
