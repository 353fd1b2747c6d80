"""Made reports in, a folder of as many contents as wanted out, no two alike.

The first ones are `hedui synth`'s. The others are copies: the place a report tells of is another one of the same length and kind, in every
sentence and cell, so that figures and the relations between them stay as they are, and a last line counts the copies. So a copy costs what
its original costs, and no two files have one SHA-256.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hedui.lexicons import rows
from hedui.synth.generate import make_report

__all__ = ["Original", "copied", "corpus", "originals"]

ORIGINALS, A_FOLDER, SEED = 1000, 1000, 70007


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """A made report: its text, its gold, and the place it tells of."""

    name: str
    text: str
    gold: str

    @property
    def region(self) -> str:
        return str(json.loads(self.gold)["reports"][0]["region"] or "")


def originals(count: int, *, seed: int = SEED, made: Path | None = None) -> Iterator[Original]:
    """`count` reports of `seed`, or the first ones that lie in the folder `made` of `hedui synth`; fewer where there are fewer."""
    if made is not None:
        for path in sorted((made / "reports").glob("*.txt"))[:count]:
            gold = (made / "gold" / f"{path.stem}.json").read_text(encoding="utf-8")
            yield Original(name=path.stem, text=path.read_bytes().decode(), gold=gold)
        return
    found = number = 0
    while found < count:
        number += 1
        try:
            report = make_report(seed, number)
        except ValueError:  # a draw that no page can hold
            continue
        found += 1
        yield Original(name=report.name, text=report.page.marked.text, gold=report.gold)


def places() -> dict[tuple[int, str, str], tuple[str, ...]]:
    """Names of places by length, last character and level."""
    found: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for row in rows("regions"):
        if row[1] not in found[len(row[1]), row[1][-1], row[3]]:
            found[len(row[1]), row[1][-1], row[3]].append(row[1])
    return {kind: tuple(names) for kind, names in found.items()}


def others(region: str) -> tuple[str, ...]:
    """Places that `region` may be called instead, itself where there are none."""
    return next((names for names in places().values() if region in names), (region,))


def copied(original: Original, number: int, names: tuple[str, ...]) -> str:
    """Copy `number` of a report under one of `names`."""
    text = original.text.replace(original.region, names[number % len(names)]) if original.region else original.text
    return f"{text.rstrip()}\n\n（第{number}份）\n"


def corpus(folder: Path, count: int, *, seed: int = SEED, made: Path | None = None, most_originals: int = ORIGINALS) -> tuple[Path, ...]:
    """Writes `count` reports under `folder`, a thousand a folder, and their gold beside it (`<folder>.gold`, of the originals alone); those
    that are there are left as they are, so that a larger corpus goes on from a smaller one. In the order of their numbers."""
    first = tuple(originals(min(count, most_originals), seed=seed, made=made))
    names = {report.name: others(report.region) for report in first}
    gold = folder.with_name(f"{folder.name}.gold")
    gold.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        report = first[number % len(first)]
        path = folder / f"{number // A_FOLDER:03d}" / f"{number:06d}.txt"
        paths.append(path)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((report.text if number < len(first) else copied(report, number, names[report.name])).encode())
        if number < len(first):
            (gold / f"{path.stem}.json").write_text(report.gold, encoding="utf-8")
    return tuple(paths)
