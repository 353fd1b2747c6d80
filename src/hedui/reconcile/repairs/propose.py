"""Checks that do not close -> the smallest change of one figure under which they do, proposed with its odds and never made.

Figures and checks are a graph; only figures of conflicts are tried, and for each the slips one step away. A proposal closes
conflicts and opens at most fewer checks that hold; of several that close the same conflict one is told where it is likelier
than all the others together. What the likeliest of them mend counts as holding for the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Check, Mention, Repair, content_id
from hedui.reconcile.places import part_of
from hedui.reconcile.repairs.checks import Recount, recount_of
from hedui.reconcile.repairs.figures import FigureReader, Written
from hedui.reconcile.repairs.glyphs import Glyphs
from hedui.reconcile.repairs.odds import Proposal, odds_among, weighed
from hedui.reconcile.repairs.slips import Slip, slips_of

__all__ = ["repairs_of"]

LEAST_ODDS, MOST_ODDS = 2.0, 9999.0
# limits: conflicts of a file that are tried, figures of one conflict, checks of one figure, how often what was mended is built upon
CONFLICTS, OPERANDS, TOUCHED, ROUNDS = 200, 24, 40, 3

Tellings = Counter[tuple[str, str, Decimal]]


def repairs_of(layout: Layout, mentions: Sequence[Mention], checks: Sequence[Check]) -> tuple[Repair, ...]:
    """Proposals for figures of conflicts, in the order of the text; `checks` stay as they are."""
    conflicts = [check for check in checks if check.verdict == "conflict"][:CONFLICTS]
    if not conflicts:
        return ()
    reader, glyphs = FigureReader(layout, mentions), Glyphs(layout.document)
    bad = [r for check in conflicts if (r := recount_of(check, reader)) is not None]
    tried = {f.at: f for recount in bad for f in figures_tried(recount)}
    slips = {at: distinct((*slips_of(figure), *glyphs.slips(figure))) for at, figure in tried.items()}
    tellings: Tellings = Counter((m.label, m.unit, m.value) for m in mentions if isinstance(m.value, Decimal))
    recounts, found = [*bad, *holding(checks, reader, tried)], list[Repair]()
    for _ in range(ROUNDS):
        shared = Counter(at for r in recounts if r.fails for at in {f.at for f in r.figures})
        best = chosen([p for at, touching in touched(recounts, tried).items()
                       for p in proposals_for(tried[at], slips[at], touching, tellings, shared=shared, scanned=glyphs.recognised)])
        found += (repair(layout, proposal, odds) for proposal, odds in best)
        meant = {p.slip.meant.at: p.slip.meant for p, _ in best}
        if not meant:
            break
        recounts, tried = [r.mended(meant) for r in recounts], {at: f for at, f in tried.items() if at not in meant}
    return tuple(sorted(found, key=lambda one: one.stated.span))


def figures_tried(recount: Recount) -> tuple[Written, ...]:
    return recount.figures if len(recount.inputs) <= OPERANDS else (recount.stated,)


def distinct(slips: Sequence[Slip]) -> list[Slip]:
    """The slips, those that mean the same figure as one of the likelier kind."""
    found: dict[str, Slip] = {}
    for slip in slips:
        same = found.get(slip.meant.text, slip)
        both = slip.prior + (same.prior if same is not slip else 0)
        found[slip.meant.text] = max(same, slip, key=lambda s: s.prior)._replace(prior=both)
    return list(found.values())


def holding(checks: Sequence[Check], reader: FigureReader, tried: Mapping[int, Written]) -> Iterator[Recount]:
    """The checks that hold and rest on a figure that is tried."""
    for check in checks:
        figures = (reader.figure(q) for q in (*check.inputs, check.stated)) if check.verdict != "conflict" else ()
        if any(f is not None and f.at in tried for f in figures) and (recount := recount_of(check, reader)) is not None:
            yield recount


def touched(recounts: Sequence[Recount], tried: Mapping[int, Written]) -> dict[int, list[Recount]]:
    """Where a tried figure stands -> the checks that rest on it, conflicts first."""
    found: dict[int, list[Recount]] = defaultdict(list)
    for recount in recounts:
        for at in {f.at for f in recount.figures} & tried.keys():
            found[at].append(recount)
    return {at: some[:TOUCHED] for at, some in found.items()}


def proposals_for(figure: Written, slips: Sequence[Slip], touching: Sequence[Recount], tellings: Tellings, *,
                  shared: Counter[int], scanned: bool) -> Iterator[Proposal]:
    """The slips of one figure that close a conflict and do not open more than they close."""
    failing = [(r, r.fails) for r in touching]
    conflicts, holds = [r for r, fails in failing if fails], [r for r, fails in failing if not fails]
    for slip in slips if conflicts else ():
        verdicts = [(r, r.verdict(slip.meant)) for r in conflicts]
        closes = [(r, verdict == "rounding" and not r.told) for r, verdict in verdicts if verdict != "conflict"]
        if not closes:
            continue
        opens = [r for r in holds if r.verdict(slip.meant) == "conflict"]
        if opens and len(opens) + 1 >= len(closes):
            continue
        more = told_more(slip.meant, figure, [r for r, _ in closes], opens, tellings)
        yield weighed(slip, closes, opens, len(conflicts), more, failing=shared, scanned=scanned)


def told_more(meant: Written, figure: Written, closes: Sequence[Recount], opens: Sequence[Recount], tellings: Tellings) -> int:
    """How often more the number meant is told elsewhere than the one written, beside the checks that say so themselves."""
    so = tellings[(meant.label, meant.unit, meant.stated.value)] - sum(r.told for r in closes)
    as_written = tellings[(figure.label, figure.unit, figure.stated.value)] - 1 - sum(r.told for r in opens)
    return max(0, so) - max(0, as_written)


def chosen(proposals: Sequence[Proposal]) -> list[tuple[Proposal, float]]:
    """The likeliest proposals with their odds, one a conflict at most and one a figure."""
    found: list[tuple[Proposal, float]] = []
    taken: set[object] = set()
    for proposal, odds in sorted(zip(proposals, odds_among(proposals), strict=True), key=lambda pair: -pair[1]):
        ids: set[object] = {proposal.slip.meant.at, *(r.check.id for r in proposal.closes)}
        if odds >= LEAST_ODDS and ids.isdisjoint(taken):
            taken |= ids
            found.append((proposal, min(odds, MOST_ODDS)))
    return found


def repair(layout: Layout, proposal: Proposal, odds: float) -> Repair:
    meant, quote = proposal.slip.meant, proposal.slip.meant.quote
    note = f"{quote.value or quote.text} → {meant.text}：{proposal.touched} 项核对中 {len(proposal.closes)} 项相符"
    note += f"，另有 {len(proposal.opens)} 项不再相符" if proposal.opens else ""
    return Repair(id=content_id("f", quote.span, meant.text), stated=quote, proposed=meant.text, change=proposal.slip.change,
                  closes=tuple(r.check.id for r in proposal.closes), opens=tuple(r.check.id for r in proposal.opens), odds=odds,
                  note=f"{note}（写错的可能约为没写错的 {odds:.3g} 倍）", part=part_of(layout, quote.span[0]))
