"""Names that are written two ways in one report: indicators, levels, funds, captions, abbreviations, cut-off words.

Only names that must be one are compared: of the same row or level, of the fund that the report is about, or words that
differ by one letter. The name told most often stands; the other is quoted as stated.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from rapidfuzz.fuzz import ratio

from hedui.document import Grid, Layout, Section, Span
from hedui.findings import Check, Claim, Indicator
from hedui.layout import bare
from hedui.reconcile.agreement.labels_abbreviations import abbreviation_checks
from hedui.reconcile.agreement.names import glued, set_apart
from hedui.reconcile.agreement.told import wording
from hedui.reconcile.agreement.word_lists import likeness
from hedui.reconcile.phrases import numeric, squeezed
from hedui.reconcile.places import Place, bodies_of
from hedui.view import View, view

__all__ = ["label_checks"]

MAX_EDITS, COMMON = 4, 200
HAN = re.compile(r"[\u4e00-\u9fff]+")
# 表 4-3 项目产出指标得分情况
CAPTION = re.compile(r"^附?表[\d.-]*(?P<name>[\u4e00-\u9fff]{2,12}?)(?:类)?(?:指标)?(?:得分|完成|评分)(?:情况)?")
OPENING, TWIN, NEAR = 6, 3, 2
ROUND = frozenset({Decimal(0), Decimal(1), Decimal(2)})
Placed = TypeVar("Placed", Claim, Section, Grid)


def label_checks(layout: Layout, claims: Sequence[Claim], places: Sequence[Sequence[Place]]) -> Iterator[Check]:
    """Every name written otherwise than its usual form, once a form and place of telling."""
    indicators, sections, grids = by_part([c for c in claims if c.type == "indicator"]), by_part(layout.sections), by_part(layout.grids)
    for part, inside in enumerate(places):
        mine = bodies_of(inside)
        yield from indicator_names(layout, indicators[part])
        yield from level_names(layout, indicators[part], sections[part])
        yield from captions(layout, grids[part], sections[part])
        yield from own_words(layout, indicators[part])
        yield from cut_openings(layout, mine)
        yield from quoted_names(layout, indicators[part], mine)
    yield from abbreviation_checks(layout, [seen for inside in places for seen in bodies_of(inside)])


def by_part(things: Iterable[Placed]) -> Mapping[int, list[Placed]]:
    found: dict[int, list[Placed]] = defaultdict(list)
    for thing in things:
        found[thing.part].append(thing)
    return found


def name_of(claim: Claim) -> str:
    assert isinstance(claim.fields, Indicator)
    return squeezed(claim.fields.name)


def as_told(claim: Claim) -> str:
    assert isinstance(claim.fields, Indicator)
    return claim.fields.name


def indicator_names(layout: Layout, claims: Sequence[Claim]) -> Iterator[Check]:
    """Names of indicators that no second telling shares and that hardly differ from one that is told elsewhere."""
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.fields, Indicator) and "name" in claim.spans:
            told[squeezed(claim.fields.name)].append(claim)
    lonely = [name for name, group in told.items() if len(group) == 1]
    tables = {name: group for name, group in told.items() if any(c.origin == "table" for c in group)}
    pieces = pieces_of(tables)
    done: set[frozenset[str]] = set()
    for name in lonely:
        near = [other for other in sharing(name, pieces) if other != name and nearly(name, other) and not reworded(told[name][0], other)
                and places_differ(told[name][0], told[other])
                and not glued(as_told(told[name][0]), as_told(told[other][0]))]
        best = max(near, key=lambda other: (len(tables[other]), ratio(name, other), other), default=None)
        if best and frozenset((name, best)) not in done and not (cut_short(layout, told[name][0], best) or cut_short(layout, told[best][0], name)):
            done.add(frozenset((name, best)))
            usual, odd = told[best][0], told[name][0]
            yield wording(layout, usual.spans["name"], odd.spans["name"], "三级指标名称不一", claims=(usual.id, odd.id))
    yield from twins(layout, [told[name][0] for name in lonely if not any(name in pair for pair in done)])


def reworded(claim: Claim, row: str) -> bool:
    """Whether a sentence only says more than the row does: 项目一次验收合格率 of 项目验收合格率."""
    name = name_of(claim)
    return claim.origin == "narrative" and len(name) - len(row) > 1 and subsequence(row, name)


def cut_short(layout: Layout, claim: Claim, other: str) -> bool:
    """Whether the text goes on, before a claim's name or behind it, as the other name does: the name was only not taken whole."""
    name, (start, end), text = name_of(claim), claim.spans["name"], layout.document.text
    before, behind = squeezed(text[max(0, start - 2 * len(other)):start]), squeezed(text[end:end + len(other)])
    return (other.endswith(name) and before.endswith(other[:-len(name)])) or (other.startswith(name) and behind.startswith(other[len(name):]))


