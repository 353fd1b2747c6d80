#!/usr/bin/env python3
"""Many reports in, tables and pictures on how they are read in bulk out.

usage: bulk.py [-o docs/bench] [--parts stages,formats,start,engines,scaling,sizes,kills,peers] [--sizes 100,300] [--made FOLDER]
       bulk.py --sizes 10000,100000 --parts sizes        the large ones: hours; the other figures stay as they were
       bulk.py --draw                                    pictures and page anew from the figures kept

OUT/bulk.csv keeps every figure, OUT/bulk.md shows them, OUT/*.svg draw them; `cost_model.py` reckons with them. A part that is measured again
replaces its figures alone. What is measured lies in a temporary folder, or in --work. Linux alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bulk_corpus import corpus
from bulk_engines import engines_rows
from bulk_formats import COUNTS, formats_rows, printed
from bulk_kills import kills_rows
from bulk_peers import peers_rows
from bulk_plots import TIMELINES, drawn
from bulk_rows import ROOT, Row, environment, merged, read_rows, write_rows
from bulk_runs import Bench, Timeline, scaling_rows, size_rows, start_rows
from bulk_stages import stages_rows
from bulk_tree import adopt

from hedui.neural.loading import choose_model, load_model

# numbers of documents that are read with the model too
MODELLED = 1000


@dataclass(kw_only=True)
class Work:
    """What the parts measure on, and what they could not."""

    folder: Path
    cache: Path
    made: Path | None
    sizes: Sequence[int]
    documents: int
    scaled: int
    kills: int
    killed: int
    model: str
    timelines: list[Timeline] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)

    def files(self, count: int) -> tuple[Path, ...]:
        return corpus(self.folder / "corpus" / str(count), count, made=self.made)

    def gold(self, count: int) -> dict[str, object]:
        return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (self.folder / "corpus" / f"{count}.gold").glob("*.json")}

    def bench(self, model: str = "none") -> Bench:
        return Bench(folder=self.folder, model=model)

    def printed(self) -> dict[str, tuple[Path, ...]]:
        return printed(self.folder / "formats", self.files(max(COUNTS.values())))


def stages(work: Work) -> Iterator[Row]:
    import hedui.warm  # noqa: F401

    *paths, = work.files(work.documents + 10)
    yield from stages_rows(paths[10:], warm=paths[:10])
    if work.model != "none":
        model = load_model(work.model, threads=1)
        yield from stages_rows(paths[10:], warm=paths[:10], model=model)


def formats(work: Work) -> Iterator[Row]:
    import hedui.warm  # noqa: F401

    yield from formats_rows(work.printed())


def start(work: Work) -> Iterator[Row]:
    yield from start_rows(work.bench(), work.files(8))


def scaling(work: Work) -> Iterator[Row]:
    yield from scaling_rows(work.bench(), work.files(work.scaled))


def engines(work: Work) -> Iterator[Row]:
    warm, paths = work.files(20), work.files(work.documents)
    yield from engines_rows(work.bench(), warm[0].parents[1], paths[0].parents[1])


def kills(work: Work) -> Iterator[Row]:
    yield from kills_rows(work.bench(), work.files(work.killed), count=work.kills)


def sizes(work: Work) -> Iterator[Row]:
    for count in work.sizes:
        paths = work.files(count)
        yield from size_rows(work.bench(), paths[0].parents[1], paths, work.timelines)
        if work.model != "none" and count <= MODELLED:
            yield from size_rows(work.bench(work.model), paths[0].parents[1], paths, work.timelines)


def peers(work: Work) -> Iterator[Row]:
    for told_or_row in peers_rows(work.printed(), work.gold(max(COUNTS.values())), work.cache):
        if isinstance(told_or_row, Row):
            yield told_or_row
        else:
            print(told_or_row, flush=True)
            work.notes.setdefault("peers", []).append(told_or_row)


PARTS: dict[str, Callable[[Work], Iterable[Row]]] = {
    "stages": stages, "formats": formats, "start": start, "engines": engines, "scaling": scaling, "sizes": sizes,
    "kills": kills, "peers": peers,
}


def keep_timelines(path: Path, runs: Sequence[Timeline]) -> None:
    """The memory of the runs in a CSV, in place of what it held of runs of the same name."""
    fresh = {name for name, _ in runs}
    kept = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            kept = [row for row in csv.DictReader(file) if row["run"] not in fresh]
    rows = [*kept, *({"run": name, "second": f"{sample.second:.1f}", "mib": f"{sample.pss:.1f}", "processes": sample.processes}
                     for name, done in runs for sample in done.samples)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["run", "second", "mib", "processes"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def goes(work: Work, parts: Sequence[str]) -> Iterator[tuple[str, int, Work]]:
    """What is measured in one go: a part, and of `sizes` one number of documents (0 for the other parts)."""
    for part in parts:
        if part == "sizes":
            yield from ((part, count, replace(work, sizes=(count,))) for count in work.sizes)
        else:
            yield part, 0, work


def measured(work: Work, out: Path, parts: Sequence[str]) -> None:
    """Measures one go after the other, and writes the page after each, so that a run that is stopped has lost one go at most."""
    for part, n, own in goes(work, parts):
        began, before = time.monotonic(), environment(part, n)
        print(f"{part} …", flush=True)
        rows = [before, *PARTS[part](own)]
        old = [row for row in read_rows(out) if (row.part, row.subject, row.n) != ("environment", part, n)]
        shown(out, merged(old, rows), work)
        print(f"{part}: {len(rows) - 1} figures in {time.monotonic() - began:.0f} s", flush=True)


def shown(out: Path, rows: Sequence[Row], work: Work | None = None) -> None:
    out.mkdir(parents=True, exist_ok=True)
    notes: dict[str, str] = {}
    if work is not None:
        if work.timelines:
            keep_timelines(out / TIMELINES, work.timelines)
        notes = {part: "  \n".join(lines) for part, lines in work.notes.items()}
    write_rows(out, rows, notes=notes, pictures=drawn(out, rows))


def listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("-o", "--out", type=Path, default=ROOT / "docs" / "bench")
    cli.add_argument("--parts", type=listed, default=tuple(PARTS), help=f"of {','.join(PARTS)}; all of them by default")
    cli.add_argument("--sizes", type=lambda text: tuple(int(one) for one in listed(text)), default=(100, 300), help="how many documents; to 100,000")
    cli.add_argument("--documents", type=int, default=60, help="for the speed of stages")
    cli.add_argument("--scaled", type=int, default=1000, help="for one core beside two")
    cli.add_argument("--kills", type=int, default=100, help="how many processes are killed")
    cli.add_argument("--killed", type=int, default=150, help="documents of the runs that are killed")
    cli.add_argument("--model", default=None, help="none, or a folder; the shipped one by default")
    cli.add_argument("--made", type=Path, help="a folder of `hedui synth`, instead of making reports")
    cli.add_argument("--work", type=Path, help="where files are made and read, kept afterwards; a temporary folder by default")
    cli.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "hedui-bench", help="where the environments of peers are kept")
    cli.add_argument("--draw", action="store_true", help="measure nothing")
    args = cli.parse_args()
    if args.draw:
        shown(args.out, read_rows(args.out))
        return 0
    unknown = [part for part in args.parts if part not in PARTS]
    if unknown:
        cli.error(f"没有这一项 · no such part: {', '.join(unknown)}")
    adopt()
    model = choose_model(args.model).folder or "none"
    with tempfile.TemporaryDirectory(prefix="hedui-bench-") as temporary:
        folder = args.work or Path(temporary)
        work = Work(folder=folder, cache=args.cache, made=args.made, sizes=args.sizes, documents=args.documents, scaled=args.scaled,
                    kills=args.kills, killed=args.killed, model=model)
        measured(work, args.out, args.parts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
