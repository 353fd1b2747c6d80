"""Figures of the bulk benchmark as rows: kept in one CSV, shown as one Markdown page.

A row says what was measured (`part`, `subject`), on what (`conditions`, `n` documents), which `figure` of it, and its `value` in `unit`.
Measuring a part again replaces its rows and leaves the others, so that one file holds what several runs measured.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from hedui.version import version

__all__ = ["CSV", "Row", "environment", "markdown", "merged", "read_rows", "value_of", "write_rows"]

CSV, PAGE, NOTES = "bulk.csv", "bulk.md", "notes.json"
ROOT = Path(__file__).parents[1]
# the parts in their order: what the page calls them, and how they were measured
PARTS: Mapping[str, tuple[str, str]] = {
    "environment": ("机器 · the machine", ""),
    "stages": ("各步的速度 · speed by stage",
               "一个进程，CPU 时间，先读别的报告热身，每份只读一遍 · one process, CPU time, warmed up on other reports, each read once"),
    "formats": ("各种格式 · by format",
                "同几份报告印成各种格式；read 读成文本和表格，whole 直到入库前 · the same reports; read: to text and tables, whole: to what is kept"),
    "start": ("起动 · start-up", "cold：没有任何缓存和任务引擎的库；warm：都在 · cold: no caches and no engine's own base; warm: both there"),
    "engines": ("引擎的开销 · cost of engines",
                "同样的文件，比只调用读取函数多花的 CPU · the same files, CPU beyond bare calls of the reading function"),
    "scaling": ("一核到两核 · one core to two",
                "进程钉在一核或两核上；busy = CPU ÷（核数 × 墙上时间），不到 0.9 是机器另有人用 · pinned; busy under 0.9: others used the machine"),
    "sizes": ("从少到多 · from few to many",
              "整个命令，从列文件到写完结果；头 1,000 份是造出的报告，其余是改地名的副本 · the whole command, from listing to the last file "
              "written; the first 1,000 reports are made, the others copies under other places"),
    "memory": ("内存 · memory",
               "命令和它的全部子进程，共用的页按份摊（PSS）；末四分之一比第二个四分之一，末段是写结果，读的时候涨不涨请看图 · the command and all "
               "it started, shared pages split (PSS); results are written in the last quarter, the picture tells whether reading grows"),
    "kills": ("随机杀进程 · random kills",
              "任一进程随时被 kill −9，用同一命令接着跑，最后与未受扰的一次逐字节相比 · any process of the tree killed at random moments, the same "
              "command again, at last byte for byte beside an undisturbed run"),
    "peers": ("与同类相比 · beside peers",
              "同样的文件、同一遍；found：标注里的项找到多少，right：值也对，ratio：同类 ÷ hedui · the same files in the same run; found: share of "
              "gold items told, right: with the right value, ratio: peer ÷ hedui"),
}
# what is shown as one table for each of its conditions, as other figures belong to each
APART = frozenset({"peers"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One figure."""

    part: str
    subject: str
    figure: str
    value: float
    unit: str
    n: int
    conditions: str = ""


def read_rows(folder: Path) -> tuple[Row, ...]:
    """The rows kept in `folder`, none where nothing was measured yet."""
    path = folder / CSV
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(Row(part=row["part"], subject=row["subject"], figure=row["figure"], value=float(row["value"]), unit=row["unit"],
                         n=int(row["n"]), conditions=row["conditions"]) for row in csv.DictReader(file))


def merged(old: Iterable[Row], new: Iterable[Row]) -> tuple[Row, ...]:
    """`new` in place of what `old` has of the same part, subject, conditions and number; parts in their order."""
    new = tuple(new)
    again = {(row.part, row.subject, row.conditions, row.n) for row in new}
    rows = [*(row for row in old if (row.part, row.subject, row.conditions, row.n) not in again), *new]
    order = list(PARTS)
    return tuple(sorted(rows, key=lambda row: order.index(row.part)))


def shown(value: float) -> str:
    """A figure with three digits that count; whole ones with all of theirs.

    >>> [shown(x) for x in (0.01234, 98.76, 12345.6, 1.0)]
    ['0.0123', '98.8', '12,346', '1']
    """
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


def table(rows: Sequence[Row]) -> list[str]:
    """One line a subject and condition, one column a figure, as Markdown."""
    columns = list(dict.fromkeys((row.figure, row.unit) for row in rows))
    lines: dict[tuple[str, str, int], dict[tuple[str, str], float]] = {}
    for row in rows:
        lines.setdefault((row.subject, row.conditions, row.n), {})[row.figure, row.unit] = row.value
    heads = ["what", "on", "n", *(f"{figure} ({unit})" if unit else figure for figure, unit in columns)]
    body = [[subject, conditions, f"{n:,}", *(shown(held[column]) if column in held else "" for column in columns)]
            for (subject, conditions, n), held in lines.items()]
    return [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *body)]


def markdown(rows: Sequence[Row], *, notes: Mapping[str, str], pictures: Mapping[str, Sequence[str]]) -> str:
    """The page: the machine, then a table and the pictures of every part; `notes` are words on what could not be measured."""
    page = ["# 批量读取的速度、内存与扩展 · bulk reading: speed, memory, scale", "",
            "由 `make bench` 写出，数都是量出来的；同样的数在 `bulk.csv`。Written by `make bench`; every figure was measured, and lies in "
            "`bulk.csv` too."]
    for part, (title, how) in PARTS.items():
        own = [row for row in rows if row.part == part]
        if not own and part not in notes:
            continue
        groups = [[row for row in own if row.conditions == one] for one in dict.fromkeys(row.conditions for row in own)] if part in APART else [own]
        page += ["", f"## {title}", *(["", how] if how else []), *(line for group in groups if group for line in ("", *table(group))),
                 *(["", notes[part]] if part in notes else []), *(line for name in pictures.get(part, ()) for line in ("", f"![{part}]({name})"))]
    return "\n".join(page) + "\n"


def write_rows(folder: Path, rows: Sequence[Row], *, notes: Mapping[str, str], pictures: Mapping[str, Sequence[str]]) -> None:
    """Writes the CSV, the notes and the page into `folder`; notes on a part stay until it has others."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / NOTES
    notes = {**(json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}), **notes}
    kept.write_text(json.dumps(notes, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    with (folder / CSV).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**asdict(row), "value": f"{row.value:.6g}"} for row in rows)
    (folder / PAGE).write_text(markdown(rows, notes=notes, pictures=pictures), encoding="utf-8")


def value_of(rows: Iterable[Row], part: str, subject: str, figure: str, conditions: str | None = None) -> float:
    """The figure of a subject; of several the one over most documents. KeyError where it was not measured."""
    fitting = [row for row in rows if (row.part, row.subject, row.figure) == (part, subject, figure)
               and (conditions is None or row.conditions == conditions)]
    if not fitting:
        raise KeyError(f"{part}: {subject}: {figure}")
    return max(fitting, key=lambda row: row.n).value


def processor() -> str:
    """The name of the processor as Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def commit() -> str:
    done = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "no git"


def environment(part: str, n: int = 0) -> Row:
    """What the figures of a part were measured on, as one row: its value is how busy the machine was (load average of the last five minutes);
    `n` documents where a part is measured over several numbers of them."""
    told = (f"{processor()}, {os.cpu_count()} cores; Python {platform.python_version()}; {version()}, commit {commit()}; "
            f"{datetime.now(UTC):%Y-%m-%d}")
    return Row(part="environment", subject=part, figure="load of the last 5 min before", value=round(os.getloadavg()[1], 2), unit="", n=n,
               conditions=told)
