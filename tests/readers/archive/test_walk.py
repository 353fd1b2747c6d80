"""What an archive holds: every format, names as they were meant, what systems leave behind left out."""

from __future__ import annotations

import bz2
import gzip
import lzma
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import py7zr
import pytest

from hedui.readers import read_bytes
from hedui.readers.archive import members

REPORT = "青岚县农村供水工程补助资金绩效自评报告\n一、资金\n全年预算数1000万元。\n".encode()
FILES = {"乡/报告.txt": REPORT, "附件1.txt": "附件：说明\n无。".encode("gbk"), "空.txt": b""}


def walked(data: bytes, name: str = "县.zip", **options: object) -> dict[str, bytes]:
    return {one.name: one.data for one in members(data, name, **options) if not one.cause}


def refused(data: bytes, name: str = "县.zip") -> dict[str, str]:
    return {one.name: one.cause for one in members(data, name) if one.cause}


def seven(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with py7zr.SevenZipFile(buffer, "w") as archive:
        for path, content in files.items():
            archive.writestr(content, path)
    return buffer.getvalue()


@pytest.mark.parametrize("method", [ZIP_STORED, 8, ZIP_BZIP2])
def test_a_zip_by_every_method_it_is_packed_with(zipped, method):
    assert walked(zipped(FILES, method)) == {f"县.zip!/{path}": content for path, content in FILES.items()}


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_however_packed(tarred, mode):
    assert walked(tarred(FILES, mode), "县.tar") == {f"县.tar!/{path}": content for path, content in FILES.items()}


def test_a_7z():
    assert walked(seven(FILES), "县.7z") == {f"县.7z!/{path}": content for path, content in FILES.items()}


@pytest.mark.parametrize(("pack", "suffix"), [(gzip.compress, "gz"), (bz2.compress, "bz2"), (lzma.compress, "xz")])
def test_one_packed_file_goes_by_the_name_before_its_suffix(pack, suffix):
    packed = pack(REPORT)
    assert walked(packed, f"乡/报告.txt.{suffix}") == {f"乡/报告.txt.{suffix}!/报告.txt": REPORT}
    assert walked(packed + pack(b"more"), f"a.{suffix}")[f"a.{suffix}!/a"] == REPORT + b"more"


def test_archives_in_archives(zipped, tarred):
    inner = zipped({"报告.txt": REPORT})
    whole = zipped({"乡.tar.gz": tarred({"村.zip": inner}, "w:gz"), "里.7z": seven({"a.txt": b"a"})})
    assert walked(whole) == {"县.zip!/乡.tar.gz!/村.zip!/报告.txt": REPORT, "县.zip!/里.7z!/a.txt": b"a"}


def test_only_what_is_wanted_is_unpacked(zipped):
    data = zipped({"甲.zip": zipped({"报告.txt": REPORT, "b.txt": b"b"}), "乙.zip": b"PK\x03\x04 broken", "c.txt": b"c"})
    wanted = ["县.zip!/甲.zip!/报告.txt"]
    assert walked(data, wanted=wanted) == {wanted[0]: REPORT}
    assert walked(seven(FILES), "县.7z", wanted=["县.7z!/空.txt"]) == {"县.7z!/空.txt": b""}


def mislabelled(name: bytes) -> bytes:
    """A zip whose one member has `name` as raw bytes, without the mark for UTF-8."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("x" * len(name), b"1")
    return buffer.getvalue().replace(b"x" * len(name), name)


@pytest.mark.parametrize(("raw", "name"), [
    ("绩效自评报告.docx".encode("gbk"), "绩效自评报告.docx"),
    ("青岚县/附件1：自评表.xlsx".encode("gbk"), "青岚县/附件1：自评表.xlsx"),
    ("绩效自评报告.docx".encode(), "绩效自评报告.docx"),
    ("青岚县\\报告.txt".encode("gbk"), "青岚县/报告.txt"),
    ("résumé.txt".encode("cp437"), "résumé.txt"),
    (b"report.txt", "report.txt"),
])
def test_names_without_the_mark_for_utf8(raw, name):
    assert list(walked(mislabelled(raw))) == [f"县.zip!/{name}"]


def test_names_in_a_tar_made_on_chinese_windows():
    with BytesIO() as buffer:
        import tarfile
        with tarfile.open(fileobj=buffer, mode="w", encoding="gbk", format=tarfile.GNU_FORMAT) as archive:
            info = tarfile.TarInfo("乡/报告.txt")
            info.size = 1
            archive.addfile(info, BytesIO(b"1"))
        assert list(walked(buffer.getvalue(), "县.tar")) == ["县.tar!/乡/报告.txt"]


def test_the_name_of_info_zip_counts_where_it_fits(zipped):
    import struct
    import zlib
    info = ZipInfo("bao.txt")
    path = "报告.txt".encode()
    info.extra = struct.pack("<HHBL", 0x7075, 5 + len(path), 1, zlib.crc32(b"bao.txt")) + path
    with BytesIO() as buffer:
        with ZipFile(buffer, "w") as archive:
            archive.writestr(info, b"1")
        assert list(walked(buffer.getvalue())) == ["县.zip!/报告.txt"]


def test_what_systems_leave_behind_is_left_out(zipped):
    files = dict.fromkeys(["__MACOSX/._报告.txt", "乡/.DS_Store", "Thumbs.db", "乡/~$报告.docx", "乡/", "desktop.ini"], b"x")
    data = zipped({**files, "乡/报告.txt": REPORT})
    assert walked(data) == {"县.zip!/乡/报告.txt": REPORT} and refused(data) == {}


def test_two_files_of_one_name_are_both_read():
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", b"1")
        archive.writestr("a.txt", b"2")
    assert walked(buffer.getvalue()) == {"县.zip!/a.txt": b"1", "县.zip!/a (2).txt": b"2"}
    assert walked(buffer.getvalue(), wanted=["县.zip!/a (2).txt"]) == {"县.zip!/a (2).txt": b"2"}


def test_what_cannot_be_unpacked_is_told_by_name(zipped):
    assert refused(zipped({"a.txt": REPORT}, ZIP_LZMA))["县.zip!/a.txt"].startswith("压缩方式（14）不支持")
    assert refused(b"Rar!\x1a\x07\x00" + bytes(20), "县.rar")["县.rar"].startswith("是 RAR 压缩包")


def test_the_whole_is_one_document_in_reading_order(zipped):
    document = read_bytes(zipped({"附件10.txt": b"ten", "附件2.txt": b"two", "b.json": b"{}", "绩效自评报告.txt": REPORT,
                                  "副本/绩效自评报告.txt": REPORT, "坏.docx": b"PK\x03\x04xx"}), "县.zip")
    assert [member.name for member in document.members] == [f"县.zip!/{n}.txt" for n in ("绩效自评报告", "附件2", "附件10")]
    assert document.text.endswith("\n\ntwo\n\nten") and document.media_type == "application/zip"
    told = {issue.where: issue.what[:6] for issue in document.issues}
    assert told == {"县.zip!/b.json": "按文件名不是", "县.zip!/副本/绩效自评报告.txt": "与 县.zi", "县.zip!/坏.docx": "文件不完整（"}
