"""The name that a form gives to its money or work -> the one name of it that title and text tell, where that is another.

A form may name what its report does not, and say less or more than it (补助, 补助资金); but 渠系管护经费 in the form of a report that
only ever tells of 渠系管护资金 is a slip. So the form's name stands in no sentence and no title, and the other does, twice or in a title.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from hedui.document import Layout, Span
from hedui.findings import Check
from hedui.reconcile.agreement.facts import common_end, common_start
from hedui.reconcile.agreement.form_names_patterns import HEAD, LABEL, LINE, OF_A_KIND, TAIL
from hedui.reconcile.agreement.fund_names import compared, gap
from hedui.reconcile.agreement.misprints import one_letter_off
from hedui.reconcile.agreement.names import set_apart
from hedui.reconcile.agreement.told import wording
from hedui.reconcile.places import Place, part_of
from hedui.view import View, view

__all__ = ["form_name_checks", "one_programme"]

LEAST, STEM, OPENING, WORD, TWICE, MANY, LINE_LONG = 6, 4, 2, 2, 2, 40, 120
HAN = re.compile(r"[\u4e00-\u9fff]+")


class Named(NamedTuple):
    """A name with the place that it stands at."""

    name: str
    span: Span


def form_name_checks(layout: Layout, places: Sequence[Sequence[Place]]) -> Iterator[Check]:
    """One check for every name of a form that is told nowhere else, beside one nearly like it that is."""
    forms = {form.name: form for form in (*in_cells(layout), *in_lines(layout))}
    if not 0 < len(forms) <= MANY:
        return
    starts = sorted(form.span[0] for form in forms.values())
    views = [seen for inside in places for paragraph, seen in inside
             if paragraph.role == "body" and bisect_left(starts, paragraph.span[0]) == bisect_left(starts, paragraph.span[1])]
    sentences = "\n".join(seen.text for seen in views)
    for form in (form for form in forms.values() if form.name not in sentences):
        told = [named for seen in views for named in likes(seen, form.name) if named.name not in forms]
        counts = Counter(named.name for named in told)
        title = layout.parts[part_of(layout, form.span[0])].title or "" if layout.parts else ""
        usual = max(told, key=lambda named: (named.name in title, counts[named.name], -named.span[0]), default=None)
        if usual is not None and (counts[usual.name] >= TWICE or usual.name in title):
            yield wording(layout, usual.span, form.span, "自评表所列名称与报告不一")


def in_cells(layout: Layout) -> Iterator[Named]:
    """Names in the cells behind 项目名称, without year and level."""
    text = layout.document.text
    for block in layout.document.blocks:
        filled = [cell.span for cell in block.cells if cell.span[0] < cell.span[1]]
        for label, cell in pairwise(filled):
            if "名称" in text[slice(*label)] and LABEL.fullmatch(view(text, label).text):
                yield from stripped(view(text, cell))


def in_lines(layout: Layout) -> Iterator[Named]:
    """Names on a line of their own behind 项目名称, where a form has no ruled cells."""
    text = layout.document.text
    for block in layout.document.blocks:
        if not block.cells and block.span[1] - block.span[0] <= LINE_LONG and "名称" in text[slice(*block.span)]:
            seen = view(text, block.span)
            if found := LINE.fullmatch(seen.text):
                yield from stripped(seen, found.start("name"))


def stripped(seen: View, start: int = 0) -> Iterator[Named]:
    head = HEAD.match(seen.text[start:])
    start += head.end() if head else 0
    if len(seen.text) - start >= LEAST and HAN.fullmatch(seen.text, start):
        yield Named(seen.text[start:], seen.span(start, len(seen.text)))


def likes(seen: View, name: str) -> Iterator[Named]:
    """The stretches of `seen` that can only be `name` in other words: from its opening on, or up to its end."""
    found: dict[Span, str] = {}
    for at in starts(seen.text, name[:OPENING]):
        tails = [at + tail.end() for tail in TAIL.finditer(seen.text[at:at + len(name) + 2 * WORD])]
        found |= {(at, end): seen.text[at:end] for end in tails}
    for end in starts(seen.text, name[-STEM:]):
        at = end + STEM - len(name)
        if at >= 0:
            found[(at, end + STEM)] = seen.text[at:end + STEM]
    yield from (Named(text, seen.span(*at)) for at, text in found.items() if one_programme(name, text))


def starts(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def one_programme(a: str, b: str) -> bool:
    """Whether two names can only be meant for one: another word for money or for work at the end, one letter other, a word of two
    letters other or left out of the middle.

    >>> one_programme("渠系管护经费", "渠系管护资金"), one_programme("渠系管护补助", "渠系管护补助资金")
    (True, False)
    >>> one_programme("灌区能力提升补助资金", "灌区能力建设补助资金"), one_programme("小学校舍改造资金", "中学校舍改造资金")
    (True, False)
    """
    if a == b or not HAN.fullmatch(b) or set_apart(a, b):
        return False
    if one_letter_off(a, b) is not None:
        return True
    start, end = common_start(a, b), common_end(a, b)
    (stem, x), (other, y) = parted(a), parted(b)
    if x and y and stem == other:
        return (any(kind.fullmatch(x) and kind.fullmatch(y) for kind in OF_A_KIND)
                and not (x.startswith(y) or y.startswith(x) or x.endswith(y) or y.endswith(x)))
    if len(a) == len(b):
        return start >= STEM and end >= STEM and len(a) - start - end == WORD
    short, long = sorted((compared(a), compared(b)), key=len)
    return len(short) >= LEAST and common_end(short, long) >= OPENING and gap(short, long)


def parted(name: str) -> tuple[str, str]:
    """A name without the words for money or work that it ends in, and these.

    >>> parted("渠系管护补助资金")
    ('渠系管护', '补助资金')
    """
    at = next((m.start() for m in TAIL.finditer(name) if m.end() == len(name)), len(name))
    return name[:at], name[at:]
