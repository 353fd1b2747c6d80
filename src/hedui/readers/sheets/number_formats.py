"""A value of a cell and its number format -> the text that the spreadsheet shows.

Digits are those of the stored number to 15 places, rounded half up, as Excel rounds. What only moves things on the screen
(padding `_x`, fill `*x`, blanks for `?`) and colours show nothing here. Two departures, so that no digit is lost: General
shows whole numbers of more than 11 digits in full, and no column is too narrow.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from hedui.readers.sheets.chinese_digits import counted, spelled
from hedui.readers.sheets.date_formats import shown_date
from hedui.readers.sheets.format_codes import GENERAL, Section, Token, sections_of

__all__ = ["general", "shown", "shown_text"]

EXACT = Context(prec=15, rounding=ROUND_HALF_UP)
WIDE = Context(prec=1500, rounding=ROUND_HALF_UP)
HOLDERS = "0#?"
GENERAL_DIGITS, SMALL = 9, -4
MAX_MAGNITUDE = 310
MAX_DENOMINATOR = 5
COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=WIDE)


def plain(value: Decimal) -> str:
    said = f"{value:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def scientific(value: Decimal) -> str:
    mantissa, _, exponent = f"{EXACT.plus(value):.5e}".partition("e")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent[0]}{exponent[1:].zfill(2)}"


def general(value: Decimal) -> str:
    """A number without a format: up to 11 characters of it.

    >>> general(Decimal("0.30000000000000004")), general(Decimal(1) / 3), general(Decimal("1.234567E-7"))
    ('0.3', '0.333333333', '1.23457E-07')
    """
    value = EXACT.plus(value)
    if not value:
        return "0"
    size = value.adjusted()
    if size > 20 or (size < SMALL and value != rounded(value, GENERAL_DIGITS)):
        return scientific(value)
    return plain(rounded(value, max(0, GENERAL_DIGITS - max(size, 0))))


def is_text_section(section: Section) -> bool:
    return section.has("at") and not section.has("digits", "date", "general")


def chosen(sections: Sequence[Section], value: Decimal) -> tuple[Section, Decimal] | None:
    """The section that a number is shown by, and the number without its sign where the section tells the sign itself."""
    numeric = [section for at, section in enumerate(sections) if at < 3 and not (at and is_text_section(section))]
    if any(section.condition for section in numeric):
        for at, section in enumerate(numeric):
            sign, bound = section.condition or ((">" if len(numeric) > 2 else ">="), Decimal(0)) if at == 0 else (
                section.condition or ("<", Decimal(0)) if at == 1 and len(numeric) > 2 else ("<>", value + 1))
            if COMPARE[sign](value, bound):
                tells_sign = value < 0 and sign in {"<", "<="} and bound <= 0
                return section, abs(value) if tells_sign or (at and not section.condition) else value
        return None
    if len(numeric) > 2 and value == 0:
        return numeric[2], value
    return (numeric[1], abs(value)) if value < 0 and len(numeric) > 1 else (numeric[0], value)


def split_scale(tokens: Sequence[Token]) -> tuple[int, bool]:
    """How many thousands the commas behind the last digit leave out, and whether commas stand between digits."""
    digits = [token.text for token in tokens if token.kind == "digits"]
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = "".join(token.text for token in tokens[:point] if token.kind == "digits")
    scale = len(digits[-1]) - len(digits[-1].rstrip(",")) if digits else 0
    if point < len(tokens) and whole and digits[-1] is not whole:
        scale += len(whole) - len(whole.rstrip(","))
    return scale, "," in whole.rstrip(",")


def whole_digits(holders: str, digits: str, grouped: bool) -> list[str]:
    """What stands in each place of the whole part; the first takes all digits that are left."""
    said: list[str] = []
    count = 0
    rest = digits
    for at in range(len(holders) - 1, -1, -1):
        taken, rest = (rest, "") if at == 0 and rest else (rest[-1:], rest[:-1])
        taken = taken or ("0" if holders[at] == "0" else "")
        piece = ""
        for digit in reversed(taken):
            piece = digit + ("," if grouped and count and count % 3 == 0 else "") + piece
            count += 1
        said.append(piece)
    return said[::-1]


def placed(tokens: Sequence[Token], value: Decimal, section: Section) -> str:
    """`value`, not negative, in the places of `tokens`."""
    scale, grouped = split_scale(tokens)
    percents = sum(token.kind == "percent" for token in tokens)
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    before, behind = ("".join(char for token in half if token.kind == "digits" for char in token.text if char in HOLDERS)
                      for half in (tokens[:point], tokens[point:]))
    exact = rounded(EXACT.plus(value).scaleb(2 * percents - 3 * scale), len(behind))
    whole, _, fraction = f"{exact:f}".partition(".")
    needed = max((at + 1 for at, holder in enumerate(behind) if holder == "0" or fraction[at:].strip("0")), default=0)
    signs = iter([*whole_digits(before, whole.lstrip("0"), grouped), *fraction[:needed], *[""] * (len(behind) - needed)])
    if not before and whole.strip("0") and behind:
        return whole + placed(tokens, exact % 1, section)
    said = []
    for token in tokens:
        if token.kind == "digits":
            said.append(spelled("".join(next(signs, "") for char in token.text if char in HOLDERS), section.numerals))
        else:
            said.append(token.text)
    return "".join(said)


def with_exponent(section: Section, value: Decimal) -> str:
    at = next(at for at, token in enumerate(section.tokens) if token.kind == "exponent")
    mantissa, exponent = section.tokens[:at], section.tokens[at + 1:]
    places = sum(char in HOLDERS for token in mantissa[:next((k for k, t in enumerate(mantissa) if t.kind == "point"), at)]
                 if token.kind == "digits" for char in token.text) or 1
    behind = sum(char in HOLDERS for token in mantissa for char in token.text) - places
    size = value.adjusted() // places * places if value else 0
    if value and rounded(value.scaleb(-size), max(behind, 0)) >= 10**places:
        size += places
    sign = "-" if size < 0 else "+" if section.tokens[at].text.endswith("+") else ""
    count = placed(exponent, Decimal(abs(size)), section)
    return f"{placed(mantissa, value.scaleb(-size), section)}E{sign}{count}"


def fraction_of(part: Fraction, below: str) -> tuple[int, int]:
    """The numerator and denominator next to `part`: of that denominator, or of one with as many digits as places."""
    if below.isdecimal() and below.strip("0"):
        return round(part * int(below)), int(below)
    near = part.limit_denominator(10**min(len(below), MAX_DENOMINATOR) - 1)
    return near.numerator, near.denominator


def with_fraction(section: Section, value: Decimal) -> str:
    said = []
    for token in section.tokens:
        if token.kind != "fraction":
            said.append(token.text)
            continue
        mixed, _, form = token.text.rpartition(" ")
        whole = int(value) if mixed else 0
        top, bottom = fraction_of(Fraction(value) - whole, form.partition("/")[2])
        if mixed and top == bottom:
            whole, top = whole + 1, 0
        head = str(whole) if mixed and (whole or not top) else ""
        said.append(f"{head} {top}/{bottom}".strip() if top or not mixed else head)
    return "".join(said)


def with_general(section: Section, value: Decimal) -> str:
    whole, point, fraction = general(value).partition(".")
    if section.numerals and whole.isdecimal():
        whole = counted(whole, section.numerals)
        fraction = spelled(fraction, section.numerals)
    return "".join(whole + point + fraction if token.kind in {"general", "at"} else token.text for token in section.tokens)


def shown(value: Decimal, code: str, *, date1904: bool = False) -> str:
    """The number `value` in the format `code`.

    >>> [shown(Decimal(n), code) for n, code in (("0.4407", "0.00%"), ("1234567.8", "#,##0.00"), ("-3", "0;[Red]负0"))]
    ['44.07%', '1,234,567.80', '负3']
    """
    sections = sections_of(code or GENERAL)
    if not value.is_finite() or abs(value.adjusted()) > MAX_MAGNITUDE:
        return str(value)
    found = chosen(sections, value)
    if found is None:
        return general(value)
    section, value = found
    if section.has("date", "elapsed") and not section.has("digits"):
        return shown_date(value, section.tokens, date1904=date1904, numerals=section.numerals) or general(value)
    sign, size = ("-" if value < 0 else ""), abs(value)
    if section.has("general", "at") or (section.numerals and not section.tokens):
        bare = Section(tokens=(Token("general", ""),), numerals=section.numerals)
        said = with_general(section if section.tokens else bare, size)
    elif section.has("exponent"):
        said = with_exponent(section, size)
    elif section.has("fraction"):
        said = with_fraction(section, size)
    else:
        said = placed(section.tokens, size, section)
    return sign + said.strip() if said.strip() else ""


def shown_text(text: str, code: str) -> str:
    """A text in the format `code`: `@"局"` adds to it, `;;;` hides it.

    >>> shown_text("水利", '@"局"'), shown_text("水利", "0.00")
    ('水利局', '水利')
    """
    sections = sections_of(code)
    last = sections[3] if len(sections) > 3 else sections[-1] if is_text_section(sections[-1]) else None
    return text if last is None else "".join(text if token.kind == "at" else token.text for token in last.tokens).strip("\0")
