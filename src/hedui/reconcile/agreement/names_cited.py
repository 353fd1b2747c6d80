"""Names of bodies, of the reports themselves and years of funds -> those that a file writes two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from hedui.document import Layout, Span
from hedui.findings import Check, Mention
from hedui.lexicons import rows
from hedui.reconcile.agreement.fund_names import usual_names
from hedui.reconcile.agreement.told import wording
from hedui.reconcile.agreement.word_lists import likeness, loose
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.places import Place, bodies_of
from hedui.view import View, view

__all__ = ["cited_name_checks"]

LONG, LONGER, OPENING = 6, 9, 60
KIND = re.compile(r"局|厅|委|委员会|部|中心|办公室|人民政府")
OFFICE = re.compile(f"(?:{KIND.pattern})$")
PLACED = re.compile(r"[省市县区州盟旗]|^国家|^中国")
# 河口镇人民政府 and 河东镇人民政府 are two
TOWN = re.compile(r"[镇乡村]|街道")
# letters that tell bodies apart, and 和 that a name may do without
APART = frozenset("一二三四五六七八九十东西南北中上下前后新老大小省市县区州旗总分支和与及第")
FORM_YEAR = re.compile(r"^[(（]?\s*(?P<year>20\d\d)\s*年度?\s*[)）]?$")
# 2021年农村公路养护补助资金结转: money of another year on purpose
CARRIED = re.compile(r"结转|结余|上年|以前年度|提前下达")


def cited_name_checks(layout: Layout, mentions: Sequence[Mention], places: Sequence[Sequence[Place]]) -> Iterator[Check]:
    """Bodies, own titles, years of forms and of funds."""
    yield from bodies(layout, mentions)
    yield from own_titles(layout, mentions)
    for part, inside in enumerate(places):
        yield from form_years(layout, inside, part)
        yield from fund_years(layout, bodies_of(inside), part)


def bodies(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Check]:
    """A body told once, hardly different from one told elsewhere: a letter other, or a word left out of its middle."""
    told: dict[str, list[Span]] = defaultdict(list)
    for mention in mentions:
        if mention.label == "ORG":
            told[str(mention.value)].append(mention.span)
    alike: dict[str, list[str]] = defaultdict(list)
    for name in told:
        alike[name[:2]].append(name)
    for name, spans in told.items():
        if len(spans) > 1 or len(name) < LONG:
            continue
        near = [other for other in alike[name[:2]] if other != name and one_body(name, other)
                and (len(told[other]) > 1 or told[other][0] < spans[0])]
        if near:
            usual = max(near, key=lambda other: (len(told[other]), other))
            yield wording(layout, told[usual][0], spans[0], "单位名称不一")


def one_body(a: str, b: str) -> bool:
    """Whether two names can only be one body: an office with one letter other or one left out behind its place, or 厅 for 局.

    >>> one_body("青川县市场监督管理局", "青川县市场监督管局"), one_body("某县第一中学", "某县第二中学")
    (True, False)
    """
    gap = abs(len(a) - len(b))
    if a[:2] != b[:2] or min(len(a), len(b)) < LONG or gap > 2 or a in b or b in a:
        return False
    at = next(i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y)
    if gap:
        short, long = sorted((a, b), key=len)
        same, odd = short[at:] == long[at + gap:], set(long[at:at + gap])
        if gap > 1 and (len(short) < LONGER or long[at:at + gap] in loose("body")):
            return False
    else:
        same, odd = a[at + 1:] == b[at + 1:], {a[at], b[at]}
    if not same or not PLACED.search(a[:at]) or TOWN.search(a[at:]) or not (OFFICE.search(a) and OFFICE.search(b)):
        return False
    return odd == {"厅", "局"} or (not odd & APART and not (known_at(a, at) and known_at(b, at)))


def known_at(name: str, at: int) -> bool:
    """Whether a usual field of government stands in `name` where the letter at `at` does."""
    return any(at - len(field) < i <= at and KIND.fullmatch(name, i + len(field)) for field in fields() if (i := name.find(field)) >= 0)


@lru_cache(maxsize=1)
def fields() -> tuple[str, ...]:
    return tuple(field for field, *_ in rows("departments"))


def own_titles(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Check]:
    """A report of the same file cited under a title that it does not bear."""
    own = {squeezed(p.title): p for p in layout.parts if p.title}
    for mention in mentions:
        if mention.label != "TITLE":
            continue
        name = squeezed(str(mention.value))
        if not re.search(r"(?:绩效|自评).*报告$", name) or any(name in title or title in name for title in own):
            continue
        best = max(own, key=lambda title: (ratio(name, title), title), default=None)
        if best and ratio(name, best) >= likeness("title"):
            part = own[best]
            start = layout.document.text.find(part.title[:4] if part.title else "", *part.span)
            end = layout.document.text.find((part.title or "")[-4:], start) + 4
            if start >= 0 and end > start:
                yield wording(layout, (start, end), mention.span, "所引报告名与其标题不一")


def form_years(layout: Layout, places: Sequence[Place], part: int) -> Iterator[Check]:
    """A form whose year line is not the year of its report, as the title or the lines that open the report have it."""
    report = layout.parts[part]
    opening = view(layout.document.text, (report.span[0], min(report.span[0] + OPENING, report.span[1]))).text
    if not report.year or not (str(report.year) in (report.title or "") or f"{report.year}年" in opening):
        return
    titles: list[str] = []
    for _, seen in places:
        match = FORM_YEAR.match(seen.text)
        titles += [seen.text] if len(seen.text) <= 60 and seen.text.endswith("报告") else []
        if match and int(match["year"]) != report.year and not any(match["year"] in title for title in titles):
            at = layout.document.text.find(str(report.year), *report.span)
            yield wording(layout, (at, at + 5), seen.span(0, len(seen.text)), "自评表年度与报告不符")


def fund_years(layout: Layout, views: Sequence[View], part: int) -> Iterator[Check]:
    """The fund of the report named once with another year than everywhere else."""
    year = str(layout.parts[part].year)
    for name in list(usual_names(views))[:1]:
        dated = re.compile(r"(?P<year>20\d\d)年(?:度)?(?:[\u4e00-\u9fff]{0,6}?)" + re.escape(name))
        told = [(match["year"], seen.span(match.start("year"), match.end("year") + 1), around(seen.text, match))
                for seen in views for match in dated.finditer(seen.text) if not in_title(seen.text, match.start())]
        counts = Counter(y for y, _, _ in told)
        odd = next((t for t in told if counts[t[0]] == 1 and t[0] != year), None)
        if odd and len(counts) == 2 and counts[year] >= 2 and not CARRIED.search(odd[2]):
            yield wording(layout, next(span for y, span, _ in told if y == year), odd[1], "资金年度不一")


def in_title(text: str, at: int) -> bool:
    """Whether a document is named at `at`: a plan of an earlier year may be cited by right."""
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


def around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 12):match.end() + 12]
