"""Figures as Prometheus takes them: scraped over HTTP, read by its own parser."""

import subprocess
import sys
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

from hedui.errors import StoreError, UsageError
from hedui.watching.memory import tree_memory
from hedui.watching.meters import Meters, address_of, served, write_meters


def figures(text: str) -> dict[tuple[str, ...], float]:
    return {(sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(text) for sample in family.samples}


def scraped(port: int) -> dict[tuple[str, ...], float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("text/plain")
        return figures(answer.read().decode())


@pytest.fixture
def meters():
    return Meters(totals=lambda: {"seen": 5, "reading": 2, "done": 90, "failed": 3}, workers=lambda: 2, version="0.6.0+aaaaaaaaaaaa")


def test_a_scrape_over_http(meters, line):
    with served(meters, "127.0.0.1:0") as port:
        before = scraped(port)
        meters.settled(line(1, seconds=0.4, media_type="text/plain"), characters=3000)
        meters.settled(line(2, seconds=7, media_type="application/pdf"), characters=500)
        meters.settled(line(3, state="failed", seconds=0.1, cause="有密码保护 / password-protected"))
        meters.settled(line(4, state="quarantined", seconds=None, cause="读取进程异常退出"))
        now = scraped(port)
    assert before["hedui_characters_total",] == 0 and before["hedui_failures_total", "protected"] == 0
    assert {state: now["hedui_documents", state] for state in ("seen", "reading", "done", "failed", "quarantined")} == {
        "seen": 5, "reading": 2, "done": 90, "failed": 3, "quarantined": 0}
    assert now["hedui_queue_length",] == 7 and now["hedui_workers_alive",] == 2 and now["hedui_store_up",] == 1
    assert now["hedui_characters_total",] == 3500
    assert now["hedui_failures_total", "protected"] == now["hedui_failures_total", "crash"] == 1
    assert now["hedui_document_seconds_count", "text/plain"] == 2 and now["hedui_document_seconds_sum", "application/pdf"] == 7
    assert now["hedui_document_seconds_bucket", "5.0", "application/pdf"] == 0 != now["hedui_document_seconds_bucket", "10.0", "application/pdf"]
    assert now["hedui_documents_per_second",] == pytest.approx(4 / 60)
    assert 5e6 < now["hedui_memory_bytes",] < 1e11 and now["hedui_info", "0.6.0+aaaaaaaaaaaa"] == 1


def test_after_the_run_the_port_is_free(meters):
    with served(meters, "127.0.0.1:0") as port:
        with pytest.raises(UsageError, match="开不了指标端口"), served(meters, f"127.0.0.1:{port}"):
            pass
        assert scraped(port)
    with served(meters, f"127.0.0.1:{port}") as again:
        assert again == port and scraped(port)


def test_a_store_that_went_away_leaves_the_last_figures(monkeypatch):
    monkeypatch.setattr("hedui.watching.meters.FRESH", 0)
    answers = iter([{"done": 7}])

    def totals():
        try:
            return next(answers)
        except StopIteration:
            raise StoreError("连不上 · away") from None

    meters = Meters(totals=totals, workers=lambda: 1, version="v")
    with served(meters, ":0") as port:
        first = scraped(port)
        second = scraped(port)
    assert (first["hedui_store_up",], first["hedui_documents", "done"]) == (1, 7)
    assert (second["hedui_store_up",], second["hedui_documents", "done"]) == (0, 7)


def test_a_file_for_the_collector(meters, tmp_path):
    meters.ended(1)
    path = write_meters(meters, tmp_path / "metrics.prom")
    told = figures(path.read_text(encoding="utf-8"))
    assert told["hedui_run_last_exit_code",] == 1 and told["hedui_run_last_end_timestamp_seconds",] >= told["hedui_run_start_timestamp_seconds",]
    assert [one.name for one in tmp_path.iterdir()] == ["metrics.prom"]
    with pytest.raises(StoreError, match="指标文件写不进去"):
        write_meters(meters, tmp_path / "no" / "metrics.prom")


@pytest.mark.parametrize("text, address", [("0.0.0.0:9108", ("0.0.0.0", 9108)), ("[::1]:80", ("::1", 80)), (":1", ("127.0.0.1", 1))])
def test_addresses(text, address):
    assert address_of(text) == address


@pytest.mark.parametrize("text", ["9108", "host:", "host:http", "host:70000", ""])
def test_what_is_no_address(text):
    with pytest.raises(UsageError, match="主机:端口"):
        address_of(text)


def test_memory_is_that_of_the_whole_tree():
    alone = tree_memory()
    held = "held = bytearray(b'x') * 80_000_000; print('held', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout.readline()
        both = tree_memory()
        child.communicate(b"\n")
    assert both - alone > 75_000_000
