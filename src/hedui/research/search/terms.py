"""The terms of a query in, what the index is asked for out: words, chains of pairs and figures, each with what means the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hedui.research.query import Term
from hedui.research.search.figures import signs_of_figure
from hedui.research.search.synonyms import synonyms_of
from hedui.research.search.words import HAN, chain, pieces_of

__all__ = ["Reading", "Sought", "Wanted", "read_terms"]

WIDEST = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """One thing to look for: `tokens` behind one another in the column `pairs`, or the one token in `words`; `text` is what was meant."""

    text: str
    column: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A term as it is looked for: all of `parts`, any of the readings of each; or else `whole`, the term as it was typed."""

    parts: tuple[tuple[Sought, ...], ...]
    whole: Sought | None = None

    @property
    def sought(self) -> Iterator[Sought]:
        for part in self.parts:
            yield from part
        if self.whole is not None:
            yield self.whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The terms of a query; `also` says which of its words were looked for by other names too."""

    wanted: tuple[Wanted, ...] = ()
    unwanted: tuple[Wanted, ...] = ()
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()


def read_terms(terms: Iterable[Term], *, expand: bool = True) -> Reading:
    """What terms ask for; with their synonyms where `expand`. Terms of signs alone (`——`) ask for nothing."""
    wanted, unwanted, also = list[Wanted](), list[Wanted](), dict[str, tuple[str, ...]]()
    for term in terms:
        if not chain(term.text):
            continue
        made = exact(term.text) if term.phrase else worded(term.text, also if expand and not term.excluded else None)
        (unwanted if term.excluded else wanted).append(made)
    return Reading(wanted=tuple(wanted), unwanted=tuple(unwanted), also=tuple(also.items()))


def exact(text: str) -> Wanted:
    return Wanted(parts=((chained(text),),))


def worded(text: str, also: dict[str, tuple[str, ...]] | None) -> Wanted:
    figures = tuple(Sought(text=text, column="words", tokens=(sign,)) for sign in signs_of_figure(text))
    if figures:
        return Wanted(parts=(figures,), whole=chained(text))
    parts = []
    for unit in units_of(list(pieces_of(text))):
        others = synonyms_of(unit) if also is not None else ()
        if also is not None and others:
            also[unit] = others
        parts.append(tuple(sought(one) for one in (unit, *others)))
    return Wanted(parts=tuple(parts), whole=chained(text) if len(parts) > 1 else None)


def units_of(pieces: Sequence[str]) -> Iterator[str]:
    """Pieces put together where the list of synonyms has them so, and single characters with what stands before them: 执行 + 率.

    >>> list(units_of(["资金", "执行", "率"]))
    ['资金', '执行率']
    """
    joined: list[str] = []
    at = 0
    while at < len(pieces):
        width = next((n for n in range(min(WIDEST, len(pieces) - at), 1, -1) if synonyms_of("".join(pieces[at:at + n]))), 1)
        unit = "".join(pieces[at:at + width])
        lone = len(unit) == 1 and HAN.match(unit) is not None
        if joined and (lone or (len(joined[-1]) == 1 and HAN.match(joined[-1]))) and HAN.match(joined[-1]):
            joined[-1] += unit
        else:
            joined.append(unit)
        at += width
    yield from joined


def sought(text: str) -> Sought:
    pieces = tuple(pieces_of(text))
    return Sought(text=text, column="words", tokens=pieces) if len(pieces) == 1 and (len(text) > 1 or not HAN.match(text)) else chained(text)


def chained(text: str) -> Sought:
    return Sought(text=text, column="pairs", tokens=chain(text))
