"""Places in, where they lie out: by the lexicon of administrative divisions, and by what a report says around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from hedui.lexicons import rows

__all__ = ["codes_of", "may_lie_in", "province_among", "provinces_of"]


@cache
def index() -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, str]]:
    """Codes by name, parents by code, names by code."""
    codes: dict[str, list[str]] = {}
    parents: dict[str, str] = {}
    names: dict[str, str] = {}
    for code, name, _, _, parent, *_ in rows("regions"):
        codes.setdefault(name, []).append(code)
        names[code] = name
        if parent != code:  # 儋州市 stands as prefecture and as county under one code
            parents[code] = parent
    return {name: tuple(found) for name, found in codes.items()}, parents, names


@cache
def provinces() -> tuple[tuple[str, str], ...]:
    """Full and short names of provinces, with the full name."""
    found = [(name, short) for code, name, short, level, *_ in rows("regions") if level == "1"]
    return tuple(found)


def codes_of(place: str) -> tuple[str, ...]:
    """The divisions that bear a name."""
    return index()[0].get(place, ())


def provinces_of(place: str) -> frozenset[str]:
    """The provinces in which a place of that name lies; empty for a name that no division bears.

    >>> sorted(provinces_of("鼓楼区"))
    ['江苏省', '河南省', '福建省']
    """
    names = index()[2]
    return frozenset(names[code[:2] + "0000"] for code in codes_of(place) if code[:2] + "0000" in names)


def may_lie_in(place: str, around: str) -> bool | None:
    """Whether a division of the name `place` lies in one named `around`; None where the lexicon does not know one of them."""
    inner, outer = codes_of(place), codes_of(around)
    if not inner or not outer:
        return None
    parents = index()[1]

    def chain(code: str) -> set[str]:
        found = set()
        while code and code not in found:  # divisions since abolished may lie in one of their own code
            found.add(code)
            code = parents.get(code, "")
        return found

    return any(code != other and other in chain(code) for code in inner for other in outer)


def province_among(place: str, told: Iterable[str]) -> str:
    """The province of a report from `place`: the only one where such a place lies, else the one that the places and bodies it
    tells of (`told`) begin with most often; "" where nothing says so."""
    possible = provinces_of(place)
    if len(possible) == 1:
        return next(iter(possible))
    votes: Counter[str] = Counter()
    for text in told:
        for name, short in provinces():
            if text.startswith((name, short)) and (not possible or name in possible):
                votes[name] += 1
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else ""
