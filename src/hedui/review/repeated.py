"""The trail -> corrections that were made again and again: the same name, the same label, the same shift of a span, the same field.

A correction counts once a finding, however often it was changed, and not at all where it was taken back. Blind readings do not count: what
is settled of them stands in the reading that all share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hedui.corrections import SHARED, Event
from hedui.findings import content_id
from hedui.review.state import counted

__all__ = ["ENOUGH", "Pattern", "Repeated", "found_in", "repeated"]

ENOUGH = 3
NAMES = frozenset({"ORG", "REGION", "TITLE"})
# a shift of more characters than this is another span, no habit
SHIFT = 8


@dataclass(frozen=True, slots=True)
class Pattern:
    """What was done: `kind` is `is` (`now` is a mention of `of`), `not` (`was` is none of `of`), `shift` (mentions of `of` begin and end
    elsewhere: `was` and `now` tell what was cut off + or put on −) or `field` (`of`, as fund.measure, from `was` to `now`)."""

    kind: str
    of: str
    was: str
    now: str

    @property
    def key(self) -> str:
        return content_id("l", self.kind, self.of, self.was, self.now)


@dataclass(frozen=True, kw_only=True, slots=True)
class Repeated:
    """A pattern and the last event on each finding that shows it, the oldest first."""

    pattern: Pattern
    events: tuple[Event, ...]


def squeezed(text: Any) -> str:
    return "".join(str(text or "").split())


def shift(before: str, after: str) -> tuple[str, str] | None:
    """What was cut off (`-`) or put on (`+`) at the start and at the end of a text.

    >>> shift("县财政局等", "县财政局"), shift("财政局", "县财政局"), shift("甲", "乙")
    (('', '-等'), ('+县', ''), None)
    """
    for sign, long, short in (("-", before, after), ("+", after, before)):
        if short and long != short and short in long:
            head, _, tail = long.partition(short)
            return (sign + head if head else "", sign + tail if tail else "") if max(len(head), len(tail)) <= SHIFT else None
    return None


def patterns_of(event: Event, known: Mapping[str, Any]) -> Iterator[Pattern]:
    """What one event shows; `known` is the finding as it was before the event."""
    if event.kind == "mention":
        label, text = str(known.get("label") or ""), squeezed(known.get("text"))
        after = event.after
        if event.act == "add" and after.get("label") in NAMES:
            yield Pattern("is", str(after["label"]), "", squeezed(after.get("text")))
        elif event.act == "label" and text and after.get("label") != label:
            yield Pattern("is", str(after["label"]), label, text)
        elif event.act == "reject" and label in NAMES and text:
            yield Pattern("not", label, text, "")
        elif event.act == "span" and label and (moved := shift(text, squeezed(after.get("text")))):
            yield Pattern("shift", label, *moved)
    elif event.kind == "claim" and event.act == "edit":
        kind = str(known.get("type") or "")
        for key, value in event.after.items():
            if key.startswith("fields.") and event.before.get(key) != value:
                yield Pattern("field", f"{kind}.{key[7:]}", squeezed(event.before.get(key)), squeezed(value))


def found_in(events: Sequence[Event], read: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[Pattern, Event]]:
    """The patterns in the events of one report; `read` are its findings by id, as they were read."""
    known = {name: dict(one) for name, one in read.items()}
    for event in counted(events):
        of = known.setdefault(event.target, {})
        yield from ((pattern, event) for pattern in patterns_of(event, of))
        of.update({key: value for key, value in event.after.items() if "." not in key})


def repeated(shown: Iterable[tuple[Pattern, Event]], *, least: int = ENOUGH) -> tuple[Repeated, ...]:
    """The patterns that `least` findings show, the commonest first."""
    held: dict[Pattern, dict[tuple[str, str, str], Event]] = {}
    for pattern, event in shown:
        if event.reading == SHARED:
            held.setdefault(pattern, {})[event.sha256, event.report, event.target] = event
    found = [Repeated(pattern=pattern, events=tuple(sorted(of.values(), key=lambda one: one.seq)))
             for pattern, of in held.items() if len(of) >= least]
    return tuple(sorted(found, key=lambda one: (-len(one.events), one.pattern.key)))
