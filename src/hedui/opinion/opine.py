"""Findings -> opinions: what does not agree in each report, the weightiest first, with what it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hedui.confidence import within_fdr
from hedui.document import Span
from hedui.findings import Check, Findings, Fund, Quote, Remark, Report
from hedui.opinion.consequence import points_of
from hedui.opinion.groups import grouped
from hedui.opinion.names import Names, names_of
from hedui.opinion.relations import Relations, relate
from hedui.opinion.settings import setting
from hedui.opinion.spots import Spots
from hedui.opinion.stakes import Known, stake_of, worded
from hedui.opinion.types import Item, Operand, Opinion, Tally
from hedui.opinion.web import web_of

__all__ = ["opinions_of"]

FIGURES = frozenset({"AMOUNT", "RATE", "QUANTITY"})
BUDGETS = frozenset({"budget", "issued", "received"})
ORDER = {"conflict": 0, "rounding": 1, "remark": 2}


def opinions_of(findings: Findings, *, fdr: float | None = None) -> tuple[Opinion, ...]:
    """One opinion for each report of a file, in its order.

    `fdr` keeps of the conflicts of the file those among which at most that share is expected to be false (0.05: one in twenty); None
    keeps all. Conflicts come first, then rounding that moves sums worth telling (page.tsv), then remarks, each by score: what it weighs (see
    `consequence`) times how sure it is.
    """
    known = {mention.span: mention for report in findings.reports for mention in report.mentions}
    kept = {check.id for report in findings.reports for check in report.checks if check.verdict == "conflict"}
    if fdr is not None:
        conflicts = [check for report in findings.reports for check in report.checks if check.verdict == "conflict"]
        kept = {check.id for check in within_fdr(conflicts, fdr)}
    quotes = [quote for report in findings.reports for quote in quotes_of(report)]
    names = names_of(quotes, (claim for report in findings.reports for claim in report.claims), findings.document.text,
                     findings.layout)
    reader = Reader(spots=Spots(findings.document, findings.reports), known=known, names=names)
    return tuple(opinion_of(findings, report, reader, kept) for report in findings.reports)


def quotes_of(report: Report) -> Iterable[Quote]:
    for check in report.checks:
        yield from (check.stated, *check.inputs)
    for remark in report.remarks:
        yield from remark.quotes


def budget_of(report: Report) -> Decimal | None:
    """The largest amount of the year that the report calls its budget, or issued, or received."""
    year = report.part.year
    return max((fund.yuan for record in report.records if isinstance(fund := record.fields, Fund)
                and fund.measure in BUDGETS and fund.yuan > 0 and (year is None or fund.year in (None, year))), default=None)


def in_doubt(items: Sequence[Item]) -> Decimal:
    """The yuan in doubt: of conflicts that share a figure the largest sum counts, so that one wrong figure counts once."""
    groups = grouped({item.stated.place.span, *(operand.place.span for operand in item.operands)} for item in items)
    most: dict[int, Decimal] = defaultdict(Decimal)
    for group, item in zip(groups, items, strict=True):
        most[group] = max(most[group], item.stake.yuan or Decimal(0))
    return sum(most.values(), Decimal(0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """What one needs to tell of the quotes of a file: where they stand, what they mean and what they are called."""

    spots: Spots
    known: Known
    names: Names

    def operand(self, quote: Quote) -> Operand:
        return Operand(text=worded(quote, self.known), name=self.names.get(quote.span, ""), place=self.spots.place(quote.span))

    def outcome(self, check: Check) -> str:
        """What comes out; where it is what another quote says, as that says it."""
        same = [quote for quote in check.inputs if (quote.value or quote.text) == check.computed]
        return worded(same[0], self.known) if same else " ".join(check.computed.split())


def item_of(check: Check, report: Report, relations: Relations, records: int, budget: Decimal | None, reader: Reader) -> Item:
    stake = stake_of(check, reader.known)
    share = stake.yuan / budget if stake.yuan and budget else None
    figures = len(relations.resting_on(check))
    rounding = check.verdict == "rounding"
    points = points_of("rounding" if rounding else check.tier, yuan=stake.yuan, share=share, figures=figures, records=records)
    weight = round(sum(point for _, point in points), 2)
    spans = {check.stated.span, *(quote.span for quote in check.inputs)}
    before, after = reader.spots.around(check.stated.span)
    return Item(
        id=check.id, kind="rounding" if rounding else "conflict", check=check.kind, tier=check.tier,
        stated=reader.operand(check.stated), before=before, after=after, formula=" ".join(check.note.split()),
        operands=tuple(reader.operand(quote) for quote in check.inputs), computed=reader.outcome(check), stake=stake,
        share=share, figures=figures, records=records, confidence=check.confidence, points=points, weight=weight,
        score=round(weight * check.confidence, 4),
        repairs=tuple(repair.note for repair in report.repairs if check.id in repair.closes or repair.stated.span == check.stated.span),
        remarks=tuple(remark.note for remark in report.remarks if goes_with(remark, check, spans)),
    )


def goes_with(remark: Remark, check: Check, spans: Collection[Span]) -> bool:
    """Whether a remark is on what a check quotes or on a claim that it rests on."""
    return bool(set(remark.claims) & set(check.claims)) or any(quote.span in spans for quote in remark.quotes)


def remark_item(remark: Remark, reader: Reader) -> Item:
    points = points_of("remark")
    before, after = reader.spots.around(remark.quotes[0].span)
    weight = sum(point for _, point in points)
    return Item(id=remark.id, kind="remark", check=remark.kind, tier="remark", stated=reader.operand(remark.quotes[0]), before=before,
                after=after, formula=" ".join(remark.note.split()), operands=tuple(reader.operand(quote) for quote in remark.quotes[1:]),
                points=points, weight=weight, score=weight)


def opinion_of(findings: Findings, report: Report, reader: Reader, kept: Collection[str]) -> Opinion:
    budget, relations = budget_of(report), relate([check for check in report.checks if check.verdict != "conflict" or check.id in kept])
    touched: dict[str, int] = defaultdict(int)
    for record in report.records:
        for check_id in record.checks:
            touched[check_id] += 1
    told = [check for check in report.checks if check.id in kept or check.verdict == "rounding"]
    items = [item_of(check, report, relations, touched[check.id], budget, reader) for check in told]
    shown = [item for item in items if item.kind == "conflict" or (item.stake.yuan or 0) >= setting("rounding_yuan")]
    beside = {note for item in shown for note in item.remarks}
    shown += [remark_item(remark, reader) for remark in report.remarks if remark.quotes and remark.note not in beside]
    shown.sort(key=lambda item: (ORDER[item.kind], -item.score, item.stated.place.span, item.id))
    verdicts = [check.verdict for check in report.checks]
    conflicts = [item for item in shown if item.kind == "conflict"]
    tally = Tally(
        figures=sum(mention.label in FIGURES for mention in report.mentions), relations=len(verdicts) - held_back(report, kept),
        consistent=verdicts.count("consistent"), rounding=verdicts.count("rounding"), conflicts=len(conflicts),
        held_back=held_back(report, kept), yuan=in_doubt(conflicts), budget=budget, issues=findings.document.issues,
    )
    web = web_of(relations, order={item.id: rank for rank, item in enumerate(shown)}, names=reader.names,
                 worded=lambda quote: worded(quote, reader.known), place=reader.spots.place)
    part = report.part
    return Opinion(id=report.id, file=findings.document.name, title=part.title or part.programme or findings.document.name, unit=part.unit,
                   year=part.year, tally=tally, items=tuple(shown), web=web)


def held_back(report: Report, kept: Collection[str]) -> int:
    return sum(check.verdict == "conflict" and check.id not in kept for check in report.checks)
