"""Archives are opened, reports put together with what belongs to them, and every file of the input is accounted for."""

import hashlib
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from hedui import batch
from hedui.cases import case_digest, cased, cases_of, here, look, looked_json, looked_of, read_case, remembered
from hedui.errors import ReadError
from hedui.extract import extract
from hedui.listing import Entry, Piece, list_files
from hedui.opening import opening
from hedui.readers import read_bytes

REPORT = """青岚县2021年农村供水工程补助资金绩效自评报告
编制单位：青岚县水利局
一、项目资金情况
全年预算数1000万元，全年执行数950万元，执行率95%。
二、绩效目标完成情况
（一）产出指标完成情况
（1）数量指标
新建供水管网：年度指标值≥120公里，实际完成118公里。
（二）效益指标完成情况
受益人口覆盖率：年度指标值≥95%，实际完成98%。
"""
ROADS = REPORT.replace("农村供水工程", "乡村道路硬化").replace("供水管网", "硬化道路").replace("水利局", "交通运输局")


def sheet(project="农村供水工程补助资金", unit="青岚县水利局", year="2021", done="115公里"):
    """A 自评表 as a workbook."""
    book = openpyxl.Workbook()
    for row in (["项目支出绩效自评表"], [f"（{year}年度）"], ["项目名称", project], ["主管部门", "青岚县财政局", "实施单位", unit],
                ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
                ["产出指标", "数量指标", "新建供水管网", "≥120公里", done, 50, 48],
                ["效益指标", "社会效益指标", "受益人口覆盖率", "≥95%", "98%", 40, 40]):
        book.active.append(row)
    with BytesIO() as buffer:
        book.save(buffer)
        return buffer.getvalue()


def zipped(files):
    with BytesIO() as buffer:
        with ZipFile(buffer, "w") as archive:
            for path, content in files.items():
                archive.writestr(path, content if isinstance(content, bytes) else content.encode())
        return buffer.getvalue()


def piece(name, content=b""):
    data = content if isinstance(content, bytes) else content.encode()
    return Piece(name=name, path=name, sha256=hashlib.sha256(name.encode()).hexdigest(), opening=opening(data))


def groups(files):
    return {tuple(part.name for part in entry.parts) or (entry.name,) for entry in cases_of(piece(*file) for file in files.items())}


TOGETHER = [
    {"报告.txt": REPORT, "附件1：自评表.xlsx": sheet()},
    {"甲/绩效自评报告.txt": REPORT, "甲/附件/自评表.xlsx": sheet()},
    {"县.zip!/报告.txt": REPORT, "县.zip!/自评表.xlsx": sheet()},
    {"报告.txt": REPORT, "附件.zip!/自评表.xlsx": sheet()},
    {"农村供水.pdf": b"%PDF-1.7", "农村供水工程.xls": b"\xd0\xcf\x11\xe0"},
    {"报告.pdf": b"%PDF-1.7", "附件1.pdf": b"%PDF-1.7", "附件2 项目支出绩效自评表.xlsx": sheet()},
    {"2021年报告.doc": b"", "2021年自评表.xls": b""},
    {"20220315绩效自评报告.txt": REPORT, "20220316青岚县2021年自评表.xlsx": sheet()},
    {"2022年报送绩效自评报告.txt": REPORT, "自评表.xlsx": sheet()},
    {"报告.txt": REPORT, "自评表.xlsx": sheet(project="中央农村供水工程维修养护资金")},
]


@pytest.mark.parametrize("files", TOGETHER)
def test_files_that_are_one_case(files):
    assert groups(files) == {tuple(files)}


APART = [
    {"报告.txt": REPORT, "自评表.xlsx": sheet(project="乡村道路硬化补助资金")},
    {"报告.txt": REPORT, "自评表.xlsx": sheet(year="2020")},
    {"2021年报告.doc": b"", "2020年自评表.xls": b""},
    {"甲/报告.txt": REPORT, "乙/自评表.xlsx": sheet()},
    {"a.zip!/报告.txt": REPORT, "b.zip!/自评表.xlsx": sheet()},
    {"报告.txt": REPORT, "自评表.xlsx": sheet(project="", unit="紫溪县卫生健康局")},
    {"报告.docx": b"", "报告.pdf": b""},
    {"供水报告.txt": REPORT, "道路报告.txt": ROADS},
    {"供水报告.txt": REPORT, "道路报告.txt": ROADS, "附件1.xlsx": b""},
    {"附件1.xlsx": sheet(), "附件2.xlsx": sheet()},
]


