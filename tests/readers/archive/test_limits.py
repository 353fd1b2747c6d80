"""Archives built to harm: each ends with a line that says why, and what stands beside it is read unchanged."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import struct
import tarfile
import zlib
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile, ZipInfo

import py7zr
import pytest

from hedui.errors import ReadError
from hedui.readers import read_bytes
from hedui.readers.archive import members, walk
from hedui.readers.archive.held import Slot
from hedui.readers.limits import MAX_MEMBERS

REPORT = "青岚县农村供水工程补助资金绩效自评报告\n一、资金\n全年预算数1000万元。\n".encode()
GOOD = {"乡/报告.txt": REPORT}
DENSE = bytes(17_000_000)


def split(data: bytes, name: str = "县.zip") -> tuple[dict[str, bytes], dict[str, str]]:
    """What was read and what was refused, by name."""
    found = list(members(data, name))
    return {one.name: one.data for one in found if not one.cause}, {one.name: one.cause for one in found if one.cause}


def test_a_bomb_does_not_take_the_files_beside_it(zipped):
    good, bad = split(zipped({"甲.txt": DENSE, **GOOD}))
    assert good == {"县.zip!/乡/报告.txt": REPORT}
    assert list(bad) == ["县.zip!/甲.txt"] and "压缩炸弹" in bad["县.zip!/甲.txt"]


def lying(data: bytes, size: int, claimed: int) -> bytes:
    """A zip whose headers claim another size."""
    return data.replace(struct.pack("<L", size), struct.pack("<L", claimed))


@pytest.mark.parametrize("method", [8, ZIP_BZIP2])
def test_a_size_that_lies_is_found_out_while_unpacking(zipped, method):
    good, bad = split(lying(zipped({"甲.txt": DENSE, **GOOD}, method), len(DENSE), 1000))
    assert good == {"县.zip!/乡/报告.txt": REPORT} and "压缩炸弹" in bad["县.zip!/甲.txt"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_out_of_proportion(pack):
    good, bad = split(pack(DENSE), "甲.gz")
    assert not good and "压缩炸弹" in bad["甲.gz!/甲"]


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_a_packed_tar_out_of_proportion_is_read_up_to_it(tarred, mode, monkeypatch):
    monkeypatch.setattr("hedui.readers.archive.held.ARCHIVE_FROM_BYTES", 5_000_000)
    many = {f"{n}.txt": bytes(3_000_000) for n in range(3)}
    good, bad = split(tarred({**GOOD, **many}, mode), "县.tar")
    assert good["县.tar!/乡/报告.txt"] == REPORT and "压缩炸弹" in bad["县.tar"]


def test_a_7z_out_of_proportion():
    buffer = BytesIO()
    with py7zr.SevenZipFile(buffer, "w") as archive:
        archive.writestr(DENSE, "甲.txt")
    assert "压缩炸弹" in split(buffer.getvalue(), "县.7z")[1]["县.7z"]


def test_many_bombs_within_the_ratio_each_do_not_pass_together(zipped, monkeypatch):
    monkeypatch.setattr("hedui.readers.archive.held.ARCHIVE_FROM_BYTES", 3_000_000)
    inner = zipped({f"{n}.txt": bytes(900_000) for n in range(3)})
    good, bad = split(zipped({f"{n}.zip": inner for n in range(4)}))
    assert len(good) == 3 and len(bad) == 9 and all("压缩炸弹" in cause for cause in bad.values())


def test_archives_too_deep_in_one_another(zipped):
    deep = zipped({"报告.txt": REPORT})
    for level in "四三二一":
        deep = zipped({f"{level}.zip": deep, f"{level}.txt": b"1"})
    good, bad = split(deep, "外.zip")
    assert set(good) == {"外.zip!/一.txt", "外.zip!/一.zip!/二.txt", "外.zip!/一.zip!/二.zip!/三.txt"}
    assert list(bad) == ["外.zip!/一.zip!/二.zip!/三.zip"] and "3 层" in next(iter(bad.values()))


def test_an_archive_that_holds_itself_ends(zipped, monkeypatch):
    """What a quine (R. Cox, Zip files all the way down, 2010) comes to: every unpacking gives the same archive again."""
    monkeypatch.setattr(walk, "slots_of", lambda data, *_: iter([Slot(path="r.zip", pieces=lambda: iter([data]))]))
    good, bad = split(zipped({"r.zip": b"1"}), "r.zip")
    assert not good and list(bad) == ["r.zip!/r.zip!/r.zip!/r.zip"]


def overlapping(zipped) -> bytes:
    """A zip whose second entry of contents points to the bytes of the first."""
    data = bytearray(zipped({"a.txt": REPORT, "b.txt": REPORT}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42:second + 46] = struct.pack("<L", 0)
    return bytes(data)


def test_members_that_overlap(zipped):
    good, bad = split(overlapping(zipped))
    assert not good and "互相重叠" in bad["县.zip"]
    good, bad = split(zipped({"坏.zip": overlapping(zipped), **GOOD}))
    assert list(good) == ["县.zip!/乡/报告.txt"] and list(bad) == ["县.zip!/坏.zip"]


SLIPS = ["../报告.txt", "乡/../../报告.txt", "/etc/报告.txt", "C:/报告.txt", "c:报告.txt", "//server/报告.txt", "..", "乡/a\x01.txt",
         "乡/报告\u202etxt.exe", "乡" * 1001]


@pytest.mark.parametrize("path", SLIPS)
def test_names_that_lead_out_are_refused_by_name(zipped, tarred, path):
    for data in (zipped({path: b"1", **GOOD}), tarred({path: b"1", **GOOD})):
        good, bad = split(data)
        assert list(good) == ["县.zip!/乡/报告.txt"]
        assert list(bad) == [f"县.zip!/{path}"] and "未读" in bad[f"县.zip!/{path}"]


def test_names_with_backslashes_and_nul(zipped):
    for path in ("..\\报告.txt", "C:\\报告.txt", "\\\\server\\报告.txt"):
        assert len(split(zipped({path: b"1", **GOOD}))[1]) == 1
    data = zipped({"a?b.txt": b"1", **GOOD}).replace(b"a?b.txt", b"a\x00b.txt")
    good, bad = split(data)
    assert list(bad) == ["县.zip!/a␀b.txt"] and list(good) == ["县.zip!/乡/报告.txt"]


def test_a_7z_whose_names_lead_out():
    buffer = BytesIO()
    with py7zr.SevenZipFile(buffer, "w") as archive:
        archive.writestr(b"1", "xx/报告.txt")
        archive.writestr(REPORT, "乡/报告.txt")
    good, bad = split(renamed(buffer.getvalue()), "县.7z")
    assert good == {"县.7z!/乡/报告.txt": REPORT} and list(bad) == ["县.7z!/../报告.txt"]


def renamed(data: bytes) -> bytes:
    """A 7z with the folder xx renamed to .., packed anew by writing its header plain."""
    buffer = BytesIO()
    with py7zr.SevenZipFile(BytesIO(data)) as old:
        files = list(old.files)
        kept = py7zr.io.BytesIOFactory(1_000_000)
        old.extract(factory=kept)
    with py7zr.SevenZipFile(buffer, "w") as new:
        new.set_encoded_header_mode(False)
        for file in files:
            new.writestr(kept.products[file.filename].read(), file.filename)
    raw = bytearray(buffer.getvalue())
    at = raw.index("xx/".encode("utf-16-le"))
    raw[at:at + 4] = "..".encode("utf-16-le")
    start, size = struct.unpack_from("<QQ", raw, 12)
    raw[28:32] = struct.pack("<L", zlib.crc32(raw[32 + start:32 + start + size]))
    raw[8:12] = struct.pack("<L", zlib.crc32(raw[12:32]))
    return bytes(raw)


def test_links_and_devices_are_refused(tarred):
    links = {"s": (tarfile.SYMTYPE, "/etc/passwd"), "h": (tarfile.LNKTYPE, "乡/报告.txt"), "c": (tarfile.CHRTYPE, ""),
             "b": (tarfile.BLKTYPE, ""), "f": (tarfile.FIFOTYPE, "")}
    good, bad = split(tarred(GOOD, links=links), "县.tar")
    assert good == {"县.tar!/乡/报告.txt": REPORT} and set(bad) == {f"县.tar!/{name}" for name in links}
    link = ZipInfo("s.txt")
    link.external_attr = 0o120777 << 16
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", REPORT)
    good, bad = split(buffer.getvalue())
    assert list(good) == ["县.zip!/a.txt"] and "是链接" in bad["县.zip!/s.txt"]


def test_members_with_a_password(zipped):
    data = bytearray(zipped({"a.txt": b"secret", **GOOD}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    good, bad = split(bytes(data))
    assert list(good) == ["县.zip!/乡/报告.txt"] and "密码" in bad["县.zip!/a.txt"]
    buffer = BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password="1") as archive:
        archive.writestr(REPORT, "a.txt")
    assert "密码" in split(buffer.getvalue(), "县.7z")[1]["县.7z"]


def test_a_hundred_thousand_members(zipped):
    one = zipped({"a.txt": b""})
    start, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    size = (end - start) * 60_000
    whole = one[:start] + one[start:end] * 60_000 + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60_000, 60_000, size, start, 0)
    assert split(whole)[1]["县.zip"].startswith(f"压缩包里超过 {MAX_MEMBERS} 个文件")
    with pytest.raises(ReadError, match=str(MAX_MEMBERS)):
        read_bytes(whole, "县.zip")


def test_a_tar_of_more_members_than_may_be_is_read_up_to_them(tarred, monkeypatch):
    monkeypatch.setattr("hedui.readers.archive.held.Budget.of", classmethod(lambda cls, size: cls(bytes=10**6, members=3)))
    good, bad = split(tarred({f"{n}.txt": b"1" for n in range(5)}), "县.tar")
    assert list(good) == [f"县.tar!/{n}.txt" for n in range(3)] and list(bad) == ["县.tar"]


def made(zipped, tarred) -> dict[str, bytes]:
    noise = {"乡/报告.txt": REPORT, "b.bin": os.urandom(3000)}
    seven = BytesIO()
    with py7zr.SevenZipFile(seven, "w") as archive:
        for path, content in noise.items():
            archive.writestr(content, path)
    return {"a.zip": zipped(noise), "a.tar": tarred(noise), "a.tar.gz": tarred(noise, "w:gz"), "a.tar.bz2": tarred(noise, "w:bz2"),
            "a.tar.xz": tarred(noise, "w:xz"), "a.txt.gz": gzip.compress(REPORT * 50), "a.7z": seven.getvalue()}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.bz2", "a.tar.xz", "a.txt.gz", "a.7z"])
def test_cut_off_at_each_tenth(zipped, tarred, name):
    data = made(zipped, tarred)[name]
    for tenth in range(10):
        cut = data[:len(data) * tenth // 10]
        try:
            document = read_bytes(cut, name)
        except ReadError as error:
            assert str(error).startswith(name) and "\n" not in str(error)
        else:
            assert REPORT.decode().strip() in document.text and document.issues
        good, _ = split(zipped({name: cut, **GOOD}))
        assert good["县.zip!/乡/报告.txt"] == REPORT


def test_nothing_is_written(zipped, tarred, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, data in made(zipped, tarred).items():
        assert list(members(data, name))
    assert list(tmp_path.rglob("*")) == []
