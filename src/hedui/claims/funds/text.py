"""A passage -> the fiscal amounts it states, each with its measure, scope, year, level and the documents it rests on.

An amount without a measure of its own takes that of the amount before it in its sentence or list, then that of the
heading it stands under, else it is `budget`. Per-head standards, unit prices, thresholds, changes against another year
and results of the economy are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hedui.claims.funds.excluded import BENEFITS, excluded, follows_excluded
from hedui.claims.funds.governing import handed_out, own_words, paired, set_beside, told_before, told_behind
from hedui.claims.funds.patterns import AREAS, CLAUSE, LISTED, SENTENCE, SHARE, SHARED, USES, cue_before
from hedui.claims.funds.resting import REACH, Marks, Reading, resting, with_documents, year_of
from hedui.claims.funds.scope import level_of, scope_of
from hedui.claims.passages import Passage, Placed
from hedui.findings import Measure

__all__ = ["REACH", "Marks", "Reading", "bounds", "level_of", "money", "read_funds", "resting", "scope_of", "year_of"]

ASIDE = frozenset({"carried_in", "carried_out", "saved", "other"})
SPENT = frozenset({"executed", "issued", "received"})
REST = frozenset({"carried_out", "carried_in"})
# in the bracket behind a total these only say whose a part is: 442万元(中央350万元,自治区安排92万元)
OF_TOTAL = frozenset({None, "budget", "issued"})
# 资金主要用于: · 分别为: · 按资金来源分,: what opens a list of parts
LISTS = re.compile(r"(?:其中|分别|用于|来源分|包括|具体)[^,。;]{0,6}[:,]")
# 中央资金5万元、省级资金2万元,均已到位: told of every amount before
EACH = re.compile(r",?(?:均|都)(?:已)?(?:全部|全额|足额|按时|及时)*到位")
# 资金到位20万元,拨付及时,其中:|中央资金…
PARTS = re.compile(r".*其中:?")
AGAINST_CLAUSE = re.compile(r"(?:比|较|与)[^,;]*$")
# 三级资金共计
TOTAL = re.compile(r"(?:共计|合计|总计)(?:为|达)?$")
STOP = re.compile(r"[,;:。、)]")


@dataclass(slots=True)
class State:
    """What a passage has said so far: `head` is the measure that a list goes on with, `outer` that of the total its parts
    belong to, `told` that of the last amount, `inside` where the bracket behind an amount ends and
    what is told before it, `queue` the measures of a pair of lists, `hidden` what stands behind amounts that are no funds."""

    head: Measure | None
    outer: Measure | None = None
    again: bool = False
    spent: bool = False
    sentence: tuple[int, int] = (-1, -1)
    last: int = 0
    barred: int = -1
    told: Measure | None = None
    inside: tuple[int, Measure] = (-1, "other")
    queue: list[Measure] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)


def money(placed: Placed) -> bool:
    """Whether a mention is an amount of money in all, and not a price or standard."""
    return placed.mention.label == "AMOUNT" and placed.mention.unit == "CNY" and isinstance(placed.mention.value, Decimal)


def bounds(text: str, at: int) -> tuple[int, int]:
    start = max((text.rfind(mark, 0, at) for mark in "。!?"), default=-1) + 1
    stop = SENTENCE.search(text, at)
    return start, stop.start() if stop else len(text)


def words_between(text: str, begin: int, end: int, hidden: Sequence[tuple[int, int]]) -> str:
    """`text[begin:end]` without what is hidden in it and what only says the share of another amount."""
    pieces = []
    for start, stop in hidden:
        if begin <= start and stop <= end:
            pieces.append(text[begin:start])
            begin = stop
    return SHARED.sub("", "".join([*pieces, text[begin:end]]))


def read_funds(passage: Passage, heading: Measure | None, carried: Measure | None = None, *,
               results: bool = False) -> tuple[list[Reading], Measure | None]:
    """The fiscal amounts of `passage` in order, and the measure that a list opened by it goes on with. `heading` is the
    measure its heading names, `carried` that of a list opened before the passage, `results` whether its heading tells of
    benefits."""
    found: list[Reading] = []
    text, marks = passage.plain, Marks.of(passage)
    state = State(head=carried)
    for placed in passage.of("AMOUNT"):
        if placed.start >= state.sentence[1]:
            state.sentence, state.again, state.outer, state.barred = bounds(text, placed.start), False, None, -1
            state.queue.clear()
        reach = max(state.sentence[0], placed.start - REACH)
        so_far, rest = text[reach:placed.start], text[placed.end:placed.end + 24]
        follows = state.barred >= reach and follows_excluded(text[state.barred:placed.start])
        reading = None
        if money(placed) and not follows and not excluded(so_far, rest):
            reading = read_one(passage, marks, placed, state, heading, opened=carried is not None and not found)
        gained = reading and (not reading.own or reading.measure == "income") and (results or BENEFITS.search(so_far))
        if reading is None or gained:
            state.barred = placed.end
            if stop := STOP.search(text, placed.end, state.sentence[1]):
                state.hidden.append((placed.end, stop.start()))
            continue
        if EACH.match(text, placed.end):
            found = [replace(r, measure=reading.measure) if r.sentence == state.sentence and r.measure == "budget" else r for r in found]
        found.append(reading)
        settle(state, reading, text)
    return with_documents(text, marks, like_the_next(text, found)), state.head


def read_one(passage: Passage, marks: Marks, placed: Placed, state: State, heading: Measure | None, *, opened: bool) -> Reading:
    text, sentence = passage.plain, state.sentence
    reach = max(sentence[0], placed.start - REACH)
    begin = max(state.last, reach)
    so_far, words = text[reach:placed.start], words_between(text, begin, placed.start, state.hidden)
    level = level_of(CLAUSE.split(words)[-1])
    words = own_part(words, state)
    listed = state.again or opened or bool(LISTED.search(so_far))
    handed: Measure | None = "issued" if state.told == "issued" else None
    own = told_measure(words, text[placed.end:min(sentence[1], placed.end + REACH)], state, level,
                       (state.outer or state.head or heading or handed) if listed else None, areas=opens_areas(so_far, state))
    if not state.again and (state.spent or (state.head or heading) is None) and USES.search(so_far):
        state.head = "executed"
    if placed.start < state.inside[0] and own in OF_TOTAL:
        own = state.inside[1]
    fallback = heading if heading and TOTAL.search(words) else state.head if listed else None
    return Reading(placed=placed, measure=own or fallback or heading or "budget", scope=scope_of(text, begin, placed.start),
                   sentence=sentence, year=year_of(text, marks.dates, reach, placed.start), own=own is not None, level=level,
                   documents=resting(marks, max(begin, text.rfind(";", begin, placed.start) + 1), placed.start))


def own_part(words: str, state: State) -> str:
    """`words`, the text from the last amount to this one, from where its own item of the list begins: `其中` opens the parts
    of a total, a semicolon the next of them."""
    if state.again:
        words = own_words(words)
    if (parts := PARTS.search(words)) and state.again:
        if state.told in REST:
            state.head = state.told
        words, state.outer = words[parts.end():], state.head
    elif parts:
        opening = cue_before(parts.group())
        state.outer = opening[0] if opening else state.head
    if state.again and ";" in words:
        words = words[words.rfind(";") + 1:]
        state.head = state.outer or state.head
    return words


def opens_areas(so_far: str, state: State) -> bool:
    """Whether the sentence deals money out to places: unless it tells what was spent or came in, it tells what was issued."""
    areas = state.head not in ("executed", "received") and AREAS.search(so_far) is not None
    if areas and not state.again:
        state.head = "issued"
    return areas


def told_measure(words: str, rest: str, state: State, level: str | None, head: Measure | None, *, areas: bool) -> Measure | None:
    """The measure that the words before an amount or behind it tell; None where neither do."""
    if pair := paired(words):
        state.queue = list(pair)
    if state.queue:
        return state.queue.pop(0)
    told = told_before(words, head, level)
    if areas and told and told[0] == "budget":
        told = "issued", told[1]
    if beside := set_beside(words, rest):
        return beside
    if not (told and told[1]) and handed_out(rest):
        return "issued"
    return told_behind(rest, told, part=state.outer is not None) or (told[0] if told else None)


def settle(state: State, reading: Reading, text: str) -> None:
    """What `reading` leaves for those behind it: the head of a list is the measure told last, but not that of a remainder
    or of an amount that another is only measured by."""
    placed = reading.placed
    segment = text[max(state.last, state.sentence[0], placed.start - REACH):placed.start]
    rest = text[placed.end:placed.end + 80]
    aside = (reading.measure in ASIDE and state.again) or AGAINST_CLAUSE.search(segment) or SHARE.match(rest) or handed_out(rest)
    if (reading.own or not LISTED.search(segment)) and not aside:
        state.head = reading.measure
    state.spent = state.spent or reading.measure == "executed"
    state.again, state.last, state.barred, state.told = True, placed.end, -1, reading.measure
    if text.startswith("(", placed.end) and (close := text.find(")", placed.end, placed.end + REACH)) > 0:
        state.inside = close, reading.measure
    state.hidden.clear()


def like_the_next(text: str, found: Sequence[Reading]) -> list[Reading]:
    """What opens a list without a word of its own has the measure of its next part: 甲县20万元,乙县下达30万元."""
    done = list(found)
    for i in range(len(done) - 2, -1, -1):
        first, other = done[i], done[i + 1]
        if not first.own and first.measure == "budget" and other.own and other.measure in SPENT and first.sentence == other.sentence \
                and LISTS.search(text, first.sentence[0], first.placed.start) and re.match(r"[,;、(]", text[first.placed.end:]):
            done[i] = replace(first, measure=other.measure, own=True)
    return done
