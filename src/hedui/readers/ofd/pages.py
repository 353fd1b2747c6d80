"""Bytes of an OFD -> its pages as they look, one by one: print and lines as drawn, pictures of pages recognised."""

from __future__ import annotations

from collections.abc import Iterator

from hedui.document import Issue
from hedui.errors import ReadError
from hedui.progress import step
from hedui.readers.ofd.drawn import Drawn, draw
from hedui.readers.ofd.parts import Book, PageRef, Resources, child, children, load_resources, numbers, resolved
from hedui.readers.ofd.pictured import is_pictured, pictured_page, told_of_pictures
from hedui.readers.package import Package, part
from hedui.readers.pages import Page, Run
from hedui.readers.pdf.frame import Matrix
from hedui.readers.pdf.rules import rules_of
from hedui.readers.pdf.runs import runs_of
from hedui.readers.pdf.turning import turned_runs
from hedui.readers.safe_xml import Element

__all__ = ["ofd_pages", "where_of"]

POINTS = 72.0 / 25.4
NO_CONTENT = "这一页的内容缺失，没有读 / the content of this page is missing"
CUT_SHORT = "这一页的对象过多，只读了一部分 / too many objects on this page, read only in part"
NO_CODES = ("有 {n} 个字在文件里只有字形、没有文字编码，读不出；请从原件重新导出 / "
            "{n} characters have shapes but no codes and cannot be read; export the original anew")


def where_of(number: int) -> str:
    return f"第 {number} 页 / page {number}"


def own_resources(package: Package, root: Element, ref: PageRef, path: str) -> Resources:
    """The resources of the document, and those that only this page has."""
    own = list(children(root, "PageRes"))
    shared = ref.body.resources
    if not own:
        return shared
    found = Resources(media=dict(shared.media), units=dict(shared.units), bold=dict(shared.bold))
    for one in own:
        location = resolved(package, path, one.text)
        if location is not None:
            load_resources(package, location, found)
    return found


def draw_content(drawn: Drawn, root: Element, resources: Resources, way: Matrix) -> None:
    content = child(root, "Content")
    if content is not None:
        draw(drawn, content, resources, way)


def drawn_page(package: Package, ref: PageRef, path: str) -> tuple[Drawn, float, float]:
    """What the page at `path` draws, its templates' first, and its width and height in points. Raises ReadError where a
    part of it is damaged."""
    root = part(package, path)
    area = child(child(root, "Area"), "PhysicalBox")
    box = (None if area is None else numbers(area.text, 4)) or ref.body.box
    way: Matrix = (POINTS, 0.0, 0.0, POINTS, -box[0] * POINTS, -box[1] * POINTS)
    resources = own_resources(package, root, ref, path)
    drawn = Drawn()
    for template in children(root, "Template"):
        under = ref.body.templates.get(template.get("TemplateID") or "")
        if under is not None:
            draw_content(drawn, part(package, under), resources, way)
    draw_content(drawn, root, resources, way)
    return drawn, box[2] * POINTS, box[3] * POINTS


def page_as_drawn(drawn: Drawn, number: int, width: float, height: float) -> Page:
    glyphs = [glyph for glyph in drawn.glyphs if not glyph.look.unseen
              and glyph.x0 < width and glyph.x1 > 0 and glyph.y0 < height and glyph.y1 > 0]
    rules = rules_of(drawn.strokes, width, height)
    runs: list[Run] = runs_of([glyph for glyph in glyphs if glyph.look.turns == 0], rules)
    for turns in (1, 2, 3):
        runs += turned_runs((glyph for glyph in glyphs if glyph.look.turns == turns), turns, width, height)
    unmapped = sum(glyph.unmapped for glyph in glyphs)
    issues = [CUT_SHORT] if drawn.cut_short else []
    issues += [NO_CODES.format(n=unmapped)] if unmapped else []
    return Page(number=number, width=width, height=height, runs=tuple(runs), rules=rules,
                issues=tuple(Issue(where=where_of(number), what=what) for what in issues))


def page_of(book: Book, ref: PageRef, number: int) -> Page:
    if ref.path is None:
        lost = Issue(where=where_of(number), what=NO_CONTENT)
        return Page(number=number, width=ref.body.box[2] * POINTS, height=ref.body.box[3] * POINTS, issues=(lost,))
    try:
        drawn, width, height = drawn_page(book.package, ref, ref.path)
    except ReadError as error:
        lost = Issue(where=f"{where_of(number)} ({error.where})", what=error.cause)
        return Page(number=number, width=ref.body.box[2] * POINTS, height=ref.body.box[3] * POINTS, issues=(lost,))
    page = page_as_drawn(drawn, number, width, height)
    return pictured_page(book.package, drawn, page) if is_pictured(drawn, page) else told_of_pictures(drawn, page)


def ofd_pages(book: Book) -> Iterator[Page]:
    """The pages of an open OFD, each read when it is asked for. A page that is damaged comes without content and with an
    issue."""
    for number, ref in enumerate(book.pages, 1):
        page = page_of(book, ref, number)
        step("page", number, len(book.pages))
        yield page
