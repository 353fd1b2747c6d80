"""Archives and letters made to harm: bombs, quines, names and links that lead out, members that lie."""

from __future__ import annotations

import gzip
import struct
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import py7zr
from hostile_case import REPORT, Hostile, Place

__all__ = ["archives", "quine", "seven", "tarred", "zipped"]

GOOD = {"乡/报告.txt": REPORT.encode()}


def zipped(files: Mapping[str, bytes | str], method: int = ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w", links: Mapping[str, tuple[bytes, str]] | None = None,
           after: Mapping[str, bytes] | None = None) -> bytes:
    """A tar of files, then of links as (type, target), then of the files `after` them."""
    buffer = BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        def add(path: str, content: bytes) -> None:
            info = tarfile.TarInfo(path)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))

        for path, content in files.items():
            add(path, content)
        for path, (kind, target) in (links or {}).items():
            info = tarfile.TarInfo(path)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        for path, content in (after or {}).items():
            add(path, content)
    return buffer.getvalue()


def seven(files: Mapping[str, bytes], password: str | None = None) -> bytes:
    buffer = BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password) as archive:
        for path, content in files.items():
            archive.writestr(content, path)
    return buffer.getvalue()


def symlinked(path: str, target: str) -> bytes:
    link = ZipInfo(path)
    link.external_attr = 0o120777 << 16
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(link, target)
        for good, content in GOOD.items():
            archive.writestr(good, content)
    return buffer.getvalue()


def overlapping() -> bytes:
    """A zip whose second entry of contents points to the bytes of the first."""
    data = bytearray(zipped({"a.txt": REPORT, "b.txt": REPORT}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42:second + 46] = struct.pack("<L", 0)
    return bytes(data)


def listed_often(times: int) -> bytes:
    """A zip whose contents name one member `times` times."""
    one = zipped({"a.txt": REPORT})
    start, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, (end - start) * times, start, 0)
    return one[:start] + one[start:end] * times + tail


def unit(length: int) -> bytes:
    """A stored block of deflate (RFC 1951, 3.2.4) of `length` times 5 bytes, without its bytes."""
    return struct.pack("<BHH", 0, 5 * length, 0xFFFF ^ 5 * length)


def quine() -> bytes:
    """A gzip file that unpacks to itself, after R. Cox, Zip files all the way down (2010): blocks that print pieces of the
    file and blocks that repeat them; the check sum that fits itself is the solution of 32 linear equations."""
    stay, one, four = unit(0), unit(1), unit(4)
    # a block of fixed codes, 40 bits: twice a match of length 10 at distance 20
    bits = "010" + ("0001000" + "01000" + "110") * 2 + "0000000"
    again = int(bits[::-1], 2).to_bytes(5, "little")
    head = b"\x1f\x8b\x08\x08" + bytes(6) + b"r.gz\x00"
    blocks = [four, head, four, again, one, again, one, one, four, again, one, one, four, again, four, again, four, again, four,
              again, four, again, stay, stay, four, again, stay, stay, four, again]

    def whole(check: int) -> bytes:
        size = len(b"".join([head, *blocks])) + 2 * 15 + 5
        end = b"\x01\x00\x00\xff\xff" + struct.pack("<LL", check, size) + b"\x00\x00"
        return b"".join([head, *blocks, end, again, end])

    base = zlib.crc32(whole(0))
    columns = [zlib.crc32(whole(1 << bit)) ^ base ^ (1 << bit) for bit in range(32)]
    return whole(solved(columns, base))


def solved(columns: list[int], wanted: int) -> int:
    """The combination of `columns` (a bit for each) whose sum over GF(2) is `wanted`."""
    basis: dict[int, tuple[int, int]] = {}
    for at, column in enumerate(columns):
        combination = 1 << at
        while column and (known := basis.get(column.bit_length())):
            column, combination = column ^ known[0], combination ^ known[1]
        if column:
            basis[column.bit_length()] = (column, combination)
    found = 0
    while wanted:
        column, combination = basis[wanted.bit_length()]
        wanted, found = wanted ^ column, found ^ combination
    return found


def nested(levels: int, wide: int) -> bytes:
    """Archives in archives, `wide` equal ones on each level, with 16 MB of nothing at the bottom of each."""
    data = zipped({"0.txt": bytes(16_000_000)})
    for _ in range(levels):
        data = zipped({f"{n}.zip": data for n in range(wide)})
    return data


def letter(*parts: str, kind: str = "multipart/mixed") -> bytes:
    head = ("From: a@example.cn\r\nTo: b@example.cn\r\nSubject: x\r\nDate: Thu, 1 Jan 2026 00:00:00 +0800\r\n"
            f"MIME-Version: 1.0\r\nContent-Type: {kind}; boundary=b\r\n\r\n")
    return (head + "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n").encode()


