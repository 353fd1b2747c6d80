"""The facts of the money and the scores in; tables of sources, places, uses and points out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from hedui.synth.facts import Share
from hedui.synth.sheet import Sheet, money, points, ratio, row, verified, word

__all__ = ["money_table", "score_table", "unit_line"]

LETTERS = {"budget": "b", "received": "r", "executed": "e"}
SCOPES = {"places": "placetable", "funds": "sourcetable", "uses": "usetable", "accounts": "accounts"}


def unit_line(sheet: Sheet) -> str:
    """单位：万元, in one of the usual forms."""
    unit = "元" if sheet.looks.yuan else "万元"
    return sheet.rng.choice((f"单位：{unit}", f"（单位：{unit}）", f"金额单位：{unit}", f"单位:{unit}"))


def caption(sheet: Sheet, what: str) -> None:
    facts = sheet.facts
    title = word(sheet, SCOPES.get(what, what))
    where = sheet.rng.choice((facts.region.name, facts.programme or "", ""))
    title = title.removeprefix("资金") if where.endswith("资金") else title
    sheet.head += [f"{{{facts.year}年度}}{where}{title}" if sheet.rng.random() < 0.5 else f"{where}{title}"]


def columns_of(sheet: Sheet, shares: Sequence[Share], what: str) -> list[str]:
    """Which measures the table shows."""
    if what in {"uses", "accounts"} or not all(s.executed for s in shares):
        return ["executed"] if what in {"uses", "accounts"} else ["budget"]
    if what == "funds" and sheet.rng.random() < 0.5:
        return ["budget", "received", "executed"]
    return ["budget", "executed"]


def amounts(sheet: Sheet, key: str, share: tuple[str, str | None], worth: dict[str, Decimal], shown: list[str]) -> list[str]:
    """The cells of one row: money by measure, and its rate where budget and spending stand side by side."""
    cells = [money(sheet, LETTERS[m] + key, worth[m], m, *share) for m in shown]
    if "budget" in shown and "executed" in shown:
        cells.append(ratio(sheet, "q" + key, ("e" + key, worth["executed"]), ("b" + key, worth["budget"])))
    return cells


def money_table(sheet: Sheet, shares: Sequence[Share], what: str) -> None:
    """`shares` one a row, with their sums in the first or the last row."""
    caption(sheet, what)
    shown = columns_of(sheet, shares, what)
    if not sheet.looks.unit_in_cell:
        sheet.head.append(unit_line(sheet))
    rates = ["rate"] if "budget" in shown and "executed" in shown else []
    numbered = sheet.rng.random() < 0.3
    first = {"funds": "source", "places": "area"}.get(what, "use")
    row(sheet, [*(["序号"] if numbered else []), word(sheet, first), *(word(sheet, m) for m in [*shown, *rates])])
    total = {m: sum((worth(s)[m] for s in shares), Decimal(0)) for m in LETTERS}
    body = [[*([str(i)] if numbered else []), s.name, *amounts(sheet, str(i), (s.name, s.level), worth(s), shown)]
            for i, s in enumerate(shares, 1)]
    name = word(sheet, "sum")
    last = [*([""] if numbered else []), name, *amounts(sheet, "0", (name.replace(" ", ""), None), total, shown)]
    for cells in ([last, *body] if sheet.rng.random() < 0.2 else [*body, last]):
        row(sheet, cells)
    for measure in shown if len(shares) > 1 else []:
        letter = LETTERS[measure]
        verified(sheet, "sum", " + ".join(f"{letter}{i}" for i in range(1, len(shares) + 1)), f"{letter}0", "各行合计")


def worth(share: Share) -> dict[str, Decimal]:
    return {"budget": share.budget, "received": share.received, "executed": share.executed}


def score_table(sheet: Sheet) -> None:
    """The dimensions of the self-evaluation with full points and points got."""
    facts = sheet.facts
    caption(sheet, "scoretable")
    share = sheet.rng.random() < 0.4
    row(sheet, [word(sheet, "dimension"), word(sheet, "weight"), word(sheet, "score"), *(["得分率"] if share else [])])
    cells: Callable[[str, Decimal, Decimal], list[str]] = lambda key, full, got: [  # noqa: E731
        points(sheet, "w" + key, full, "full"), points(sheet, "s" + key, got, "score"),
        *([ratio(sheet, "q" + key, ("s" + key, got), ("w" + key, full), "share")] if share else [])]
    for i, score in enumerate(facts.scores, 1):
        row(sheet, [score.name, *cells(str(i), score.full, score.score)])
    row(sheet, [word(sheet, "points"), *cells("0", facts.full, facts.total)])
    for letter, note in (("w", "分值合计"), ("s", "得分合计")):
        verified(sheet, "sum", " + ".join(f"{letter}{i}" for i in range(1, len(facts.scores) + 1)), f"{letter}0", note)
