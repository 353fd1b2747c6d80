"""styles.xml -> what a paragraph or run style means here: outline level, automatic numbering, hidden text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hedui.readers.docx.xml import Element, W, attribute, number, switched, value

__all__ = ["NO_STYLES", "Style", "Styles", "style_of", "styles_of"]

# heading 1 · 标题 2
HEADING_NAME = re.compile(r"(?:heading|标题)\s*(?P<level>[1-9])", re.IGNORECASE)
BODY_LEVEL = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """A style with what it inherits. `level` counts from 1, `num` and `ilvl` name a list and a level in it, `title` is
    true for Word's style Title."""

    level: int | None = None
    num: str | None = None
    ilvl: int = 0
    hidden: bool = False
    title: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Styles:
    """Every style by its id, and the id of the style that paragraphs have without one."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    default: str | None = None


NO_STYLES = Styles()
PLAIN = Style()


def outline_level(properties: Element | None) -> int | None:
    """1 to 9 as given by w:outlineLvl, 0 where it says that the paragraph is body text, None where it says nothing."""
    given = number(value(properties, "outlineLvl"))
    if given is None:
        return None
    return given + 1 if 0 <= given < BODY_LEVEL else 0


def own_or_inherited(element: Element, base: Style) -> Style:
    properties = element.find(f"{W}pPr")
    name = value(element, "name") or ""
    named = HEADING_NAME.fullmatch(name)
    level = outline_level(properties)
    if level is None and named:
        level = int(named["level"])
    num = value(properties, "numPr", "numId")
    ilvl = number(value(properties, "numPr", "ilvl"))
    hidden = switched(element.find(f"{W}rPr"), "vanish")
    return Style(level=base.level if level is None else level or None,
                 num=base.num if num is None else num,
                 ilvl=base.ilvl if ilvl is None else ilvl,
                 hidden=base.hidden if hidden is None else hidden,
                 title=name.lower() in {"title", "标题"} and attribute(element, "type") == "paragraph")


def styles_of(root: Element) -> Styles:
    """The styles of a styles.xml, with `basedOn` followed (a ring of styles ends where it closes)."""
    elements = {attribute(item, "styleId") or "": item for item in root.findall(f"{W}style")}
    done: dict[str, Style] = {}
    for wanted in elements:
        chain: list[str] = []
        at: str | None = wanted
        while at in elements and at not in done and at not in chain:
            chain.append(at)
            at = value(elements[at], "basedOn")
        style = done.get(at or "", PLAIN)
        for id_ in reversed(chain):
            style = done[id_] = own_or_inherited(elements[id_], style)
    default = next((id_ for id_, item in elements.items()
                    if attribute(item, "type") == "paragraph"
                    and (attribute(item, "default") or "0") in {"1", "true", "on"}), None)
    return Styles(by_id=done, default=default)


def style_of(styles: Styles, id_: str | None) -> Style:
    """The paragraph style of that id, the default one without an id."""
    return styles.by_id.get(id_ or styles.default or "", PLAIN)
