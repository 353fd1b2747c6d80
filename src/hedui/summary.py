"""What a run came to, for people: what was read, what was not and why, what does not agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hedui.export.tables import FileLine
from hedui.export.totals import Whole
from hedui.export.words import word

__all__ = ["NAMED", "Grave", "Summary", "summarise", "summary_lines"]

GRAVEST = 5
NAMED = 20
STATES = ("read", "kept", "part", "same", "failed", "quarantined", "waiting")


@dataclass(frozen=True, kw_only=True, slots=True)
class Grave:
    """One conflict as the summary tells it."""

    file: str
    kind: str
    tier: str
    note: str
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The figures of a run; `conflicts` by kind, `gravest` first."""

    lines: tuple[FileLine, ...]
    passed_over: tuple[str, ...] = ()
    reports: int = 0
    mentions: int = 0
    claims: int = 0
    records: int = 0
    checks: int = 0
    conflicts: Mapping[str, int]
    gravest: tuple[Grave, ...] = ()
    out: str = ""
    files: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everything that came in was read."""
        return not self.failed and all(line.state != "waiting" for line in self.lines)

    @property
    def failed(self) -> tuple[FileLine, ...]:
        return tuple(line for line in self.lines if line.state in ("failed", "quarantined"))


def summarise(
    whole: Whole, *, lines: Sequence[FileLine], passed_over: Sequence[str] = (), out: str = "", files: Sequence[str] = (),
) -> Summary:
    """What a run came to, of what is told of all its reports at once."""
    totals = whole.totals
    gravest = [Grave(file=row["file"], kind=row["kind"], tier=row["tier"], note=" ".join(row["note"].split()), confidence=row["confidence"])
               for row in whole.conflicts[:GRAVEST]]
    return Summary(
        lines=tuple(lines), passed_over=tuple(passed_over), reports=totals.reports, mentions=totals.mentions, claims=totals.claims,
        records=totals.records, checks=totals.checks, conflicts=totals.conflicts, gravest=tuple(gravest), out=out, files=tuple(files),
    )


def file_lines(summary: Summary) -> list[str]:
    states = Counter(line.state for line in summary.lines)
    told = [f"{word(state)} {states[state]}" for state in STATES if states[state]]
    lines = [f"文件 files: {'，'.join(told) or '没有可读的文件 nothing to read'}"]
    lines += [f"  ✗ {line.name}: {line.cause}" for line in summary.failed[:NAMED]]
    if len(summary.failed) > NAMED:
        lines.append(f"  … 其余 {len(summary.failed) - NAMED} 个见 {summary.out} 的 Excel「文件」表 · the rest in the workbook")
    if summary.passed_over:
        lines.append(f"  另有 {len(summary.passed_over)} 个不是报告的文件未读 · other files not read: "
                     f"{'、'.join(summary.passed_over[:3])}{'…' if len(summary.passed_over) > 3 else ''}")
    return lines


def summary_lines(summary: Summary) -> list[str]:
    """The summary as lines to print."""
    lines = file_lines(summary)
    total = sum(summary.conflicts.values())
    lines.append(f"读出 found: 报告 reports {summary.reports}，陈述 claims {summary.claims}，记录 records {summary.records}，"
                 f"核对 checks {summary.checks}")
    kinds = "，".join(f"{word(kind)} {count}" for kind, count in summary.conflicts.items())
    lines.append(f"不符 conflicts: {total}{f'（{kinds}）' if kinds else ''}")
    if summary.gravest:
        lines.append("最要紧的几处 · the gravest:")
        lines += [f"  • {one.file}｜{word(one.kind)}｜{one.note}" for one in summary.gravest]
    if summary.files:
        lines.append(f"结果 results: {summary.out}")
        lines += [f"  {name}" for name in summary.files]
    return lines
