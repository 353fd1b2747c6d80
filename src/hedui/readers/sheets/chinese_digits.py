"""Digits -> the Chinese numerals of [DBNum1], [DBNum2] and [DBNum3] in number formats."""

from __future__ import annotations

__all__ = ["counted", "spelled"]

# by DBNum: digits, places within ten thousand
DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
PLACES = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟"), 3: ("", "十", "百", "千")}
GROUPS = ("", "万", "亿", "兆")
MAX_COUNTED = 16


def spelled(text: str, numerals: int) -> str:
    """`text` with every digit replaced: 2022 -> 二〇二二."""
    return text.translate({ord("0") + digit: sign for digit, sign in enumerate(DIGITS[numerals])}) if numerals else text


def group_counted(group: str, numerals: int) -> str:
    said, gap = "", False
    for digit, place in zip(group, reversed(PLACES[numerals]), strict=True):
        if digit == "0":
            gap = bool(said)
        else:
            said += (DIGITS[numerals][0] if gap else "") + DIGITS[numerals][int(digit)] + place
            gap = False
    return said


def counted(digits: str, numerals: int) -> str:
    """A whole number as it is said: 105 -> 一百〇五.

    >>> counted("105", 1), counted("12000", 2), counted("20", 1), counted("100000005", 1)
    ('一百〇五', '壹万贰仟', '二十', '一亿〇五')
    """
    digits = digits.lstrip("0")
    if not digits:
        return DIGITS[numerals][0]
    if len(digits) > MAX_COUNTED:
        return spelled(digits, numerals)
    digits = digits.zfill(-(-len(digits) // 4) * 4)
    groups = [digits[at:at + 4] for at in range(0, len(digits), 4)]
    said, gap = "", False
    for group, name in zip(groups, reversed(GROUPS[:len(groups)]), strict=True):
        piece = group_counted(group, numerals)
        if piece:
            said += (DIGITS[numerals][0] if said and (gap or group.startswith("0")) else "") + piece + name
        gap = not piece
    return said