@pytest.mark.parametrize("files", APART)
def test_files_that_stay_apart(files):
    assert groups(files) == {(name,) for name in files}


def test_each_table_goes_to_its_own_report_of_one_folder():
    roads = sheet(project="乡村道路硬化补助资金", unit="青岚县交通运输局")
    found = groups({"1.供水报告.txt": REPORT, "2.道路报告.txt": ROADS, "附件2.xlsx": roads, "附件1.xlsx": sheet(), "说明.txt": "无"})
    assert found == {("1.供水报告.txt", "附件1.xlsx"), ("2.道路报告.txt", "附件2.xlsx"), ("说明.txt",)}


def test_of_several_reports_the_one_whose_name_is_nearest_gets_the_table():
    mending = REPORT.replace("农村供水工程", "农村供水工程维修养护")
    found = groups({"甲报告.txt": REPORT, "乙报告.txt": mending, "附件1.xlsx": sheet(), "附件2.xlsx": sheet("农村供水工程维修养护补助资金")})
    assert found == {("甲报告.txt", "附件1.xlsx"), ("乙报告.txt", "附件2.xlsx")}


def test_parts_come_in_reading_order_whatever_order_they_are_listed_in():
    files = {"附件10.xlsx": sheet(), "附件2.xlsx": sheet(), "报告.txt": REPORT}
    assert groups(files) == groups(dict(reversed(files.items()))) == {("报告.txt", "附件2.xlsx", "附件10.xlsx")}


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "in"
    root.mkdir()
    (root / "县.zip").write_bytes(zipped({
        "乡镇A/报告.txt": REPORT, "乡镇A/自评表.xlsx": sheet(), "乡镇B/报告.txt": ROADS, "乡镇B/数据.json": "{}", "../x.txt": "1",
        "__MACOSX/._a.txt": "1"}))
    (root / "供水.txt").write_text(REPORT + "补充。\n", encoding="utf-8")
    (root / "供水.xlsx").write_bytes(sheet())
    (root / "空.zip").write_bytes(zipped({}))
    (root / "坏.rar").write_bytes(b"Rar!\x1a\x07\x00")
    (root / "图.svg").write_bytes(b"<svg/>")
    return root


def test_every_file_and_member_is_accounted_for(folder):
    listing = cased(list_files([folder]))
    assert {entry.name: [part.name for part in entry.parts] for entry in listing.entries if entry.cause is None} == {
        "供水.txt": ["供水.txt", "供水.xlsx"], "县.zip!/乡镇A/报告.txt": ["县.zip!/乡镇A/报告.txt", "县.zip!/乡镇A/自评表.xlsx"],
        "县.zip!/乡镇B/报告.txt": ["县.zip!/乡镇B/报告.txt"]}
    assert {entry.name: entry.cause[:5] for entry in listing.entries if entry.cause} == {
        "县.zip!/../x.txt": "名称指到压", "空.zip": "压缩包里没", "坏.rar": "是 RAR"}
    assert listing.passed_over == ("县.zip!/乡镇B/数据.json", "图.svg")


