"""A run in the ledger in, what each of its files came to out."""

from __future__ import annotations

from collections.abc import Mapping

from hedui.bulk.parts import unread_in, unread_of
from hedui.export.json import head_of
from hedui.export.tables import FileLine
from hedui.store import Store
from hedui.store.ledger import LedgerRow, placed
from hedui.store.profiles import profiles_of
from hedui.store.runs import Run, run_of

__all__ = ["lines_of"]

STATES = {"failed": "failed", "quarantined": "quarantined", "seen": "waiting", "reading": "waiting"}


def lines_of(store: Store, run: str) -> tuple[FileLine, ...]:
    """What every file of a run came to, in the order of their names. One content is told once; other files with it are `same`, the
    further files of a case its `part`s, or failed where its result holds nothing of them."""
    began = run_of(store, run)
    causes: dict[str, dict[str, str]] = {}
    lines = []
    kept = {sha256: unread_in(profile) for sha256, profile in profiles_of(store, run=run, cases=True)}
    for name, row in placed(store, run=run):
        if row.state == "done" and len(row.parts) > 1 and row.sha256 not in causes:
            causes[row.sha256] = unread(row, kept.get(row.sha256), store)
        lines.append(line_of(name, row, began, causes.get(row.sha256, {})))
    return tuple(lines)


def unread(row: LedgerRow, kept: Mapping[str, str] | None, store: Store) -> dict[str, str]:
    """The files of a case that its result holds nothing of, with their causes by name, from those `kept` by digest; the output is opened only
    where an older hedui kept none."""
    if kept is None:
        output = head_of(store.output(row.sha256, version=row.version or ""))
        kept = unread_of(output, [(name, sha256) for name, _, sha256, _ in row.parts])
    return {name: kept[sha256] for name, _, sha256, _ in row.parts if sha256 in kept}


def state_in(row: LedgerRow, run: Run) -> str:
    """What a run says of an input: one that was done before it began is kept."""
    if row.state == "done":
        return "read" if row.changed >= run.started else "kept"
    return STATES[row.state]


def line_of(name: str, row: LedgerRow, run: Run, causes: dict[str, str]) -> FileLine:
    """The line of a file that lies where `row` does; a case whose report could not be read goes by its first file that was."""
    parts = [part[0] for part in row.parts]
    lead = next((part for part in parts if part not in causes), row.name) if row.state == "done" else row.name
    if name in causes:
        return FileLine(name=name, state="failed", case=row.name, cause=causes[name])
    if name == lead:
        return FileLine(name=name, state=state_in(row, run), sha256=row.sha256, cause=row.cause)
    if name not in parts:
        return FileLine(name=name, state="same", cause=f"= {row.name}")
    lost = row.state in ("failed", "quarantined")
    sha256 = next(part[2] for part in row.parts if part[0] == name)
    return FileLine(name=name, state="failed" if lost else "part", case=row.name, cause=row.cause if lost else f"→ {row.name}", sha256=sha256)
