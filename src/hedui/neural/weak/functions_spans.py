"""A survey in, votes out on what may be a body, a place or a title: labelling functions that propose spans.

Each looks at one thing alone: a lexicon, the build of a name, the words around it, the table it stands in, or what the
document says elsewhere. None of them settles anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from hedui.document import Span
from hedui.lexicons import rows, words
from hedui.mentions.grammar import grammar
from hedui.mentions.regions import places
from hedui.neural.weak.patterns import (
    BODY_END,
    BODY_LABEL,
    CITED,
    CUES,
    LEVEL_ONLY,
    MARKED,
    NOT_BODY,
    PARTED,
    PLACE_LIST,
    PLACE_SHAPE,
)
from hedui.neural.weak.types import RULES_RIGHT, RULES_TRUST, Item, LabellingFunction, Survey, Vote
from hedui.view import View, clean, fold

__all__ = ["SPAN_FUNCTIONS"]

LONGEST, SHORTEST = 30, 3
SURE = 0.95
NAMES = frozenset({"ORG", "REGION", "TITLE"})


def span_item(piece: View, start: int, end: int) -> Item:
    return Item(kind="span", span=piece.span(start, end))


def rules_spans(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The whole reading of the rules; what they pass over they take for no name."""
    for mention in survey.mentions:
        if mention.label in NAMES:
            yield Item(kind="span", span=mention.span), mention.label


@lru_cache(maxsize=1)
def listed_bodies() -> re.Pattern[str]:
    return re.compile(alternatives(row[0] for row in rows("institutions") if len(row[0]) >= SHORTEST))


@lru_cache(maxsize=1)
def listed_places() -> re.Pattern[str]:
    """Full names of places, one behind the other as one: 四川省南充市."""
    return re.compile(f"(?:{alternatives(row[1] for row in rows('regions') if len(row[1]) >= SHORTEST)})+")


def alternatives(names: Iterable[str]) -> str:
    """A pattern of any of `names`, the longest first, by their first characters, which is tried much faster."""
    heads: dict[str, list[str]] = {}
    for name in sorted(set(names), key=longest):
        heads.setdefault(name[0], []).append(re.escape(name[1:]))
    return "|".join(f"{re.escape(head)}(?:{'|'.join(tails)})" for head, tails in heads.items())


def longest(name: str) -> tuple[int, str]:
    return -len(name), name


