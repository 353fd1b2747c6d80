"""Passages, claims and checks of reports in, what each report says against itself out, by theme, with both places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from hedui.research.mining.contradictions_checks import severity_of, theme_of_check
from hedui.research.mining.contradictions_slips import results_apart, slips_in, targets_apart
from hedui.research.mining.contradictions_sums import sums_in
from hedui.research.mining.contradictions_told import Denial, Side, denials_in
from hedui.research.mining.found import PLACE, Finding, Quoted, findings_frame
from hedui.research.mining.reading import Reading, in_step
from hedui.research.mining.words import table_of

__all__ = ["contradictions", "contradictions_of"]

Row = Mapping[str, Any]
PASSAGES = (*PLACE, "id", "passage", "kind", "section", "start", "end", "text")
CLAIMS = ("sha256", "report", "id", "type", "origin", "start", "end", "name", "measure", "level1", "target", "actual")
CHECKS = ("sha256", "report", "id", "kind", "verdict", "tier", "note", "stated", "computed", "inputs", "start", "end", "claim_ids", "confidence")
WORDS: Mapping[str, str] = {topic: words for topic, words in table_of("contradictions_words")}
BY_FIGURES = frozenset({"rest", "grade", "slip", "survey_sum", "adjusted", "ratio", "growth", "parts", "levels", "plan"})
MORE = ("topic", "severity")


def contradictions(passages: Reading, claims: Reading, checks: Reading) -> pd.DataFrame:
    """All contradictions of reports, a row each (`findings_frame`): `type` is one of `contradictions_checks.THEMES`, `topic` what is told in two
    ways (`check` for what figures prove), `severity` high, medium or low. Tables of a store or frames with their columns."""
    told = in_step((passages, PASSAGES), (claims, CLAIMS), (checks, CHECKS))
    return findings_frame((found for _, parts in told for found in of_file(*parts)), MORE)


def of_file(passages: Sequence[Row], claims: Sequence[Row], checks: Sequence[Row]) -> Iterator[Finding]:
    """The contradictions of all reports of one file."""
    by_report: dict[str, tuple[list[Row], list[Row]]] = {}
    for at, rows in enumerate((claims, checks)):
        for row in rows:
            by_report.setdefault(str(row["report"]), ([], []))[at].append(row)
    for report, group in groupby(passages, key=lambda row: row["report"]):
        if report:
            yield from contradictions_of(list(group), *by_report.get(str(report), ([], [])))


def contradictions_of(passages: Sequence[Row], claims: Sequence[Row], checks: Sequence[Row]) -> list[Finding]:
    """The contradictions of one report, the surest first, each pair of places once."""
    known = {str(claim["id"]): claim for claim in claims}
    found = [of_check(check, known, passages) for check in checks if check["verdict"] == "conflict"]
    short = missed_rows(checks, known, passages)
    told = any(check["kind"] == "target" and check["verdict"] == "conflict" and "却称“" in str(check["note"]) for check in checks)
    held = [(one.start, one.end) for finding in found for one in (finding.at, finding.other) if one]
    for denial in (*denials_in(passages, short, told), *slips_in(passages), *results_apart(claims, passages), *targets_apart(claims, passages),
                   *sums_in(passages)):
        first, second = quoted(denial.first), quoted(denial.second)
        if denial.topic in BY_FIGURES and any(start < one.end and one.start < end for start, end in held for one in (first, second)):
            continue
        found.append(finding_of(denial, first, second))
    return sorted({one.id: one for one in found}.values(), key=lambda one: (-one.score, one.at.start))


def of_check(check: Row, claims: Mapping[str, Row], passages: Sequence[Row]) -> Finding:
    """A conflict as a finding: stated first, over against it the claim that says otherwise, else the passage that holds the other figure."""
    quoted_claims = [claims[one] for one in check["claim_ids"] if one in claims] if check["claim_ids"] is not None else []
    theme = theme_of_check(check, quoted_claims)
    place = passages[0] if passages else {}
    at = Quoted(sha256=check["sha256"], report=check["report"], start=int(check["start"]), end=int(check["end"]), text=str(check["stated"]),
                passage=passage_at(passages, int(check["start"])))
    other = other_of(check, quoted_claims, passages)
    return Finding(theme="contradictions", type=theme, score=float(check["confidence"]), at=at, other=other, place=place,
                   note=str(check["note"]), check=str(check["id"]), claim=str(quoted_claims[0]["id"]) if quoted_claims else None,
                   more={"topic": "check", "severity": severity_of(theme, check)})


def other_of(check: Row, claims: Sequence[Row], passages: Sequence[Row]) -> Quoted | None:
    start, end = int(check["start"]), int(check["end"])
    inputs = [one for one in str(check["inputs"] or "").split("；") if one]
    for claim in claims:
        if not (claim["start"] < end and start < claim["end"]):
            return Quoted(sha256=check["sha256"], report=check["report"], start=int(claim["start"]), end=int(claim["end"]),
                          text=str(claim["actual"] or claim["name"] or "；".join(inputs)), passage=passage_at(passages, int(claim["start"])))
    near = sorted((row for row in passages if row["kind"] != "heading"), key=lambda row: abs(row["start"] - start))
    for row in near if inputs else ():
        at = str(row["text"]).find(inputs[-1])
        if at >= 0 and row["kind"] != "row" and row["start"] + at != start:
            return Quoted(sha256=check["sha256"], report=check["report"], start=int(row["start"]) + at, end=int(row["start"]) + at + len(inputs[-1]),
                          text=inputs[-1], passage=row["id"])
        if at >= 0 and row["kind"] == "row":
            return Quoted(sha256=check["sha256"], report=check["report"], start=int(row["start"]), end=int(row["end"]), text=inputs[-1],
                          passage=row["id"])
    return None


def passage_at(passages: Sequence[Row], start: int) -> str | None:
    return next((str(row["id"]) for row in passages if row["start"] <= start < row["end"]), None)


def missed_rows(checks: Iterable[Row], claims: Mapping[str, Row], passages: Sequence[Row]) -> list[Row]:
    """The passages of indicators that miss their target, whether the report admits it or not, with the name and level of the indicator."""
    found: list[Row] = []
    for check in checks:
        if check["kind"] == "target":
            claim = next((claims[one] for one in (check["claim_ids"] if check["claim_ids"] is not None else ()) if one in claims), {})
            start = int(claim.get("start") or check["start"])
            row = next((row for row in passages if row["start"] <= start < row["end"]), None)
            if row and "未达目标" in str(check["note"]):
                found.append({**row, "name": str(check["note"]).partition("：")[0], "level1": claim.get("level1")})
    return found


def quoted(side: Side) -> Quoted:
    """The place of a piece; of a row of a table the whole row, whose cells stand apart in the text."""
    row = side.row
    start, end = (row["start"], row["end"]) if row["kind"] == "row" else (row["start"] + side.start, row["start"] + side.end)
    return Quoted(sha256=row["sha256"], report=row["report"], start=int(start), end=int(end), text=row["text"] if row["kind"] == "row" else side.text,
                  passage=row["id"])


def finding_of(denial: Denial, first: Quoted, second: Quoted) -> Finding:
    return Finding(theme="contradictions", type=denial.theme, score=denial.score, at=first, other=second, place=denial.first.row,
                   note=WORDS[denial.topic], more={"topic": denial.topic, "severity": denial.severity})