def letters() -> Iterator[Hostile]:
    plain = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{REPORT}"
    yield Hostile(name="eml path", file="a.eml", data=letter(plain, (
        'Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename="../../x.txt"\r\n\r\n98万元')),
        ends="read", shows="执行率95%")
    yield Hostile(name="eml external body", file="a.eml", data=letter(plain, (
        'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"\r\n\r\n')), shows="执行率95%")
    yield Hostile(name="eml deep", file="a.eml", data=letter(*(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}" for n in range(100_000))))
    deep = plain
    for n in range(150):
        deep = f"Content-Type: multipart/mixed; boundary=c{n}\r\n\r\n--c{n}\r\n{deep}\r\n--c{n}--"
    yield Hostile(name="eml in multiparts", file="a.eml", data=letter(deep))
    inner = letter(plain).decode()
    for _ in range(60):
        inner = letter(f"Content-Type: message/rfc822\r\n\r\n{inner}").decode()
    yield Hostile(name="eml in eml", file="a.eml", data=inner.encode())
    yield Hostile(name="eml long field", file="a.eml", data=letter(plain).replace(b"Subject: x", b"Subject: " + b"=?utf-8?b?" * 100_000))
    yield Hostile(name="eml bad base64", file="a.eml", data=letter(plain, (
        'Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; '
        'filename="a.pdf"\r\n\r\n' + "=!" * 50_000)), shows="执行率95%")


def archives(place: Place) -> Iterator[Hostile]:
    dense = bytes(40_000_000)
    yield Hostile(name="zip ratio", file="县.zip", data=zipped({"甲.txt": dense, **GOOD}), says="压缩炸弹", shows="执行率95%")
    yield Hostile(name="zip nested", file="县.zip", data=nested(3, 10), ends="refused", says="层|压缩炸弹")
    yield Hostile(name="gz quine", file="r.gz", data=quine(), ends="refused", says="层")
    yield Hostile(name="zip of quine", file="县.zip", data=zipped({"r.gz": quine(), **GOOD}), says="层", shows="执行率95%")
    yield Hostile(name="zip overlapping", file="县.zip", data=overlapping(), ends="refused", says="重叠")
    yield Hostile(name="zip overlapping 60000", file="县.zip", data=listed_often(60_000), ends="refused")
    yield Hostile(name="zip overlapping 9000", file="县.zip", data=listed_often(9000), ends="refused")
    for n, path in enumerate(["../x.txt", "/tmp/x.txt", "C:/x.txt", "..\\x.txt", "a/../../x.txt", "x\x01.txt", "a" * 4000 + ".txt"]):
        yield Hostile(name=f"zip slip {n}", file="县.zip", data=zipped({path: b"1", **GOOD}), says="未读", shows="执行率95%")
        yield Hostile(name=f"tar slip {n}", file="县.tar", data=tarred({path: b"1", **GOOD}), says="未读", shows="执行率95%")
    secret = str(place.folder / "secret.txt")
    yield Hostile(name="zip symlink", file="县.zip", data=symlinked("s.txt", secret), says="链接", shows="执行率95%")
    links = {"s.txt": (tarfile.SYMTYPE, secret), "h.txt": (tarfile.LNKTYPE, secret), "c.txt": (tarfile.CHRTYPE, ""),
             "p.txt": (tarfile.FIFOTYPE, ""), "d": (tarfile.SYMTYPE, str(place.folder))}
    for mode in ("w", "w:gz", "w:bz2", "w:xz"):
        yield Hostile(name=f"tar links {mode[2:]}", file="县.tar", says="未读|链接", shows="执行率95%",
                      data=tarred(GOOD, mode, links, {"d/mark.txt": b"1"}))
    yield Hostile(name="tar bomb", file="县.tgz", data=tarred({**GOOD, "b.txt": dense}, "w:gz"), says="压缩炸弹|超过", shows="执行率95%")
    yield Hostile(name="gz bomb", file="b.gz", data=gzip.compress(dense), ends="refused", says="压缩炸弹")
    yield Hostile(name="gz of gz of gz", file="b.gz", data=gzip.compress(gzip.compress(gzip.compress(gzip.compress(dense)))),
                  ends="refused")
    yield Hostile(name="7z bomb", file="县.7z", data=seven({"甲.txt": dense}), ends="refused", says="压缩炸弹")
    yield Hostile(name="7z locked", file="县.7z", data=seven(GOOD, "1"), ends="refused", says="密码")
    zip_ = bytearray(zipped(GOOD))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        zip_[zip_.index(mark) + at] |= 1
    yield Hostile(name="zip locked", file="县.zip", data=bytes(zip_), ends="refused", says="密码")
    lying = zipped({"a.txt": dense, **GOOD}).replace(struct.pack("<L", len(dense)), struct.pack("<L", 100))
    yield Hostile(name="zip lying size", file="县.zip", data=lying, says="压缩炸弹|损坏", shows="执行率95%")
    yield Hostile(name="zip empty", file="县.zip", data=zipped({}), ends="refused")
    yield Hostile(name="zip of zeros", file="县.zip", data=zipped({"a.txt": b"", "b.docx": b"", "c.pdf": b""}), ends="refused")
    yield Hostile(name="rar", file="县.rar", data=b"Rar!\x1a\x07\x01\x00" + bytes(200), ends="refused")
    yield Hostile(name="7z noise", file="县.7z", data=b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\xff" * 300, ends="refused")
    yield from letters()
