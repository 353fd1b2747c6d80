"""A count and a number format of WordprocessingML -> the numeral that Word shows (ISO/IEC 29500-1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["numeral"]

DIGITS = "〇一二三四五六七八九"
PLACES = ("", "十", "百", "千")
LEGAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟")
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
         (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def thousands(count: int) -> str:
    """`count` under 10,000 in Chinese with places: 一百零五."""
    if count == 0:
        return "〇"
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = count // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + PLACES[place]
        gap = bool(said) and not digit
    return said


def chinese(count: int) -> str:
    """十一, 二十, 一百零五: as lists are counted, without 一 before 十 under twenty."""
    if count >= 10_000:
        return str(count)
    said = thousands(count)
    return said[1:] if said.startswith("一十") else said


def positional(count: int) -> str:
    """Up to 99 as `chinese`, digit by digit above: 一〇五."""
    return chinese(count) if count < 100 else "".join(DIGITS[int(digit)] for digit in str(count))


def legal(count: int) -> str:
    return thousands(count).translate(LEGAL) if count < 10_000 else str(count)


def roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    said = ""
    for worth, letters in ROMAN:
        said += letters * (count // worth)
        count %= worth
    return said


def letter(count: int) -> str:
    """A … Z, AA, BB, … as Word repeats them."""
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count <= 780 else str(count)


def of(signs: str, first: int = 1) -> Callable[[int], str]:
    """The sign at its place in a row, the plain number where the row ends."""
    def pick(count: int) -> str:
        return signs[count - first] if first <= count < first + len(signs) else str(count)
    return pick


def signs(start: str, length: int) -> str:
    return "".join(chr(ord(start) + step) for step in range(length))


CIRCLED = signs("①", 20) + signs("㉑", 15) + signs("㊱", 15)
FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": lambda count: "".join(chr(ord("０") + int(digit)) for digit in str(count)),
    "decimalFullWidth2": lambda count: "".join(chr(ord("０") + int(digit)) for digit in str(count)),
    "upperRoman": roman,
    "lowerRoman": lambda count: roman(count).lower(),
    "upperLetter": letter,
    "lowerLetter": lambda count: letter(count).lower(),
    "chineseCounting": positional,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": positional,
    "taiwaneseCountingThousand": chinese,
    "taiwaneseDigital": lambda count: "".join(DIGITS[int(digit)] for digit in str(count)),
    "japaneseCounting": chinese,
    "japaneseDigitalTenThousand": lambda count: "".join(DIGITS[int(digit)] for digit in str(count)),
    "koreanDigital": lambda count: "".join(DIGITS[int(digit)] for digit in str(count)),
    "ideographDigital": lambda count: "".join(DIGITS[int(digit)] for digit in str(count)),
    "chineseLegalSimplified": legal,
    "ideographLegalTraditional": legal,
    "japaneseLegal": legal,
    "decimalEnclosedCircle": of(CIRCLED),
    "decimalEnclosedCircleChinese": of(CIRCLED),
    "decimalEnclosedParen": of(signs("⑴", 20)),
    "decimalEnclosedFullstop": of(signs("⒈", 20)),
    "ideographEnclosedCircle": of(signs("㊀", 10)),
    "ideographTraditional": of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": of("子丑寅卯辰巳午未申酉戌亥"),
    "none": lambda count: "",
}


def numeral(count: int, kind: str | None, custom: str | None = None) -> str:
    """What Word shows for `count` in the format `kind`; formats it does not know are decimal. `custom` is the pattern of
    a custom format (`001, 002, 003, ...`).

    >>> [numeral(21, kind) for kind in ("chineseCounting", "decimalEnclosedCircle", "lowerRoman", "decimal")]
    ['二十一', '㉑', 'xxi', '21']
    """
    if count < 0:
        return str(count)
    if kind == "custom" and custom:
        first = custom.split(",")[0].strip()
        return str(count).zfill(len(first)) if first.isdecimal() else str(count)
    shown = FORMATS.get(kind or "decimal")
    return str(count) if shown is None else shown(count)
