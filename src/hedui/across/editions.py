"""Reports of one unit, year and programme -> which are editions of one report, and which of them counts.

A corrected edition says most of what the first said; a table and a text that tell of one programme do not.
"""

from __future__ import annotations

from collections.abc import Sequence

from hedui.across.facts import Head
from hedui.across.names_patterns import REVISED
from hedui.across.shelf import Shelf, blocks
from hedui.across.types import Edition

__all__ = ["editions_of"]

PIECE, SAME, MOST = 8, 0.6, 12


def pieces(shelf: Shelf, report: int) -> frozenset[int]:
    """The text of a report in overlapping pieces, by their hashes."""
    text = "".join(paragraph.text for paragraph in shelf.paragraphs(report))
    return frozenset(hash(text[at:at + PIECE]) for at in range(len(text) - PIECE + 1))


def newer(head: Head) -> tuple[bool, str, str]:
    """What orders editions: one that calls itself corrected counts, else the one whose name comes last."""
    return bool(REVISED.search(head.file) or REVISED.search(head.title)), head.file, head.report


def editions_of(shelf: Shelf) -> tuple[tuple[Edition, ...], frozenset[int]]:
    """The editions, and the reports that a newer edition stands for."""
    numbered = list(enumerate(shelf.heads))
    groups: list[Sequence[int]] = list(blocks(numbered, "owner", "year", "topic", "kind").values())
    groups += blocks(numbered, "sha256", "title").values()
    found, left = [], set[int]()
    for group in groups:
        members = [n for n in group if n not in left]
        if len(members) < 2:
            continue
        if len(members) > MOST + 1:
            head = shelf.heads[members[0]]
            shelf.limit(f"{head.unit or head.title}{head.year or ''}年：同类报告 {len(members)} 份，每份只与 {MOST} 份比较是否同一报告的不同版本 · "
                        f"each is held against {MOST} others only, to tell editions")
        ordered = sorted(members, key=lambda n: newer(shelf.heads[n]), reverse=True)
        while len(ordered) > 1:
            first = ordered[0]
            rest = [n for n in ordered[1:] if shelf.heads[n].file != shelf.heads[first].file]
            whole = pieces(shelf, first)
            copies = [n for n in rest if shelf.heads[n].sha256 == shelf.heads[first].sha256]
            alike = [*copies, *(n for n in rest[:MOST] if n not in copies and same_text(shelf, n, whole))]
            if alike:
                left.update(alike)
                found.append(Edition(kept=name(shelf.heads[first]), others=tuple(sorted(name(shelf.heads[n]) for n in alike))))
            ordered = [n for n in ordered[1:] if n not in left]
    return tuple(sorted(found, key=lambda e: e.kept)), frozenset(left)


def same_text(shelf: Shelf, report: int, whole: frozenset[int]) -> bool:
    other = pieces(shelf, report)
    return bool(other) and len(whole & other) >= SAME * len(whole | other)


def name(head: Head) -> tuple[str, str]:
    return head.file, head.report
