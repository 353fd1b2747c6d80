"""How well the themes over many reports (boilerplate, carried, contradictions) agree with the hand-decided items of annotations/mining.

    python benchmarks/mining_many.py              all items, about half a minute
    python benchmarks/mining_many.py --store OUT  how long each theme takes over the results in OUT, in seconds of CPU
"""

from __future__ import annotations

import argparse
import hashlib
import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from hedui.export.columnar import Kept, Key, by_home
from hedui.export.json import to_json
from hedui.extract import extract
from hedui.readers import read
from hedui.research import open_store
from hedui.research.mining.boilerplate import boilerplate
from hedui.research.mining.carried import carried
from hedui.research.mining.contradictions import contradictions
from hedui.research.mining.decided import Decided, agreement, decided, kappa, of_carried, of_set_phrase, read_decided
from hedui.research.passages_table import passages_table

ROOT = Path(__file__).parents[1]
ITEMS = ROOT / "annotations" / "mining"
SAMPLES = [ROOT / "annotations" / name for name in ("samples", "unseen/samples", "fresh/samples")]
THRESHOLD = 0.5


def tables_of(texts: Mapping[str, str], paths: Sequence[Path] = ()) -> dict[str, pd.DataFrame]:
    """The tables of reports that are read here and now, by rules alone."""
    kept = []
    with tempfile.TemporaryDirectory() as folder:
        made = [Path(folder) / f"{name}.txt" for name in texts]
        for path in made:
            path.write_text(texts[path.stem], encoding="utf-8")
        for path in (*made, *paths):
            output = to_json(extract(read(path))).encode()
            kept.append(Kept(key=Key(hashlib.sha256(path.read_bytes()).hexdigest(), "1", path.name), output=output))
    parts: dict[str, list[Any]] = {}
    for tables in by_home(kept).values():
        for name, table in tables.items():
            parts.setdefault(name, []).append(table)
    return {**{name: pa.concat_tables(some).to_pandas() for name, some in parts.items()}, "passages": passages_table(kept).to_pandas()}


def found_in(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    found = contradictions(tables["passages"], tables["claims"], tables["checks"])
    found = found[found["score"] >= THRESHOLD]
    return found.assign(stem=found["file"].map(lambda name: Path(name).stem))


def authored_contradictions(rows: Sequence[Mapping[str, Any]]) -> list[Decided]:
    """Items that are short reports of their own: the themes found anywhere in them."""
    rows = [row for row in rows if "text" in row]
    found = found_in(tables_of({row["id"]: row["text"] for row in rows}))
    return [decided(row, frozenset(found.loc[found["stem"] == row["id"], "type"])) for row in rows]


def sampled_contradictions(rows: Sequence[Mapping[str, Any]]) -> list[Decided]:
    """Items that are two figures or phrases of a sample: the themes of findings one side of which is one of the two, on its line."""
    rows = [row for row in rows if "text" not in row]
    paths = sorted(path for folder in SAMPLES for path in folder.iterdir() if path.stem in {row["source"] for row in rows})
    tables = tables_of({}, paths)
    found = found_in(tables)
    texts = {path.stem: read(path).text for path in paths}
    return [decided(row, themes_at(row, found[found["stem"] == row["source"]], texts[row["source"]])) for row in rows]


def themes_at(row: Mapping[str, Any], found: pd.DataFrame, text: str) -> frozenset[str]:
    themes: set[str] = set()
    for one in found.itertuples():
        sides = [(one.start, one.text), *([] if pd.isna(one.other_start) else [(one.other_start, one.other_text)])]
        for start, said in sides:
            line = text.count("\n", 0, int(start)) + 1
            if any(abs(line - row[f"{side}_line"]) <= 1 and same_words(row[side], str(said)) for side in ("second", "first")):
                themes.add(str(one.type))
    return frozenset({row["type"]} & themes or themes)


def same_words(decided_on: str, said: str) -> bool:
    """Whether two quotes are one: alike but for quotation marks, one a part of the other, but no figure a part of another."""
    one, two = decided_on.strip("“”（）"), said.strip("“”（）")
    within = re.search(rf"(?<![\d.,]){re.escape(one)}(?![\d.])", two) or re.search(rf"(?<![\d.,]){re.escape(two)}(?![\d.])", one)
    return one == two or (bool(within) and len(min(one, two, key=len)) > 1)


def told(name: str, items: Sequence[Decided]) -> None:
    for split in ("dev", "test"):
        for source, some in (("authored", [one for one in items if one.split == split and one.source == "authored"]),
                             ("samples", [one for one in items if one.split == split and one.source != "authored"])):
            if some:
                fit = agreement(some)
                print(f"{name:15}{split:6}{source:9} n={fit.items:4}  P {fit.precision:.3f}  R {fit.recall:.3f}  F1 {fit.f1:.3f} "
                      f"[{fit.interval[0]:.3f}, {fit.interval[1]:.3f}]  macro-F1 {fit.macro_f1:.3f}")
    twice, value = kappa(items)
    print(f"{name:15}decided twice by one person: {twice} items, kappa {value:.3f}")


def timed(where: str) -> None:
    store = open_store(where)
    start = time.process_time()
    print(f"{store.passages.count():,} passages at hand after {time.process_time() - start:.1f} s of CPU")
    for name, mine in (("boilerplate", lambda: boilerplate(store.passages)), ("carried", lambda: carried(store.passages)),
                       ("contradictions", lambda: contradictions(store.passages, store.claims, store.checks))):
        start = time.process_time()
        found = mine()
        print(f"{name:15}{time.process_time() - start:8.1f} s of CPU  {len(found):,} findings  {dict(found['type'].value_counts())}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--store", metavar="OUT")
    where = asked.parse_args().store
    if where:
        timed(where)
        return
    told("boilerplate", [of_set_phrase(row) for row in read_decided(ITEMS / "boilerplate.tsv")])
    told("carried", [of_carried(row) for row in read_decided(ITEMS / "carried.tsv")])
    rows = read_decided(ITEMS / "contradictions.jsonl")
    told("contradictions", [*authored_contradictions(rows), *sampled_contradictions(rows)])


if __name__ == "__main__":
    main()
