"""Facts of reports in, what the pages for looking show out: views with their pictures, lists behind marks, reports with their sentences.

The same views are pages of the desk and files of a folder; how they lead to one another is told by `Links`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from hedui.export.csv import cell
from hedui.research.pictures.citing import citing
from hedui.research.pictures.evidence import Finding, findings_of
from hedui.research.pictures.heat import MEASURED, heat_map
from hedui.research.pictures.scatter import scatter
from hedui.research.pictures.scores import score_bars, score_boxes
from hedui.research.pictures.told import joined, say
from hedui.research.pictures.types import Href, Item, Mark, Picture, ReportFacts, Words
from hedui.research.pictures.waterfall import waterfall

__all__ = ["PICTURES", "VIEWS", "Links", "View", "csv_of", "findings_in", "items_csv", "numbers_csv", "picture_of", "view_with"]

Draw = Callable[[Sequence[ReportFacts], Href, bool], Picture]
LIST = ("file", "sha256", "report", "report_unit", "report_region", "province", "report_year", "programme", "told", "finding")


class Links(Protocol):
    """Where the pages lead."""

    def view(self, name: str) -> str:
        """The address of a view."""
        ...

    def mark(self, picture: str, key: str) -> str | None:
        """The address of the list behind a mark; None where there is none."""
        ...

    def report(self, one: ReportFacts, finding: str | None) -> str | None:
        """The address of a report with its sentences, at one of its findings; None where there is none."""
        ...

    def numbers(self, picture: str) -> str:
        """The address of the numbers of a picture as CSV."""
        ...

    def items(self, picture: str, mark: Mark) -> str | None:
        """The address of the list behind a mark as CSV; None where its page holds it whole."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A page: its title, what it asks, and the names of its pictures."""

    name: str
    title: Words
    asks: Words
    pictures: tuple[str, ...]


def view(name: str, *pictures: str) -> View:
    return View(name=name, title=say(f"view.{name}"), asks=say(f"asks.{name}"), pictures=pictures)


VIEWS: Mapping[str, View] = {one.name: one for one in (
    view("overview", "coverage"), view("execution", "execution"), view("conflicts", "conflicts"),
    view("scores", "scores", "scores-by-year", "scores-by-province"), view("scatter", "scatter"), view("funds", "funds"),
    view("documents", "documents"))}


def heat(name: str) -> Draw:
    return lambda facts, href, by_county: heat_map(facts, MEASURED[name], href, by_county=by_county)


PICTURES: Mapping[str, Draw] = {
    **{name: heat(name) for name in MEASURED},
    "scores": lambda facts, href, _: score_bars(facts, href), "scores-by-year": lambda facts, href, _: score_boxes(facts, "year", href),
    "scores-by-province": lambda facts, href, _: score_boxes(facts, "province", href), "scatter": lambda facts, href, _: scatter(facts, href),
    "funds": lambda facts, href, _: waterfall(facts, href), "documents": lambda facts, href, _: citing(facts, href),
}


def picture_of(name: str, facts: Sequence[ReportFacts], links: Links, *, by_county: bool = False) -> Picture:
    """One picture with its links. KeyError where there is none of that name."""
    return PICTURES[name](facts, lambda key: links.mark(name, key), by_county)


def view_with(picture: str) -> str:
    """The name of the view that a picture stands in."""
    return next(one.name for one in VIEWS.values() if picture in one.pictures)


def findings_in(output: Mapping[str, Any], one: ReportFacts) -> tuple[Finding, ...]:
    """All that pictures show of a report, with its sentences: score, rate, funds, conflicts, documents."""
    wanted = [one.score_record, one.rate_finding, *(held.record for held in one.funds.values()), *(held.check for held in one.conflicts),
              *(held.record for held in one.documents)]
    return findings_of(output, one.report, [id for id in wanted if id is not None])


def csv_of(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV that no spreadsheet runs as formulas, with a byte order mark."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(one) for one in head])
    writer.writerows([cell(one) for one in row] for row in rows)
    return "\ufeff" + held.getvalue()


def numbers_csv(picture: Picture) -> str:
    """The numbers of a picture."""
    return csv_of([joined(one) for one in picture.head], (row.cells for row in picture.rows))


def items_csv(mark: Mark) -> str:
    """All that stands behind a mark."""
    return csv_of(LIST, map(item_cells, mark.items))


def item_cells(item: Item) -> tuple[Any, ...]:
    one = item.report
    return (one.file, one.sha256, one.report, one.unit, one.region, one.province, one.year, one.programme, item.told, item.finding)
