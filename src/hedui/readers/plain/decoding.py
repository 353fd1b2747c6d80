"""Bytes of a text file -> its text and the encoding they were read in, decided by evidence and never by guess alone.

Precedence: a byte order mark; then the encodings that decode strictly, weighed by how much of what they give is what
Chinese reports are made of (UTF-8 is so hard to meet by chance that it wins unless it shows control characters or only
letters of other scripts); then the one that decodes all but a few bytes. What no encoding turns into plausible text is
refused: mojibake is never handed on.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Decoded", "decode"]

MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
         (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\x84\x31\x95\x33", "gb18030"))
CANDIDATES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
SAMPLE = 200_000
PLAUSIBLE = 0.7
SURE = 0.95
# C0 and C1 controls but tab, line ends, form feed, vertical tab and the marks that Word leaves in exports (cell, field)
CONTROL = re.compile("[\x00-\x06\x08\x0e-\x12\x16-\x1f\x7f-\x84\x86-\x9f]")
MAX_CONTROL_SHARE = 0.01
# café, whose é is 茅 in GBK
ACCENTED_WORD = re.compile(r"[A-Za-z][\u00c0-\u024f]|[\u00c0-\u024f][A-Za-z]")
LAST_LATIN = "\u024f"
# one bad place in 500 bytes is a slip of a program or a disc; more is the wrong encoding
BYTES_A_SLIP = 500
MAX_SLIPS = 50
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """The text, its encoding, and the byte offset and text offset of every place that could not be decoded."""

    text: str
    encoding: str
    slips: tuple[tuple[int, int], ...] = ()


@lru_cache(maxsize=1)
def common_hanzi() -> frozenset[str]:
    """The 3755 characters of level 1 of GB/T 2312-1980, which cover 99.7 % of running text."""
    return frozenset(bytes((lead, trail)).decode("gb2312") for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF)
                     if lead < 0xD7 or trail < 0xFA)


@lru_cache(maxsize=20_000)
def worth(char: str) -> float:
    """How well a character fits a Chinese report: 1 for what is common there, 0 for other scripts, negative for noise."""
    if char in common_hanzi():
        return 1.0
    if char.isascii():
        return 0.0 if char.isprintable() or char in "\t\n\r\f\v" else -2.0
    if "\u4e00" <= char <= "\u9fff":
        return 0.4
    if "\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff65" or "\u2010" <= char <= "\u2027":
        return 1.0
    if char in "·×÷±°§\u00a0" or "\u2150" <= char <= "\u22ff" or "\u2460" <= char <= "\u25ff":
        return 0.7
    return -2.0 if unicodedata.category(char) in {"Cc", "Cn", "Co", "Cs"} else 0.0


def plausibility(text: str) -> float:
    """Mean worth of the characters of a sample that are not plain ASCII; 1 where there are none and no controls.

    >>> plausibility("执行率") > 0.9 > 0.5 > plausibility("鎵ц鐜")
    True
    """
    counts = Counter(text[:SAMPLE])
    told = sum(n for char, n in counts.items() if not char.isascii() or worth(char) < 0)
    return sum(n * worth(char) for char, n in counts.items()) / told if told else 1.0


def mostly_controls(text: str) -> bool:
    return len(CONTROL.findall(text)) > max(2, len(text) * MAX_CONTROL_SHARE)


def strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def leniently(data: bytes, encoding: str, allowed: int) -> Decoded | None:
    """`data` with U+FFFD for every undecodable place; None when there are more than `allowed` of them."""
    pieces: list[str] = []
    slips: list[tuple[int, int]] = []
    start = length = 0
    rest = memoryview(data)
    while True:
        try:
            pieces.append(str(rest[start:], encoding))
            break
        except UnicodeDecodeError as error:
            good = str(rest[start:start + error.start], encoding)
            slips.append((start + error.start, length + len(good)))
            pieces.append(good + REPLACEMENT)
            length += len(good) + 1
            start += error.end
        if len(slips) > allowed:
            return None
    return Decoded(text="".join(pieces), encoding=encoding, slips=tuple(slips))


def by_chance_utf8(text: str) -> bool:
    """Whether a text that is valid UTF-8 may be GBK all the same: nothing but signs of two bytes, none of them of use in
    a report, and not the accented letters of a Latin word."""
    sample = text[:SAMPLE]
    highest = max(sample, default="")
    if highest.isascii() or highest >= "\u0800" or plausibility(text) >= PLAUSIBLE:
        return False
    return highest > LAST_LATIN or not ACCENTED_WORD.search(sample)


def meant(data: bytes, encoding: str) -> Decoded | None:
    """What `data` reads in an encoding, strictly; None where that is no text."""
    text = strictly(data, encoding)
    return None if text is None or mostly_controls(text) else Decoded(text=text, encoding=encoding)


def best_strict(data: bytes) -> Decoded | None:
    """The most plausible of the strict readings; None where there is none that could be meant."""
    plain = meant(data, "utf-8")
    doubtful = plain is not None and by_chance_utf8(plain.text)
    if plain is not None and not doubtful and "\x00" not in plain.text:
        return plain
    others = (meant(data, encoding) for encoding in CANDIDATES if encoding != "utf-8")
    rivals = [(plausibility(one.text), one) for one in others if one is not None and "\x00" not in one.text]
    score, rival = max(rivals, key=lambda item: item[0], default=(0.0, None))
    return rival if score >= (SURE if doubtful else PLAUSIBLE) else plain


def decode(data: bytes) -> Decoded | None:
    """The text of `data`; None where it is binary or of an encoding that is not known here.

    >>> decode("全年执行数".encode("gb18030")).encoding
    'gb18030'
    >>> decode("全年执行数\\n".encode("utf-16-be")).encoding
    'utf-16-be'
    """
    allowed = min(MAX_SLIPS, max(2, len(data) // BYTES_A_SLIP))
    for mark, encoding in MARKS:
        if data.startswith(mark):
            marked = leniently(data[len(mark):], encoding, allowed)
            return None if marked is None or mostly_controls(marked.text) else marked
    strict = best_strict(data)
    if strict is not None:
        return strict
    tried = (leniently(data, encoding, allowed) for encoding in CANDIDATES)
    good = [one for one in tried if one is not None and not mostly_controls(one.text)
            and plausibility(one.text.replace(REPLACEMENT, "")) >= PLAUSIBLE]
    return min(good, key=lambda one: len(one.slips), default=None)
