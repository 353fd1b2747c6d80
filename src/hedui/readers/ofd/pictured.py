"""A page of an OFD that is a picture (a scan, with or without a layer of text under it) -> the page as recognised."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

from hedui.document import Issue
from hedui.readers.embedded import recognised_part
from hedui.readers.ofd.drawn import Drawn, Picture
from hedui.readers.package import Package
from hedui.readers.pages import Page, Run
from hedui.readers.showing import unseen

__all__ = ["is_pictured", "pictured_page", "told_of_pictures"]

# the share of the page that pictures take together where they are the page, and where there is no print at all; and the
# share that one of them takes to be read or told of
MOST_OF_IT, WITHOUT_PRINT, SOME_OF_IT = 0.4, 0.15, 0.02
# the share that a picture takes which looks like the page itself
ALL_OF_IT = 0.9
# characters that stand on a scanned page as print: its number, a stamp of who received it
FEW = 40
NOT_READ = "有 {n} 张图片，图中的文字没有读 / {n} pictures, the text in them is not read"
UNREAD = ("有图片读不出（损坏、过大或格式不支持，如 JBIG2），请从原件重新导出 / "
          "a picture cannot be read (damaged, too large or of a kind not supported, such as JBIG2); export the original anew")


def large(drawn: Drawn, page: Page) -> list[Picture]:
    return [picture for picture in drawn.pictures if picture.area >= SOME_OF_IT * page.width * page.height]


def is_pictured(drawn: Drawn, page: Page) -> bool:
    """Whether the page is to be recognised: pictures cover it, and there is hardly any print on top of them."""
    pictures = large(drawn, page)
    least = MOST_OF_IT if page.runs else WITHOUT_PRINT
    if not pictures or sum(picture.area for picture in pictures) < least * page.width * page.height:
        return False
    over = drawn.glyphs[max(picture.over for picture in pictures):]
    return sum(not glyph.look.unseen and not glyph.text.isspace() for glyph in over) < FEW


def issue_of(page: Page, what: str) -> Issue:
    return Issue(where=f"第 {page.number} 页 / page {page.number}", what=what)


def told_of_pictures(drawn: Drawn, page: Page) -> Page:
    """`page` with an issue that its pictures are not read."""
    count = len(large(drawn, page))
    return replace(page, issues=(*page.issues, issue_of(page, NOT_READ.format(n=count)))) if count else page


def inside(run: Run, picture: Picture) -> bool:
    x, y = (run.x0 + run.x1) / 2, (run.y0 + run.y1) / 2
    return picture.x0 <= x <= picture.x1 and picture.y0 <= y <= picture.y1


def recognised(package: Package, picture: Picture, page: Page) -> Page | None:
    """The page that a picture shows, in points from its own corner; None where it cannot be read."""
    wide = picture.x1 - picture.x0
    if not picture.path or wide <= 0:
        return None
    with nullcontext() if picture.area >= ALL_OF_IT * page.width * page.height else unseen():
        return recognised_part(package, picture.path, number=page.number, width=wide)


def pictured_page(package: Package, drawn: Drawn, page: Page) -> Page:
    """`page` with what its pictures show; print that lies under a picture gives way to what is recognised in it."""
    found = [(one, recognised(package, one, page)) for one in large(drawn, page)]
    read = [(one, seen) for one, seen in found if seen is not None]
    issues = page.issues
    if len(read) < len(found):
        issues = (*issues, issue_of(page, UNREAD))
    if len(read) == 1 and read[0][1].turned:
        return replace(read[0][1], issues=(*read[0][1].issues, *issues))
    runs = [run for run in page.runs if not any(inside(run, one) for one, _ in read)]
    rules = list(page.rules)
    for one, seen in read:
        runs += [run.moved(one.x0, one.y0) for run in seen.runs]
        rules += [rule.moved(one.x0, one.y0) for rule in seen.rules]
        issues = (*issues, *seen.issues)
    return replace(page, runs=tuple(runs), rules=tuple(rules), scanned=bool(read), issues=issues,
                   tilt=read[0][1].tilt if read else 0.0)
