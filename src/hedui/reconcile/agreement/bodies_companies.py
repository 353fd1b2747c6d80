"""Companies and firms -> those that a report names two ways: letters that changed places, one letter other, a word shortened,
another legal form."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hedui.document import Layout, Span
from hedui.findings import Check, Mention
from hedui.reconcile.agreement.names import set_apart
from hedui.reconcile.agreement.told import wording
from hedui.reconcile.places import Place
from hedui.view import clean

__all__ = ["company_checks", "one_company"]

# 南粤巴士|有限公司 · 衡信|会计师事务所
FORM = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|会计师事务所|律师事务所|专业合作社|农商银行|农村商业银行|集团公司)")
NAME = re.compile(r"(?P<stem>[\u4e00-\u9fff()]{4,20})" + f"(?P<form>{FORM.pattern})$")
LONG, OPENING, WINDOW, MANY = 5, 3, 20, 120


class Company(NamedTuple):
    """A company's name without its legal form, that form, and where it stands."""

    stem: str
    form: str
    span: Span


def company_checks(layout: Layout, mentions: Sequence[Mention], places: Sequence[Sequence[Place]]) -> Iterator[Check]:
    """One check for every name told once that only another of the same report can be; two that one paragraph tells are two, but for
    their legal form."""
    known: dict[str, Company] = {}
    for mention in mentions:
        name = clean(layout.document.text, mention.span) if mention.label == "ORG" else ""
        if (found := NAME.fullmatch(name)) and len(known) < MANY:
            known.setdefault(name, Company(found["stem"], found["form"], mention.span))
    raised: set[int] = set()
    for inside in places if known else ():
        told = [(n, t) for n, place in enumerate(inside) for t in tellings(place, known)]
        beside: dict[int, set[str]] = defaultdict(set)
        for n, t in told:
            beside[n].add(t.stem)
        times = Counter(t.stem + t.form for _, t in told)
        for n, t in told:
            name = t.stem + t.form
            others = ((full, k) for full, k in known.items() if full != name and (k.stem == t.stem or k.stem not in beside[n]))
            usual = max((k for full, k in others if times[full] and one_company(k, t)),
                        key=lambda k: (times[k.stem + k.form], -k.span[0]), default=None)
            if usual is None or t.span[1] in raised or times[name] > 1 or (times[usual.stem + usual.form], -usual.span[0]) < (1, -t.span[0]):
                continue
            raised.add(t.span[1])
            yield wording(layout, usual.span, t.span, "机构名称不一")


def tellings(place: Place, known: dict[str, Company]) -> Iterator[Company]:
    """The companies that a paragraph names, from where a known name opens; letters of the sentence before it fall away."""
    text = place.seen.text
    for match in FORM.finditer(text):
        window = text[max(0, match.start() - WINDOW):match.start()]
        stems = [window[at:] for k in known.values() if (at := window.rfind(k.stem[:OPENING])) >= 0]
        stems += [window[-len(k.stem):] for k in known.values() if sorted(window[-len(k.stem):]) == sorted(k.stem)]
        if stems:
            stem = min(stems, key=len)
            yield Company(stem, match[0], place.seen.span(match.start() - len(stem), match.end()))


def one_company(a: Company, b: Company) -> bool:
    """Whether two names of companies can only be of one.

    >>> def of(x, y): return one_company(*(Company(*NAME.fullmatch(n).groups(), (0, 1)) for n in (x, y)))
    >>> of("南粤巴士有限公司", "粤南巴士有限公司"), of("云岭县通达公共交通有限公司", "云岭县通达公交有限责任公司")
    (True, True)
    >>> of("云岭县城乡供水有限公司", "云岭县城乡供电有限公司"), of("云岭县第一建筑有限公司", "云岭县第二建筑有限公司")
    (False, False)
    """
    if a.stem == b.stem:
        return a.form != b.form and {a.form, b.form} <= {"有限公司", "有限责任公司"}
    if min(len(a.stem), len(b.stem)) < LONG - 1 or set_apart(a.stem, b.stem) or not same_form(a.form, b.form):
        return False
    if sorted(a.stem) == sorted(b.stem):
        return True
    short, long = sorted((a.stem, b.stem), key=len)
    rest = iter(long)
    shortened = len(short) > LONG and 1 <= len(long) - len(short) <= 2 and short[:LONG] == long[:LONG] and all(c in rest for c in short)
    middle = len(short) == len(long) > LONG and OSA.distance(a.stem, b.stem) == 1 and a.stem[-2:] == b.stem[-2:]
    return shortened or middle


def same_form(a: str, b: str) -> bool:
    return a == b or (a.endswith("公司") and b.endswith("公司"))
