"""How well mining agrees with what was decided by hand: `python benchmarks/mining.py [ANNOTATIONS]`.

Prints, for each theme and split, precision, recall and F1 of spans (a shared character; the same span), of spans with their types, and the
mean F1 over types, with 95 % bootstrap intervals; then how far a second look of the same annotator agreed (Cohen's κ).
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from hedui.research.mining import judged
from hedui.research.mining.gold import Item, interval, macro_f1, read_items, score

SPLITS = ("samples-dev", "samples-test", "authored-dev", "authored-test", "dev", "test")
THEMES: dict[str, tuple[str, Callable[[Sequence[Item], Path], list[judged.Pair]]]] = {
    "untabled": ("untabled", judged.untabled),
    "hedges": ("hedges", lambda items, _: judged.hedges(items)),
    "reasons": ("reasons", lambda items, _: judged.reasons(items)),
    "reasons, effects": ("reasons", lambda items, _: judged.effects(items)),
}


def told(theme: str, items: Sequence[Item], pairs: Sequence[judged.Pair]) -> None:
    for split in SPLITS:
        some = [pair for item, pair in zip(items, pairs, strict=True) if split in (item.split, item.part)]
        found, whole, typed = score(some), score(some, whole=True), score(some, typed=True)
        low, high = interval(some, lambda drawn: score(drawn).f1)
        few, many = interval(some, macro_f1)
        spans = sum(len(wanted) for wanted, _ in some)
        print(f"{theme:17} {split:14} {len(some):4} items {spans:4} spans  P {found.precision:.3f}  R {found.recall:.3f}"
              f"  F1 {found.f1:.3f} [{low:.3f}, {high:.3f}]"
              f"  same span {whole.f1:.3f}  with type {typed.f1:.3f}  mean of types {macro_f1(some):.3f} [{few:.3f}, {many:.3f}]")


def second_look(annotations: Path) -> None:
    """Observed agreement and κ of the first mark of an item, over those that were looked at again."""
    with (annotations / "mining" / "second_pass.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for theme in ("untabled", "hedges", "reasons"):
        first = {item.id: next((one.type for one in item.marks if one.type != "side"), "none")
                 for item in read_items(annotations / "mining" / f"{theme}.tsv")}
        pairs = [(first[row["id"]], row["label"]) for row in rows if row["theme"] == theme]
        same = sum(a == b for a, b in pairs) / len(pairs)
        labels = {label for pair in pairs for label in pair}
        chance = sum(sum(a == label for a, _ in pairs) * sum(b == label for _, b in pairs) for label in labels) / len(pairs) ** 2
        print(f"{theme:17} looked at again  {len(pairs)} items  agreement {same:.2f}  kappa {(same - chance) / (1 - chance):.3f}")


def main(annotations: Path) -> None:
    for theme, (name, judge) in THEMES.items():
        items = read_items(annotations / "mining" / f"{name}.tsv")
        told(theme, items, judge(items, annotations))
    second_look(annotations)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "annotations")
