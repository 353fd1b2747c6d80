"""The parts of an xlsx that its sheets share -> texts by number, and the number format and borders of each style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hedui.readers.safe_xml import Element, elements_of, local
from hedui.readers.sheets.format_codes import BUILT_IN, GENERAL

__all__ = ["PLAIN_STYLES", "Styles", "shared_texts", "styles_of", "text_of", "whole"]

# _x000D_: a character that XML cannot hold (ST_Xstring, ISO/IEC 29500-1, 22.9.2.19)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LINE_END = re.compile("\r\n?")
FIRST_PRINTABLE = 0x20
SURROGATES = range(0xD800, 0xE000)
SIDES = {"left", "right", "top", "bottom", "start", "end", "vertical", "horizontal"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Styles:
    """By the number of a cell's style: its number format, and whether it draws a border."""

    codes: tuple[str, ...]
    ruled: tuple[bool, ...]

    def code(self, style: int) -> str:
        return self.codes[style] if 0 <= style < len(self.codes) else GENERAL

    def rules(self, style: int) -> bool:
        return 0 <= style < len(self.ruled) and self.ruled[style]


PLAIN_STYLES = Styles(codes=(), ruled=())


def whole(text: str | None, default: int = 0) -> int:
    """A whole number as XML writes it."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else default


def unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if code in SURROGATES:
        return match[0]
    return chr(code) if code >= FIRST_PRINTABLE or chr(code) in "\t\n\r" else ""


def text_of(item: Element) -> str:
    """The text of an `si` or `is`: its runs one after another, readings above characters left out."""
    pieces = []
    for child in item:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [t.text or "" for t in child if local(t) == "t"]
    text = "".join(pieces)
    return LINE_END.sub("\n", ESCAPED.sub(unescaped, text) if "_x" in text else text)


def shared_texts(data: bytes) -> Iterator[str]:
    """The texts of a sharedStrings.xml in their order."""
    for item in elements_of(data, "si"):
        yield text_of(item)


def draws(border: Element) -> bool:
    return any(local(side) in SIDES and side.get("style", "none") != "none" for side in border)


def styles_of(root: Element) -> Styles:
    """The styles of a styles.xml."""
    groups = {local(group): group for group in root}
    codes = dict(BUILT_IN)
    for item in groups.get("numFmts", ()):
        codes[whole(item.get("numFmtId"), -1)] = item.get("formatCode") or GENERAL
    borders = [draws(border) for border in groups.get("borders", ())]
    formats = [form for form in groups.get("cellXfs", ()) if local(form) == "xf"]
    numbers = [whole(form.get("borderId"), -1) for form in formats]
    return Styles(codes=tuple(codes.get(whole(form.get("numFmtId")), GENERAL) for form in formats),
                  ruled=tuple(0 <= number < len(borders) and borders[number] for number in numbers))
