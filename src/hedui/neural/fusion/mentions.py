"""What rules and the tagger find in a document -> the candidates of both: bodies, places and titles, by policy.

Rules alone decide on figures, dates and document numbers. The tagger adds a name where none is read, mends the bounds of one that
it reads otherwise, and drops one that it gives almost no chance, each only as far as the policy lets it; what rules found keeps
the probability that the tagger gives it whether or not anything is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from hedui.document import Layout, Span
from hedui.mentions import Candidate
from hedui.mentions.rules import name as title_name
from hedui.neural.fusion.learned import Ask, Learned, Told, numbered
from hedui.neural.fusion.policy import Action, Policy
from hedui.values import Value
from hedui.view import clean

__all__ = ["MentionProposal", "asked_of", "fused_mentions", "mention_proposals"]

Name = Literal["ORG", "REGION", "TITLE"]
NAMES: tuple[Name, ...] = get_args(Name)
# what a longer name takes in: nothing inside a TITLE or an ORG is a mention of its own (annotation guidelines)
INSIDE = {"ORG": frozenset({"REGION"}), "TITLE": frozenset({"ORG", "REGION", "DATE"}), "REGION": frozenset[str]()}
UNITS = {"ORG": "org", "REGION": "region", "TITLE": "title"}
SHORTEST = {"ORG": 3, "REGION": 2, "TITLE": 4}


@dataclass(frozen=True, kw_only=True, slots=True)
class MentionProposal:
    """What the tagger would do: put `given` in the place of the candidates `taken` (numbers in the rules' list)."""

    kind: Name
    action: Action
    probability: float
    taken: tuple[int, ...]
    given: Candidate | None = None


def asked_of(candidates: Sequence[Candidate]) -> list[Ask]:
    """What the tagger is to be asked about the rules' candidates."""
    return [((c.start, c.end), c.label) for c in candidates if c.label in NAMES]


def fused_mentions(layout: Layout, candidates: Sequence[Candidate], learned: Learned, policy: Policy) -> list[Candidate]:
    """The candidates of both readings. Of actions that touch one candidate the surest is taken."""
    kept: list[Candidate | None] = list(marked(candidates, learned))
    given: list[Candidate] = []
    touched: set[int] = set()
    for one in sorted(mention_proposals(layout, candidates, learned), key=lambda p: (-p.probability, p.taken)):
        if not policy.allows(one.kind, one.action, one.probability) or touched.intersection(one.taken):
            continue
        touched.update(one.taken)
        for at in one.taken:
            kept[at] = None
        if one.given is not None:
            given.append(one.given)
    return [*(c for c in kept if c is not None), *given]


def marked(candidates: Sequence[Candidate], learned: Learned) -> Iterator[Candidate]:
    """The rules' candidates with what the tagger thinks of them."""
    found = {(told.span, told.label) for told in learned.tags}
    for candidate in candidates:
        if candidate.label not in NAMES:
            yield candidate
            continue
        ask: Ask = ((candidate.start, candidate.end), candidate.label)
        yield replace(candidate, model=learned.asked.get(ask), found_by="both" if ask in found else "rules")


def mention_proposals(layout: Layout, candidates: Sequence[Candidate], learned: Learned) -> Iterator[MentionProposal]:
    """Everything that the tagger would do otherwise than rules did, whatever the policy says."""
    spans: list[Span] = [(c.start, c.end) for c in candidates]
    placed = numbered(spans)
    read = set()
    for told in learned.of(*NAMES):
        met = list(placed.meeting(told.span))
        same = [at for at in met if candidates[at].label == told.label]
        read.update(same)
        if any(spans[at] == told.span for at in same):
            continue
        new = candidate_of(layout, told)
        if new is None or not all(within(candidates[at], told) for at in met if at not in same):
            continue
        chance = max((learned.asked.get((spans[at], told.label), 0.0) for at in same), default=0.0)
        if told.probability > chance:
            yield MentionProposal(kind=new.label, action="mend" if same else "add",  # type: ignore[arg-type]
                                  probability=told.probability, taken=tuple(met), given=new)
    yield from dropped(candidates, spans, learned, read)


def dropped(candidates: Sequence[Candidate], spans: Sequence[Span], learned: Learned, read: set[int]) -> Iterator[MentionProposal]:
    """The rules' candidates that the tagger reads nothing of, surer the less chance it gives them."""
    for at, candidate in enumerate(candidates):
        chance = learned.asked.get((spans[at], candidate.label))  # type: ignore[arg-type]
        if candidate.label in NAMES and at not in read and chance is not None:
            yield MentionProposal(kind=candidate.label, action="drop", probability=1.0 - chance, taken=(at,))


def within(candidate: Candidate, told: Told) -> bool:
    """Whether a candidate of another label may give way to a name that holds all of it."""
    return candidate.label in INSIDE[told.label] and told.span[0] <= candidate.start and candidate.end <= told.span[1]


def candidate_of(layout: Layout, told: Told) -> Candidate | None:
    """What the tagger reads, as a candidate; None where it is too short to name anything."""
    start, end = told.span
    words = clean(layout.document.text, told.span).replace(" ", "")
    if len(words) < SHORTEST[told.label] or words.isdigit():
        return None
    label: Name = told.label  # type: ignore[assignment]
    value = Value(kind=label, value=title_name(words) if label == "TITLE" else words, unit=UNITS[label])
    return Candidate(label=label, start=start, end=end, value=value, confidence=told.probability, found_by="model",
                     model=told.probability)
