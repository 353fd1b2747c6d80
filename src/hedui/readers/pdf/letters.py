"""Characters as fonts name them -> the characters that print shows, one for one.

One glyph may stand for several characters, and a program that writes a PDF keeps only one of them: browsers write the
radical ⼈ (U+2F08) where 人 was meant, and a no-break space for a space. What looks alike is read as the usual one.
"""

from __future__ import annotations

import unicodedata

__all__ = ["usual"]

# Kangxi radicals and compatibility ideographs, with decompositions in the Unicode database: ⼀ 一, 﨩 (kept, it has none)
DECOMPOSED = (range(0x2F00, 0x2FD6), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
# CJK Radicals Supplement that look like an ideograph of today (Unicode, EquivalentUnifiedIdeograph.txt)
RADICALS = dict(zip("⺟⺠⺫⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻳",
                    "母民罒虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿竜龙龟", strict=True))
SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\t\r\n"
NOTHING = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

USUAL: dict[str, str] = (
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for codes in DECOMPOSED for code in codes}
    | RADICALS | dict.fromkeys(SPACES, " ") | dict.fromkeys(NOTHING, ""))


def usual(text: str) -> str:
    """The character that is meant by one that looks like it; none for one that shows nothing.

    >>> usual("⼈"), usual("万"), usual("\\u00a0")
    ('人', '万', ' ')
    """
    return USUAL.get(text, text)
