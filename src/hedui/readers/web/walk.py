"""The tree of a web page -> drafts of what a reader of the page sees: headings, paragraphs, tables, margins set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree  # type: ignore[import-untyped,unused-ignore]

from hedui.document import Issue, Role
from hedui.readers.assemble import Draft
from hedui.readers.safe_xml import Element
from hedui.readers.sheets import sheet_drafts
from hedui.readers.web.margins import is_named, margin_roles
from hedui.readers.web.seen import BLOCKS, UNSEEN, is_unseen
from hedui.readers.web.tables import table_sheet

__all__ = ["page_drafts"]

HEADINGS: Mapping[str, int] = {f"h{level}": level for level in range(1, 7)}
KEPT_LINES = {"pre", "textarea", "listing", "xmp"}
BREAK = "\v"
WHITE = re.compile(r"[ \t\r\n\f]+")
FIRST_WIDE = "\u2e80"
# pixels on a side
ICON = 48
PICTURES = "有 {n} 张图片，图中的文字没有读 / {n} pictures, the text in them is not read"


@dataclass(kw_only=True, slots=True)
class Walk:
    """Where a walk stands: the words held for the next paragraph, the heading it is in, how deep in kept lines, the margin
    it is in, and the issues of tables met."""

    words: list[str] = field(default_factory=list)
    level: int | None = None
    kept: int = 0
    role: Role = "body"
    margin: Element | None = None
    issues: list[Issue] = field(default_factory=list)


def one_space(match: re.Match[str]) -> str:
    """What white space shows: one space, nothing where it only breaks a line of Chinese."""
    text, start, end = match.string, match.start(), match.end()
    wide = start > 0 and end < len(text) and text[start - 1] >= FIRST_WIDE and text[end] >= FIRST_WIDE
    return "" if wide and "\n" in match[0] else " "


def add(walk: Walk, text: str | None) -> None:
    if text:
        text = text.replace(BREAK, " ")
        walk.words.append(text.replace("\n", BREAK) if walk.kept else text)


def lines_of(walk: Walk) -> list[str]:
    """The lines held, and none held any more."""
    text = "".join(walk.words)
    walk.words.clear()
    if not text.strip():
        return []
    lines = [WHITE.sub(one_space, line).strip() for line in text.split(BREAK)]
    said = [line for line in lines if line]
    return ["".join(said)] if said and walk.level else said


def flushed(walk: Walk) -> Iterator[Draft]:
    for line in lines_of(walk):
        heading = walk.level is not None and walk.role == "body"
        yield Draft(kind="heading" if heading else "paragraph", text=line, role=walk.role,
                    level=walk.level if heading else None)


def cell_text(cell: Element) -> str:
    """The text of a cell, its paragraphs on lines of their own."""
    if not len(cell):
        return WHITE.sub(one_space, (cell.text or "").replace(BREAK, " ")).strip()
    return "\n".join(draft.text for draft in walked(cell, Walk(), {}, tables=False))


def table_drafts(table: Element, walk: Walk) -> list[Draft] | None:
    """The drafts of a table of data, with its caption before it; None where it is none."""
    sheet = table_sheet(table, cell_text)
    if sheet is None:
        return None
    drafts, issues = sheet_drafts(sheet)
    walk.issues += [replace(issue, where="表格 / a table") for issue in issues]
    captions = [Draft(kind="paragraph", text=said) for caption in table.iterchildren("caption")
                if not is_unseen(caption) and (said := cell_text(caption))]
    return [replace(draft, role=walk.role) for draft in (*captions, *drafts)]


def opened(element: Element, walk: Walk, roles: Mapping[Element, Role]) -> None:
    """Enter an element that is seen."""
    tag = element.tag
    if walk.margin is None and element in roles:
        walk.margin, walk.role = element, roles[element]
    walk.level = HEADINGS.get(tag, walk.level)
    walk.kept += tag in KEPT_LINES
    if tag == "br":
        walk.words.append(BREAK)
    elif tag == "input" and (element.get("type") or "text").lower() == "text":
        add(walk, element.get("value"))
    add(walk, element.text)


def closed(element: Element, walk: Walk) -> None:
    tag = element.tag
    if tag in HEADINGS:
        walk.level = None
    walk.kept -= tag in KEPT_LINES
    if element is walk.margin:
        walk.margin, walk.role = None, "body"


def walked(root: Element, walk: Walk, roles: Mapping[Element, Role], *, tables: bool = True) -> Iterator[Draft]:
    """The drafts of everything seen in `root`, in order. Without `tables` the cells of tables are paragraphs."""
    steps = etree.iterwalk(root, events=("start", "end"))
    skipped: Element | None = None
    for event, element in steps:
        block = element.tag in BLOCKS or element in roles
        if event == "start":
            if element.tag in UNSEEN or (element is not root and is_unseen(element)):
                skipped = element
                steps.skip_subtree()
                continue
            if block:
                yield from flushed(walk)
            drafts = table_drafts(element, walk) if tables and element.tag == "table" and element not in roles else None
            if drafts is not None:
                yield from drafts
                skipped = element
                steps.skip_subtree()
            else:
                opened(element, walk, roles)
            continue
        if element is not skipped:
            if block:
                yield from flushed(walk)
            closed(element, walk)
        skipped = None
        if element is not root:
            add(walk, element.tail)
    yield from flushed(walk)


def small(picture: Element) -> bool:
    """Whether a picture says that it is no larger than an icon."""
    sides = [side for name in ("width", "height") if (side := (picture.get(name) or "").strip().removesuffix("px")).isascii()
             and side.isdigit()]
    return any(int(side) <= ICON for side in sides)


def pictures_in(root: Element, roles: Mapping[Element, Role]) -> int:
    """How many pictures the page shows beside its margins, icons aside."""
    return sum(not small(picture) and not is_unseen(picture)
               and not any(above in roles or is_named(above) or is_unseen(above) for above in picture.iterancestors())
               for picture in root.iter("img"))


def page_drafts(root: Element) -> tuple[list[Draft], list[Issue]]:
    """The drafts of a page in its order, and what could not be placed or was not read."""
    walk, roles = Walk(), margin_roles(root)
    drafts = list(walked(root, walk, roles))
    if count := pictures_in(root, roles):
        walk.issues.append(Issue(where="全文 / whole page", what=PICTURES.format(n=count)))
    return drafts, walk.issues
