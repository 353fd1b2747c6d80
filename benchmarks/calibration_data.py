"""Folders of annotations and reports -> one Item for everything that hedui reads in them: its signals, and whether it is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hedui.claims import link_claims
from hedui.confidence import signals_of
from hedui.evaluate import right_checks, right_claims, right_mentions
from hedui.gold import Gold, read_gold
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read
from hedui.reconcile import reconcile

__all__ = ["Item", "items_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing read in `source`."""

    source: str
    kind: str
    signals: Mapping[str, float]
    right: bool


def items_of(gold_dir: Path, report_dir: Path) -> Iterator[Item]:
    """Everything read in the reports of `report_dir` that annotations in `gold_dir` cover whole."""
    paths: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(gold_dir.glob("*.json")):
        paths[read_gold(path).source].append(path)
    for source, parts in paths.items():
        yield from items_of_source(report_dir / source, parts)


def items_of_source(report: Path, parts: Sequence[Path]) -> Iterator[Item]:
    document = read(report)
    golds: list[Gold] = [read_gold(path, text=document.text) for path in parts]
    layout = arrange(document)
    mentions = find_mentions(layout)
    claims = link_claims(layout, mentions)
    checks, _ = reconcile(layout, mentions, claims)
    signals = signals_of(layout, mentions, claims, checks)
    for told, right in (*zip(signals.mentions, right_mentions(mentions, golds), strict=True),
                        *zip(signals.claims, right_claims(claims, golds, document.text), strict=True),
                        *zip(signals.checks, right_checks(checks, golds), strict=True)):
        yield Item(source=report.name, kind=told[0], signals=told[1], right=right)
