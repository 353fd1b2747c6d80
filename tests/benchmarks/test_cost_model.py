"""The cost model: it reckons with what was measured, its tables fill the page, and what was not measured is told."""

import sys
from dataclasses import replace
from pathlib import Path

import cost_model
import pytest
from bulk_rows import Row, write_rows
from cost_model import Plan, costs, filled, tables_of

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "scale.md"
FORMATS = {"txt": 100.0, "docx": 200.0, "pdf": 300.0, "scan.pdf": 10_000.0}


def row(part, subject, figure, value, conditions="rules", n=10):
    return Row(part=part, subject=subject, figure=figure, value=value, unit="", n=n, conditions=conditions)


ROWS = [
    *(row("formats", kind, "CPU a document", ms, "whole") for kind, ms in FORMATS.items()),
    row("formats", "scan.pdf", "pages a document", 4, "read"),
    row("stages", "all", "CPU a document", 110), row("stages", "all", "CPU a document", 610, "rules and model"),
    row("stages", "store", "CPU a document", 10),
    *(row("sizes", "first run", f"{name} a document", kb) for name, kb in (("store", 20), ("lake", 2), ("json", 100))),
    row("sizes", "first run", "store a document", 99, n=5),
    row("scaling", "1 core", "memory at most", 500), row("scaling", "2 cores", "memory at most", 700),
]
SMALL = Plan(documents=3600, text_share=1, docx_share=0, pdf_share=0, scan_share=0, model=0, failing=0, lost=0, days=1, busy=1, core_hour=2,
             disk_month=0, object_month=0)


def held(lines):
    return {line.what.partition(" · ")[0]: line.value for line in lines}


def test_core_hours_are_documents_times_seconds():
    found = costs(ROWS, SMALL)
    assert held(found.machines)["核时"] == pytest.approx(0.1 + 0.01)
    assert held(found.money)["合计"] == pytest.approx(0.22)


@pytest.mark.parametrize("change, hours", [
    ({"model": 1}, 0.61), ({"length": 2}, 0.21), ({"core_ratio": 2}, 0.055), ({"failing": 0.5, "attempts": 3}, 0.22),
    ({"text_share": 0, "scan_share": 1}, 10.01), ({"text_share": 0, "scan_share": 1, "on_gpu": 1}, 0.11), ({"documents": 7200}, 0.22)])
def test_every_parameter_moves_the_hours(change, hours):
    assert held(costs(ROWS, replace(SMALL, **change)).machines)["核时"] == pytest.approx(hours)


def test_gpus_take_the_pages_of_scans():
    plan = replace(SMALL, text_share=0, scan_share=1, on_gpu=1, gpu_pages=4)
    assert held(costs(ROWS, plan).machines)["GPU 时"] == pytest.approx(1.0)


def test_the_store_is_that_of_most_documents_and_partitions_are_powers_of_two():
    found = costs(ROWS, replace(SMALL, documents=1.5e7, partition=64))
    assert held(found.stores) == pytest.approx(
        {"结果库": 300, "湖": 30, "json/": 1500, "分区": 8, "每分区": 37.5, "每秒写入": 1.5e7 / 86400, "每秒写入字节": 300e3 / 86400})


def test_memory_goes_with_the_cores():
    assert held(costs(ROWS, replace(SMALL, cores=10)).machines)["每台内存"] == pytest.approx((300 + 10 * 200) / 1024)


def test_the_page_is_filled_and_filled_again_alike():
    page = PAGE.read_text(encoding="utf-8")
    tables = tables_of(costs(ROWS, SMALL), SMALL)
    once = filled(page, tables)
    assert filled(once, tables) == once
    assert all(told in once for told in tables.values())


def test_what_was_not_measured_is_told(tmp_path, monkeypatch, capsys):
    write_rows(tmp_path, ROWS[1:], notes={}, pictures={})
    monkeypatch.setattr(sys, "argv", ["cost_model", "--bench", str(tmp_path), "--print"])
    assert cost_model.main() == 1
    assert "还没有量过 · not measured yet: formats: txt: CPU a document" in capsys.readouterr().err
