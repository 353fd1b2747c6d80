"""The glyphs and pictures of a page -> whether its text says what the page shows, and if not, why.

A text layer is not trusted where the font does not say which characters its glyphs are, where what it says is no writing,
where it is hidden behind the picture of the page, or where letters are drawn as curves or come as a picture.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum

from hedui.readers.pdf.drawn import Drawn, Picture
from hedui.readers.pdf.glyphs import Glyph

__all__ = ["Doubt", "beside", "covered", "doubt_of", "lost", "plausible", "readable"]

# share of the page that pictures take where it is a scan, and what makes a scan of a page with a few words set on it
SCANNED, FEW_WORDS = 0.5, 100
# on a page with fewer words than the first (its number, say) and pictures on this share of it, or this many shapes with
# curves, letters are likely to be those; a signature and its seal have more words and less of both
NO_WORDS = ((8, 0.02, 30), (30, 0.3, 300))
# share of characters without meaning that makes the others doubtful too, and their least number; symbols of Word's own
# (bullets of Wingdings, at U+F000) are common and mean no harm up to a larger share
UNMAPPED, UNMAPPED_FEWEST, SYMBOLS = 0.02, 5, 0.15
SYMBOL_CODES = range(0xF000, 0xF100)
# characters that a page must have to be judged by them; share of uncommon ideographs or of foreign letters, and of marks
# on a page without an ideograph, that no report reaches
ENOUGH, UNCOMMON, FOREIGN, MARKS = 40, 0.35, 0.3, 0.6
# a picture beside text that may hold words: share of the page, and least side in points
LARGE_PICTURE, LARGE_SIDE = 0.04, 60.0
# characters standing on a picture that is no more than a background
ON_BACKGROUND = 20
IDEOGRAPHS = range(0x4E00, 0xA000)


class Doubt(Enum):
    """Why the text of a page is not used and its picture is recognised instead."""

    PICTURE = "这一页是图片，文字由识别得出 / this page is a picture; its text was recognised"
    HIDDEN = ("这一页是图片，文件自带的隐藏文字层没有采用，文字由识别得出 / "
              "this page is a picture; its text was recognised and the hidden text layer of the file was not used")
    CURVES = "这一页的文字是曲线或图片，由识别得出 / the letters of this page are curves or pictures; they were recognised"
    UNMAPPED = ("这一页的字体没有说明字符，文字层不可用，文字由识别得出 / "
                "the fonts of this page do not say which characters they show; its text was recognised")
    NONSENSE = "这一页的文字层是乱码，文字由识别得出 / the text layer of this page is garbled; its text was recognised"


def covered(pictures: Iterable[Picture], width: float, height: float) -> float:
    """The share of the page that pictures take, at most 1."""
    area = sum(max(0.0, min(p.x1, width) - max(p.x0, 0.0)) * max(0.0, min(p.y1, height) - max(p.y0, 0.0)) for p in pictures)
    return min(1.0, area / max(width * height, 1.0))


def common(character: str) -> bool:
    """Whether an ideograph is among the 3755 of everyday (GB 2312, level 1), or the 5401 of Big5 for traditional script.

    >>> [common(c) for c in "财財龘"]
    [True, True, False]
    """
    simplified = character.encode("gb2312", "ignore")
    traditional = character.encode("big5", "ignore")
    return (len(simplified) == 2 and 0xB0 <= simplified[0] <= 0xD7) or (len(traditional) == 2 and 0xA4 <= traditional[0] <= 0xC6)


def nameless(character: str) -> bool:
    """Whether a character has no meaning of its own: private, unassigned, a control code, or the sign for a lost one."""
    return character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")


def lost(glyphs: Sequence[Glyph]) -> tuple[int, int]:
    """How many characters the fonts do not name, and how many are signs of Word's own."""
    counts = Counter("".join(glyph.text for glyph in glyphs if not glyph.unmapped))
    bare = {character: count for character, count in counts.items() if nameless(character)}
    signs = sum(count for character, count in bare.items() if ord(character) in SYMBOL_CODES)
    return sum(glyph.unmapped for glyph in glyphs) + sum(bare.values()) - signs, signs


def readable(glyphs: Sequence[Glyph]) -> bool:
    """Whether nearly all characters are ones that the fonts name."""
    bare, signs = lost(glyphs)
    return (bare < UNMAPPED_FEWEST or bare <= UNMAPPED * len(glyphs)) and \
        (signs < UNMAPPED_FEWEST or signs <= SYMBOLS * len(glyphs))


def plausible(text: str) -> bool:
    """Whether `text` (without white space) is writing, and not what comes of a font whose codes are taken for characters.

    >>> plausible("二〇二三年部门整体支出绩效自评报告" * 4), plausible("ÖÐ¹úÕþ¸®ÍøÕ¾" * 8), plausible("!$%&'()*+" * 8)
    (True, False, False)
    """
    if len(text) < ENOUGH:
        return True
    counts = Counter(text)
    foreign = sum(n for c, n in counts.items() if c.isalpha() and not c.isascii() and ord(c) < 0x2E80)
    if foreign > FOREIGN * len(text):
        return False
    ideographs = {c: n for c, n in counts.items() if ord(c) in IDEOGRAPHS}
    written = sum(ideographs.values())
    if written * 20 < len(text):
        return sum(n for c, n in counts.items() if not c.isalnum() and c not in ".-_…·") <= MARKS * len(text)
    return written < ENOUGH or sum(n for c, n in ideographs.items() if not common(c)) <= UNCOMMON * written


def on(picture: Picture, glyph: Glyph) -> bool:
    return picture.x0 <= glyph.x <= picture.x1 and picture.y0 <= glyph.y <= picture.y1


def behind(glyph: Glyph, drawn: Drawn, covers: Sequence[Picture]) -> bool:
    """Whether one of `covers` is drawn over a glyph, as programs do that put recognised text behind a scan."""
    order = drawn.texts.get(glyph.item)
    return order is not None and any(cover.order > order and on(cover, glyph) for cover in covers)


def doubt_of(glyphs: Sequence[Glyph], drawn: Drawn, width: float, height: float) -> Doubt | None:
    """Why the text of a page is not to be trusted; None where it is."""
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    shown = [glyph for glyph in printed if not glyph.look.unseen]
    covers = [picture for picture in drawn.pictures if not picture.sheer and covered([picture], width, height) >= SCANNED]
    if covers:
        shown = [glyph for glyph in shown if not behind(glyph, drawn, covers)]
    share = covered(drawn.pictures, width, height)
    if share >= SCANNED and len(shown) < FEW_WORDS:
        return Doubt.HIDDEN if len(printed) > len(shown) else Doubt.PICTURE
    if any(len(shown) < words and (share >= pictured or drawn.outlines >= curves) for words, pictured, curves in NO_WORDS):
        return Doubt.CURVES
    if not readable(shown):
        return Doubt.UNMAPPED
    return None if plausible("".join(glyph.text for glyph in shown)) else Doubt.NONSENSE


def beside(drawn: Drawn, glyphs: Sequence[Glyph], width: float, height: float) -> list[Picture]:
    """The pictures of a page with text that are large enough to hold words and no background of its text."""
    return [picture for picture in drawn.pictures
            if picture.area >= LARGE_PICTURE * width * height and sum(on(picture, glyph) for glyph in glyphs) < ON_BACKGROUND
            and min(picture.x1 - picture.x0, picture.y1 - picture.y0) >= LARGE_SIDE]
