"""The tree of a web page -> which of its elements stand around the text: navigation, banners, lists of links, the footer.

Told by the tags made for it (nav, header, footer, aside), by names of classes that say so, and by blocks that are mostly
links. What holds a main heading or a good part of the page's text is never set apart by its name alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped,unused-ignore]

from hedui.document import Role
from hedui.readers.safe_xml import Element
from hedui.readers.web.seen import UNSEEN, is_unseen

__all__ = ["is_named", "margin_roles"]

TAGS = {"nav", "header", "footer", "aside"}
# class="top-nav" · id="footer" · class="breadcrumb"
NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navbar|navigation|menu|breadcrumbs?|crumbs?|position|location|footer|foot|copyright|header|head"
    r"|top|topbar|banner|sidebar|toolbar|share|pager|pagination|friendlink|links?)(?:$|[\s_-]|\d)", re.I)
# <div title="header">: page headers and footers as LibreOffice saves them
PAGED = {"header", "footer"}
CONTAINERS = {"div", "ul", "ol", "dl", "td", "tr", "table", "section", "p", "span", "form", *TAGS}
MIN_LINKS, LINKED_SHARE, NAMED_SHARE = 4, 0.6, 0.33


@dataclass(kw_only=True, slots=True)
class Count:
    """What an element holds: characters seen, those in links, links, main headings, and the characters before it."""

    before: int
    text: int = 0
    linked: int = 0
    links: int = 0
    headings: int = 0


def length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def is_dense(count: Count) -> bool:
    return count.links >= MIN_LINKS and count.linked >= LINKED_SHARE * count.text


def is_named(element: Element) -> bool:
    return element.tag in TAGS or element.get("title") in PAGED or bool(NAMED.search(f"{element.get('id', '')} {element.get('class', '')}"))


def counted(root: Element) -> tuple[list[tuple[Element, Count]], int]:
    """The elements that may stand apart with what they hold, in the order of their ends, and the characters of all."""
    found: list[tuple[Element, Count]] = []
    stack: list[Count] = []
    total = in_link = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            in_link += tag == "a"
            stack.append(Count(before=total, links=int(tag == "a"), headings=int(tag == "h1")))
            if tag in UNSEEN or is_unseen(element):
                walk.skip_subtree()
                continue
            said = length(element.text)
            stack[-1].text += said
            stack[-1].linked += said if in_link else 0
            total += said
            continue
        in_link -= tag == "a"
        count = stack.pop()
        if tag in CONTAINERS and count.text and (is_dense(count) or is_named(element)):
            found.append((element, count))
        if stack:
            tail = length(element.tail)
            above = stack[-1]
            above.text += count.text + tail
            above.linked += count.linked + (tail if in_link else 0)
            above.links += count.links
            above.headings += count.headings
            total += tail
    return found, total


def margin_roles(root: Element) -> Mapping[Element, Role]:
    """The elements that stand apart: `header` where they come in the first half of the text, `footer` behind it."""
    found, total = counted(root)
    roles: dict[Element, Role] = {}
    for element, count in found:
        if not is_dense(count) and (count.headings or count.text > NAMED_SHARE * total):
            continue
        roles[element] = "header" if element.tag != "footer" and count.before * 2 < total else "footer"
    return roles
