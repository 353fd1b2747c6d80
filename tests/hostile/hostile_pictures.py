"""Pictures and OFD packages made to harm."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from hostile_archives import zipped
from hostile_case import REPORT, Hostile, Place
from hostile_ooxml import forbidden
from PIL import Image

__all__ = ["ofd", "ofds", "picture", "pictures", "png"]

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def picture(form: str, *, wide: int = 300, high: int = 200) -> bytes:
    """A grey page without words."""
    page = np.full((high, wide), 235, np.uint8)
    page[::7] = 225
    buffer = BytesIO()
    Image.fromarray(page).save(buffer, form)
    return buffer.getvalue()


def chunk(kind: bytes, inner: bytes) -> bytes:
    return struct.pack(">I", len(inner)) + kind + inner + struct.pack(">I", zlib.crc32(kind + inner))


def png(wide: int, high: int, bits: int = 8, *, rows: bytes = b"\0", extra: bytes = b"") -> bytes:
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, bits, 0, 0, 0, 0)) + extra
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def jpeg(wide: int, high: int) -> bytes:
    data = bytearray(picture("JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5:at + 9] = struct.pack(">HH", high, wide)
    return bytes(data)


def tiff(*tags: tuple[int, int, int, int], following: int = 0) -> bytes:
    """A TIFF of one directory; a tag is (number, type, count, value)."""
    return (b"II*\x00" + struct.pack("<LH", 8, len(tags)) + b"".join(struct.pack("<HHLL", *tag) for tag in tags)
            + struct.pack("<L", following) + bytes(64))


def tags(wide: int, high: int, *, count: int = 1) -> tuple[tuple[int, int, int, int], ...]:
    return ((256, 4, 1, wide), (257, 4, 1, high), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, count, 8),
            (278, 4, 1, high), (279, 4, count, 60))


def frames(count: int) -> bytes:
    """A TIFF of `count` pages, one directory after another."""
    one = struct.pack("<H", 8) + b"".join(struct.pack("<HHLL", *tag) for tag in tags(8, 8))
    size = len(one) + 4
    return b"II*\x00" + struct.pack("<L", 8) + b"".join(
        one + struct.pack("<L", 8 + size * n if n < count else 0) for n in range(1, count + 1)) + bytes(64)


def pictures(place: Place) -> Iterator[Hostile]:
    large = "像素"
    bmp = (b"BM" + struct.pack("<LLL", 100, 0, 54) + struct.pack("<LllHHLLllLL", 40, 50_000, 50_000, 1, 24, 0, 0, 0, 0, 0, 0)
           + bytes(99))
    gif = (b"GIF89a" + struct.pack("<HHBBB", 50_000, 50_000, 0, 0, 0) + b"," + struct.pack("<HHHHB", 0, 0, 50_000, 50_000, 0)
           + b"\x02\x01\x00;")
    for form, data in {"png": png(50_000, 50_000), "jpg": jpeg(50_000, 50_000), "tif": tiff(*tags(50_000, 50_000)), "bmp": bmp,
                       "gif": gif}.items():
        yield Hostile(name=f"{form} 50000", file=f"a.{form}", data=data, ends="refused", says=large)
    others = {
        "png 2147483647.png": png(2**31 - 1, 2**31 - 1), "png 0.png": png(0, 0), "png wide.png": png(2**27, 1), "png high.png": png(1, 150_000_000),
        "png 14000 white.png": png(14_000, 14_000, 1, rows=(b"\0" + b"\xff" * 1750) * 14_000),
        "png rows missing.png": png(8000, 8000, 1), "png rows too many.png": png(8, 8, rows=bytes(30_000_000)),
        "png text bomb.png": png(50, 50, rows=bytes(51 * 50), extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000), 1))),
        "png profile bomb.png": png(50, 50, rows=bytes(51 * 50), extra=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100_000_000), 1))),
        "png chunk lies.png": png(50, 50)[:8] + struct.pack(">I", 2**31 - 1) + b"IHDR" + bytes(20),
        "png noise.png": b"\x89PNG\r\n\x1a\n" + b"\xff" * 300, "jpg noise.jpg": b"\xff\xd8\xff" + b"\xff" * 3000,
        "jpg zero.jpg": jpeg(0, 0), "jpg 65535.jpg": jpeg(65_535, 65_535), "jpg markers.jpg": b"\xff\xd8" + b"\xff\xe1\x00\x02" * 100_000,
        "tiff ring.tif": tiff(*tags(8, 8), following=8), "tiff nowhere.tif": tiff(*tags(8, 8), following=2**32 - 2),
        "tiff counts.tif": tiff(*tags(8, 8, count=2**32 - 1)), "tiff no tags.tif": tiff(), "tiff frames.tif": frames(3500),
        "tiff strip.tif": tiff(*tags(9000, 9000)), "gif noise.gif": b"GIF89a" + b"\xff" * 500, "bmp noise.bmp": b"BM" + bytes(4) * 2 + b"\xff" * 500,
        "webp noise.webp": b"RIFF\xff\xff\xff\x7fWEBPVP8X" + b"\xff" * 200,
    }
    for name, data in others.items():
        yield Hostile(name=name.rpartition(".")[0], file=f"a.{name.rpartition('.')[2]}", data=data, ends="refused")


def text_object(text: str, x: float, y: float, attributes: str = "", step: str = "") -> str:
    spaced = step or " ".join(["4.2"] * (len(text) - 1))
    return (f'<ofd:TextObject ID="1" Font="1" Size="4.2" Boundary="{x} {y} 180 6" {attributes}>'
            f'<ofd:TextCode X="0" Y="4.2" DeltaX="{spaced}">{text}</ofd:TextCode></ofd:TextObject>')


LINES = "".join(text_object(line, 20, 20 + 8 * n) for n, line in enumerate(REPORT.splitlines()))


def ofd(objects: str = LINES, *, parts: dict[str, bytes | str] | None = None, pages: str = "", common: str = "",
        resources: str = "") -> bytes:
    files: dict[str, bytes | str] = {
        "OFD.xml": f'{HEAD}<ofd:OFD {NS} DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "D/Document.xml": f'{HEAD}<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>'
                          f'<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}</ofd:CommonData><ofd:Pages>'
                          f'{pages or "<ofd:Page ID=%s1%s BaseLoc=%sP/Content.xml%s/>".replace("%s", chr(34))}</ofd:Pages></ofd:Document>',
        "D/PublicRes.xml": f'{HEAD}<ofd:Res {NS} BaseLoc="Res">{resources}</ofd:Res>',
        "D/P/Content.xml": f'{HEAD}<ofd:Page {NS}><ofd:Content><ofd:Layer ID="9">{objects}</ofd:Layer></ofd:Content></ofd:Page>',
    }
    return zipped(files | (parts or {}))


def poisoned(text: str, doctype: str) -> str:
    declared, _, rest = text.partition("?>")
    at = rest.rindex("</")
    return f"{declared}?>{doctype}{rest[:at]}&j;{rest[at:]}"


def ofds(place: Place) -> Iterator[Hostile]:
    whole = {path: text for path, text in (("OFD.xml", None), ("D/Document.xml", None), ("D/PublicRes.xml", None), ("D/P/Content.xml", None))}
    from zipfile import ZipFile

    with ZipFile(BytesIO(ofd())) as archive:
        held = {path: archive.read(path).decode() for path in whole}
    for path, text in held.items():
        for way, doctype in forbidden(place).items():
            yield Hostile(name=f"ofd {way} in {path.replace('/', ' ')}", file="a.ofd", data=zipped({**held, path: poisoned(text, doctype)}),
                          says="DOCTYPE")
    media = '<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>{}</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>'
    image = '<ofd:ImageObject ID="6" ResourceID="5" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
    used = '<ofd:CompositeObject ID="8" ResourceID="{}" Boundary="0 0 9 9"/>'
    ring = "".join(f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="{n}"><ofd:Content>{used.format(m) * 2}'
                   '</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>' for n, m in ((1, 2), (2, 1)))
    secret = str(place.folder / "secret.txt")
    tricks: dict[str, dict[str, object]] = {
        "picture 50000": {"objects": LINES + image, "resources": media.format("a.png"), "parts": {"D/Res/a.png": png(50_000, 50_000)}},
        "picture alone 50000": {"objects": image, "resources": media.format("a.png"), "parts": {"D/Res/a.png": png(50_000, 50_000)}},
        "picture outside": {"objects": LINES + image, "resources": media.format("../../../.." + secret)},
        "picture absolute": {"objects": LINES + image, "resources": media.format(secret)},
        "picture server": {"objects": LINES + image, "resources": media.format(place.url + "/ofd")},
        "units in a ring": {"objects": LINES + '<ofd:CompositeObject ID="8" ResourceID="1" Boundary="0 0 9 9"/>', "resources": ring},
        "steps": {"objects": LINES + text_object("一二", 20, 90, step="g 1000000000 1 g 1000000000 1")},
        "steps negative": {"objects": LINES + text_object("一二", 20, 90, step="g -5 1 g x y nan inf 1e999")},
        "numbers": {"objects": LINES + text_object("一二", 20, 90, 'CTM="1e308 inf nan 1 1e999 0"') + '<ofd:TextObject Boundary="nan nan inf -1"/>'},
        "pages": {"pages": '<ofd:Page ID="1" BaseLoc="P/Content.xml"/>' * 20_000},
        "page outside": {"pages": f'<ofd:Page ID="1" BaseLoc="../../..{secret}"/><ofd:Page ID="2" BaseLoc="P/Content.xml"/>'},
        "page is itself": {"pages": '<ofd:Page ID="1" BaseLoc="Document.xml"/><ofd:Page ID="2" BaseLoc="P/Content.xml"/>'},
        "template ring": {"common": '<ofd:TemplatePage ID="4" BaseLoc="P/Content.xml"/>',
                          "parts": {"D/P/Content.xml": held["D/P/Content.xml"].replace(
                              "<ofd:Content>", '<ofd:Template TemplateID="4"/><ofd:Content>')}},
        "deep": {"objects": LINES + '<ofd:PageBlock ID="1">' * 100_000 + "</ofd:PageBlock>" * 100_000},
        "deep 200": {"objects": LINES + '<ofd:PageBlock ID="1">' * 200 + "</ofd:PageBlock>" * 200},
        "path": {"objects": f'{LINES}<ofd:PathObject ID="2" Boundary="0 0 99 99"><ofd:AbbreviatedData>{"M 0 0 L 9 9 " * 100_000}'
                            "</ofd:AbbreviatedData></ofd:PathObject>"},
        "objects": {"objects": LINES + text_object("一", 20, 90) * 20_000},
    }
    for name, how in tricks.items():
        yield Hostile(name=f"ofd {name}", file="a.ofd", data=ofd(**how))  # type: ignore[arg-type]
    yield Hostile(name="ofd locked", file="a.ofd", data=ofd(parts={"Encryptions.xml": "<a/>"}), ends="refused", says="密码")
    yield Hostile(name="ofd root outside", file="a.ofd", ends="refused",
                  data=ofd(parts={"OFD.xml": held["OFD.xml"].replace("D/Document.xml", "../../.." + secret)}))