def twins(layout: Layout, claims: Sequence[Claim]) -> Iterator[Check]:
    """The one row and the one sentence that tell the same result of a like name: 受益群众满意度 and 受益农户满意度."""
    told: dict[tuple[str | None, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        said = claim.fields
        if isinstance(said, Indicator) and (value := numeric(said.actual or "")) and value.value not in ROUND:
            told[(said.actual, squeezed(said.name)[-TWIN:])].append(claim)
    for pair in told.values():
        rows, sentences = [c for c in pair if c.origin == "table"], [c for c in pair if c.origin != "table"]
        if len(rows) == len(sentences) == 1 and one_noun(name_of(rows[0]), name_of(sentences[0])):
            ids = (rows[0].id, sentences[0].id)
            yield wording(layout, rows[0].spans["name"], sentences[0].spans["name"], "三级指标名称不一", claims=ids)


def one_noun(a: str, b: str) -> bool:
    """Whether two names of one length differ in one word of two letters between what they share."""
    other = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return len(a) == len(b) and 1 <= len(other) <= 2 and other[-1] - other[0] <= 1 and other[0] >= 2


def pieces_of(names: Iterable[str]) -> Mapping[str, list[str]]:
    """Two letters in a row -> the names that hold them; those of very many names tell none apart and are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for piece in {name[i:i + 2] for i in range(len(name) - 1)}:
            found[piece].append(name)
    return {piece: holders for piece, holders in found.items() if len(holders) <= COMMON}


def sharing(name: str, pieces: Mapping[str, list[str]]) -> Iterable[str]:
    return dict.fromkeys(other for i in range(len(name) - 1) for other in pieces.get(name[i:i + 2], ()))


def nearly(a: str, b: str) -> bool:
    """Whether two names differ by a slip: a few letters, or words left out of the middle; 的 and a longer name that holds
    the other whole are none, nor are names of two things."""
    if a.replace("的", "") == b.replace("的", "") or set_apart(a, b) or ((a in b or b in a) and abs(len(a) - len(b)) > 1):
        return False
    slip = abs(len(a) - len(b)) <= MAX_EDITS and len(a) >= 5 and ratio(a, b) >= likeness("indicator")
    return slip or (min(len(a), len(b)) >= 10 and ratio(a, b) >= likeness("indicator_words_left_out") and (subsequence(a, b) or subsequence(b, a)))


def subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def places_differ(claim: Claim, group: Sequence[Claim]) -> bool:
    return all(c.origin != claim.origin or c.grid != claim.grid for c in group)


def level_names(layout: Layout, claims: Sequence[Claim], sections: Sequence[Section]) -> Iterator[Check]:
    """Levels of tables against the headings that analyse them: 项目效益 in the table, （四）项目效果 over the text."""
    levels: dict[str, Span] = {}
    for claim in claims:
        said = claim.fields
        if claim.origin == "table" and isinstance(said, Indicator) and said.level1 and "level1" in claim.spans:
            levels.setdefault(bare(said.level1), claim.spans["level1"])
    siblings: dict[int | None, dict[str, Section]] = defaultdict(dict)
    for section in sections:
        if section.level and 2 <= len(section.title) <= 10:
            siblings[section.parent].setdefault(bare(section.title), section)
    for headings in siblings.values():
        if sum(name in headings for name in levels) < 2:
            continue
        for title, section in headings.items():
            near = [name for name in levels if name not in headings and title not in levels
                    and ratio(name, title) >= likeness("level") and len(name) == len(title)]
            if len(near) == 1:
                start = layout.document.text.find(section.title, *section.heading)
                yield wording(layout, levels[near[0]], (start, start + len(section.title)), "一级指标名称不一")


def captions(layout: Layout, grids: Sequence[Grid], sections: Sequence[Section]) -> Iterator[Check]:
    """Captions of tables that name another section than the one they stand in."""
    titles = {bare(s.title): s for s in sections if s.level}
    seen: set[int] = set()
    for grid in grids:
        if grid.caption is None or grid.caption[0] in seen:
            continue
        seen.add(grid.caption[0])
        text = view(layout.document.text, grid.caption)
        match, home = CAPTION.match(text.text), layout.sections[grid.section]
        if match and match["name"] in titles and bare(home.title) != match["name"] and home.level == titles[match["name"]].level:
            odd = text.span(match.start("name"), len(text.text))
            start = layout.document.text.find(home.title, *home.heading)
            yield wording(layout, (start, start + len(home.title)), odd, "表名与所在部分不符")


def own_words(layout: Layout, claims: Sequence[Claim]) -> Iterator[Check]:
    """A labelled indicator whose text turns its words around: 法制建设能力 … 法制能力建设."""
    for claim in claims:
        if claim.origin != "narrative" or not isinstance(claim.fields, Indicator):
            continue
        name, seen = squeezed(claim.fields.name), view(layout.document.text, claim.span)
        if len(name) < OPENING or seen.text.count(name) > 1:
            continue
        for at in range(len(name), len(seen.text) - len(name) + 1):
            piece = seen.text[at:at + len(name)]
            if piece != name and piece[:2] == name[:2] and sorted(piece) == sorted(name):
                yield wording(layout, claim.spans["name"], seen.span(at, at + len(name)), "指标名词序不一", claims=(claim.id,))
                break


def cut_openings(layout: Layout, views: Sequence[View]) -> Iterator[Check]:
    """A paragraph that lacks the first letter of the phrase that three or more of its like open with, and that no line break has taken
    from it: then a paragraph shortly before ends with the letter."""
    openings = Counter(re.sub(r"^(?:[A-Za-z][.、]|\(\d+\)|\d+[.、]|[①-⑳])", "", v.text)[:OPENING] for v in views)
    usual = {phrase: n for phrase, n in openings.items() if n >= 3 and len(phrase) == OPENING and HAN.fullmatch(phrase)}
    for n, seen in enumerate(views):
        for phrase in usual:
            broken = any(before.text.endswith(phrase[0]) for before in views[max(0, n - NEAR):n])
            if seen.text.startswith(phrase[1:]) and not seen.text.startswith(phrase) and not broken:
                source = next(v for v in views if phrase in v.text[:OPENING + 4])
                at = source.text.index(phrase)
                yield wording(layout, source.span(at, at + 3), seen.span(0, 2), "疑脱字")


# 包含“资金拨付及时”1个三级指标
QUOTED = re.compile(r"[“\"](?P<name>[^”\"“]{4,40})[”\"]")


def quoted_names(layout: Layout, claims: Sequence[Claim], views: Sequence[View]) -> Iterator[Check]:
    """Indicators quoted in the text under a name that no table has, but one nearly has."""
    rows = [c for c in claims if c.origin == "table" and "name" in c.spans]
    tables, names = {name_of(c): c for c in reversed(rows)}, Counter(map(name_of, rows))
    for seen in views if tables else ():
        for match in QUOTED.finditer(seen.text) if "指标" in seen.text else ():
            name = squeezed(match["name"])
            near = [] if name in tables else [c for other, c in tables.items() if nearly(name, other)]
            if near:
                usual = max(near, key=lambda c: (names[name_of(c)], ratio(name, name_of(c)), c.id))
                yield wording(layout, usual.spans["name"], seen.span(*match.span("name")), "三级指标名称不一", claims=(usual.id,))
