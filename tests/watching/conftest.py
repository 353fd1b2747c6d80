"""Rows of a ledger, profiles and runs made by hand."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from hedui.watching.population import population_of
from hedui.watching.profile import AXES, Profile, nothing
from hedui.watching.rows import gathered
from hedui.watching.runs import Run

BEGAN = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a row of the ledger tells."""

    sha256: str
    name: str
    state: str = "done"
    media_type: str | None = "text/plain"
    bytes: int = 9000
    attempts: int = 1
    cause: str | None = None
    seconds: float | None = 0.5
    changed: datetime = BEGAN + timedelta(seconds=50)


@pytest.fixture
def line() -> Callable[..., Line]:
    return lambda number, **told: Line(**{"sha256": f"{number:064x}", "name": f"县{number:03}/报告.docx"} | told)


def drawn(chance: random.Random, *, lacks_rate: float = 0.1) -> Profile:
    """The profile of a file whose figures hang together: mostly amounts or mostly rates, never half of each."""
    amounts, rates = chance.choice([(40, 4), (4, 40)])
    surely = [0] * 20
    for _ in range(10):
        surely[min(int(chance.betavariate(8, 1) * 20), 19)] += 1
    counts = dict(nothing().counts)
    counts["mentions"] = (amounts, rates, *(chance.randint(1, 9) for _ in AXES["mentions"][2:]))
    counts["claims"] = tuple(chance.randint(0, 9) for _ in AXES["claims"])
    counts["gaps"] = tuple(int(key == "rate" and chance.random() < lacks_rate) for key in AXES["gaps"])
    counts["sure_checks"] = tuple(surely)
    return Profile(characters=round(chance.lognormvariate(8, 0.6)) + 1, reports=1, counts=counts)


@pytest.fixture
def files() -> Callable[..., list[Profile]]:
    """`files(seed, n, lacks_rate=…)`: profiles of n files of one kind."""
    def made(seed: int, n: int, **how: float) -> list[Profile]:
        chance = random.Random(seed)
        return [drawn(chance, **how) for _ in range(n)]
    return made


@pytest.fixture
def night(line, files) -> Callable[..., tuple]:
    """A run of 103 contents, three of which failed, with what was gathered of it, and the run of the night before."""
    rows = [line(number, seconds=0.1 * (number % 7), changed=BEGAN + timedelta(seconds=number)) for number in range(100)]
    rows += [line(100, name="<b>坏</b>.docx", state="failed", cause="有密码保护，打不开；请取消密码后重新保存 / password-protected", seconds=0.2),
             line(101, name="断.zip", state="failed", cause="文件不完整（压缩结构在中途断开） / truncated or damaged"),
             line(102, name="慢.pdf", state="quarantined", attempts=2, cause="读取进程异常退出 · the reading process died", seconds=31.5)]
    ended = BEGAN + timedelta(seconds=100)
    found = gathered(rows, began=BEGAN, ended=ended)
    old, fresh = population_of(files(1, 120)), population_of(files(2, 100, lacks_rate=0.6))
    run = Run(id="r-2", began=BEGAN, ended=ended, seconds=100.0, version="0.6.0+aaaaaaaaaaaa", engine="local", workers=2, totals=found.totals,
              read=found.read, failures=found.failures, everything=fresh, fresh=fresh)
    last = replace(run, id="r-1", began=BEGAN - timedelta(days=1), ended=BEGAN - timedelta(hours=23), everything=old, fresh=old)
    return lambda: (run, found, last)
