#!/usr/bin/env python3
"""A report in; how fast the route reads it by rules alone or beside a model, whether time and memory grow in line with length, and what
starting costs.

usage: speed.py [REPORT] [--model DIR] [--sizes 50000 200000 1000000] [--json FIGURES.json]

Longer texts are the report repeated, each copy a part of its own with other figures, so that nothing is remembered from
one to the next. Every run is the first of its process after loading on a short text; times are those of the core (CPU),
the best of three processes, so that a busy machine counts little; a model reads with one thread. Bars: 40,000 characters a
second on the report and peak memory under 1 GB, with a model 8,000 and 1.5 GB; `hedui --help` under 0.4 s.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hedui.claims import link_claims
from hedui.confidence import weigh
from hedui.document import Document
from hedui.export import to_json
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.neural.fusion.model import Model
from hedui.neural.loading import load_model
from hedui.readers import read
from hedui.reconcile import reconcile

ROOT = Path(__file__).parents[1]
BAR_HELP = 0.4
# characters a second and MiB, by rules alone and with a model
RULES, LEARNED = (40_000, 1024), (8_000, 1536)
SIZES = (50_000, 100_000, 200_000, 500_000, 1_000_000)
WARM = "某县2022年度补助资金绩效自评报告\n\n一、项目概况\n\n2022年县财政局下达资金480万元，执行率95.5%。\n"
INNER_DIGIT = re.compile(r"(?<=\d)\d(?=[\d.%万元人次家])")
Figures = dict[str, Any]


def timed(times: dict[str, float], step: str, work: Callable[[], Any]) -> Any:
    start = time.process_time()
    found = work()
    times[step] = time.process_time() - start
    return found


def route(path: Path, model: Model | None = None) -> dict[str, float]:
    """CPU seconds of each step on the report at `path`."""
    times: dict[str, float] = {}
    document: Document = timed(times, "read", lambda: read(path))
    layout = timed(times, "layout", lambda: arrange(document))
    mentions = timed(times, "mentions", lambda: find_mentions(layout, tagger=model and model.tagger))
    claims = timed(times, "claims", lambda: link_claims(layout, mentions, linker=model and model.linker))
    checks, records = timed(times, "reconcile", lambda: reconcile(layout, mentions, claims))
    findings = timed(times, "confidence", lambda: weigh(layout, mentions, claims, checks, records))
    timed(times, "json", lambda: to_json(replace(findings, layout=layout)))
    return times


def repeated(text: str, size: int) -> str:
    """`text` again and again until it has `size` bytes of UTF-8, cut at the end of a line; each copy but the first has
    other digits inside its numbers."""
    noise = random.Random(size)
    copies = [text.rstrip("\n")]
    while sum(map(len, copies)) * len(text.encode()) < size * len(text):
        copies.append(INNER_DIGIT.sub(lambda _: str(noise.randrange(10)), copies[0]))
    return "\n\n".join(copies).encode()[:size].decode(errors="ignore").rpartition("\n")[0] + "\n"


def measured(path: Path, folder: Path | None) -> Figures:
    """The first run on `path` after loading, and the peak memory of the process in MiB."""
    model = load_model(folder, threads=1) if folder else None
    with tempfile.TemporaryDirectory() as name:
        warm = Path(name) / "warm.txt"
        warm.write_text(WARM, encoding="utf-8")
        route(warm, model)
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    steps = route(path, model)
    return {"characters": len(read(path).text), "bytes": path.stat().st_size, "seconds": sum(steps.values()), "steps": steps,
            "loaded_mib": loaded, "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def in_processes(path: Path, model: Path | None, times: int = 3) -> Figures:
    """The best of several processes."""
    runs: list[Figures] = []
    for _ in range(times):
        command = [sys.executable, __file__, str(path), "--measure", *(["--model", str(model)] if model else [])]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    best = min(runs, key=lambda figures: figures["seconds"])
    return best | {"per_second": best["characters"] / best["seconds"]}


def started(command: Sequence[str], text: str = "") -> float:
    """CPU seconds that `hedui` takes for `command`, the best of three."""
    hedui = str(Path(sys.executable).with_name("hedui"))
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([hedui, *command], input=text, capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def starts(folder: Path) -> Mapping[str, float]:
    short, out = folder / "short.txt", folder / "short.json"
    short.write_text(WARM, encoding="utf-8")
    return {"--help": started(["--help"]), "extract": started(["extract", str(short), "-o", str(out)]),
            "mentions": started(["mentions", "-"], WARM)}


def longest() -> Path:
    """The longest report that lies in or beside the project."""
    found = [*ROOT.glob("annotations/samples/*.txt"), *ROOT.parent.glob("shared/reports/*.txt")]
    return max(found, key=lambda path: path.stat().st_size)


def row(name: str, f: Figures, base: Figures) -> str:
    steps = "  ".join(f"{step} {seconds:.2f}" for step, seconds in f["steps"].items())
    ratio = base["per_second"] / f["per_second"]
    return (f"{name:<10} {f['bytes']:>9,} B {f['characters']:>8,} chars {f['seconds']:7.2f} s {f['per_second']:>8,.0f} chars/s  "
            f"×{ratio:4.2f} per char  peak {f['peak_mib']:5.0f} MiB   {steps}")


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("report", type=Path, nargs="?", help="the longest in or beside the project, if left out")
    cli.add_argument("--model", type=Path, help="a model that reads beside the rules")
    cli.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="bytes of the longer texts")
    cli.add_argument("--json", type=Path, help="also write the figures here")
    cli.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    args = cli.parse_args()
    report = args.report or longest()
    if args.measure:
        print(json.dumps(measured(report, args.model)))
        return 0
    text = read(report).text
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = in_processes(report, args.model)
        print(row("report", first, first), flush=True)
        sizes: dict[str, Figures] = {}
        for size in args.sizes:
            path = folder / f"{size}.txt"
            path.write_text(repeated(text, size), encoding="utf-8")
            sizes[str(size)] = in_processes(path, args.model)
            print(row(f"{size // 1000} KB", sizes[str(size)], next(iter(sizes.values()))), flush=True)
        start = starts(folder)
    print("start      " + "   ".join(f"hedui {command} {seconds:.2f} s" for command, seconds in start.items()))
    most = max(f["peak_mib"] for f in (first, *sizes.values()))
    fast, small = LEARNED if args.model else RULES
    bars = {"speed": first["per_second"] >= fast, "memory": most < small, "help": start["--help"] < BAR_HELP}
    print("bars       " + "   ".join(f"{bar} {'holds' if held else 'MISSED'}" for bar, held in bars.items()))
    if args.json:
        args.json.write_text(json.dumps({"report": first, "sizes": sizes, "start": start, "bars": bars}, indent=1) + "\n",
                             encoding="utf-8")
    return 0 if all(bars.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
