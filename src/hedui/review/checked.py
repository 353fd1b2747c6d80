"""Opened results and what people decided at the desk in, what is true of the reports that were wholly decided out: a sample for `research.doubt`.

A report is wholly decided when every record of it is accepted or rejected and every conflict is decided, marked, or gone by a correction: as those
look at it who read it blind. It stands as `gold` has it: rejected findings left out, corrected ones put right, missed ones added.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from hedui.errors import UsageError
from hedui.export.columnar import Kept, Key
from hedui.research.doubt.checked import Checked
from hedui.research.doubt.choosing import Chosen, weighed
from hedui.research.doubt.rows import keys_of
from hedui.research.store import ResearchStore
from hedui.research.table import Table
from hedui.research.truth import true_frame
from hedui.review.gold import looked_at, outputs_of
from hedui.review.opened import Opened, open_report
from hedui.store import Store
from hedui.store.trail import spoken_of

__all__ = ["checked", "wholly_decided"]

TABLES = ("records", "claims", "checks", "reports")


@dataclass(frozen=True, kw_only=True)
class StandingTexts:
    """Outputs as people left them, of the reports of each content that were wholly decided."""

    store: Store
    held: dict[Key, tuple[str, ...]]

    @property
    def full_text(self) -> None:
        """None: they are indexed nowhere."""

    def keys(self) -> tuple[Key, ...]:
        return tuple(self.held)

    def outputs(self, keys: Collection[Key]) -> Iterator[Kept]:
        for key in keys:
            output = outputs_of([open_report(self.store, key.sha256, report) for report in self.held[key]])
            yield Kept(key=key, output=json.dumps({**output, "source": {**output["source"], "name": key.file}}, ensure_ascii=False).encode())


def wholly_decided(opened: Opened) -> bool:
    """Whether people decided every record and every conflict of a report."""
    state = opened.state
    conflicts = (item for item in state.of("check") if item.data["verdict"] == "conflict" and opened.turned.get(item.id, "conflict") == "conflict")
    return (looked_at(state) and all(item.decision != "open" for item in state.of("record"))
            and all(item.decision != "open" or item.mark is not None for item in conflicts))


def checked(store: ResearchStore, view: Table | str, columns: Sequence[str] | None = None, *,
            reports: Iterable[str] | Chosen | None = None) -> Checked:
    """What is true of the reports that were wholly decided at the desk, for `mean(view.frame(), of, checked=checked(store, view))` and its like.

    `view` is a table of `store` with the conditions of the frame it goes with (`store.records.where(type="fund")`), or its name: records, claims,
    checks or reports; `columns` as of `Table.frame`, all by default. `reports` are those that were drawn by chance to be looked at, the frame that
    `to_check` gave (each counts as many times as it stands for) or names (all alike): then these count and no others, and each must be wholly
    decided; without it all that are count, as if they had been drawn by chance, which is not so of such as the queue sent ahead. UsageError where
    the results have no database, a table cannot be decided, or fewer than two reports are.
    """
    table = store.table(view) if isinstance(view, str) else view
    if table.name not in TABLES:
        raise UsageError(f"{table.name}: 这张表的行不由人逐一判断，请用 {'、'.join(TABLES)} · people do not decide the rows of this table")
    if store.address is None:
        raise UsageError(f"{store.place}: 这里没有结果库，人的判断记在结果库里；请打开 OUT 或结果库的地址 · no database of results here, which is "
                         "where decisions are kept; open OUT, or the URL of the database")
    wanted: Iterable[str] | None = keys_of(reports, "report").tolist() if isinstance(reports, Chosen) else reports
    with Store(store.address, existing=True) as results:
        held = decided_in(results, store.keys, None if wanted is None else frozenset(wanted))
        whole = [report for some in held.values() for report in some]
        if len(whole) < 2:
            raise UsageError(f"{store.place}: 整份核完的报告只有 {len(whole)} 份，至少要两份；每条记录和每处不符都要在核对台上判断过 · "
                             f"reports wholly decided: {len(whole)}, two at least are needed, with every record and every conflict decided")
        frame = true_frame(store, StandingTexts(store=results, held=held), table, whole, columns)
    if isinstance(reports, Chosen):
        frame, weight = weighed(frame, reports)
        return Checked(frame=frame, weight=weight)
    return Checked(frame=frame)


def decided_in(results: Store, keys: Iterable[Key], wanted: frozenset[str] | None) -> dict[Key, tuple[str, ...]]:
    """The reports that were wholly decided, by the contents that hold them; of `wanted` all. UsageError where one of these is not."""
    there = {key.sha256: key for key in keys}
    found: dict[Key, tuple[str, ...]] = {}
    for sha256, report in spoken_of(results):
        if sha256 in there and (wanted is None or report in wanted) and stands_whole(results, sha256, report):
            found[there[sha256]] = (*found.get(there[sha256], ()), report)
    left = sorted((wanted or frozenset()) - {report for some in found.values() for report in some})
    if left:
        raise UsageError(f"{left[0]}{f' 等 {len(left)} 份' if len(left) > 1 else ''}: 还没有整份核完，抽中的要全部核完才算随机 · "
                         f"{len(left)} not wholly decided yet; a sample by chance is one only when all that were drawn are")
    return found


def stands_whole(results: Store, sha256: str, report: str) -> bool:
    try:
        return wholly_decided(open_report(results, sha256, report))
    except UsageError:  # a later version found no such report in the file
        return False
