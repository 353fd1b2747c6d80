"""Facts of reports in, what the pages for looking show out: views with their pictures, lists behind marks, reports with their sentences.

The same views are pages of the desk and files of a folder; how they lead to one another is told by `Links`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from hedui.export.csv import cell
from hedui.research.pictures.citing import citing
from hedui.research.pictures.evidence import Finding, findings_of
from hedui.research.pictures.heat import MEASURED, heat_map
from hedui.research.pictures.scatter import scatter
from hedui.research.pictures.scores import score_bars, score_boxes
from hedui.research.pictures.told import joined
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


VIEWS: Mapping[str, View] = {one.name: one for one in (
    View(name="overview", title=Words("概览", "overview"), pictures=("coverage",), asks=Words("读到了哪些地方、哪些年的报告？", "Reports of which places and years were read?")),
    View(name="execution", title=Words("执行率", "execution"), pictures=("execution",), asks=Words("哪里、哪年的预算花得慢？", "Where and when was the budget spent slowly?")),
    View(name="conflicts", title=Words("不符", "conflicts"), pictures=("conflicts",), asks=Words("哪里、哪年的报告对不上的多？", "Where and when do reports contradict themselves?")),
    View(name="scores", title=Words("自评得分", "self-scores"), pictures=("scores", "scores-by-year", "scores-by-province"),
         asks=Words("得分怎样分布？有没有扎堆在 100 和等级线上？", "How are scores spread? Do they heap at 100 and at the borders of grades?")),
    View(name="scatter", title=Words("执行率与得分", "rate and score"), pictures=("scatter",), asks=Words("花得多的，得分也高吗？", "Do those who spend more score higher?")),
    View(name="funds", title=Words("资金去向", "funds"), pictures=("funds",), asks=Words("从预算到支出，钱到了哪一步？", "From budget to execution: how far did the money get?")),
    View(name="documents", title=Words("文件依据", "documents"), pictures=("documents",), asks=Words("报告依据哪些文件？哪些总在一起？", "On which documents do reports rest, and which go "
                                                                                              "together?")),
)}


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


def item_cells(item: Item) -> Iterator[Any]:
    one = item.report
    yield from (one.file, one.sha256, one.report, one.unit, one.region, one.province, one.year, one.programme, item.told, item.finding)
