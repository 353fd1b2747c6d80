"""How well and how fast files are held against one another: recall and false discovery of planted slips, time, memory, growth.

    python benchmarks/across.py recall --families 20 --seed 101            made text, really extracted, then compared
    python benchmarks/across.py scale --sizes 1000,3000,10000              outputs drawn straight from the facts, as large as real ones

Recall counts a slip as found where a conflict of its kind quotes the file that slipped and one of the family that it slipped against;
a conflict is false where no slip was planted of that kind (or one it follows from) in a file it quotes. Scale runs each size in a process of
its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import pairwise
from multiprocessing import Process
from pathlib import Path
from typing import Any

from across_drawn import drawn_output, drawn_text, stock

from hedui.across.inputs import json_files, json_inputs
from hedui.across.run import across_files
from hedui.across.types import KINDS, Across
from hedui.synth.across import make_families, truth_of, write_families

SLIPS, STOCK = 0.1, 60
Slip = dict[str, Any]
# another programme's name in a title is its basis; another amount under a document is what was handed down
FOLLOWS = {"cited": ("basis_copied", "handed_down"), "figures_copied": ("text_copied",), "name_left": ("text_copied",)}


def extracted(pair: tuple[Path, Path, str]) -> None:
    """Reads one made report into JSON."""
    from hedui.export.json import to_json
    from hedui.extract import extract
    from hedui.readers import read

    source, target, name = pair
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(to_json(extract(replace(read(source), name=name))), encoding="utf-8")


def family(file: str) -> str:
    return file.partition("/")[0]


def finds(kind: str, files: Sequence[str], note: str, slip: Slip) -> bool:
    """Whether a conflict between `files` is that of a slip: of its kind or one that follows from it, in the file that slipped, beside one
    of the family it slipped against, or over a document that shows the slip beside any report that cites it."""
    first, last = slip["files"]
    same = kind == slip["kind"] or kind in FOLLOWS.get(slip["kind"], ())
    shown = any(number in note for number in slip["numbers"])
    return same and last in files and (shown or any(family(file) == family(first) for file in files if file != last))


def score(found: Across, slips: Sequence[Slip], files: set[str] | None = None) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]]]:
    """Slips found of slips planted, and false conflicts of all conflicts, by kind; only slips between `files` have to be found."""
    conflicts = [(c.kind, tuple(dict.fromkeys(q.file for q in c.quotes)), c.note) for c in found.checks if c.verdict == "conflict"]
    recall: dict[str, tuple[int, int]] = {}
    false: Counter[str] = Counter()
    for kind in KINDS:
        planted = [slip for slip in slips if slip["kind"] == kind and (files is None or files >= set(slip["files"]))]
        hits = [slip for slip in planted if any(k == kind and finds(k, quoted, note, slip) for k, quoted, note in conflicts)]
        recall[kind] = len(hits), len(planted)
        for slip in planted:
            if slip not in hits:
                print(f"  missed {kind}: {slip['files']} {slip['note']}")
    for kind, quoted, note in conflicts:
        if not any(finds(kind, quoted, note, slip) for slip in slips):
            false[kind] += 1
            print(f"  false {kind}: {quoted} {note[:160]}")
    told = Counter(kind for kind, _, _ in conflicts)
    return recall, {kind: (false[kind], told[kind]) for kind in KINDS}


def show(recall: dict[str, tuple[int, int]], false: dict[str, tuple[int, int]]) -> None:
    for kind in KINDS:
        print(f"{kind:15} recall {share(recall[kind])}   false discoveries {share(false[kind])}")
    print(f"{'all':15} recall {share(total(recall.values()))}   false discoveries {share(total(false.values()))}")


def total(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    found = list(pairs)
    return sum(a for a, _ in found), sum(b for _, b in found)


def share(pair: tuple[int, int]) -> str:
    return f"{pair[0]:5} / {pair[1]:5} = {pair[0] / pair[1]:.3f}" if pair[1] else f"{pair[0]:5} / {pair[1]:5}        "


def measure_recall(families: int, seed: int, folder: Path) -> None:
    """Made reports as text, extracted by rules, then compared."""
    if not (folder / "truth.json").exists():
        write_families(folder, count=families, seed=seed)
    sources = sorted((folder / "reports").rglob("*.txt"))
    pairs = [(p, folder / "json" / p.relative_to(folder / "reports").with_suffix(".json"), p.relative_to(folder / "reports").as_posix())
             for p in sources]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(extracted, [pair for pair in pairs if not pair[1].exists()]))
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    start = time.perf_counter()
    found = across_files(json_inputs(json_files([folder / "json"])))
    print(f"{found.files} files, {found.reports} reports, {len(truth['slips'])} slips, {time.perf_counter() - start:.1f} s")
    show(*score(found, truth["slips"]))


def draw(count: int, seed: int, folder: Path) -> None:
    """Writes `count` outputs of made families and the truth about them."""
    slips: list[Slip] = []
    names: set[str] = set()
    families, rng = make_families(seed, max(2, round(count / 8)), slips=SLIPS), random.Random(seed)
    units = frozenset(member.facts.bodies.unit.name for family in families for member in family.members)
    phrases = stock([family.members[0] for family in families[:STOCK]], units)
    for made in families:
        for member in made.members:
            path = folder / "json" / f"{member.name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            output = drawn_output(member, f"{member.name}.txt", drawn_text(member, phrases, rng))
            path.write_text(json.dumps(output, ensure_ascii=False), encoding="utf-8")
            names.add(f"{member.name}.txt")
        if len(names) >= count:
            break
    for made in families:
        slips += [told for slip in made.slips if (told := truth_of(slip))["files"][-1] in names]
    (folder / "truth.json").write_text(json.dumps({"slips": slips}, ensure_ascii=False), encoding="utf-8")


def measure_one(folder: Path, count: int) -> None:
    """Compares the first `count` outputs of a folder: prints files, seconds (of the core, so that a busy machine
    counts little, and waited) and peak memory in MiB, then the score."""
    paths = json_files([folder])[:count]
    start, begun = time.process_time(), time.perf_counter()
    found = across_files(json_inputs(paths))
    seconds, waited = time.process_time() - start, time.perf_counter() - begun
    print(json.dumps({"files": found.files, "seconds": seconds, "waited": waited, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
    files = {path.relative_to(folder / "json").with_suffix(".txt").as_posix() for path in paths}
    slips = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["slips"]
    show(*score(found, slips, files))


def measure_scale(sizes: Sequence[int], seed: int, folder: Path) -> None:
    """Time, memory and growth over sizes."""
    if not (folder / "truth.json").exists():
        drawing = Process(target=draw, args=(max(sizes), seed, folder))  # a child begins with the peak memory of its parent
        drawing.start()
        drawing.join()
    told: list[dict[str, float]] = []
    for size in sizes:
        ran = subprocess.run([sys.executable, __file__, "one", str(folder), str(size)], capture_output=True, text=True, check=True)
        lines = ran.stdout.splitlines()
        told.append(next(json.loads(line) for line in lines if line.startswith("{")))
        print(f"{told[-1]['files']:6} files {told[-1]['seconds']:8.1f} s of one core ({told[-1]['waited']:.1f} s waited) {told[-1]['peak']:8.0f} MiB")
        print("\n".join(line for line in lines if line.startswith("all") or size == max(sizes)))
    for one, two in pairwise(told):
        growth = math.log(two["seconds"] / one["seconds"]) / math.log(two["files"] / one["files"])
        loglinear = math.log(two["files"] * math.log(two["files"]) / (one["files"] * math.log(one["files"]))) / math.log(two["files"] / one["files"])
        print(f"from {one['files']} to {two['files']}: time grows with exponent {growth:.2f} (n log n: {loglinear:.2f})")


def main() -> None:
    """The command line."""
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = top.add_subparsers(dest="what", required=True)
    recall, scale, one = (what.add_parser(name) for name in ("recall", "scale", "one"))
    recall.add_argument("--families", type=int, default=20)
    scale.add_argument("--sizes", default="1000,3000,10000")
    for made in (recall, scale):
        made.add_argument("--seed", type=int, default=101)
        made.add_argument("--folder", type=Path, help="kept and used again; otherwise made and thrown away")
    one.add_argument("folder", type=Path)
    one.add_argument("count", type=int)
    args = top.parse_args()
    if args.what == "one":
        measure_one(args.folder, args.count)
        return
    with tempfile.TemporaryDirectory() as thrown:
        folder = args.folder or Path(thrown) / "made"
        if args.what == "recall":
            measure_recall(args.families, args.seed, folder)
        else:
            measure_scale([int(n) for n in args.sizes.split(",")], args.seed, folder)


if __name__ == "__main__":
    main()
