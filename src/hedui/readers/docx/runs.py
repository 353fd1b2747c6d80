"""A paragraph of WordprocessingML -> the text that it shows, and what hangs on it: boxes, notes, page breaks.

Kept: insertions, moved-to text, field results, links, content controls. Left out: deletions, moved-from text, field
instructions, hidden text, soft hyphens. A tab is a tab; a line, column or page break inside the text is a line end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hedui.readers.docx.styles import Style, Styles, style_of
from hedui.readers.docx.symbols import PRIVATE, unsymbol
from hedui.readers.docx.xml import MC, Element, M, W, attribute, chosen, inner, number, switched, value

__all__ = ["Seen", "paragraph_text"]

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
BOX = f"{W}txbxContent"
PICTURES = {"{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", "{urn:schemas-microsoft-com:vml}imagedata"}
GRAPHICS = {"{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
            "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"}
SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes", f"{W}commentReference": "comments"}
LINE_ENDS = re.compile(r"[\r\n]+")
SYMBOL_FONT_SIGN = re.compile("[\uf020-\uf0ff]")


@dataclass(kw_only=True, slots=True)
class Seen:
    """What was met on the way through one document, to be read later or to be told: notes referred to as (kind, id) in
    their order, rendered page breaks, and counts of what is not in the text."""

    notes: dict[tuple[str, int], None] = field(default_factory=dict)
    page: int = 1
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


@dataclass(kw_only=True, slots=True)
class Pieces:
    """The text of one paragraph while it is read: pieces, the fields that are open (false inside the instruction), the
    boxes that hang on it, the page of its first character."""

    text: list[str] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    page: int | None = None


def is_hidden(properties: Element | None, style: Style, styles: Styles) -> bool:
    """Whether a run is hidden: by itself, else by its run style, else by the style of its paragraph."""
    if properties is None:
        return style.hidden
    own = switched(properties, "vanish")
    if own is not None:
        return own
    named = styles.by_id.get(value(properties, "rStyle") or "")
    return style.hidden or (named is not None and named.hidden)


def under(element: Element) -> Iterator[Element]:
    """Everything under `element` in its order, alternative content once, nothing below a text box."""
    stack = [iter(element)]
    while stack:
        for child in stack[-1]:
            if child.tag == f"{MC}AlternateContent":
                branch = chosen(child)
                stack.append(iter(branch if branch is not None else ()))
                break
            yield child
            if child.tag != BOX:
                stack.append(iter(child))
                break
        else:
            stack.pop()


def keep_drawing(drawing: Element, pieces: Pieces, seen: Seen) -> None:
    """The text boxes of a drawing; pictures, charts and embedded objects are counted."""
    if drawing.tag == f"{W}object":
        seen.add("object")
    for element in under(drawing):
        if element.tag == BOX:
            pieces.boxes.append(element)
        elif element.tag in PICTURES and drawing.tag != f"{W}object":
            seen.add("picture")
        elif element.tag in GRAPHICS:
            seen.add("chart")


def written(element: Element, font: str | None) -> str:
    """The text of a w:t as Word shows it: white space at its ends only where xml:space keeps it, signs of symbol fonts
    as Unicode."""
    text = element.text or ""
    if element.get(SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    text = LINE_ENDS.sub(" ", text)
    return SYMBOL_FONT_SIGN.sub(lambda match: unsymbol(match[0], font), text)


def symbol(element: Element) -> str:
    code = attribute(element, "char") or ""
    try:
        at = int(code, 16)
    except ValueError:
        return ""
    return unsymbol(chr(at), attribute(element, "font")) if 0x20 <= at < 0xD800 or PRIVATE <= at <= 0xFFFD else ""


def mark_field(element: Element, fields: list[bool]) -> None:
    kind = attribute(element, "fldCharType")
    if kind == "begin":
        fields.append(False)
    elif kind == "separate" and fields:
        fields[-1] = True
    elif kind == "end" and fields:
        fields.pop()


def formula(element: Element) -> str:
    """An equation on one line: its runs in their order, a fraction as numerator/denominator."""
    said = []
    for item in element.iter(f"{M}t", f"{M}den"):
        said.append("/" if item.tag == f"{M}den" else item.text or "")
    return "".join(said)


def read_run(run: Element, pieces: Pieces, seen: Seen, *, style: Style, styles: Styles) -> None:
    properties = run.find(f"{W}rPr")
    hidden = is_hidden(properties, style, styles)
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
    for child in inner(run):
        tag = child.tag
        if tag == f"{W}fldChar":
            mark_field(child, pieces.fields)
        elif tag == f"{W}lastRenderedPageBreak":
            seen.page += 1
        elif hidden or not all(pieces.fields):
            if hidden and tag == f"{W}t" and (child.text or "").strip():
                seen.add("hidden")
        elif tag == f"{W}t" or tag in SIGNS or tag == f"{W}sym":
            said = written(child, font) if tag == f"{W}t" else SIGNS.get(tag) or symbol(child)
            if said.strip() and pieces.page is None:
                pieces.page = seen.page
            pieces.text.append(said)
        elif tag in NOTES:
            seen.notes[NOTES[tag], number(child.get(f"{W}id"), -1) or 0] = None
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            keep_drawing(child, pieces, seen)
        elif tag == f"{W}r":
            read_run(child, pieces, seen, style=style, styles=styles)


def paragraph_text(paragraph: Element, seen: Seen, *, styles: Styles, style_id: str | None) -> tuple[str, Pieces]:
    """The text of a paragraph without line ends at its ends, and the pieces it was made of."""
    pieces = Pieces()
    style = style_of(styles, style_id)
    for child in inner(paragraph):
        if child.tag == f"{W}r":
            read_run(child, pieces, seen, style=style, styles=styles)
        elif child.tag in (f"{M}oMath", f"{M}oMathPara"):
            pieces.text.append(formula(child))
    return "".join(pieces.text).strip("\n"), pieces
