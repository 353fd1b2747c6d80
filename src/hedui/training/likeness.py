"""Made texts and annotated ones -> how much of each annotated one, in vocabulary and running characters, the made ones hold.

The same shares as `hedui.synth.overlap.overlap` gives of each report by itself, with the made texts, which are many, gone
through once for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hedui.synth.overlap import distinct, grams, plain

__all__ = ["likeness"]

DIGITS = 4
# by name: the length of a run, and whether only runs of Chinese characters count
RUNS: Mapping[str, tuple[int, bool]] = {"characters": (1, True), "pairs": (2, True), "distinct_4": (4, False), "copied_12": (12, True)}


def likeness(made: Sequence[str], real: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """By name of `real`: the shares of its distinct characters, pairs, runs of four and of twelve that stand in `made`, and of
    all its runs of four (`running_4`)."""
    ours, theirs = [plain(text) for text in made], {name: plain(text) for name, text in real.items()}
    found: dict[str, dict[str, float]] = {name: {} for name in theirs}
    for run, (size, han) in RUNS.items():
        wanted = {name: distinct([text], size, han=han) for name, text in theirs.items()}
        union = set().union(*wanted.values())
        seen: set[str] = set()
        for text in ours:
            seen |= union.intersection(grams(text, size))
        for name, text in theirs.items():
            found[name][run] = share(len(wanted[name] & seen), len(wanted[name]))
            if run == "distinct_4":
                running = [gram in seen for gram in grams(text, size)]
                found[name]["running_4"] = share(sum(running), len(running))
    return found


def share(part: int, whole: int) -> float:
    return round(part / whole, DIGITS) if whole else 0.0
