#!/usr/bin/env python3
"""How rightly and how fast names are linked over reports.

usage: linking.py [--shared ../shared] [--lake OUT/lake] [--names 100000]

Prints pairwise precision, recall and F1: on the hand-decided names of annotations/linking, and on the reports in --shared, whose names stand
there alone (linking.json keeps only hashes of them with what was decided; pairs on which people would not agree are left out). Of the shared
indicators `entries` counts every telling, `names` each wording once. Then CPU seconds for --names made names and for the names of a lake.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from hedui.lexicons import rows
from hedui.research.linking import link_indicators, link_programmes, link_regions, link_units
from hedui.research.linking.indicator_names import unit_told

ROOT = Path(__file__).parents[1]
Pair = tuple[int, int]


def hashed(*told: str) -> str:
    return hashlib.sha256("|".join(told).encode()).hexdigest()[:16]


def pairwise(what: str, truth: Sequence[Hashable], linked: Sequence[Hashable], apart: Callable[[Pair], bool] = lambda _: False,
             names: Sequence[str] = ()) -> None:
    """Prints precision, recall and F1 over all pairs, and the wording of those that are wrong."""
    right = wrong = missed = 0
    errors: set[str] = set()
    for one, two in combinations(range(len(truth)), 2):
        same, link = truth[one] == truth[two], linked[one] == linked[two] and linked[one] is not None
        if not (same or link) or apart((one, two)):
            continue
        right, wrong, missed = right + (same and link), wrong + (link and not same), missed + (same and not link)
        if same != link and names and names[one] != names[two]:
            errors.add(f"  {'wrongly one' if link else 'missed'}: {names[one]} | {names[two]}")
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{what}: {len(truth)} names, pairs right {right} wrong {wrong} missed {missed}: P {precision:.4f} R {recall:.4f} F1 {f1:.4f}")
    for error in sorted(errors):
        print(error)


def shared(folder: Path) -> None:
    decided = json.loads((Path(__file__).parent / "linking.json").read_text(encoding="utf-8"))
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "gold").glob("*.json"))]
    told = [(one["name"], unit_told(one["actual"], one["completion"], one["target"]), one["level1"], one["level2"])
            for gold in golds for one in gold["indicators"]]
    frame = pd.DataFrame(told, columns=["name", "unit", "level1", "level2"])
    frame["linked"] = link_indicators(frame).indicator_id
    doubtful = set(decided["doubtful"])
    for what, some in (("shared indicators, entries", frame), ("shared indicators, names", frame.drop_duplicates("name"))):
        names = some.name.tolist()
        truth = [decided["indicators"].get(hashed(name), name) for name in names]
        pairwise(what, truth, some.linked.tolist(), left_out(names, doubtful), names)
    bodies = sorted({(gold["reports"][0]["region"], mention["value"]) for gold in golds for mention in gold["mentions"] if mention["label"] == "ORG"})
    bodies = [(region, body) for region, body in bodies if hashed(region, body) in decided["units"]]
    linked = link_units([body for _, body in bodies], region=[region for region, _ in bodies], year=2021)
    pairwise("shared units", [decided["units"][hashed(*one)] for one in bodies], linked.unit_id.tolist(), names=[body for _, body in bodies])
    places = sorted({(mention["value"], gold["reports"][0]["unit"]) for gold in golds for mention in gold["mentions"] if mention["label"] == "REGION"}
                    | {(report["region"], report["unit"]) for gold in golds for report in gold["reports"]})
    regions = link_regions([place for place, _ in places], unit=[unit for _, unit in places], year=2021)
    truth = [decided["regions"].get(hashed(place), "?") for place, _ in places]
    right = sum(one == code for one, code in zip(truth, regions.code, strict=True))
    print(f"shared regions: {len(places)} names, codes right {right}")
    pairwise("shared regions", truth, regions.code.tolist(), names=[place for place, _ in places])


def left_out(names: Sequence[str], doubtful: set[str]) -> Callable[[Pair], bool]:
    return lambda pair: hashed(*sorted((names[pair[0]], names[pair[1]]))) in doubtful


def ours() -> None:
    """The hand-decided names in the repository."""
    bodies = lines("units")
    linked = link_units([row[1] for row in bodies], region=[row[2] or None for row in bodies], year=[int(row[3]) for row in bodies])
    pairwise("units", [row[0] for row in bodies], linked.unit_id.tolist(), names=[row[1] for row in bodies])
    places = lines("regions")
    regions = link_regions([row[0] for row in places], year=[int(row[1]) for row in places], unit=[row[2] or None for row in places],
                           province=[row[3] or None for row in places])
    wanted = [(None if row[4] == "-" else row[4], None if row[5] == "-" else row[5]) for row in places]
    found = [(text(code), text(one)) for code, one in zip(regions.code, regions.region_id, strict=True)]
    told = [one for one in found if one[1]]
    right = sum(one == two for one, two in zip(wanted, found, strict=True))
    hit = sum(one == two and two[1] is not None for one, two in zip(wanted, found, strict=True))
    print(f"regions: {len(places)} names, code and id right {right}: accuracy {right / len(places):.4f} P {hit / len(told):.4f} "
          f"R {hit / sum(one[1] is not None for one in wanted):.4f}")
    pairs = lines("indicators")
    metrics = json.loads((ROOT / "models" / "linking" / "metrics.json").read_text(encoding="utf-8"))
    print(f"indicators, pairs that look alike: {len(pairs)} decided by hand; held out {metrics['test_pairs']}: "
          f"P {metrics['precision']} R {metrics['recall']} F1 {metrics['f1']}")


def text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def lines(name: str) -> list[list[str]]:
    held = (ROOT / "annotations" / "linking" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in held if line and not line.startswith("#")]


def made_names(count: int) -> Iterator[str]:
    """Different names: what is done, in a place that the list does not have, worded in two ways."""
    things = [(row[1].rstrip("*"), row[2], row[6]) for row in rows("things", "hedui.synth.words")]
    syllables = [row[0] for row in rows("syllables", "hedui.synth.words")]
    n = 0
    while n < count:
        verb, thing, counted = things[n % len(things)]
        turn = n // len(things)
        body = f"第{turn // 2 % 97}{syllables[turn // 2 % len(syllables)]}{syllables[turn // 60 % len(syllables)]}站"
        yield f"{body}{verb}{thing}" if turn % 2 else f"{body}{thing}{verb}{counted}"
        n += 1


def cpu(what: str, work: Callable[[], Any]) -> Any:
    start = time.process_time()
    result = work()
    print(f"{what}: {time.process_time() - start:.2f} s CPU")
    return result


def lake(url: str) -> None:
    import pyarrow.compute as pc

    from hedui.export.lake_read import lake_dataset

    claims = lake_dataset(url, "claims").to_table(columns=["name", "level1", "level2", "target", "actual"],
                                                  filter=pc.field("type") == "indicator").to_pandas()
    claims["unit"] = [unit_told(actual, target) for actual, target in zip(claims.actual, claims.target, strict=True)]
    told = claims[["name", "level1", "level2", "unit"]].drop_duplicates()
    linked = cpu(f"{len(claims)} claims, {len(told)} wordings of {told.name.nunique()} names", lambda: link_indicators(told))
    print(f"  {linked.indicator_id.nunique()} indicators")
    reports = lake_dataset(url, "reports").to_table(columns=["report_unit", "report_region", "report_year", "programme"]).to_pandas()
    told = reports.drop_duplicates(["report_unit", "report_region", "report_year"])
    region, unit, year = (told[name].astype(object).where(told[name].notna(), None).tolist()
                          for name in ("report_region", "report_unit", "report_year"))
    places = cpu(f"{len(told)} regions", lambda: link_regions(region, year=year, unit=unit))
    print(f"  with a code {places.code.notna().mean():.3f}")
    cpu(f"{len(told)} units", lambda: link_units(unit, region=region, year=year))
    cpu(f"{reports.programme.nunique()} programmes", lambda: link_programmes(reports.programme.dropna().unique().tolist()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--lake")
    parser.add_argument("--names", type=int, default=100_000)
    asked = parser.parse_args()
    ours()
    if (asked.shared / "gold").is_dir():
        shared(asked.shared)
    if asked.names:
        frame = pd.DataFrame({"name": list(made_names(asked.names))})
        linked = cpu(f"{frame.name.nunique()} made names", lambda: link_indicators(frame))
        print(f"  {linked.indicator_id.nunique()} indicators")
    if asked.lake:
        lake(asked.lake)


if __name__ == "__main__":
    main()
