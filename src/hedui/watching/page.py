"""A run and what the ledger says of it in, run.html out: one page without network or script that says whether every file is in, what failed
and why, how fast it went, how sure the findings are, and what became otherwise since the run before.

The page's content security policy names the hash of its own style and allows nothing else; names and causes are put in by a template that
escapes everything. Every picture has its figures as a table.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from hedui.errors import StoreError
from hedui.export.page import asset as shared
from hedui.export.page import policy_of
from hedui.watching.causes import kinds
from hedui.watching.drawn import Columns, clock, columns, nice
from hedui.watching.drift import Drift, drift
from hedui.watching.inputs import Inputs
from hedui.watching.profile import BINS
from hedui.watching.rows import Gathered
from hedui.watching.runs import SETTLED, Run, balanced
from hedui.watching.words import STATE_WORDS, far, feature, sentence, value_of

__all__ = ["run_page", "write_run_page"]

LISTED = 200
SURE = ("records", "claims", "checks")


@cache
def asset(name: str) -> str:
    return files("hedui.watching").joinpath("page_web", name).read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sure:
    """The histogram of confidences of one kind, its mean, and what share of them is 0.9 or more."""

    kind: str
    chart: Columns
    count: int
    mean: float
    high: float


def sure_of(run: Run) -> tuple[Sure, ...]:
    """The confidences of all that is done; nothing where no profiles were kept."""
    if run.everything is None:
        return ()
    found = []
    for kind in SURE:
        counts = run.everything.total.counts[f"sure_{kind}"]
        total = sum(counts)
        if total:
            mean = sum(count * (2 * at + 1) for at, count in enumerate(counts)) / (2 * BINS * total)
            found.append(Sure(kind=kind, chart=columns(counts), count=total, mean=mean, high=sum(counts[round(0.9 * BINS):]) / total))
    return tuple(found)


def pace_of(run: Run, gathered: Gathered) -> tuple[Columns, tuple[tuple[str, str, int], ...]]:
    """Documents a second over the time of the run: as columns, and as rows (from, to, how many)."""
    each = max(run.seconds, 1e-9) / len(gathered.pace)
    edges = [clock(each * at) for at in range(len(gathered.pace) + 1)]
    rows = tuple((start, end, count) for (start, end), count in zip(pairwise(edges), gathered.pace, strict=True))
    return columns([count / each for count in gathered.pace]), rows


def listed(names: Sequence[object]) -> tuple[Sequence[object], int]:
    """What is shown of many names, and how many are not."""
    return names[:LISTED], max(0, len(names) - LISTED)


def drift_of(run: Run, last: Run | None) -> Drift | None:
    """What this run read against all that the last one held; None where there is nothing to compare."""
    if last is None or last.everything is None or run.fresh is None or run.fresh.files == 0:
        return None
    return drift(last.everything, run.fresh)


def accounts(totals: Mapping[str, int]) -> dict[str, int]:
    """The states that stand on the right side of the account: those that are settled, and what is still on its way."""
    return {state: totals.get(state, 0) for state in (*SETTLED, *(one for one in ("seen", "reading") if totals.get(one)))}


def run_page(run: Run, gathered: Gathered, *, inputs: Inputs | None = None, last: Run | None = None, title: str = "运行报告") -> str:
    """The page as HTML: `run` and `last` (the run before it, where there was one) with their populations, what was `gathered` from the ledger,
    and how the inputs differ from those of the last run."""
    style = shared("palette.css") + asset("run.css")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    pace, pace_rows = pace_of(run, gathered)
    return environment.from_string(asset("run.html")).render(
        title=title, policy=policy_of(style, ""), style=Markup(style), run=run, last=last, gathered=gathered, accounts=accounts(run.totals),
        received=sum(run.totals.values()), balanced=balanced(run.totals), states=STATE_WORDS, kinds=kinds(), pace=pace, pace_rows=pace_rows,
        sure=sure_of(run), bins=[f"{at / BINS:.2f}–{(at + 1) / BINS:.2f}" for at in range(BINS)], inputs=inputs, listed=listed,
        drift=drift_of(run, last), feature=feature, sentence=sentence, value_of=value_of, far=far, clock=clock, nice=nice)


def write_run_page(
    path: str | os.PathLike[str], run: Run, gathered: Gathered, *, inputs: Inputs | None = None, last: Run | None = None
) -> Path:
    """Writes run.html to `path` and returns it; an older page is replaced only once the new one is whole. StoreError where it cannot be
    written."""
    target = Path(path)
    draft = target.with_name(f"{target.name}.part")
    try:
        draft.write_text(run_page(run, gathered, inputs=inputs, last=last), encoding="utf-8", errors="backslashreplace", newline="\n")
        draft.replace(target)
    except OSError as error:
        raise StoreError(f"{target}: 运行报告写不进去 · the run report cannot be written: {error.strerror or error}") from error
    return target
