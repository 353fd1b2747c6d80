"""A store in, how its inputs stand out: the proof that all are accounted for, the last run, what was lost and why; as lines or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hedui.export.words import word
from hedui.store import Store
from hedui.store.ledger import LedgerRow, State, ledger_rows
from hedui.store.proof import Proof, proof
from hedui.store.runs import Run, last_runs

__all__ = ["Standing", "lost_lines", "standing_json", "standing_lines", "standing_of"]

LOST: tuple[State, ...] = ("failed", "quarantined")


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How the inputs of a store stand; `lost` only where it was asked for."""

    proof: Proof
    run: Run | None
    lost: tuple[LedgerRow, ...] = ()


def standing_of(store: Store, *, listed: bool = False) -> Standing:
    """How the inputs of a store stand now; what failed or is quarantined too where `listed`."""
    runs = last_runs(store)
    return Standing(proof=proof(store), run=runs[0] if runs else None, lost=tuple(ledger_rows(store, LOST)) if listed else ())


def lost_lines(rows: Sequence[LedgerRow]) -> list[str]:
    """A line for each input that was not read, with its cause."""
    return [f"  ✗ {row.name}（{word(row.state)}，{row.changed:%Y-%m-%d %H:%M} UTC）: {row.cause}" for row in rows]


def standing_lines(standing: Standing) -> list[str]:
    """The standing for people to read."""
    found, states = standing.proof, standing.proof.states
    lines = [f"输入 in {found.inputs} = 已读 done {states['done']} + 未能读出 failed {states['failed']} + 已隔离 quarantined "
             f"{states['quarantined']} + 未读完 still to read {found.open}"]
    if found.places != found.inputs:
        lines.append(f"文件 files {found.places}：内容相同或同属一份报告的只读一次 · read once where the content is the same")
    if found.elsewhere:
        lines.append(f"另有 {found.elsewhere} 份读过、现已不在输入中 · read earlier and no longer among the inputs")
    if standing.run is not None:
        ended = f"{standing.run.finished:%H:%M:%S}" if standing.run.finished else "未结束 not ended"
        lines.append(f"最近一次 last run: {standing.run.started:%Y-%m-%d %H:%M:%S}–{ended} UTC，版本 version {standing.run.version}")
    if found.holds:
        lines.append("✓ 账目齐全 · every input is accounted for")
    else:
        lines.append(f"✗ 账目不符 · the ledger does not add up: 已读而无结果 done without a result {found.bare}，"
                     f"有结果而不在账 results of nothing {found.stray}；请保留此文件夹并报告 · keep this folder and report it")
    if standing.lost:
        causes = Counter(row.cause for row in standing.lost)
        lines += ["原因 causes:", *(f"  {many} × {cause}" for cause, many in causes.most_common())]
        lines += lost_lines(standing.lost)
    return lines


def standing_json(standing: Standing) -> str:
    """The standing for programs."""
    found, states = standing.proof, {str(state): many for state, many in standing.proof.states.items()}
    told = {"in": found.inputs, **states, "files": found.places, "elsewhere": found.elsewhere, "holds": found.holds,
            "run": standing.run and {"id": standing.run.id, "version": standing.run.version, "started": standing.run.started.isoformat(),
                                     "finished": standing.run.finished and standing.run.finished.isoformat()},
            "lost": [{"name": row.name, "sha256": row.sha256, "state": row.state, "cause": row.cause, "attempts": row.attempts,
                      "deaths": row.deaths} for row in standing.lost]}
    return json.dumps(told, ensure_ascii=False, indent=1)
