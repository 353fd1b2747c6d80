"""Files as listed in, cases out: archives opened, and a report put together with the tables and annexes that belong to it.

Signs are weighed in this order: one folder or archive; what the name says the file is (附件, 自评表, a spreadsheet); the
year; the project, by name, by form and by title; the unit; and, where nothing speaks against it, that the folder holds one
report alone. In doubt files stay apart. What a file says is taken from its opening words; nothing is read through here.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from hedui.document import Document
from hedui.errors import ReadError
from hedui.listing import Entry, Listing, Piece
from hedui.opening import Signs, opening, same_case, signs_of
from hedui.readers import CONTAINERS, kind_of, read_bytes
from hedui.readers.archive import Held, home, is_attachment, joined, members, read_together, reading_order
from hedui.readers.limits import MAX_FILE_BYTES
from hedui.readers.suffixes import is_document_name
from hedui.sources import is_remote, local_copy
from hedui.sources.copies import CHANGED

__all__ = ["Look", "Looked", "Looks", "case_digest", "cased", "cases_of", "here", "is_packed", "look", "look_key", "looked_json", "looked_of",
           "read_case", "remembered"]

NO_MEMBER = "压缩包里没有文件 · an archive without a file"
HEAD_BYTES = 65_536
PACKED = "!"
NOWHERE = Entry(name="", path="")
GONE = "压缩包里已没有这个文件，请重新运行 · no longer in the archive; run again"


class Looked(NamedTuple):
    """What a listed file turned out to hold: itself, or the members of an archive; the names of members that are no
    documents; the members that were not unpacked, by name with the cause; and whether it would hold the same again."""

    pieces: tuple[Piece, ...]
    passed_over: tuple[str, ...] = ()
    causes: tuple[tuple[str, str], ...] = ()
    sure: bool = True


Look = Callable[[Sequence[Entry]], Iterable[tuple[Entry, Looked]]]
# what files were found to hold, by `look_key`; stands for every file of that content and name wherever it lies
Looks = MutableMapping[str, Looked]


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def case_digest(digests: Sequence[str]) -> str:
    """The digest of a case from those of its files in their order; a file alone keeps its own."""
    return digests[0] if len(digests) == 1 else digest_of("\n".join(digests).encode())


def whole(path: str, stock: Path | None) -> bytes:
    """The bytes of a file, but of one that no reader takes only the beginning."""
    with local_copy(path, stock=stock) as copy, copy.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def enough(path: Path) -> bytes:
    """As much of a file as tells what it is and how it begins: of an archive or a package all of it."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        return head + file.read(MAX_FILE_BYTES) if head.startswith(b"PK") or kind_of(head) in CONTAINERS else head


def look(entry: Entry, *, stock: Path | None = None) -> Looked:
    """What the file of `entry` holds. An archive is unpacked once, for names, digests and opening words; what is too large
    to be read, or cannot be opened, is left to the reader to refuse. What was fetched already and lies in the folder `stock` is taken from there."""
    own = Piece(name=entry.name, path=entry.path, sha256=entry.sha256 or "")
    try:
        with local_copy(entry.path, sha256=entry.sha256, stock=stock) as copy:
            if copy.stat().st_size > MAX_FILE_BYTES:
                return Looked((own,), sure=False)
            data = enough(copy)
    except (OSError, ReadError):
        return Looked((own,), sure=False)
    if kind_of(data) not in CONTAINERS:
        return Looked((replace(own, opening=opening(data)),))
    pieces, over, causes = [], [], []
    for one in members(data, entry.name):
        if one.cause:
            causes.append((one.name, one.cause))
        elif not is_document_name(one.name):
            over.append(one.name)
        else:
            pieces.append(Piece(name=one.name, path=entry.path, archive=entry.name, sha256=digest_of(one.data),
                                opening=opening(one.data)))
    if not (pieces or causes or over):
        causes.append((entry.name, NO_MEMBER))
    return Looked(tuple(pieces), tuple(over), tuple(causes))


def is_packed(entry: Entry) -> bool:
    """Whether the file of `entry` must be unpacked to be looked at: an archive, a letter, a package of parts (docx, xlsx); or
    fetched."""
    if is_remote(entry.path):
        return True
    try:
        with Path(entry.path).open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return False
    return head.startswith(b"PK") or kind_of(head) in CONTAINERS


def here(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Looked]]:
    for entry in entries:
        yield entry, look(entry)


def look_key(entry: Entry) -> str:
    """What a look at the file of `entry` depends on: its content and its name without folders."""
    return f"{entry.sha256} {entry.name.rpartition('/')[2]}"


def moved(looked: Looked, before: str, after: Entry) -> Looked:
    """What was found in a file called `before` as it is found in the same one at `after`."""
    def name(old: str) -> str:
        return after.name + old.removeprefix(before)

    pieces = (replace(one, name=name(one.name), path=after.path, archive=(after.name or PACKED) if one.archive else "") for one in looked.pieces)
    return Looked(tuple(pieces), tuple(map(name, looked.passed_over)), tuple((name(old), cause) for old, cause in looked.causes))


def looked_json(looked: Looked) -> str:
    """A remembered look as a ledger keeps it; `looked_of` gives it back."""
    pieces = [[one.name, one.sha256, one.archive, one.opening] for one in looked.pieces]
    return json.dumps([pieces, looked.passed_over, looked.causes], ensure_ascii=False)


