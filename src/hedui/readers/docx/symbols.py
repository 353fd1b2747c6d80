"""Characters of the symbol fonts that Word keeps by code -> the Unicode characters they look like."""

from __future__ import annotations

__all__ = ["unsymbol"]

PRIVATE = 0xF000
SYMBOL = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x44: "Δ", 0x53: "Σ", 0x61: "α", 0x62: "β", 0x64: "δ",
    0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB2: "″",
    0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD6: "√", 0xD7: "⋅", 0xE5: "∑",
}
WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x77: "◆", 0x80: "⓪",
    **{0x81 + step: chr(ord("①") + step) for step in range(10)}, 0x8B: "⓿",
    **{0x8C + step: chr(ord("❶") + step) for step in range(10)},
    0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xFB: "✘", 0xFC: "✔", 0xFD: "☒", 0xFE: "☑",
}
WINGDINGS_2 = {0x4F: "✘", 0x50: "✔", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
FONTS = {"symbol": SYMBOL, "wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2}
# the Symbol font has digits, signs and brackets where ASCII has them
SAME_UNTIL = 0x40


def unsymbol(char: str, font: str | None) -> str:
    """What `char` of a symbol font shows; `char` itself where the font or the sign is not known.

    >>> unsymbol(chr(0xF0B3), "Symbol"), unsymbol(chr(0xF052), "Wingdings 2")
    ('≥', '☑')
    """
    code = ord(char) - PRIVATE if ord(char) >= PRIVATE else ord(char)
    signs = FONTS.get((font or "").lower())
    if signs is None or not 0x20 <= code <= 0xFF:
        return char
    if code in signs:
        return signs[code]
    return chr(code) if signs is SYMBOL and code < SAME_UNTIL else char
