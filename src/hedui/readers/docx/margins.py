"""What stands beside the body of a docx -> drafts: notes and comments in the order they are referred to, then page headers
and footers, each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hedui.document import Role
from hedui.readers.assemble import Draft
from hedui.readers.docx.story import Reading, story
from hedui.readers.docx.xml import Element, R, W, attribute, number, switched

__all__ = ["margin_drafts", "note_drafts"]

# kind of relationship -> the element that holds one note, its role
NOTES: tuple[tuple[str, str, Role], ...] = (
    ("footnotes", "footnote", "note"), ("endnotes", "endnote", "note"), ("comments", "comment", "comment"))


def note_drafts(load: Callable[[str], Element | None], reading: Reading) -> Iterator[Draft]:
    """Footnotes, endnotes and comments that the body refers to. `load` gives the part of a kind, None where there is none
    or it is damaged."""
    for kind, name, role in NOTES:
        wanted = [id_ for of, id_ in reading.seen.notes if of == kind]
        root = load(kind) if wanted else None
        if root is None:
            continue
        notes = {number(attribute(note, "id"), -1): note for note in root.iterchildren(W + name)}
        for id_ in wanted:
            if id_ in notes:
                yield from story(notes[id_], reading, role=role)


def shown_references(root: Element, even_and_odd: bool) -> Iterator[tuple[Role, str]]:
    """(role, relationship id) of every header and footer that is shown on some page, in the order of the sections."""
    for section in root.iter(f"{W}sectPr"):
        if section.getparent().tag == f"{W}sectPrChange":
            continue
        off = {"first"} if not switched(section, "titlePg") else set()
        off |= set() if even_and_odd else {"even"}
        for reference in section:
            role = {f"{W}headerReference": "header", f"{W}footerReference": "footer"}.get(reference.tag)
            if role is not None and (attribute(reference, "type") or "default") not in off:
                yield ("header" if role == "header" else "footer"), reference.get(f"{R}id") or ""


def margin_drafts(root: Element, load: Callable[[str], Element | None], reading: Reading, *,
                  even_and_odd: bool) -> Iterator[Draft]:
    """Headers, then footers, of the document with the body `root`; a text that stands in several is told once. `load`
    gives the part of a relationship id."""
    references = list(dict.fromkeys(shown_references(root, even_and_odd)))
    told: set[tuple[Role, str]] = set()
    for wanted in ("header", "footer"):
        for role, id_ in references:
            part = load(id_) if role == wanted else None
            if part is None:
                continue
            for draft in story(part, reading, role=role):
                if draft.kind == "table" or (role, draft.text) not in told:
                    told.add((role, draft.text))
                    yield draft
