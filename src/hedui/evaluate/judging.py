"""A folder of annotations and a folder of results -> the confidence of everything read, and whether it is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from hedui.errors import ReadError, UsageError
from hedui.evaluate.evaluation import outputs_by_source
from hedui.evaluate.reliability import Judged
from hedui.evaluate.rightness import right_claims, right_mentions, right_records
from hedui.evaluate.rightness_checks import right_checks
from hedui.evaluate.told import Told, told_in
from hedui.export import load_output
from hedui.findings import Check, Claim
from hedui.gold import Gold, read_gold

__all__ = ["check_kind", "claim_kind", "judged_in", "judged_of", "shift_groups"]

PROVINCE = 2


def judged_in(gold_dir: Path, report_dir: Path) -> list[Judged]:
    """Everything in the results under `report_dir` that annotations in `gold_dir` judge. UsageError where there is nothing."""
    paths: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(gold_dir.glob("*.json")):
        paths[PurePosixPath(read_gold(path).source).name].append(path)
    outputs = outputs_by_source(report_dir, wanted=frozenset(paths))
    judged = [one for source, path in sorted(outputs.items()) for one in judged_of(told_in(load_output(path)), paths[source], source)]
    if not judged:
        raise UsageError(f"{report_dir}: 没有与标注对应的结果 · no result here belongs to an annotation")
    return judged


def judged_of(told: Told, parts: Sequence[Path], source: str) -> Iterator[Judged]:
    golds = [placed_gold(path, told.text) for path in parts]
    groups = shift_groups(golds)
    right = [(f"mention.{m.label}", m.confidence, good) for m, good in zip(told.mentions, right_mentions(told.mentions, golds), strict=True)]
    right += [(claim_kind(c), c.confidence, good) for c, good in zip(told.claims, right_claims(told.claims, golds, told.text), strict=True)]
    right += [(check_kind(c), c.confidence, good) for c, good in zip(told.checks, right_checks(told.checks, golds, told.claims), strict=True)]
    whole = right_records(told.records, told.claims, told.checks, golds, told.text)
    right += [(f"record.{r.type}", r.confidence, good) for r, good in zip(told.records, whole, strict=True)]
    for kind, confidence, good in right:
        yield Judged(source=source, kind=kind, told=confidence, right=good, groups=groups)


def placed_gold(path: Path, text: str) -> Gold:
    """With spans where the text is the annotated one; without where the same report was read in another form."""
    try:
        return read_gold(path, text=text)
    except ReadError:
        return read_gold(path)


def claim_kind(claim: Claim) -> str:
    return f"indicator.{claim.origin}" if claim.type == "indicator" else claim.type


def check_kind(check: Check) -> str:
    return "check.conflict" if check.verdict == "conflict" else "check.holds"


def shift_groups(golds: Sequence[Gold]) -> Mapping[str, str]:
    """The province and the year that a source speaks of, by its first head that says so."""
    regions = [r.region[:PROVINCE] for gold in golds for r in gold.reports if r.region]
    years = [str(r.year) for gold in golds for r in gold.reports if r.year]
    return {**({"province": regions[0]} if regions else {}), **({"year": years[0]} if years else {})}
