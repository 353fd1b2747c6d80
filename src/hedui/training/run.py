"""One run under way: what was asked, where its steps are kept, its sources and folds, and who listens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hedui.errors import UsageError
from hedui.training.aside import Aside, processes
from hedui.training.request import Request, work_folder
from hedui.training.sources import Fold, Source, folds_of, sources_of
from hedui.training.steps import Workshop, open_workshop, unkept

try:
    import fcntl
except ImportError:  # Windows keeps no such locks
    fcntl = None  # type: ignore[assignment]

__all__ = ["OnStep", "Run", "begun"]

OnStep = Callable[[str, int, int], None]
LOCK = "lock"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """`on_step(stage, done, all)` hears how far a step has come; `aside` does jobs side by side."""

    request: Request
    workshop: Workshop
    sources: tuple[Source, ...]
    folds: tuple[Fold, ...]
    on_step: OnStep
    aside: Aside

    def heard(self, stage: str) -> Callable[..., None]:
        """A listener for parts that tell steps in one way or another: (name, done, all) or (done, all), with more or not."""
        def on_step(*told: object, **_: object) -> None:
            numbers = [one for one in told if isinstance(one, int)]
            named = told[0] if told and isinstance(told[0], str) else stage
            if len(numbers) >= 2:
                self.on_step(named, numbers[0], numbers[1])
        return on_step


@contextmanager
def begun(request: Request, *, environment: Mapping[str, str], on_step: OnStep | None = None,
          on_line: Callable[[str], None] | None = None) -> Iterator[Run]:
    """The run of `request`, its folder kept from a second run at the same time. The day is that of the first start, or what
    SOURCE_DATE_EPOCH in `environment` says (reproducible-builds.org)."""
    folder = work_folder(request.out)
    sources = sources_of(request.pairs)
    folds = folds_of(sources, single=request.plan.single, parts=request.plan.parts)
    workshop = open_workshop(folder, date=today(environment), on_line=on_line)
    with locked(folder), processes() as aside:
        yield Run(request=request, workshop=workshop, sources=sources, folds=folds, on_step=on_step or quiet, aside=aside)


def today(environment: Mapping[str, str]) -> str:
    told = environment.get("SOURCE_DATE_EPOCH", "")
    return date.fromtimestamp(int(told) if told.isdecimal() else time.time()).isoformat()


def quiet(stage: str, done: int, total: int) -> None:
    """Hears how far a run has come and says nothing."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """UsageError where another run is at work in `folder`."""
    try:
        held = (folder / LOCK).open("w")
    except OSError as error:
        raise unkept(folder, error) from error
    with held:
        if fcntl is not None:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise UsageError(f"{folder}: 另一次训练正在进行 · another training run is at work here") from error
        yield
