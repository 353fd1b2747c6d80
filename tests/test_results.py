"""The ledger of a run: every file and member has a line, results go on where they were, names fit the file system."""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from hedui import spreading
from hedui.bulk.intake import Request
from hedui.bulk.running import run
from hedui.cases import cased, read_case
from hedui.errors import ReadError
from hedui.export.json_files import json_names
from hedui.isolation import Crew
from hedui.listing import list_files
from hedui.store import Store

REPORT = "青岚县2021年农村供水工程补助资金绩效自评报告\n一、项目资金情况\n全年预算数1000万元，全年执行数950万元，执行率95%。\n"


@cache
def sheet() -> bytes:
    """A workbook, made once: it holds the time at which it was made."""
    book = openpyxl.Workbook()
    book.active.append(["项目名称", "农村供水工程补助资金"])
    with BytesIO() as buffer:
        book.save(buffer)
        return buffer.getvalue()


def zipped(files):
    with BytesIO() as buffer:
        with ZipFile(buffer, "w") as archive:
            for path, content in files.items():
                archive.writestr(path, content)
        return buffer.getvalue()


def ran(folder, tmp_path):
    """A run over `folder` without the engine: lines and outputs by name."""
    out = tmp_path / "out"
    summary = run(Request(inputs=(str(folder),), out=str(out)))
    written = [json.loads(path.read_text(encoding="utf-8")) for path in (out / "json").rglob("*.json")]
    members = {output["source"]["name"]: [m["name"] for m in output["source"].get("members", ())] for output in written}
    return {line.name: (line.state, line.cause[:6]) for line in summary.lines}, members, {
        path.relative_to(out / "json").as_posix() for path in (out / "json").rglob("*.json")}


@pytest.fixture(autouse=True)
def _here(read_here):
    pass


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "in"
    (root / "坏表").mkdir(parents=True)
    (root / "坏报告").mkdir()
    (root / "县.zip").write_bytes(zipped({"甲/报告.txt": REPORT, "甲/自评表.xlsx": sheet(), "../x.txt": b"1"}))
    (root / "同.zip").write_bytes(zipped({"报告.txt": REPORT, "自评表.xlsx": sheet()}))
    (root / "坏表" / "报告.txt").write_text(REPORT + "一。", encoding="utf-8")
    (root / "坏表" / "自评表.xlsx").write_bytes(sheet()[:2000])
    (root / "坏报告" / "报告.docx").write_bytes(b"PK\x03\x04 cut off")
    (root / "坏报告" / "自评表.csv").write_text("项目名称,农村供水工程补助资金\n", encoding="utf-8")
    return root


EXPECTED = {
    "县.zip!/甲/报告.txt": ("read", ""), "县.zip!/甲/自评表.xlsx": ("part", "→ 县.zi"),
    "县.zip!/../x.txt": ("failed", "名称指到压缩"),
    "同.zip!/报告.txt": ("same", "= 县.zi"), "同.zip!/自评表.xlsx": ("same", "= 县.zi"),
    "坏表/报告.txt": ("read", ""), "坏表/自评表.xlsx": ("failed", "文件不完整（"),
    "坏报告/报告.docx": ("failed", "文件不完整（"), "坏报告/自评表.csv": ("read", ""),
}


def test_every_file_and_member_has_its_line(folder, tmp_path):
    lines, members, written = ran(folder, tmp_path)
    assert lines == EXPECTED
    assert members["县.zip!/甲/报告.txt"] == ["县.zip!/甲/报告.txt", "县.zip!/甲/自评表.xlsx"]
    assert written == {"县.zip!/甲/报告.json", "坏表/报告.json", "坏报告/自评表.json"}


def test_a_second_run_reads_nothing_and_tells_the_same(folder, tmp_path):
    first = ran(folder, tmp_path)
    again = ran(folder, tmp_path)
    assert again[0] == {name: ("kept" if state == "read" else state, cause) for name, (state, cause) in EXPECTED.items()}
    assert again[1:] == first[1:]


def test_a_case_of_which_nothing_can_be_read(tmp_path):
    root = tmp_path / "in"
    root.mkdir()
    (root / "报告.docx").write_bytes(b"PK\x03\x04 cut off")
    (root / "自评表.xlsx").write_bytes(sheet()[:2000])
    lines, _, written = ran(root, tmp_path)
    assert lines == {"报告.docx": ("failed", "文件不完整（"), "自评表.xlsx": ("failed", "文件不完整（")} and not written


def test_names_that_no_file_system_takes():
    long = "县.zip!/" + "乡" * 300 + ".docx"
    names = json_names([long, long.replace(".docx", "x.docx"), "a/b.txt", "a.json/c.txt", "a.txt", "a"])
    assert len(set(names.values())) == 6
    assert all(len(step.encode()) < 255 for path in names.values() for step in path.split("/"))
    folders = {parent.as_posix() for path in names.values() for parent in Path(path).parents}
    assert not folders & set(names.values())


def test_files_of_a_case_that_fail_for_their_own_causes(tmp_path):
    root = tmp_path / "in"
    root.mkdir()
    (root / "报告.docx").write_bytes(b"")
    (root / "自评表.xlsx").write_bytes(sheet()[:2000])
    entry, = cased(list_files([root])).entries
    with pytest.raises(ReadError, match=r"报告\.docx 文件是空的.*；自评表\.xlsx 文件不完整"):
        read_case(entry)


def test_many_outputs_are_written_by_processes_as_few_are_here(tmp_path, monkeypatch, read_here):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_text(REPORT.replace("950", f"95{n}"), encoding="utf-8")
    run(Request(inputs=(str(folder),), out=str(tmp_path / "few")))
    crews = []
    monkeypatch.setattr(spreading, "MANY", 3)
    monkeypatch.setattr(spreading, "Crew", lambda **told: crews.append(Crew(**told)) or crews[-1])
    run(Request(inputs=(str(folder),), out=str(tmp_path / "many")))
    few, many = ({path.relative_to(tmp_path / out).as_posix(): path.read_bytes() for kind in ("json", "lake", "report.html", "hedui.xlsx")
                  for path in [tmp_path / out / kind, *(tmp_path / out / kind).rglob("*")] if path.is_file()} for out in ("few", "many"))
    assert few == many and len(crews) == 3 and sum(name.startswith("json/") for name in few) == 5


@pytest.mark.parametrize("kept", ["told", "by an older hedui"])
def test_what_a_case_could_not_read_is_told_again_without_opening_it(folder, tmp_path, monkeypatch, kept):
    opened, output = [], Store.output

    def counted(store, sha256, *, version):
        opened.append(sha256)
        return output(store, sha256, version=version)

    first, *_ = ran(folder, tmp_path)
    assert any(state == "failed" and name.endswith(".xlsx") for name, (state, _) in first.items())
    if kept != "told":
        with Store(tmp_path / "out" / "hedui.sqlite") as store, store.writing() as connection:
            connection.exec_driver_sql("update outputs set profile = json_remove(profile, '$.unread')")
    monkeypatch.setattr(Store, "output", counted)
    again, *_ = ran(folder, tmp_path)
    assert {name: cause for name, (_, cause) in again.items()} == {name: cause for name, (_, cause) in first.items()}
    assert len(opened) == (0 if kept == "told" else 3)
