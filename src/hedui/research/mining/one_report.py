"""The output of a file in, what three themes find in it out: results that no table holds, hedged wording, reasons for deviations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from hedui.document import Span
from hedui.research.mining.found import Finding, Quoted
from hedui.research.mining.hedges import SCORES, Answer, hedge_of_row, hedges_in, row_hides, unmet
from hedui.research.mining.reasons import Reason, reasons_in
from hedui.research.mining.untabled import untabled_in
from hedui.research.passages import Passage

__all__ = ["THEMES", "findings_in"]

THEMES = ("untabled", "hedges", "reasons")
# 完成 · 未偏离: a cell for reasons that gives none
NO_REASON = re.compile(r"^(?:无(?:偏[差离])?|已?完成|未偏离|不适用|/|-|—)?$")
NAMED = 4
UNEXPLAINED = 0.7
Claim = Mapping[str, Any]


Places = Mapping[str | None, Mapping[str, Any]]


def findings_in(output: Mapping[str, Any], passages: Sequence[Passage], sha256: str, places: Places) -> Iterator[Finding]:
    """The findings of a file (an output of schema hedui/1, its passages) theme by theme, in the order of its text; `places` are the columns of
    place of its reports by their ids."""
    file = File(output, passages, sha256, places)
    yield from file.untabled()
    yield from file.hedges()
    yield from file.reasons()


class File:
    """A file as the themes look at it: its text, its passages, its claims by report."""

    def __init__(self, output: Mapping[str, Any], passages: Sequence[Passage], sha256: str, places: Places) -> None:
        self.output, self.passages, self.sha256, self.places = output, passages, sha256, places
        self.text: str = output["text"]
        self.claims = [(report["id"], claim) for report in output["reports"] for claim in report["claims"] if claim["type"] == "indicator"]
        self.rows = [(report, claim, answer_of(claim)) for report, claim in self.claims if claim["origin"] == "table" and "actual" in claim["spans"]]
        self.missing = {report for report, _, answer in self.rows if unmet(answer)}
        self.ends = list(accumulate((passage.end for passage in passages), max))

    def quoted(self, report: str | None, span: Span) -> Quoted:
        passage = self.passage_at(span[0])
        return Quoted(sha256=self.sha256, report=report, start=span[0], end=span[1], text=self.text[slice(*span)],
                      passage=f"t-{self.sha256[:12]}-{passage}" if passage is not None else None)

    def finding(self, theme: str, kind: str, score: float, report: str | None, span: Span, *, other: Span | None = None, claim: str | None = None,
                note: str = "") -> Finding:
        return Finding(theme=theme, type=kind, score=score, at=self.quoted(report, span), place=self.places.get(report, {}),
                       other=self.quoted(report, other) if other else None, claim=claim, note=note)

    def passage_at(self, start: int) -> int | None:
        """The first passage that holds a place: they stand in order, so that it is the first of those that end behind it."""
        at = bisect_right(self.ends, start)
        return at if at < len(self.passages) and self.passages[at].start <= start else None

    def report_at(self, start: int) -> str | None:
        at = self.passage_at(start)
        return None if at is None else self.passages[at].report

    def claim_over(self, span: Span) -> str | None:
        """The narrowest claim of running text that holds a span."""
        held = [claim for _, claim in self.claims if claim["origin"] == "narrative" and claim["span"][0] <= span[0] and span[1] <= claim["span"][1]]
        return min(held, key=lambda claim: claim["span"][1] - claim["span"][0])["id"] if held else None

    def untabled(self) -> Iterator[Finding]:
        for one in untabled_in(self.output, self.passages):
            yield self.finding("untabled", one.kind, one.score, self.report_at(one.span[0]), one.span, other=one.row, claim=one.claim)

    def hedges(self) -> Iterator[Finding]:
        for passage in self.passages:
            if passage.kind == "sentence":
                for one in hedges_in(self.text, (passage.start, passage.end), section=passage.section, missing=passage.report in self.missing):
                    yield self.finding("hedges", one.grade, one.score, passage.report, one.span, claim=self.claim_over(one.span),
                                       note="hides" if one.hides else "")
        for report, claim, answer in self.rows:
            grade = hedge_of_row(answer)
            if grade:
                spans = claim["spans"]
                yield self.finding("hedges", grade, SCORES[grade], report, tuple(spans["actual"]), other=tuple(spans["target"]), claim=claim["id"],
                                   note="hides" if row_hides(answer, grade) else "")

    def reasons(self) -> Iterator[Finding]:
        told = ""
        for passage in self.passages:
            if passage.kind == "sentence":
                found = reasons_in(self.text, (passage.start, passage.end))
                told += passage.text if found else ""
                for one in found:
                    yield self.reason(one, passage.report, self.claim_over(one.effect or one.cause))
        for report, claim, answer in self.rows:
            reason, spans = answer.reason or "", claim["spans"]
            if not NO_REASON.match(reason.strip()) and "reason" in spans:
                for one in reasons_in(self.text, tuple(spans["reason"]), cell=True):
                    yield self.reason(one, report, claim["id"], effect=tuple(spans["actual"]))
            elif unmet(answer) and not named_in(answer.name, told):
                yield self.finding("reasons", "unexplained", UNEXPLAINED, report, tuple(spans["actual"]), other=tuple(spans["target"]),
                                   claim=claim["id"], note="short")

    def reason(self, one: Reason, report: str | None, claim: str | None, effect: Span | None = None) -> Finding:
        return self.finding("reasons", one.type, one.score, report, one.cause, other=one.effect or effect, claim=claim, note=one.polarity)


def answer_of(claim: Claim) -> Answer:
    fields = claim["fields"]
    return Answer(name=fields["name"], target=fields["target"], actual=fields["actual"], weight=fields["weight"], score=fields["score"],
                  reason=fields["reason"])


def named_in(name: str, told: str) -> bool:
    """Whether sentences that give reasons speak of an indicator, by its name or the beginning or end of it."""
    return any(piece in told for piece in {name, name[:NAMED], name[-NAMED:]} if len(piece) >= NAMED)
