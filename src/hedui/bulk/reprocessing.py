"""What a store holds done again only as far as another version asks: weighed or extracted from what was kept, read where it must be.

Nothing is listed. A file is looked for only where it is to be read; where it is gone, or holds something else now, the result it has is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial

from hedui.again import versions_with
from hedui.bulk.holders import gone, is_mine
from hedui.bulk.intake import Entered, Request, entry_of, out_folder, pieces_of, request_of, stage_after
from hedui.errors import UsageError
from hedui.neural.loading import NONE, choose_model
from hedui.sources import Found, find, hashed, is_remote, key_of
from hedui.store import Store
from hedui.store.ledger import LedgerRow, Stage, free, known, remember
from hedui.store.ledger_again import due, listing_run, mark, rows_of
from hedui.store.runs import start_run
from hedui.version import Versions

__all__ = ["Plan", "begin_again", "plan_again", "plan_lines", "request_again"]

NAMED = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What is to be done again so that everything that the run `listed` found is of the version of `versions`: contents by the stage they are done
    from; `lost` must be read and are not there any more, `older` are those of them that keep an earlier result, with its version."""

    listed: str
    versions: Versions
    stages: Mapping[Stage, tuple[str, ...]]
    lost: tuple[LedgerRow, ...] = ()
    older: Mapping[str, str] = field(default_factory=dict)


def request_again(store: Store, *, out: str, address: str | None, model: str | None = None, weights: str | None = None,
                  workers: int | None = None) -> Request:
    """The request of the last run that listed anything, with another model (`none` for rules alone), file of weights (`none` for the model's own) or
    number of workers where one is given. UsageError where there was no run, ReadError where the model cannot be loaded."""
    run = listing_run(store)
    if run is None:
        raise UsageError(f"{out}: 没有运行记录，请用 hedui run 读报告 · no run is known here, use hedui run")
    request = request_of(run.asked, out=out, store=address)
    if model is not None:
        request = replace(request, model=choose_model(model).folder)
    if weights is not None:
        request = replace(request, weights=None if weights == NONE else weights)
    return request if workers is None else replace(request, workers=workers)


def plan_again(request: Request, store: Store) -> Plan:
    """What is to be done so that every result is as `request` asks. ReadError where model or weights cannot be read, PassingError where a server
    that holds files to be read is away."""
    run = listing_run(store)
    if run is None:
        raise UsageError(f"{request.out}: 没有运行记录，请用 hedui run 读报告 · no run is known here, use hedui run")
    versions = versions_with(request.model, request.weights)
    found = due(store, run=run.id, version=str(versions), readers=versions.readers, stage_of=partial(stage_after, store, versions))
    stages: dict[Stage, list[str]] = defaultdict(list)
    for one in found:
        stages[one.stage].append(one.sha256)
    rows = rows_of(store, stages["read"])
    there = present(rows, request, store)
    lost = tuple(row for row in rows if row.sha256 not in there)
    results = {one.sha256 for one in found if one.has_result}
    stages["read"] = [key for key in stages["read"] if key in there]
    return Plan(listed=run.id, versions=versions, stages={stage: tuple(keys) for stage, keys in stages.items()}, lost=lost,
                older={row.sha256: row.version for row in lost if row.version and row.sha256 in results})


def present(rows: Sequence[LedgerRow], request: Request, store: Store) -> frozenset[str]:
    """Which of some inputs lie where they lay, with the content they had."""
    pieces = {row.sha256: tuple(pieces_of(entry_of(row))) for row in rows}
    wanted = {piece.path for some in pieces.values() for piece in some}
    stamps = known(store) if wanted else {}
    digests = {one.path: told.sha256 for one, told in hashed(found_at(wanted, request), stamps)}

    def lies(path: str, archive: str, sha256: str) -> bool:
        content = digests.get(path)
        return content is not None and content == (stamps.get(key_of(path), ("", content))[1] if archive else sha256)

    return frozenset(key for key, some in pieces.items() if all(lies(piece.path, piece.archive, piece.sha256) for piece in some))


def found_at(paths: set[str], request: Request) -> Iterator[Found]:
    """What lies at `paths` now; of servers the inputs are looked through once."""
    if any(map(is_remote, paths)):
        for one in find([given for given in request.inputs if is_remote(given)], web=request.web, may_be_empty=True):
            if one.path in paths and one.cause is None:
                yield one
    for path in sorted(paths):
        if not is_remote(path):
            try:
                yield from find([path])
            except (UsageError, OSError):
                continue


def begin_again(request: Request, plan: Plan, store: Store) -> Entered:
    """Has what is planned wait in a run of its own; what programs that are gone held is free again."""
    out_folder(request.out)
    free(store, lambda holder: is_mine(holder) or gone(holder))
    version = str(plan.versions)
    remember(store, version, asdict(plan.versions))
    run = start_run(store, request.told(), version=version)
    mark(store, plan.stages, {key: f"原件已不在或已改动，保留 {old} 的结果 · the file is gone or changed, the result of {old} is kept"
                              for key, old in plan.older.items()}, listed=plan.listed, run=run)
    return Entered(run=run, version=version)


def plan_lines(plan: Plan) -> list[str]:
    """The plan for people to read."""
    many = {stage: len(plan.stages.get(stage, ())) for stage in ("read", "extract", "weigh")}
    lines = [f"重读 to read {many['read']}，重新提取 to extract {many['extract']}，重新衡量 to weigh {many['weigh']}"]
    if plan.lost:
        lines.append(f"要重读而原件已不在或已改动 {len(plan.lost)} 份，有旧结果的保留 · gone or changed, earlier results are kept:")
        lines += [f"  • {row.name}" for row in plan.lost[:NAMED]]
        lines += [f"  … 其余 {len(plan.lost) - NAMED} 份 · and others"] if len(plan.lost) > NAMED else []
    return lines
