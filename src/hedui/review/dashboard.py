"""The pages for looking as a folder of files that needs no server: pictures, the lists behind their marks, and reports with their sentences.

The same facts give the same bytes. What a folder cannot hold of ten thousand reports is left out in a known order, and each page says how much.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

from hedui import __version__
from hedui.errors import StoreError, UsageError
from hedui.progress import step
from hedui.research.pictures.chosen import Chosen, chosen_of
from hedui.research.pictures.facts import Held
from hedui.research.pictures.types import Mark, Picture, ReportFacts
from hedui.review.research_views import VIEWS, findings_in, items_csv, numbers_csv, picture_of, view_with
from hedui.review.web import PALETTE, asset, environment

__all__ = ["MOST_REPORTS", "Written", "write_dashboard"]

MOST_REPORTS, MOST_ITEMS = 2_000, 200
MARKER, SCHEMA = "dashboard.json", "hedui-dashboard/1"
ASSETS = (PALETTE, "desk.css", "research.css", "research.js")
Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What was written: reports that pictures show, reports that have a page with their sentences, and files."""

    reports: int
    with_sentences: int
    files: int


def short(told: str) -> str:
    """A name for a file that says nothing and is the same each time."""
    return sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLinks:
    """Addresses between the files of a folder, from a page that lies `root` below its top; `held` are the reports that have a page."""

    root: str
    held: frozenset[Key]

    def view(self, name: str) -> str:
        return f"{self.root}{'index' if name == 'overview' else name}.html"

    def mark(self, picture: str, key: str) -> str | None:
        return f"{self.root}behind/{picture}-{short(key)}.html"

    def report(self, one: ReportFacts, finding: str | None) -> str | None:
        if (one.sha256, one.report) not in self.held:
            return None
        return f"{self.root}report/{report_name(one)}.html" + (f"#{finding}" if finding else "")

    def numbers(self, picture: str) -> str:
        return f"{self.root}numbers/{picture}.csv"

    def items(self, picture: str, mark: Mark) -> str | None:
        return f"{self.root}behind/{picture}-{short(mark.key)}.csv" if len(mark.items) > MOST_ITEMS else None


def report_name(one: ReportFacts) -> str:
    return short(f"{one.sha256} {one.report}")


def first_of(pictures: Sequence[Picture], most: int) -> frozenset[Key]:
    """The reports that get a page: the first behind every mark, then the second behind every mark, until there are `most`."""
    found: dict[Key, None] = {}
    for row in zip_longest(*(mark.items for picture in pictures for mark in picture.marks.values())):
        for item in row:
            if len(found) == most:
                return frozenset(found)
            if item is not None:
                found[item.report.sha256, item.report.report] = None
    return frozenset(found)


def write_dashboard(held: Held, folder: Path, *, chosen: Chosen | None = None, most: int = MOST_REPORTS) -> Written:
    """Writes the pages for looking to `folder`, whole or not at all, in place of those that were written there before; at most `most` reports get a
    page with their sentences. UsageError where the folder holds something else, StoreError where it cannot be written."""
    if folder.exists() and not (folder.is_dir() and ((folder / MARKER).is_file() or not any(folder.iterdir()))):
        raise UsageError(f"{folder}: 已有别的内容，请另给一个文件夹 · holds something else, give another folder")
    chosen = chosen or Chosen()
    facts = chosen_of(held.facts, chosen)
    draft = folder.parent / f".{folder.name}.{os.getpid()}"
    count = 0
    try:
        for path, content in pages_of(held, facts, chosen, most):
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            (draft / path).write_bytes(content)
            count += 1
        told = json.loads((draft / MARKER).read_bytes())
        if folder.exists():
            shutil.rmtree(folder)
        draft.replace(folder)
    except OSError as error:
        raise StoreError(f"{folder}: 写不进去 · cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Written(reports=len(facts), with_sentences=told["with_sentences"], files=count)


def rendered(template: str, root: str, **held: Any) -> bytes:
    told = environment().get_template(template).render(layout="alone.html", language="both", path="", session=None, root=root, made_by=__version__, **held)
    return "\n".join(line.rstrip() for line in told.splitlines() if line.strip()).encode() + b"\n"


def pages_of(held: Held, facts: Sequence[ReportFacts], chosen: Chosen, most: int) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder with its path."""
    by_county, names = chosen.province is not None, [name for view in VIEWS.values() for name in view.pictures]
    above = FileLinks(root="", held=frozenset())
    pictures = {name: picture_of(name, facts, above, by_county=by_county) for name in names}
    kept = first_of(list(pictures.values()), most)
    for name in ASSETS:
        yield f"assets/{name}", asset(name) or b""
    yield from view_pages(pictures, facts, chosen, FileLinks(root="", held=kept), len(held.facts))
    yield from mark_pages(pictures, FileLinks(root="../", held=kept))
    links, shown = FileLinks(root="../", held=kept), [one for one in facts if (one.sha256, one.report) in kept]
    written = 0
    for done, one in enumerate(shown, 1):
        output = held.output(one)
        findings = () if output is None else findings_in(output, one)
        yield f"report/{report_name(one)}.html", rendered("research_report.html", "../", about=one, findings=findings, links=links, views=VIEWS, desk=None, view=None)
        written += 1
        step("sentences", done, len(shown))
    told = {"schema": SCHEMA, "hedui": __version__, "chosen": asdict(chosen), "reports": len(facts), "with_sentences": written}
    yield MARKER, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()


def view_pages(pictures: Mapping[str, Picture], facts: Sequence[ReportFacts], chosen: Chosen, links: FileLinks, of: int) -> Iterator[tuple[str, bytes]]:
    told = " · ".join(str(value) for value in asdict(chosen).values() if value is not None)
    for view in VIEWS.values():
        yield links.view(view.name), rendered("research.html", "", view=view, views=VIEWS, pictures=[pictures[name] for name in view.pictures], links=links,
                                              choices=None, chosen=chosen, told=told, count=len(facts), of=of, sentences=len(links.held))
        for name in view.pictures:
            yield links.numbers(name), numbers_csv(pictures[name]).encode()


def mark_pages(pictures: Mapping[str, Picture], links: FileLinks) -> Iterator[tuple[str, bytes]]:
    marks = [(picture, mark) for picture in pictures.values() for mark in picture.marks.values()]
    for done, (picture, mark) in enumerate(marks, 1):
        items = sorted(mark.items, key=lambda item: links.report(item.report, item.finding) is None)[:MOST_ITEMS]
        name = f"behind/{picture.name}-{short(mark.key)}"
        yield f"{name}.html", rendered("research_mark.html", "../", picture=picture, mark=mark, links=links, items=items, views=VIEWS, number=1, more=False,
                                       view=view_with(picture.name), turned={}, left_out=len(mark.items) - len(items))
        if links.items(picture.name, mark) is not None:
            yield f"{name}.csv", items_csv(mark).encode()
        step("lists", done, len(marks))
