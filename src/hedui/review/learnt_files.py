"""What was accepted of what repeats -> files in the form of the word lists and cases, each row under who accepted it, when, from which reports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hedui.errors import StoreError
from hedui.store import Store
from hedui.store.learned import Decided, decided
from hedui.store.people import everyone
from hedui.store.results import names_of

__all__ = ["source_of", "texts_of", "write_learned"]

HEAD = ("# 由改正中重复出现的错误提出、经人接受 · proposed from corrections that repeat, accepted by a person\n"
        "# 每条上一行：谁、何时、依据哪些报告（改动记录的步数） · above each: who, when, from which reports (steps of the audit trail)\n")


def line(text: str) -> str:
    return " ".join(text.split())


def source_of(store: Store, one: Decided, people: Mapping[str, str]) -> str:
    """Who accepted it, when, and the files with the steps that it was proposed from."""
    files: dict[str, list[str]] = {}
    for report, seq in one.told:
        sha256 = report.partition("/")[0]
        files.setdefault((names_of(store, sha256) or (sha256[:12],))[0], []).append(str(seq))
    told = "；".join(f"{line(name)}（{'、'.join(steps)}）" for name, steps in files.items())
    return f"{line(people.get(one.person, one.person))}，{one.at.astimezone():%Y-%m-%d %H:%M}，{told}"


def texts_of(store: Store) -> dict[str, str]:
    """The text of every file that something was accepted for, by its path."""
    people = {one.id: one.name for one in everyone(store)}
    found: dict[str, str] = {}
    for one in sorted(decided(store).values(), key=lambda one: one.seq):
        if one.decision == "accepted":
            source = source_of(store, one, people)
            # in files of blocks what stands under a title belongs to the case
            told = f"\n## {source}\n{one.row}\n" if "\n" in one.row else f"# {source}\n{one.row}\n"
            found[one.file] = found.get(one.file, HEAD) + told
    return found


def write_learned(store: Store, folder: Path) -> list[Path]:
    """Writes these files below `folder`; their paths. StoreError where that cannot be done."""
    written = []
    for name, text in sorted(texts_of(store).items()):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise StoreError(f"{path}: 写不进去 · cannot be written: {error.strerror or error}") from error
        written.append(path)
    return written
