"""A docx that holds no words but pictures (scanned pages, pasted in one after the other) -> drafts of what they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hedui.document import Issue
from hedui.errors import ReadError
from hedui.progress import step
from hedui.readers.assemble import Draft
from hedui.readers.docx.xml import MC, R
from hedui.readers.embedded import recognised_part
from hedui.readers.limits import MAX_PAGES
from hedui.readers.package import Package, Relation
from hedui.readers.pages import Page, page_drafts
from hedui.readers.safe_xml import Element

__all__ = ["picture_drafts", "picture_paths"]

# elements that show a picture -> the attribute that names it
SHOWN = {"{http://schemas.openxmlformats.org/drawingml/2006/main}blip": f"{R}embed",
         "{urn:schemas-microsoft-com:vml}imagedata": f"{R}id"}
NOT_READ = ("这一页的图片读不出（损坏、过大或为 EMF、WMF 等格式）；请重新扫描这一页 / "
            "the picture of this page cannot be read (damaged, too large, or EMF or WMF); scan it anew")
READ = ("全文是图片，共 {n} 张，文字由识别得到 / nothing but pictures, {n} of them; the words were recognised")
TOO_MANY = "有 {n} 张图片，超过 {most} 张；请拆成单份报告再读 / {n} pictures, over the limit of {most}; split it into single reports"


def picture_paths(body: Element, related: Iterable[Relation]) -> list[str]:
    """The parts of the pictures that a body shows, in the order in which it shows them."""
    targets = {relation.id: relation.target for relation in related}
    found = []
    for element in body.iter(*SHOWN):
        path = targets.get(element.get(SHOWN[element.tag]) or "")
        if path is not None and next(element.iterancestors(f"{MC}Fallback"), None) is None:
            found.append(path)
    return found


def recognised(package: Package, paths: Sequence[str], issues: list[Issue]) -> Iterator[Page]:
    for number, path in enumerate(paths, 1):
        page = recognised_part(package, path, number=number)
        step("page", number, len(paths))
        if page is None:
            issues.append(Issue(where=f"第 {number} 页 / page {number}", what=NOT_READ))
            continue
        issues += page.issues
        yield page


def picture_drafts(package: Package, paths: Sequence[str], issues: list[Issue]) -> list[Draft]:
    """What the pictures show, each as a page, numbered as they come; what is to be told of them is added to `issues`.
    Raises ReadError where there are more than MAX_PAGES."""
    if len(paths) > MAX_PAGES:
        raise ReadError(package.name, TOO_MANY.format(n=len(paths), most=MAX_PAGES))
    issues.append(Issue(where="全文 / whole text", what=READ.format(n=len(paths))))
    return page_drafts(recognised(package, paths, issues))
