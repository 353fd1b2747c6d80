"""Folders of annotations and reports -> one Item for everything that hedui reads in them: its signals, and whether it is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from hedui.claims import link_claims
from hedui.confidence import Item, disputes_of, signals_of
from hedui.document import Document, Layout
from hedui.errors import UsageError
from hedui.evaluate.judging import shift_groups
from hedui.evaluate.rightness import right_claims, right_mentions, right_records
from hedui.evaluate.rightness_checks import right_checks
from hedui.findings import Check, Claim, Mention, Record
from hedui.gold import Gold, read_gold
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read
from hedui.reconcile import reconcile

__all__ = ["Read", "calibration_items", "items_of", "read_once"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """Everything read in one telling of a report: its layout, and what was found in it."""

    layout: Layout
    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    checks: Sequence[Check]
    records: Sequence[Record]


def calibration_items(gold_dir: Path, report_dir: Path, *, tagger: Any = None, linker: Any = None, weight: float = 1.0) -> list[Item]:
    """Everything read in the reports of `report_dir` that annotations in `gold_dir` cover whole.

    A report is found by the name of its source; where only a file of that name with another ending is there (the report
    printed or scanned), things are matched by what they say. UsageError where no report is found.
    """
    paths: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(gold_dir.glob("*.json")):
        paths[PurePosixPath(read_gold(path).source).name].append(path)
    files = sorted(path for path in report_dir.iterdir() if path.is_file())
    items: list[Item] = []
    for source, parts in sorted(paths.items()):
        same = [path for path in files if path.name == source]
        for report in same or [path for path in files if path.name.split(".")[0] == source.split(".")[0]]:
            document = read(report)
            golds = [read_gold(path, text=document.text if same else None) for path in parts]
            items += items_of(read_once(document, tagger=tagger, linker=linker), golds, source=source, weight=weight)
    if not items:
        raise UsageError(f"{report_dir}: 没有与 {gold_dir} 中的标注对应的报告 · no report here belongs to an annotation there")
    return items


def read_once(document: Document, *, tagger: Any = None, linker: Any = None) -> Read:
    layout = arrange(document)
    mentions = find_mentions(layout, tagger=tagger)
    claims = link_claims(layout, mentions, linker=linker)
    checks, records = reconcile(layout, mentions, claims)
    return Read(layout=layout, mentions=mentions, claims=claims, checks=checks, records=records)


def items_of(told: Read, golds: Sequence[Gold], *, source: str, weight: float = 1.0) -> Iterator[Item]:
    """The items of one telling of `source`; `golds` have spans where they were read with its text."""
    document = told.layout.document
    signals = signals_of(told.layout, told.mentions, told.claims, told.checks, told.records)
    groups = groups_of(document, golds)
    name = f"{source}/{document.sha256[:8]}/"
    text, against = document.text, {check.id: check for check in told.checks}
    plain: Sequence[tuple[Mention | Claim | Check, tuple[str, Mapping[str, float]], bool]] = (
             *zip(told.mentions, signals.mentions, right_mentions(told.mentions, golds), strict=True),
             *zip(told.claims, signals.claims, right_claims(told.claims, golds, text), strict=True),
             *zip(told.checks, signals.checks, right_checks(told.checks, golds, told.claims), strict=True))
    for thing, (kind, of), right in plain:
        yield Item(source=source, kind=kind, signals=of, right=right, id=name + thing.id, groups=groups, weight=weight)
    right_ones = right_records(told.records, told.claims, told.checks, golds, text)
    for record, (kind, of), right in zip(told.records, signals.records, right_ones, strict=True):
        yield Item(source=source, kind=kind, signals=of, right=right, id=name + record.id, groups=groups, weight=weight,
                   parts=tuple(name + id_ for id_ in record.claims),
                   disputes=tuple(name + id_ for id_ in disputes_of(record, against)))


def groups_of(document: Document, golds: Sequence[Gold]) -> Mapping[str, str]:
    """The sets that everything read in a file belongs to: how it came (text or scan), its province and its year."""
    return {"form": "scan" if any(line.scores for line in document.lines) else "text", **shift_groups(golds)}
