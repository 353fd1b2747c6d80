"""Checks many reports."""

from __future__ import annotations

import argparse
import signal
from dataclasses import asdict
from typing import TYPE_CHECKING

from hedui.commands.arguments import FAILED, FORMATS, OK, Commands, add_model, command, one_file, positive, tell
from hedui.errors import EngineError

if TYPE_CHECKING:
    from hedui.bulk.intake import Entered, Request
    from hedui.pipelines.engine import Engine
    from hedui.summary import Summary

__all__ = ["add", "add_inputs", "asked", "done", "ran"]

FIRST_INPUTS = 32

RUN = f"""读 IN（文件或文件夹，可给多个），把结果写到 OUT：
  report.html   核对结果，一页看完，不连网 · what does not agree, on one page
  hedui.xlsx    结论、冲突、核对、记录、文件 · the same as a workbook
  json/         每个文件一份完整结果 · everything found, one JSON a file
  lake/         供分析的 Parquet，按年度和省分开 · Parquet for analysis, by year and province
  hedui.sqlite  结果库和账目；再运行时已读过的文件不再读 · store and ledger; files read before are not read again
  run.html      运行报告：是否都读入、失败原因、与上次相比 · what the run came to (log.jsonl, metrics.prom: for programs)
{FORMATS}
压缩包逐个读其中的文件；同一文件夹里的报告和它的自评表、附件合为一份 · archives are opened, and a report is
read together with its tables and annexes of one folder.
中断后用同一命令再运行，即从停下处继续。Stopped? The same command goes on where it was.
每晚定时、多台机器、Prefect 部署、出了问题怎么办：docs/how-to/bulk.md · nightly runs, clusters, deployments"""
RUN_EXAMPLES = """例 examples:
  hedui run 报告/ -o out
  hedui run 2022年/ 2023年/ 补充.docx -o out --workers 4
  hedui run s3://reports/2023 sftp://auditor@files.example/年报 -o out
  hedui run 报告/ -o out --store postgresql://hedui@localhost/hedui"""


def add(commands: Commands) -> None:
    """The command with its arguments."""
    add_inputs(command(commands, "run", do_run, help="核对一批报告 · check many reports", description=RUN, epilog=RUN_EXAMPLES))


def add_inputs(made: argparse.ArgumentParser) -> None:
    """What a run is asked for."""
    made.add_argument("inputs", nargs="+", metavar="IN", help="文件、文件夹、s3://桶/前缀 或 sftp://用户@主机/路径 · files, folders, s3:// or sftp://")
    made.add_argument("-o", "--out", required=True, metavar="OUT", help="结果文件夹 · the folder of the results")
    made.add_argument("--workers", type=positive, metavar="N", help="同时读几个文件，默认自定 · processes that read side by side")
    made.add_argument("--store", metavar="URL", help="结果库，默认 OUT/hedui.sqlite · a database URL instead of OUT/hedui.sqlite")
    made.add_argument("--cluster", metavar="tcp://HOST:8786",
                      help="在这个 Dask 集群上读，见 docs/how-to/bulk.md · read on the Dask cluster of this scheduler")
    made.add_argument("--weights", metavar="FILE", help="把握度所用的权重，如 hedui review calibrate 所写 · weights for how "
                      "sure findings are, such as hedui review calibrate writes")
    made.add_argument("--metrics", metavar="HOST:PORT", help="运行时供 Prometheus 抓取，如 127.0.0.1:9108 · figures for Prometheus while it runs")
    made.add_argument("--lake", metavar="URL", help="Parquet 湖放在别处，如 s3://桶/湖，默认 OUT/lake · the lake elsewhere")
    made.add_argument("--web", action="store_true", help="允许从 http(s):// 网址读取，默认不读 · also read from http(s):// addresses")
    add_model(made)


def do_run(args: argparse.Namespace) -> int:
    return done(asked(args))


def asked(args: argparse.Namespace) -> Request:
    """The request in the arguments. UsageError where it cannot be met."""
    from hedui.bulk.intake import Request
    from hedui.neural.loading import choose_model
    from hedui.sources import check

    for given in args.inputs:
        check(given, web=args.web)
    chosen = choose_model(args.model)
    tell(chosen.said)
    return Request(inputs=tuple(args.inputs), out=args.out, store=args.store, workers=args.workers or 0, model=chosen.folder,
                   weights=args.weights and str(one_file(args.weights)), web=args.web, metrics=args.metrics, cluster=args.cluster, lake=args.lake)


def done(request: Request, entered: Entered | None = None) -> int:
    """Runs a request, or a run of it that has begun already, and tells what it came to; the exit code. Reading begins while the engine starts, and
    goes on without it where it fails."""
    from hedui.bulk.crews import close_readers
    from hedui.bulk.patience import patient
    from hedui.bulk.running import begin
    from hedui.pipelines.cluster import check_cluster
    from hedui.pipelines.engine import Engine
    from hedui.summary import summary_lines

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the engine is stopped with us
    if entered is None:
        tell("正在清点文件，任务引擎在旁启动 · listing the files, the engine starts beside …")
    if request.cluster:
        check_cluster(request.cluster, request.store)
    engine = Engine()
    try:
        summary = ran(request, engine, entered or patient(begin)(request))
    finally:
        close_readers()
        engine.close()
    for line in summary_lines(summary):
        print(line)
    return OK if summary.whole else FAILED


def ran(request: Request, engine: Engine, entered: Entered) -> Summary:
    """What a run that has begun came to: read by this process until the engine has started."""
    from hedui.bulk.patience import patient
    from hedui.bulk.running import batches_of, read_batch, run
    from hedui.commands.following import followed
    from hedui.pipelines.engine import still

    with followed(request, entered):
        for batch in batches_of(request, entered, size=FIRST_INPUTS):
            if engine.ready or request.cluster:
                break
            patient(read_batch)(batch, request)
        if engine.own and not engine.ready:  # everything was read before it had started
            return run(request, entered=entered)
        try:
            with still():
                from pydantic import SecretStr  # which the engine keeps as stars

                from hedui.pipelines.cluster import flow_on
                from hedui.pipelines.ingest import ingest

                flow = flow_on(ingest, request.cluster, store=request.store)
                summary: Summary = flow(**{**asdict(request), "store": request.store and SecretStr(request.store)}, entered=entered)
                return summary
        except EngineError as error:
            tell(f"{error}；不用引擎，接着读 · reading goes on without it")
            return run(request, entered=entered)