def listed_institutions(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A name of lexicons/institutions.tsv, letter for letter, unless a longer name holds it."""
    for piece in survey.pieces:
        longer = swallowed(piece.text)
        for match in listed_bodies().finditer(piece.text):
            if alone(*match.span(), longer):
                yield span_item(piece, *match.span()), "ORG"


def listed_regions(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A full name of lexicons/regions.tsv, letter for letter, whatever stands around it."""
    for piece in survey.pieces:
        longer = swallowed(piece.text)
        for match in listed_places().finditer(piece.text):
            if alone(*match.span(), longer):
                yield span_item(piece, *match.span()), "REGION"


@lru_cache(maxsize=1)
def built() -> re.Pattern[str]:
    """A place or level, then a field of government or a few characters that names may hold, then an ending of bodies."""
    table = grammar()
    stops = "".join(sorted({row[0] for row in rows("name_stops") if row[1] == "stop" and len(row[0]) == 1}))
    fields = alternatives(words("departments"))
    places = rf"(?:{listed_places().pattern}|(?<![全我各本该多外])(?:自治区|自治州|国家|[省市县州]))"
    free = alternatives(row[0] for row in rows("institution_kinds") if row[1] == "free" and len(row[0]) > 1)
    own = rf"[^\W\d_{stops}省市县级]{{2,8}}?"
    return re.compile(rf"{places}?(?:{fields})(?:{table.organ.pattern})|{places}(?:{table.party.pattern}|{own}(?:{free}))")


def suffix_grammar(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """What is built as names of bodies are: 某县|医疗保障|局."""
    for piece in survey.pieces:
        for match in built().finditer(piece.text):
            if len(match[0]) >= SHORTEST:
                yield span_item(piece, *match.span()), "ORG"


@lru_cache(maxsize=8192)
def swallowed(text: str) -> tuple[Span, ...]:
    """Where longer names stand, of which a name inside is a part: titles, and what is built as a body."""
    return tuple(match.span() for pattern in (MARKED, built()) for match in pattern.finditer(text))


def alone(start: int, end: int, longer: Collection[Span]) -> bool:
    return not any(a <= start and end <= b and (a, b) != (start, end) for a, b in longer)


def cue_context(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """What stands where a body must: 由X印发, 报X备案, 经X批准, 会同X, X印发《…》."""
    for piece in survey.pieces:
        for pattern in CUES:
            for match in pattern.finditer(piece.text):
                yield from bodies_in(piece, *match.span("name"))


def bodies_in(piece: View, start: int, end: int) -> Iterator[Vote]:
    """The bodies that a stretch lists, if every one of them ends as a body does."""
    cuts = [start, *(edge for match in PARTED.finditer(piece.text, start, end) for edge in match.span()), end]
    parts = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b]
    if all(is_body(piece.text[a:b]) for a, b in parts):
        for a, b in parts:
            yield span_item(piece, a, b), "ORG"


def is_body(name: str) -> bool:
    return (SHORTEST <= len(name) <= LONGEST and bool(BODY_END.search(name)) and not NOT_BODY.search(name)
            and not LEVEL_ONLY.fullmatch(name))


def body_cell(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A cell beside or under 主管部门, 实施单位, 资金使用单位."""
    for grid in survey.layout.grids:
        for i, row in enumerate(grid.rows):
            for j, cell in enumerate(row):
                if not cell.origin or not is_body(fold(cell.text)) or cell.span[0] >= cell.span[1]:
                    continue
                left = next((row[k].text for k in range(j - 1, -1, -1) if row[k].text and row[k].span != cell.span), "")
                above = grid.headers[j][-1] if i >= grid.header_rows and j < len(grid.headers) and grid.headers[j] else ""
                if any(BODY_LABEL.fullmatch(fold(clean(label))) for label in (left, above)):
                    piece = next((p for p in survey.pieces if p.starts[0] >= cell.span[0] and p.ends[-1] <= cell.span[1]), None)
                    if piece:
                        yield from bodies_in(piece, 0, len(piece.text))


def marked_title(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """What stands between 《 and 》."""
    for piece in survey.pieces:
        for match in MARKED.finditer(piece.text):
            yield span_item(piece, *match.span()), "TITLE"


def cited_title(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """关于…的通知 with its number right behind it."""
    for piece in survey.pieces:
        for match in CITED.finditer(piece.text):
            yield span_item(piece, *match.span()), "TITLE"


def place_list(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """Names in a row that all end as places do: 甲县、乙县、丙市."""
    for piece in survey.pieces:
        for match in PLACE_LIST.finditer(piece.text):
            at = match.start()
            bordered = not at or not "一" <= piece.text[at - 1] <= "鿿"
            for number, name in enumerate(match[0].split("、")):
                if name not in GENERIC_PLACES and (number or (bordered and name[:2] not in LEADS)):
                    yield span_item(piece, at, at + len(name)), "REGION"
                at += len(name) + 1


# 涉及|青石县: what may stand before the first name of a list
LEADS = frozenset({"涉及", "包括", "其中", "覆盖", "以及", "分别", "选取", "抽取", "组织", "分配"})
GENERIC_PLACES = frozenset({"试点县", "示范县", "贫困县", "各县", "各市", "老城区", "项目县", "重点县", "牧区"})


def placed_shape(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A cell or line that is built as the name of a place and nothing else."""
    for piece in survey.pieces:
        name = piece.text
        known = any(name[:size] in places().by_name for size in (2, 3, 4))
        if len(name) <= 14 and PLACE_SHAPE.fullmatch(name) and (len(name) <= 4 or known):
            yield span_item(piece, 0, len(name)), "REGION"


def head_names(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """The body and the place that the head of a report says it is of, wherever they stand in it."""
    for part in survey.layout.parts:
        for label, name in (("ORG", part.unit), ("REGION", part.region)):
            if name and SHORTEST <= len(name) <= LONGEST:
                yield from told(survey, {fold(clean(name)): label}, part.span)


def repeated_names(survey: Survey, _: Collection[Item]) -> Iterator[Vote]:
    """A name that rules read surely at least twice, wherever it stands."""
    seen: Counter[tuple[str, str]] = Counter()
    for mention in survey.mentions:
        if mention.label in {"ORG", "REGION"} and mention.confidence >= SURE:
            seen[fold(clean(mention.text)), mention.label] += 1
    sure = {name: label for (name, label), times in seen.items() if times >= 2 and len(name) >= SHORTEST}
    yield from told(survey, sure, (0, len(survey.text)))


def told(survey: Survey, names: dict[str, str], within: Span) -> Iterator[Vote]:
    """Votes on every place of `names`, the longest first."""
    if not names:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for piece in survey.pieces:
        if within[0] <= piece.starts[0] < within[1]:
            longer = swallowed(piece.text)
            for match in pattern.finditer(piece.text):
                if alone(*match.span(), longer):
                    yield span_item(piece, *match.span()), names[match[0]]


SPAN_FUNCTIONS = (
    LabellingFunction(name="rules_spans", kind="span", cast=rules_spans, exhaustive=True, right=RULES_RIGHT, trust=RULES_TRUST),
    LabellingFunction(name="listed_institutions", kind="span", cast=listed_institutions, group="lexicon", silent=True),
    LabellingFunction(name="listed_regions", kind="span", cast=listed_regions, group="lexicon", silent=True),
    LabellingFunction(name="suffix_grammar", kind="span", cast=suffix_grammar, group="lexicon", silent=True),
    LabellingFunction(name="cue_context", kind="span", cast=cue_context, silent=True),
    LabellingFunction(name="body_cell", kind="span", cast=body_cell, silent=True),
    LabellingFunction(name="marked_title", kind="span", cast=marked_title, silent=True),
    LabellingFunction(name="cited_title", kind="span", cast=cited_title, silent=True),
    LabellingFunction(name="place_list", kind="span", cast=place_list, silent=True),
    LabellingFunction(name="placed_shape", kind="span", cast=placed_shape, silent=True),
    LabellingFunction(name="head_names", kind="span", cast=head_names, silent=True),
    LabellingFunction(name="repeated_names", kind="span", cast=repeated_names, silent=True),
)
