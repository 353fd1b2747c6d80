"""What stands in a report and belongs to another: a document on another programme's money, the name of a like unit elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from hedui.across.facts import Head, PaperRow
from hedui.across.lands import may_lie_in
from hedui.across.names import WHOLE, kindred, named_programme, tail_of
from hedui.across.shelf import Shelf
from hedui.across.told import check, quote
from hedui.across.types import CrossCheck, FileQuote

__all__ = ["basis_copied", "name_left"]

# 赴|白城县教育局|考察: a like unit elsewhere that is meant
MEANT = re.compile(r"(?:学习|借鉴|考察|调研|对口|协作|会同|联合|相比|高于|低于|移交|划转|参照|参考|由原|交流|[与和及同、比赴到往对向给请])$")
LONGEST_PLACE, LEAST_NAME = 12, 4
Told = tuple[int, PaperRow]


def basis_copied(shelf: Shelf, reports: Sequence[int]) -> Iterator[CrossCheck]:
    """Documents whose title hands out the money of a programme that another report of the run is on, and this one is not; beside it a report
    on that programme that cites the same document, or another on its money."""
    chosen = frozenset(reports)
    topics = {shelf.heads[n].topic for n in reports}
    found: dict[tuple[int, str], tuple[PaperRow, Told | None]] = {}
    rightly: dict[str, Told] = {}  # the first report on each programme that cites a document on its money
    for _, every in shelf.citations():
        told = [one for one in every if one[0] in chosen]
        of_topic: dict[str, list[Told]] = defaultdict(list)
        for one in told:
            of_topic[shelf.heads[one[0]].topic].append(one)
        for n, paper in told:
            head, programme = shelf.heads[n], known(named_programme(paper.title), topics)
            if programme == head.topic:
                rightly[programme] = min(rightly.get(programme, (n, paper)), (n, paper))
            if head.topic == WHOLE or not programme or kindred(programme, head.topic):
                continue
            other = next((one for one in of_topic[programme] if shelf.heads[one[0]].file != head.file), None)
            key = other is None, paper.start
            earlier = found.get((n, programme))
            if earlier is None or key < (earlier[1] is None, earlier[0].start):
                found[n, programme] = paper, other
    for (n, programme), (paper, citing) in found.items():
        witness = citing or rightly.get(programme)
        if witness is None or any(kindred(programme, row.subject) for row in shelf.funds(n) if row.subject):
            continue  # nobody here is on that programme, or the report is on several
        head, (m, theirs) = shelf.heads[n], witness
        yield check("basis_copied", "conflict",
                    [quote(shelf.heads[m], theirs.start, theirs.end, theirs.text, theirs.number),
                     quote(head, paper.start, paper.end, paper.text, paper.title)],
                    f"{head.unit or head.place}{head.programme}：依据文件是另一项目的《{paper.title}》（{paper.number}）", tier="value",
                    confidences=(paper.confidence,))


def known(name: str, topics: Collection[str]) -> str:
    """The programme of the run that a name begins with, the longest; "" for none."""
    return next((name[:size] for size in range(len(name), LEAST_NAME - 1, -1) if name[:size] in topics), "")


def name_left(shelf: Shelf, reports: Sequence[int]) -> Iterator[CrossCheck]:
    """A unit of the same kind in a place beside one's own, named alone in running text as if it were one's own."""
    owners: dict[str, list[int]] = defaultdict(list)
    for n in reports:
        if tail_of(shelf.heads[n].owner):
            owners[shelf.heads[n].owner].append(n)
    for n in reports:
        head = shelf.heads[n]
        tail = tail_of(head.owner)
        if not tail:
            continue
        seen: set[str] = set()
        for paragraph in shelf.paragraphs(n):
            found = [one for one in units(paragraph.text, tail, owners) if one[0] != head.owner]
            meant = any(MEANT.search(paragraph.text[:start]) for _, start in found)
            for name, start in found[:1] if len({one[0] for one in found}) == 1 and not meant else ():
                at_home = min(owners[name], key=lambda m: (shelf.heads[m].topic != head.topic, shelf.heads[m].year != head.year, m))
                other = shelf.heads[at_home]
                if name not in seen and beside(head, other):
                    seen.add(name)
                    at = paragraph.start + start
                    yield check("name_left", "conflict", [own_name(shelf, at_home, name), quote(head, at, at + len(name), name, name)],
                                f"{head.unit}{head.year or ''}：文中留有另一单位的名称：{name}", tier="wording")


def own_name(shelf: Shelf, n: int, name: str) -> FileQuote:
    """Where a report first names its own unit in running text; its start where it never does."""
    for paragraph in shelf.paragraphs(n):
        at = paragraph.text.find(name)
        if at >= 0:
            return quote(shelf.heads[n], paragraph.start + at, paragraph.start + at + len(name), name, name)
    return quote(shelf.heads[n], 0, 0, "", name)


def units(text: str, tail: str, owners: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    """The units of a kind that a text names and that report themselves."""
    end = text.find(tail)
    while end >= 0:
        for size in range(LONGEST_PLACE, 1, -1):
            name = text[max(0, end - size):end + len(tail)]
            if end >= size and name in owners:
                yield name, end - size
                break
        end = text.find(tail, end + 1)


def beside(one: Head, two: Head) -> bool:
    """Whether two places are of one rank and neither lies in the other."""
    if one.place[-1:] != two.place[-1:] or one.place == two.place or one.place in two.places:
        return False
    return not may_lie_in(one.place, two.place) and not may_lie_in(two.place, one.place)
