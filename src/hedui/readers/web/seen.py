"""An element of a web page -> whether a reader of the page sees it, and whether it stands on lines of its own."""

from __future__ import annotations

import re

from hedui.readers.safe_xml import Element

__all__ = ["BLOCKS", "UNSEEN", "is_unseen"]

UNSEEN = frozenset({
    "head", "script", "style", "noscript", "template", "svg", "math", "select", "option", "button", "iframe", "object", "embed",
    "audio", "video", "canvas", "map", "rt", "rp", "xml", "title", "link", "meta", "datalist", "noframes"})
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend",
    "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "caption", "thead", "tbody", "tfoot", "tr",
    "td", "th", "ul", "textarea"})
# style="display:none" · style="visibility: hidden; color:red"
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)


def is_unseen(element: Element) -> bool:
    """Whether the page itself hides an element: by an attribute, or by a style written on it."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and bool(HIDDEN.search(style))
