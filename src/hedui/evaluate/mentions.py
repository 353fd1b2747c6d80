"""Two readings -> figures of mentions: each label, all of them, and the values of those found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from hedui.evaluate.compare import same_value
from hedui.evaluate.figures import Figure, count_of, matched, pooled, share_of
from hedui.evaluate.reading import Reading, ToldMention

__all__ = ["mention_figures"]

LABELS = ("AMOUNT", "RATE", "QUANTITY", "DATE", "DOCNO", "TITLE", "ORG", "REGION")


def mention_figures(said: Reading, wanted: Reading) -> Iterator[Figure]:
    """Mentions are the same by label and text; of equal ones as many count as both readings have."""
    yield count_of("bad_spans", len(said.misplaced), extra=said.misplaced)
    labels, compared, wrong = [], 0, []
    for label in LABELS:
        told, asked = by_text(said.mentions, label), by_text(wanted.mentions, label)
        labels.append(matched(f"mentions.{label}", spread(told), spread(asked)))
        for text in told.keys() & asked.keys():
            compared += min(len(told[text]), len(asked[text]))
            wrong += [(label, text, value) for value in differing(label, told[text], asked[text])]
    yield from labels
    total = pooled(labels)
    yield Figure(name="mentions", form="f1", outcomes=Counter(total.outcomes))
    yield share_of("mentions.values", compared - len(wrong), compared, missed=sorted(wrong, key=str))


def by_text(mentions: Iterable[ToldMention], label: str) -> dict[str, list[str | None]]:
    found: dict[str, list[str | None]] = defaultdict(list)
    for mention in mentions:
        if mention.label == label:
            found[mention.text].append(mention.value)
    return found


def spread(texts: dict[str, list[str | None]]) -> list[str]:
    return [text for text, values in texts.items() for _ in values]


def differing(label: str, told: list[str | None], asked: list[str | None]) -> list[str | None]:
    """The wanted values that no value said of the same text answers, each said one used once."""
    left, missed = list(told), []
    for value in asked[:len(told)]:
        answer = next((i for i, other in enumerate(left) if same_value(label, other, value)), None)
        if answer is None:
            missed.append(value)
        else:
            del left[answer]
    return missed
