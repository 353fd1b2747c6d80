"""Two texts, wanted and read -> how many characters are wrong, with and without regard to order, and where."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from hedui.document import Document

MARGINS = ("header", "footer")
# "- 3 -" at the foot of a page: peers that know no page footers are not charged for it
PAGE_NUMBER = re.compile(r"(?m)^[ \t]*[-—–·][ \t]*\d{1,4}[ \t]*[-—–·]?[ \t]*$")


# brackets, quotes and dashes of one kind: 〔2022〕1号 and [2022]1号 are one number to an auditor
LOOKALIKES = str.maketrans("〔〕【】〖〗〈〉《》“”„‘’—–−‐ー~～", "[][][]<><>\"\"\"''-----~~")


def squeezed(text: str) -> str:
    """Text as compared: NFKC, without white space.

    >>> squeezed("执行率 １８．３４ ％")
    '执行率18.34%'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def folded(text: str) -> str:
    """Squeezed text whose brackets, quotes and dashes are of one kind.

    >>> folded("财监〔２０２２〕1号") == folded("财监[2022]1号")
    True
    """
    return squeezed(text).translate(LOOKALIKES)


def body_of(document: Document) -> str:
    """The text of the body: what stands in the page margins left out."""
    return "\n".join(document.text[slice(*block.span)] for block in document.blocks if block.role not in MARGINS)


@dataclass(frozen=True, kw_only=True, slots=True)
class TextScore:
    """`wrong` characters inserted, left out or replaced; `apart` those of them that stay wrong when look-alike brackets,
    quotes and dashes are one; `unlike` those wrong in any order; `wanted` their number."""

    wrong: int
    apart: int
    unlike: int
    wanted: int


def scored_text(wanted: str, read: str) -> TextScore:
    """
    >>> scored_text("一二三四", "三四一二").unlike
    0
    """
    one, other = squeezed(wanted), squeezed(read)
    left, right = Counter(one), Counter(other)
    return TextScore(wrong=Levenshtein.distance(one, other), wanted=len(one), apart=Levenshtein.distance(folded(wanted), folded(read)),
                     unlike=max((left - right).total(), (right - left).total()))


def differences(wanted: str, read: str, most: int, *, around: int = 8) -> list[str]:
    """The largest differences, as `before[wanted→read]after`."""
    one, other = squeezed(wanted), squeezed(read)
    ops = [op for op in Levenshtein.opcodes(one, other) if op.tag != "equal"]
    joined: list[tuple[int, int, int, int]] = []
    for op in ops:
        if joined and op.src_start - joined[-1][1] <= 2 and op.dest_start - joined[-1][3] <= 2:
            joined[-1] = (joined[-1][0], op.src_end, joined[-1][2], op.dest_end)
        else:
            joined.append((op.src_start, op.src_end, op.dest_start, op.dest_end))
    joined.sort(key=lambda span: -max(span[1] - span[0], span[3] - span[2]))
    return [f"{one[max(0, a - around):a]}[{one[a:b][:60]}→{other[c:d][:60]}]{one[b:b + around]}" for a, b, c, d in joined[:most]]
