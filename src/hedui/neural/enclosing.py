"""A text in, for every character what encloses it out: a network that sees a window need not find the bracket far before it."""

from __future__ import annotations

__all__ = ["ENCLOSING_SIGNS", "enclosing_signs"]

# in the brackets of a title; in others; 0 is in none
TITLE, OTHER = 1, 2
ENCLOSING_SIGNS = 3
OPENING = {"《": TITLE, "〈": TITLE, "(": OTHER, "“": OTHER, "[": OTHER, "〔": OTHER, "【": OTHER, "「": OTHER}
CLOSING = {"》": "《", "〉": "〈", ")": "(", "”": "“", "]": "[", "〕": "〔", "】": "【", "」": "「"}


def enclosing_signs(text: str) -> bytes:
    """One number below ENCLOSING_SIGNS a character; the brackets themselves stand inside. A title stays one whatever it
    encloses; a bracket that opens nothing, or that nothing closes, encloses nothing.

    >>> list(enclosing_signs("按《办法(试行)》(一)执行"))
    [0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 0, 0]
    """
    signs = bytearray(len(text))
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in OPENING:
            opened.append(at)
        elif char in CLOSING:
            begun = next((begin for begin in reversed(opened) if text[begin] == CLOSING[char]), None)
            if begun is not None:
                del opened[opened.index(begun):]
                sign = OPENING[text[begun]]
                if sign == TITLE or TITLE not in signs[begun:at]:
                    signs[begun:at + 1] = bytes([sign]) * (at + 1 - begun)
                else:
                    signs[begun:at + 1] = bytes(one or sign for one in signs[begun:at + 1])
    return bytes(signs)
