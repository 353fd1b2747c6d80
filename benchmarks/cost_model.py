#!/usr/bin/env python3
"""The figures of the bulk benchmark in, what many documents would cost out; fills in the tables of docs/explanation/scale.md.

usage: cost_model.py [--bench docs/bench] [--page docs/explanation/scale.md | --print] [--documents 1e8] [--days 30] [--core-hour 0.25] …

Every measured figure is taken from BENCH/bulk.csv and named with its part; every other one is a parameter with a name, which `--help` lists
with its example. Nothing is rounded before it is shown. The tables stand in the page between `<!-- cost:NAME -->` and `<!-- /cost -->`.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from bulk_rows import ROOT, Row, read_rows, shown, value_of

KINDS = {"txt": "text_share", "docx": "docx_share", "pdf": "pdf_share", "scan.pdf": "scan_share"}
BLOCK = re.compile(r"(<!-- cost:(\w+) -->\n).*?(<!-- /cost -->)", re.DOTALL)
HOUR, DAY, GB, MONTH = 3600, 86400, 1e9, 30


def parameter(default: float, told: str) -> float:
    """A field of Plan with what it says to whoever sets it."""
    return field(default=default, metadata={"told": told})


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What cannot be measured here: how much there is, how soon it must be done, and what things cost."""

    documents: float = parameter(1e8, "份数 · documents")
    text_share: float = parameter(0.50, "其中文本 · share of texts")
    docx_share: float = parameter(0.30, "其中 Word · share of Word files")
    pdf_share: float = parameter(0.15, "其中有文字层的 PDF · share of PDF with text")
    scan_share: float = parameter(0.05, "其中扫描件 · share of scans")
    length: float = parameter(1.0, "平均篇幅是所测的几倍 · mean length, times that measured")
    model: float = parameter(1.0, "1 用模型、0 只用规则 · 1 with the model, 0 by rules alone")
    core_ratio: float = parameter(1.0, "所租的核比所测的快几倍 · speed of a rented core, times that measured")
    days: float = parameter(30, "几天做完 · days to be done in")
    busy: float = parameter(0.8, "核有几成时间在做事 · share of time that cores work")
    cores: float = parameter(32, "一台机器几核 · cores a machine")
    failing: float = parameter(0.01, "读不出的份数 · share that cannot be read")
    attempts: float = parameter(3, "读不出的试几次 · attempts at what cannot be read")
    lost: float = parameter(0.001, "因机器重启等重读的份数 · share read again because machines stop")
    batch: float = parameter(64, "一个任务几份 · documents a task")
    running: float = parameter(1000, "同时在案的任务上限 · tasks under way at most (Prefect issue 18883: 2,000 made a server unstable)")
    partition: float = parameter(64, "一个分区至多几 GB · GB a partition at most")
    gpu_pages: float = parameter(20, "一块 GPU 每秒识别几页（未测） · pages a second a GPU recognises; not measured here")
    on_gpu: float = parameter(0.0, "扫描件几成由 GPU 识别 · share of scans that GPUs recognise")
    core_hour: float = parameter(0.25, "一核时，元（举例） · yuan a core-hour, an example")
    gpu_hour: float = parameter(10.0, "一 GPU 时，元（举例） · yuan a GPU-hour, an example")
    disk_month: float = parameter(1.0, "数据库盘一 GB 月，元（举例） · yuan a GB-month of database disk, an example")
    object_month: float = parameter(0.12, "对象存储一 GB 月，元（举例） · yuan a GB-month of object storage, an example")
    months: float = parameter(12, "存几个月 · months kept")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a table: what, how much, and where that comes from."""

    what: str
    value: float
    unit: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Costs:
    """The tables by name."""

    measured: Sequence[Line]
    machines: Sequence[Line]
    stores: Sequence[Line]
    queues: Sequence[Line]
    money: Sequence[Line]


def taken(rows: Sequence[Row], part: str, subject: str, figure: str, conditions: str | None = None) -> tuple[float, str]:
    """A measured figure, and what tells where it stands."""
    return value_of(rows, part, subject, figure, conditions), f"bulk.csv: {part}, {subject}, {figure}{f', {conditions}' if conditions else ''}"


def measured_lines(rows: Sequence[Row]) -> Iterator[Line]:
    """What the plan needs of the benchmark. KeyError where a part was not measured."""
    for kind in KINDS:
        value, source = taken(rows, "formats", kind, "CPU a document", "whole")
        yield Line(what=f"{kind}：读到入库之前 · read, extracted, packed; rules", value=value / 1000, unit="CPU s", source=source)
    for reading in ("rules", "rules and model"):
        value, source = taken(rows, "stages", "all", "CPU a document", reading)
        yield Line(what=f"文本，入库为止 · text, as far as the store, {reading}", value=value / 1000, unit="CPU s", source=source)
    value, source = taken(rows, "stages", "store", "CPU a document", "rules")
    yield Line(what="入库 · keeping", value=value / 1000, unit="CPU s", source=source)
    value, source = taken(rows, "formats", "scan.pdf", "pages a document", "read")
    yield Line(what="扫描件页数 · pages a scan", value=value, unit="页", source=source)
    for figure, what in (("store a document", "结果库 · store"), ("lake a document", "Parquet 湖 · lake"), ("json a document", "json/")):
        value, source = taken(rows, "sizes", "first run", figure, "rules")
        yield Line(what=what, value=value, unit="kB", source=source)
    one, source = taken(rows, "scaling", "1 core", "memory at most")
    two, _ = taken(rows, "scaling", "2 cores", "memory at most")
    yield Line(what="内存，不算读取进程 · memory without reading processes", value=max(2 * one - two, 0), unit="MiB", source=source)
    yield Line(what="每个读取进程的内存 · memory a reading process", value=two - one, unit="MiB", source=source)


def costs(rows: Sequence[Row], plan: Plan) -> Costs:
    """The plan reckoned through on what was measured."""
    told = list(measured_lines(rows))
    held = {line.what.partition(" · ")[0]: line.value for line in told}
    reads = 1 + plan.failing * (plan.attempts - 1) + plan.lost
    network = plan.model * (value_of(rows, "stages", "all", "CPU a document", "rules and model")
                            - value_of(rows, "stages", "all", "CPU a document", "rules")) / 1000
    each: Mapping[str, float] = {
        kind: (value_of(rows, "formats", kind, "CPU a document", "whole") / 1000 + network) * plan.length + held["入库"] for kind in KINDS}
    on_core = {kind: getattr(plan, share) * (1 - plan.on_gpu if kind == "scan.pdf" else 1) for kind, share in KINDS.items()}
    # what a GPU recognises is still extracted on a core, as a text is
    seconds = plan.documents * reads * (sum(on_core[kind] * each[kind] for kind in KINDS) + plan.scan_share * plan.on_gpu * each["txt"])
    core_hours = seconds / plan.core_ratio / HOUR
    pages = plan.documents * plan.scan_share * plan.on_gpu * held["扫描件页数"] * reads
    gpu_hours, cores = pages / plan.gpu_pages / HOUR, core_hours / (plan.days * 24 * plan.busy)
    machines, scan = math.ceil(cores / plan.cores), plan.documents * plan.scan_share * each["scan.pdf"] / HOUR / plan.core_ratio
    store, lake, json = (plan.documents * held[name] * 1000 / GB for name in ("结果库", "Parquet 湖", "json/"))
    partitions = 2 ** max(0, math.ceil(math.log2(max(store / plan.partition, 1))))
    tasks, rate = plan.documents * reads / plan.batch, plan.documents / (plan.days * DAY)
    a_task = plan.batch * seconds / plan.documents / reads
    money = {"核 · cores": core_hours * plan.core_hour, "GPU": gpu_hours * plan.gpu_hour,
             "数据库盘 · database disk": store * plan.disk_month * plan.months,
             "对象存储 · object storage": (lake + json) * plan.object_month * plan.months}

    def line(what: str, value: float, unit: str, source: str) -> Line:
        return Line(what=what, value=value, unit=unit, source=source)

    return Costs(
        measured=told,
        machines=[
            *(line(f"{kind}：每份 · a document", each[kind], "CPU s", "上表 + model、length · above, with model and length") for kind in KINDS),
            line("每份读几遍 · reads a document", reads, "", "1 + failing × (attempts − 1) + lost"),
            line("核时 · core-hours", core_hours, "h", "documents × reads × Σ share × CPU ÷ core_ratio ÷ 3600"),
            line("其中扫描件 · of which scans, were all on cores", scan, "h", "scan_share"),
            line("同时的核 · cores at once", cores, "", "core-hours ÷ (days × 24 × busy)"),
            line("机器 · machines", machines, "", "cores"),
            line("每台内存 · memory a machine", (held["内存，不算读取进程"] + plan.cores * held["每个读取进程的内存"]) / 1024, "GiB",
                 "base + cores × a reading process"),
            line("GPU 时 · GPU-hours", gpu_hours, "h", "pages ÷ gpu_pages; on_gpu"),
        ],
        stores=[
            line("结果库 · store", store, "GB", "documents × store"), line("湖 · lake", lake, "GB", "documents × lake"),
            line("json/", json, "GB", "documents × json"),
            line("分区 · partitions", partitions, "", "2^k of the SHA-256, so that one holds at most `partition` GB"),
            line("每分区 · a partition", store / partitions, "GB", ""),
            line("每秒写入 · documents written a second", rate, "1/s", "documents ÷ days"),
            line("每秒写入字节 · store written a second", store * GB / (plan.days * DAY) / 1e6, "MB/s", ""),
        ],
        queues=[
            line("任务 · tasks", tasks, "", "documents × reads ÷ batch"),
            line("一个任务 · a task", a_task, "CPU s", "batch × CPU a document"),
            line("每秒开始的任务 · tasks begun a second", tasks / (plan.days * DAY), "1/s", "tasks ÷ days"),
            line("同时在做 · under way at once", cores, "", "one a core; must stay under `running`"),
            line("要分成几个服务 · servers of the engine", max(1, math.ceil(cores / plan.running)), "", "cores ÷ running"),
            line("隔离的份数 · quarantined or failed", plan.documents * plan.failing, "", "documents × failing"),
        ],
        money=[*(line(what, value, "元", "") for what, value in money.items()), line("合计 · in all", sum(money.values()), "元", ""),
               line("每千份 · a thousand documents", 1000 * sum(money.values()) / plan.documents, "元", "")],
    )


def table(lines: Sequence[Line]) -> str:
    body = [f"| {line.what} | {shown(line.value)} | {line.unit} | {line.source} |" for line in lines]
    return "\n".join(["| | | | 来处 · from |", "|---|---:|---|---|", *body]) + "\n"


def parameters(plan: Plan) -> str:
    body = [f"| `{one.name}` | {shown(getattr(plan, one.name))} | {one.metadata['told']} |" for one in fields(plan)]
    return "\n".join(["| | | |", "|---|---:|---|", *body]) + "\n"


def filled(page: str, tables: Mapping[str, str]) -> str:
    """`page` with every block between its marks replaced. KeyError for a block that no table has."""
    return BLOCK.sub(lambda found: f"{found[1]}{tables[found[2]]}{found[3]}", page)


def tables_of(found: Costs, plan: Plan) -> dict[str, str]:
    return {"parameters": parameters(plan), **{one.name: table(getattr(found, one.name)) for one in fields(found)}}


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--bench", type=Path, default=ROOT / "docs" / "bench")
    cli.add_argument("--page", type=Path, default=ROOT / "docs" / "explanation" / "scale.md")
    cli.add_argument("--print", action="store_true", help="print the tables, leave the page")
    for one in fields(Plan):
        cli.add_argument(f"--{one.name.replace('_', '-')}", type=float, default=one.default, help=f"{one.metadata['told']} ({one.default:g})")
    args = cli.parse_args()
    plan = Plan(**{one.name: getattr(args, one.name) for one in fields(Plan)})
    try:
        tables = tables_of(costs(read_rows(args.bench), plan), plan)
    except KeyError as error:
        print(f"{args.bench}: 还没有量过 · not measured yet: {error.args[0]}", file=sys.stderr)
        return 1
    if args.print:
        print("\n".join(f"{name}\n{told}" for name, told in tables.items()))
    else:
        args.page.write_text(filled(args.page.read_text(encoding="utf-8"), tables), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