def looked_of(text: str) -> Looked:
    """
    >>> looked_of(looked_json(Looked((), ("x.exe",)))).passed_over
    ('x.exe',)
    """
    pieces, over, causes = json.loads(text)
    return Looked(tuple(Piece(name=name, path="", sha256=sha256, archive=archive, opening=words) for name, sha256, archive, words in pieces),
                  tuple(over), tuple((name, cause) for name, cause in causes))


def remembered(look: Look, looks: Looks) -> Look:
    """`look` that opens no file whose content stands in `looks`, and adds what it finds to them."""
    def found(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Looked]]:
        for entry in entries:
            if (known := looks.get(look_key(entry))) is not None:
                yield entry, moved(known, "", entry)
        for entry, looked in look([entry for entry in entries if look_key(entry) not in looks]):
            if looked.sure and entry.sha256:
                looks[look_key(entry)] = moved(looked, entry.name, NOWHERE)
            yield entry, looked
    return found


def entry_of(pieces: Sequence[Piece]) -> Entry:
    """The case of `pieces`, which goes by the name of its first."""
    parts = tuple(replace(piece, opening="") for piece in pieces)
    lone = len(parts) == 1 and not parts[0].archive
    return Entry(name=parts[0].name, path=parts[0].path, sha256=case_digest([part.sha256 for part in parts]),
                 parts=() if lone else parts)


def cases_of(pieces: Iterable[Piece]) -> list[Entry]:
    """The cases that files make up, in the order of their names: each report with what belongs to it, all else alone."""
    folders: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        folders[home(piece.name)].append(piece)
    return sorted((entry_of(group) for some in folders.values() for group in grouped(some)), key=lambda entry: entry.name)


def grouped(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The files of one folder in groups, in each the report first."""
    reports = [piece for piece in pieces if not is_attachment(piece.name)]
    annexes = [piece for piece in pieces if is_attachment(piece.name)]
    if not reports or not annexes:
        return [[piece] for piece in pieces]
    signs = {piece.name: signs_of(piece.name, piece.opening) for piece in pieces}
    groups = {report.name: [report] for report in reports}
    apart: list[Piece] = []
    for annex in annexes:
        found = report_of(signs[annex.name], {report.name: signs[report.name] for report in reports})
        (groups[found] if found else apart).append(annex)
    rank = {name: at for at, name in enumerate(reading_order(piece.name for piece in pieces))}
    return [*(sorted(group, key=lambda piece: rank[piece.name]) for group in groups.values()), *([one] for one in apart)]


def report_of(annex: Signs, reports: dict[str, Signs]) -> str | None:
    """The name of the one report that an annex belongs to; None where none is, or two are as likely."""
    told = {name: same_case(annex, report) for name, report in reports.items()}
    if len(told) == 1 and None in told.values():
        return next(iter(told))
    first, *rest = sorted(told, key=lambda name: told[name] or 0.0, reverse=True)
    most = told[first] or 0.0
    return first if most > max((told[name] or 0.0 for name in rest), default=0.0) else None


def cased(listing: Listing, look: Look = here) -> Listing:
    """The listing with archives opened and files put together; every file and member stands in it as an entry, as part
    of one, or among those passed over. `look` opens the files, here or in processes of their own."""
    entries = [entry for entry in listing.entries if entry.cause is not None]
    pieces: list[Piece] = []
    over = list(listing.passed_over)
    for entry, looked in look([entry for entry in listing.entries if entry.cause is None]):
        pieces += looked.pieces
        over += looked.passed_over
        entries += (refused(entry, name, cause) for name, cause in looked.causes)
    entries += cases_of(pieces)
    return replace(listing, entries=tuple(sorted(entries, key=lambda entry: entry.name)), passed_over=tuple(sorted(over)))


def refused(entry: Entry, name: str, cause: str) -> Entry:
    """The file of `entry`, or the member `name` of the archive that it is, which could not be opened."""
    if name == entry.name:
        return replace(entry, cause=cause)
    return Entry(name=name, path=entry.path, parts=(Piece(name=name, path=entry.path, sha256="", archive=entry.name),), cause=cause)


def fetched(parts: Sequence[Piece], name: str, stock: Path | None) -> list[Held]:
    """The bytes of the files of a case in its order. ReadError where one cannot be opened."""
    found: dict[str, Held] = {}
    digests = {part.name: part.sha256 for part in parts}
    archives: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for part in parts:
        archives[part.path, part.archive].append(part.name)
    for (path, archive), names in archives.items():
        try:
            data = whole(path, stock)
        except OSError as error:
            raise ReadError(name, f"打不开这个文件 · cannot be opened: {error.strerror or error}") from error
        for one in members(data, archive, wanted=names) if archive else [Held(name=names[0], data=data)]:
            found[one.name] = one if digest_of(one.data) == digests.get(one.name) else replace(one, data=b"", cause=one.cause or CHANGED)
            if found.keys() >= set(names):
                break
    return [found.get(part.name, Held(name=part.name, cause=GONE)) for part in parts]


def read_case(entry: Entry, *, stock: Path | None = None) -> Document:
    """The files of a case as one document. Files that cannot be read are issues; ReadError where none can. What was fetched already and lies in
    the folder `stock` is taken from there."""
    held = fetched(entry.parts, entry.name, stock)
    documents, issues = read_together(held, read_bytes)
    if not documents:
        causes = {issue.what for issue in issues}
        told = causes if len(causes) == 1 else [f"{issue.where.rpartition('/')[2]} {issue.what}" for issue in issues]
        raise ReadError(entry.name, "；".join(told))
    if len(entry.parts) == 1:
        return replace(documents[0], name=entry.name)
    both = joined(documents, entry.name, case_digest([digest_of(one.data) for one in held]))
    return replace(both, issues=(*both.issues, *issues))
