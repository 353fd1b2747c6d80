"""A slot -> what speaks for and against each of its choices, as short names that weights are kept by.

No trait is a word of the text, so that what is learned of one report's names holds for another's: kinds of words at the
borders of a name, likeness to names of the report's own tables, what rules chose, headings, what stands around the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from hedui.claims.indicators.counts import is_result
from hedui.claims.indicators.counts_patterns import LINK
from hedui.claims.indicators.labels import quoted
from hedui.findings import Indicator
from hedui.neural.fusion.slots import Choice, Slot, Word, name_of, words_of
from hedui.neural.fusion.surroundings import LIKE, Surroundings, Traits, alike, step
from hedui.view import clean

__all__ = ["traits_of"]

# what lies on one side of these limits is one trait
GAPS = (0, 1, 2, 3)
# how far back a quotation mark is looked for
FAR = 80
NAMED = ("ORG", "REGION", "TITLE", "DATE", "AMOUNT")
LINKED = re.compile(LINK.pattern + r"|^(?:已|均|都|共|了|达|为|率)+$")
STOPS, SENTENCE = re.compile("[,。;:]"), re.compile("[。;!?]")


def traits_of(slot: Slot, around: Surroundings) -> list[list[Traits]]:
    """The traits of every choice, in groups that choices share, and last those of none."""
    reader = SlotReader(slot=slot, around=around)
    return [*(list(reader.of(choice)) for choice in slot.choices), [reader.of_none()]]


@dataclass(frozen=True, kw_only=True)
class SlotReader:
    """What the choices of one slot have in common, found once."""

    slot: Slot
    around: Surroundings

    @cached_property
    def text(self) -> str:
        return self.slot.piece.text

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_of(self.text)

    @cached_property
    def numbers(self) -> list[int]:
        """For every character, the number of its word."""
        return [number for number, word in enumerate(self.words) for _ in range(word.start, word.end)]

    @cached_property
    def label(self) -> str:
        return self.slot.mention.label if self.slot.mention else "WORDS"

    @cached_property
    def held(self) -> str:
        return "held" if self.slot.claim is not None else "free"

    @cached_property
    def said(self) -> str | None:
        """The name that rules gave the value."""
        claim = self.slot.claim
        return name_of(clean(claim.fields.name)) if claim is not None and isinstance(claim.fields, Indicator) else None

    @cached_property
    def shared(self) -> dict[tuple[str, int], Traits]:
        return {}

    @cached_property
    def best(self) -> float:
        """How like a name of a table the likest choice is."""
        return max((self.around.like_table(choice.name) for choice in self.slot.choices), default=0.0)

    def kind(self, number: int) -> str:
        return self.words[number].kind if 0 <= number < len(self.words) else "edge"

    def of(self, choice: Choice) -> Iterator[Traits]:
        yield self.once(f"of {choice.side}", 0, self.of_side)
        yield self.around.of_name(choice.name, self.label)
        if self.best >= LIKE[1] and self.around.like_table(choice.name) == self.best:
            yield ("table best",)
        if choice.piece is not None:
            start, end = choice.piece
            yield self.once(choice.side, start, self.beginning)
            yield self.once(choice.side, -end, self.ending)
            yield self.between(choice.side, start, end)
        if self.said is not None:
            yield beside(choice.name, self.said, choice.side, self.label)

    def once(self, side: str, place: int, read: Callable[[str, int], Traits]) -> Traits:
        """What choices of one side that begin or end (below 0) at one place have in common."""
        if (side, place) not in self.shared:
            self.shared[side, place] = read(side, abs(place))
        return self.shared[side, place]

    def of_side(self, side: str, _: int) -> Traits:
        return side, f"{side} {self.held}", f"{side} {self.label}"

    def between(self, side: str, start: int, end: int) -> Traits:
        """What beginning and end tell together."""
        first, last = self.numbers[start], self.numbers[end - 1]
        said = f"ends {self.kind(first)} {self.kind(last)} {side}", f"verbs {min(3, self.verbs[last + 1] - self.verbs[first])}"
        inside = any(start <= value[0] and value[1] <= end for value in self.slot.values)
        return (*said, "value inside") if inside else said

    @cached_property
    def verbs(self) -> list[int]:
        """How many verbs stand before each word."""
        return [0, *accumulate(word.kind == "v" for word in self.words)]

    def beginning(self, side: str, start: int) -> Traits:
        first = self.numbers[start]
        stop = max((match.end() for match in STOPS.finditer(self.text, 0, start)), default=0)
        said = [f"first {self.kind(first)}", f"before {side} {self.kind(first - 1)}",
                f"before {self.kind(first - 1)} {self.kind(first)} {side}", f"stop {side} {not start or self.text[start - 1] in ',。;:)、'}"]
        if side == "left":
            said.append(f"from stop {step(start - stop, (0, 1, 2, 4, 8))}")
        for told in self.slot.piece.placed:
            if told.mention.label in NAMED and told.start <= start < told.end:
                said.append(f"{'opens' if told.start == start else 'cuts'} {told.mention.label}")
        return tuple(said)

    def ending(self, side: str, end: int) -> Traits:
        last, behind = self.numbers[end - 1], self.text[end:end + 1]
        said = [f"last {self.kind(last)}", f"last {self.kind(last)} {side} {self.label}"]
        if side == "left":
            gap = self.gap(end)
            said += [f"gap {gap}", f"gap {gap} {self.label}", f"gap length {step(self.slot.at[0] - end, GAPS)}", f"gap word {self.kind(last + 1)}"]
        else:
            said += [f"behind {side} {self.kind(last + 1)} {self.kind(last)}",
                     f"then {side} {'stop' if not behind or behind in ',。;:' else 'list' if behind == '、' else 'on'}"]
        for told in self.slot.piece.placed:
            if told.mention.label in NAMED and told.start < end < told.end:
                said.append(f"cuts {told.mention.label}")
        return tuple(said)

    def gap(self, end: int) -> str:
        """What stands between a name and its value."""
        start = self.slot.at[0]
        gap = self.text[end:start]
        if not gap:
            return "none"
        if LINKED.fullmatch(gap):
            return "link"
        if any(end <= value[0] and value[1] <= start for value in self.slot.values):
            return "value"
        return "stop" if STOPS.search(gap) else "words"

    def of_none(self) -> Traits:
        """What speaks for the value being that of no indicator."""
        return tuple(f"none: {one}" for one in (*self.of_value(), *self.of_sentence(), *self.of_section(), *self.of_rules()))

    def of_value(self) -> Iterator[str]:
        slot, (start, end) = self.slot, self.slot.at
        yield from ("", self.held, f"{self.held} {self.label}")
        yield f"before {self.kind(self.numbers[start - 1] if start else -1)} {self.label}"
        yield f"behind {self.kind(self.numbers[end] if end < len(self.text) else -1)} {self.label}"
        yield f"table {step(self.best, LIKE)} {self.held} {self.label}"
        yield f"tables {bool(self.around.names)} {self.label}"
        if slot.mention is not None:
            told = next(one for one in slot.piece.placed if one.mention is slot.mention)
            yield from (f"unit {slot.mention.unit}", f"counts {is_result(self.text, told)} {self.held}", f"figures {self.text[start].isdigit()}")

    def of_sentence(self) -> Iterator[str]:
        """Where the value stands among others."""
        text, (start, end) = self.text, self.slot.at
        stop = max((match.end() for match in STOPS.finditer(text, 0, start)), default=0)
        low = max((match.end() for match in SENTENCE.finditer(text, 0, start)), default=0)
        high = next((match.start() for match in SENTENCE.finditer(text, end)), len(text))
        values = [value for value in self.slot.values if low <= value[0] and value[1] <= high]
        first, last = values[:1] == [self.slot.at], values[-1:] == [self.slot.at]
        opened = any(choice.side == "open" for choice in self.slot.choices)
        yield from (f"values {step(len(values), (1, 2, 3, 5, 8))} {self.held}", f"first {first} {self.held}", f"last {last} {self.held}")
        yield from (f"opened {opened} {first}", f"from stop {step(start - stop, (0, 2, 4, 8, 16))}", f"lists {min(3, text.count('、', stop, start))}")
        yield f"quoted {quoted(text, max(0, start - FAR), start)}"
        yield f"bracketed {text.count('(', 0, start) > text.count(')', 0, start)}"

    def of_section(self) -> Iterator[str]:
        slot, around = self.slot, self.around
        yield from (f"result {slot.result} {self.held}", f"goal {slot.goal} {self.held}", f"heading {around.heading(slot.section)} {self.held}")
        yield from (f"labelled {slot.section in around.labelled} {self.held}", f"claims {min(3, around.claims[slot.section])} {self.held}")

    def of_rules(self) -> Iterator[str]:
        if self.said is not None:
            words = words_of(self.said)
            yield from (f"rules length {step(len(self.said), (3, 4, 6, 10, 15, 20))}", f"rules first {words[0].kind}", f"rules last {words[-1].kind}")


def beside(name: str, said: str, side: str, label: str) -> Traits:
    """How a name stands to that of the rules."""
    if name == said:
        return ("rules", f"rules {side}", f"rules {label}")
    if name in said:
        at = said.index(name)
        cut = "front" if at + len(name) == len(said) else "back" if at == 0 else "both"
        return ("other", f"cut {cut}", *border(said[:at] if cut == "front" else said[len(name):], f"cut {cut}"))
    if said in name:
        at = name.index(said)
        more = "front" if at + len(said) == len(name) else "back" if at == 0 else "both"
        return ("other", f"more {more}", *border(name[:at] if more == "front" else name[len(said):], f"more {more}"))
    return ("other", f"shared {step(alike(name, said), (0, 0.3, 0.6))}")


@lru_cache(maxsize=4096)
def border(part: str, how: str) -> tuple[str, ...]:
    """The kind of the word of `part` that stands next to the name."""
    if how.endswith("both"):
        return ()
    return (f"{how} {words_of(part)[0 if how.endswith('back') else -1].kind}",)