def test_a_listing_without_archives_and_tables_stays_as_it_is(tmp_path):
    for name in ("a.txt", "子/b.txt", "说明.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    listing = list_files([tmp_path])
    assert cased(listing) == listing


def test_archives_opened_in_a_process_of_their_own_give_the_same(folder):
    listing = list_files([folder])
    assert cased(listing, batch.looked) == cased(listing)


def test_the_digest_of_a_case_is_that_of_its_files(folder):
    entries = {entry.name: entry for entry in cased(list_files([folder])).entries}
    alone = entries["县.zip!/乡镇B/报告.txt"]
    assert alone.sha256 == hashlib.sha256(ROADS.encode()).hexdigest()
    both = entries["县.zip!/乡镇A/报告.txt"]
    assert both.sha256 == case_digest([part.sha256 for part in both.parts]) != both.parts[0].sha256
    assert read_case(both).sha256 == both.sha256 and read_case(alone).sha256 == alone.sha256
    (folder / "子").mkdir()
    (folder / "县.zip").rename(folder / "子" / "新.zip")
    moved = {entry.name: entry for entry in cased(list_files([folder])).entries}
    assert moved["子/新.zip!/乡镇A/报告.txt"].sha256 == both.sha256


def test_a_case_is_read_as_one_report_and_its_table_held_against_it(folder):
    entries = {entry.name: entry for entry in cased(list_files([folder])).entries}
    done = batch.outcome(entries["县.zip!/乡镇A/报告.txt"])
    document = done.findings.document
    assert [member.name for member in document.members] == ["县.zip!/乡镇A/报告.txt", "县.zip!/乡镇A/自评表.xlsx"]
    assert '"members":[{"name":"县.zip!/乡镇A/报告.txt"' in done.output
    (report,) = done.findings.reports
    told = {record.fields.name: record.status for record in report.records if record.type == "indicator"}
    assert told == {"新建供水管网": "differ", "受益人口覆盖率": "agree"}
    table = document.members[1].span
    (conflict,) = [check for check in report.checks if check.verdict == "conflict" and "115" in check.note + check.stated.text]
    places = [quote.span[0] for quote in (*conflict.inputs, conflict.stated)]
    assert any(table[0] <= at < table[1] for at in places) and any(at < table[0] for at in places)


def test_a_zip_of_report_and_table_read_by_itself_is_the_same_report():
    found = extract(read_bytes(zipped({"自评表.xlsx": sheet(), "报告.txt": REPORT}), "一份.zip"))
    (report,) = found.reports
    assert (report.part.unit, report.part.year) == ("青岚县水利局", 2021)
    assert {record.status for record in report.records if record.type == "indicator"} == {"differ", "agree"}


def test_a_table_that_cannot_be_read_is_an_issue_of_its_case(tmp_path):
    (tmp_path / "报告.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "自评表.xlsx").write_bytes(sheet()[:2000])
    (entry,) = cased(list_files([tmp_path])).entries
    document = read_case(entry)
    assert document.text == REPORT and [issue.where for issue in document.issues] == ["自评表.xlsx"]
    assert document.sha256 == entry.sha256


def test_an_archive_that_changed_since(folder):
    entries = cased(list_files([folder])).entries
    case = next(entry for entry in entries if entry.name == "县.zip!/乡镇A/报告.txt")
    (folder / "县.zip").write_bytes(zipped({"b.txt": "1"}))
    with pytest.raises(ReadError, match="run again"):
        read_case(case)
    (folder / "县.zip").unlink()
    assert "cannot be opened" in batch.outcome(case).cause


def test_a_file_that_vanished_is_told_by_its_reader(tmp_path):
    entry = Entry(name="a.txt", path=str(tmp_path / "a.txt"), sha256="0")
    assert look(entry).pieces == (Piece(name="a.txt", path=entry.path, sha256="0"),)


def test_a_look_is_remembered_by_content_and_name(tmp_path):
    """What is known of a content stands for it wherever it lies; only what is new is opened."""
    def fill(folder, **files):
        folder.mkdir()
        for name, data in files.items():
            (folder / name.replace("_", ".")).write_bytes(data)
        return folder

    reports = {"a_txt": REPORT.encode(), "b_zip": zipped({"乡/报告.txt": REPORT, "乡/x.exe": "x", "乡/附件1.xlsx": sheet()}), "c_docx": b"PK broken"}
    old, new = fill(tmp_path / "old", **reports), fill(tmp_path / "new", **reports, d_txt=b"new")
    opened, looks = [], {}

    def counted(entries):
        opened.extend(entry.name for entry in entries)
        return here(entries)

    first = cased(list_files([old]), remembered(counted, looks))
    assert opened == ["a.txt", "b.zip", "c.docx"] and first == cased(list_files([old]))
    opened.clear()
    looks = {key: looked_of(looked_json(one)) for key, one in looks.items()}
    second = cased(list_files([new]), remembered(counted, looks))
    assert opened == ["d.txt"] and second == cased(list_files([new]))
    assert all(str(tmp_path) not in repr(one) for one in looks.values())


def test_what_could_not_be_opened_is_looked_at_again(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT)
    listing, looks = list_files([tmp_path]), {}
    (tmp_path / "a.txt").unlink()
    cased(listing, remembered(here, looks))
    assert looks == {}


def test_a_file_of_an_archive_that_was_changed_meanwhile_is_not_read(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"报告.txt": REPORT}))
    entry, = cased(list_files([tmp_path])).entries
    (tmp_path / "a.zip").write_bytes(zipped({"报告.txt": ROADS}))
    with pytest.raises(ReadError, match="run again"):
        read_case(entry)
