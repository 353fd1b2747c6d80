"""Findings built by hand, for the tests of everything that comes after the reading."""

import glob
import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from hedui.document import Document, Issue, Part, Span
from hedui.findings import (
    Check,
    CitedDocument,
    Claim,
    Findings,
    Fund,
    Indicator,
    Mention,
    Quote,
    Record,
    Report,
    Score,
    content_id,
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


SLOWEST = Path(__file__).with_name("slowest.txt")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The files of slowest.txt come first, in its order, so that no process is left at the end with a long one while others wait."""
    place = {name: at for at, name in enumerate(SLOWEST.read_text(encoding="utf-8").splitlines())}
    root = config.rootpath
    items.sort(key=lambda item: place.get(item.path.relative_to(root).as_posix(), len(place)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all pages: its synchronous driver runs once in a process."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: pages were not tried in a browser")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as engine:
        window = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield window
        window.close()


def postgres_programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several; None where there is none."""
    told = shutil.which("pg_config")
    folders = [subprocess.run([told, "--bindir"], capture_output=True, text=True).stdout.strip()] if told else []
    folders += sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda name: float(name.split("/")[-2]), reverse=True)
    folders += [str(Path(told).resolve().parent) for told in [shutil.which("initdb")] if told]
    return next((Path(folder) for folder in folders if (Path(folder) / "initdb").exists() and (Path(folder) / "postgres").exists()), None)


