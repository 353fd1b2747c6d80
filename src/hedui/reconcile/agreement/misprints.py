"""Two spellings of one name -> which of them is the misprint, by what else the file tells.

郊益指标 and 效益指标 are told once each; but 效益 stands in many places, 郊益 in this one.
"""

from __future__ import annotations

from functools import cache

from hedui.lexicons import rows

__all__ = ["misprinted", "one_letter_off"]

RARE, USUAL = 1, 3
LISTS = ("columns", "degrees", "departments", "institutions", "measures")


def one_letter_off(a: str, b: str) -> int | None:
    """Where two words of one length differ in one letter; None where they do otherwise."""
    places = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return places[0] if len(a) == len(b) and len(places) == 1 else None


def misprinted(text: str, name: str, other: str) -> bool:
    """Whether `name` is a misprint of `other` and not the other way round: both differ in one letter, and that of `name` is in no word
    of our lists, stands less often beside its neighbours, in `text` or, where that does not tell, in our lists; or else nowhere but here,
    and that of `other` in many places.

    >>> misprinted("郊益指标：效益明显，社会效益指标", "郊益指标", "效益指标"), misprinted("郊益指标，效益指标", "效益指标", "郊益指标")
    (True, False)
    """
    at = one_letter_off(name, other)
    if at is None or name[at].isdigit() or other[at].isdigit():
        return False
    if (name[at] in known()) != (other[at] in known()):
        return other[at] in known()
    beside = [{word[max(0, at - 1):at + 1], word[at:at + 2]} - {word[at]} for word in (name, other)]
    for told in (text, known()):
        mine, theirs = (sum(map(told.count, pairs)) for pairs in beside)
        if mine != theirs:
            return mine < theirs
    return text.count(name[at]) <= RARE and text.count(other[at]) >= USUAL


@cache
def known() -> str:
    """The words of the lists that a report's names are made of."""
    return "\n".join(word for name in LISTS for row in rows(name) for word in row)
