"""What a lake holds in, what is told of all reports at once out: how many of each thing, the conflicts and the files, the gravest first.

Nothing is read again for it: it is a few columns of the lake, whatever the number of reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hedui.export.tables import Row, rows_of

__all__ = ["TIERS", "Totals", "Whole", "whole_of"]

TIERS = ("numeric", "value", "wording")
COUNTED = ("mentions", "claims", "records", "checks")


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """How many there are of each; checks by verdict, conflicts by kind, most first."""

    reports: int = 0
    mentions: int = 0
    claims: int = 0
    records: int = 0
    checks: int = 0
    verdicts: Mapping[str, int]
    conflicts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """Everything at once: the totals, the rows of conflicts with the gravest first (as many as were asked for), what is told of each file
    (by sha256: characters, reports, claims, checks, conflicts, issues), and the contents with the gravest first."""

    totals: Totals
    conflicts: Sequence[Row]
    files: Mapping[str, Row]
    gravest: Sequence[str]


def gravity(row: Mapping[str, Any]) -> tuple[int, float, str, int, str]:
    """Figures before values before words, then the surest first."""
    tier = TIERS.index(row["tier"]) if row["tier"] in TIERS else len(TIERS)
    return tier, -row["confidence"], row["file"], row["start"], row["id"]


def ranked(conflicts: Iterable[Mapping[str, Any]], files: Mapping[str, Row]) -> tuple[str, ...]:
    """Contents in the order of their gravest conflict, behind them those without any by name."""
    first = dict.fromkeys(row["sha256"] for row in conflicts)
    return (*first, *sorted(files.keys() - first.keys(), key=lambda sha256: (files[sha256]["file"], sha256)))


def totals_of(counts: Mapping[str, int], verdicts: Mapping[str, int], kinds: Mapping[str, int]) -> Totals:
    return Totals(**{name: counts.get(name, 0) for name in ("reports", *COUNTED)}, verdicts=dict(verdicts),
                  conflicts=dict(sorted(kinds.items(), key=lambda one: (-one[1], one[0]))))


def issues_of(issues: Iterable[Mapping[str, Any]]) -> str:
    return "；".join(f"{issue['where']} {issue['what']}".strip() for issue in issues)


def file_of(output: Mapping[str, Any]) -> Row:
    """What is told of one file."""
    reports = output["reports"]
    return {"file": output["source"]["name"], "issues": issues_of(output["issues"]), "characters": len(output["text"]), "reports": len(reports),
            "claims": sum(len(report["claims"]) for report in reports), "checks": sum(len(report["checks"]) for report in reports),
            "conflicts": sum(check["verdict"] == "conflict" for report in reports for check in report["checks"])}


def whole_of(outputs: Iterable[Mapping[str, Any]]) -> Whole:
    """The same of a few outputs at hand."""
    counts, verdicts, files = Counter[str](), Counter[str](), dict[str, Row]()
    conflicts: list[Row] = []
    for output in outputs:
        files[output["source"]["sha256"]] = file_of(output)
        counts["reports"] += len(output["reports"])
        counts.update({name: sum(len(report[name]) for report in output["reports"]) for name in COUNTED})
        for check in rows_of(output, "checks"):
            verdicts[check["verdict"]] += 1
            if check["verdict"] == "conflict":
                conflicts.append(check)
    conflicts.sort(key=gravity)
    kinds = Counter(check["kind"] for check in conflicts)
    return Whole(totals=totals_of(counts, verdicts, kinds), conflicts=conflicts, files=files, gravest=ranked(conflicts, files))