@dataclass(frozen=True, kw_only=True)
class PostgresServer:
    """A server of this test run alone, listening on a socket in `folder` and on 127.0.0.1:`port`; it may be stopped and started again."""

    programs: Path
    folder: Path
    port: int

    def run(self, program: str, *arguments: str) -> None:
        done = subprocess.run([str(self.programs / program), *arguments], user=other_user(), cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        assert done.returncode == 0, f"{program}: {done.stderr}"

    def make(self) -> None:
        if user := other_user():
            shutil.chown(self.folder, user)
        self.run("initdb", "-D", "data", "-U", "hedui", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions")

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        self.run("pg_ctl", "-D", "data", "-w", "-t", "60", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def address(self, database: str) -> str:
        """A URL through the socket, which other network namespaces reach too."""
        return f"postgresql+psycopg://hedui@/{database}?host={self.folder}&port={self.port}"

    def ask(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(host=str(self.folder), port=self.port, user="hedui", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


def other_user() -> str | None:
    """Whom PostgreSQL runs as where we are root, whom it refuses."""
    known = {account.pw_name for account in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known) if os.getuid() == 0 else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Debian's PostgreSQL, started once; skipped where it is not installed."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: nothing was tried in it")
    pytest.importorskip("psycopg", reason="psycopg is not installed: nothing was tried in PostgreSQL")
    with socket.socket() as free, tempfile.TemporaryDirectory(prefix="hedui-postgres-", dir="/tmp") as folder:
        free.bind(("127.0.0.1", 0))
        server = PostgresServer(programs=programs, folder=Path(folder), port=free.getsockname()[1])
        free.close()
        server.make()
        server.start()
        yield server
        server.stop()


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test alone; HEDUI_TEST_POSTGRES may name one, which is emptied."""
    if given := os.environ.get("HEDUI_TEST_POSTGRES"):
        from sqlalchemy import create_engine, text

        engine = create_engine(given)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
        yield given
        return
    server = request.getfixturevalue("postgres_server")
    name = f"t{os.urandom(8).hex()}"
    server.ask(f"CREATE DATABASE {name}")
    yield server.address(name)
    server.ask(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def work() -> Callable[[Callable[[], object]], int]:
    """Counts the calls within hedui, of Python and of C, that a function comes to: work that a busy machine does not
    change."""
    def counted(function: Callable[[], object]) -> int:
        calls = 0

        def event(frame: FrameType, what: str, argument: object) -> None:
            nonlocal calls
            calls += what in {"call", "c_call"} and "hedui" in frame.f_code.co_filename

        sys.setprofile(event)
        try:
            function()
        finally:
            sys.setprofile(None)
        return calls
    return counted


@pytest.fixture
def no_hang() -> Callable[[], object]:
    """A guard that ends what runs for half a minute, where a second is usual: a pattern that goes back over all it read."""
    @contextmanager
    def guard() -> Iterator[None]:
        def stop(signum: int, frame: object) -> None:
            raise AssertionError("still running after half a minute")

        before = signal.signal(signal.SIGALRM, stop)
        signal.alarm(30)
        try:
            yield
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
    return guard


TEXT = """云岭县城乡道路养护补助资金绩效自评报告
根据云财建〔2022〕15号文，全年预算1200.50万元，实际支出1126.05万元，执行率93.80%。
=HYPERLINK("x")	养护里程	≥120公里	118公里	10	9.5
自评得分93.5分，等级为优。
"""


def span(text: str, piece: str) -> Span:
    start = text.index(piece)
    return start, start + len(piece)


def mention(text: str, label: str, piece: str, value: Decimal | str, unit: str) -> Mention:
    at = span(text, piece)
    return Mention(id=content_id("m", label, at), label=label, span=at, text=piece, value=value, unit=unit)


def claim(text: str, kind: str, origin: str, piece: str, fields: object) -> Claim:
    at = span(text, piece)
    return Claim(id=content_id("c", kind, at), type=kind, origin=origin, span=at, fields=fields)


def build(name: str = "云岭县.txt", text: str = TEXT) -> Findings:
    """One report with four claims of four types, two checks, one of them a conflict, and two records."""
    claims = (
        claim(text, "fund", "narrative", "1200.50万元", Fund(
            yuan=Decimal("12005000.00"), measure="budget", scope="年度资金总额", documents=("云财建〔2022〕15号",))),
        claim(text, "document", "narrative", "云财建〔2022〕15号", CitedDocument(
            number="云财建〔2022〕15号", issuers=("云岭县财政局",), amounts=(Decimal("12005000.00"),))),
        claim(text, "indicator", "table", "养护里程", Indicator(
            name='=HYPERLINK("x")养护里程', target="≥120公里", actual="118公里", weight="10", score="9.5")),
        claim(text, "score", "narrative", "自评得分93.5分", Score(
            name="总分", score=Decimal("93.5"), full=Decimal(100), grade="优")),
    )
    budget = Quote(span=span(text, "1200.50万元"), text="1200.50万元", value="1200.50")
    spent = Quote(span=span(text, "1126.05万元"), text="1126.05万元", value="1126.05")
    rate = Quote(span=span(text, "93.80%"), text="93.80%", value="93.80 %")
    checks = (
        Check(id=content_id("k", 1), kind="ratio", inputs=(spent, budget), stated=rate, computed="93.80 %",
              verdict="consistent", tier="numeric", note="1126.05 ÷ 1200.50 = 93.80 %"),
        Check(id=content_id("k", 2), kind="target", inputs=(Quote(span=span(text, "≥120公里"), text="≥120公里"),),
              stated=Quote(span=span(text, "118公里"), text="118公里"), computed="120", verdict="conflict",
              tier="numeric", note="118 < 120，未达标", claims=(claims[2].id,), confidence=0.91234),
    )
    records = (
        Record(id=content_id("r", 1), type="fund", fields=claims[0].fields, claims=(claims[0].id,),
               checks=(checks[0].id,), status="narrative_only"),
        Record(id=content_id("r", 2), type="indicator", fields=claims[2].fields, claims=(claims[2].id,),
               checks=(checks[1].id,), status="table_only", confidence=0.875),
    )
    mentions = (
        mention(text, "DOCNO", "云财建〔2022〕15号", "云财建〔2022〕15号", "docno"),
        mention(text, "AMOUNT", "1200.50万元", Decimal("12005000.00"), "CNY"),
        mention(text, "RATE", "93.80%", Decimal("0.9380"), "1"),
    )
    part = Part(span=(0, len(text)), title="云岭县城乡道路养护补助资金绩效自评报告", unit="云岭县交通运输局",
                region="云岭县", year=2022, programme="城乡道路养护补助资金")
    document = Document(
        name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), media_type="text/plain", text=text, blocks=(),
        issues=(Issue(where="第3行", what="单元格以公式开头"),))
    report = Report(id=content_id("p", document.sha256, part.span), part=part, mentions=mentions, claims=claims,
                    checks=checks, records=records)
    return Findings(document=document, reports=(report,))


@pytest.fixture(scope="session")
def made() -> Callable[..., Findings]:
    """`made(name, text)`: findings built by hand; every piece they quote must stand in `text`."""
    return build


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs read in this process instead of one of their own, which takes seconds to start."""
    from hedui.bulk.jobs import do

    class Here:
        def __init__(self, model, weights):
            self.given = {"model": model, "weights": weights}

        def results(self, jobs):
            return ((job, do(job, threads=1, **self.given)) for job in jobs)

    monkeypatch.setattr("hedui.bulk.running.readers_here", lambda _, model, weights, **__: Here(model, weights))


@pytest.fixture
def age() -> Callable[[str], None]:
    """Makes all that the store at an address holds what a version `old` read, whose readers were others."""
    def aged(address: str) -> None:
        from hedui.store import Store

        with Store(address) as store, store.writing() as connection:
            connection.exec_driver_sql("update versions set digests = replace(digests, '\"readers\": \"', '\"readers\": \"old'), version = 'old'")
            for table in ("inputs", "results"):
                connection.exec_driver_sql(f"update {table} set version = 'old'")
            connection.exec_driver_sql("update results set id = 'x' || substr(id, 2)")  # which the version is part of

    return aged
