"""PDFs made to harm: forms that draw themselves, locks, rings and trees without end, actions, pictures and streams beyond reason."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
from hostile_case import REPORT, Hostile, Place
from pikepdf import Pdf

__all__ = ["pdf", "pdfs", "xfa"]

CODES = (b"1 begincodespacerange <0000> <ffff> endcodespacerange "
         + b"1 beginbfrange <0000> <ffff> <4e00> endbfrange " * 200_000)
FONT = ("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding{}/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont"
        "/STSong-Light/DW 1000/W[1 95 500]/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor<</Type"
        "/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
        "/CapHeight 880/StemV 93>>>>]{}>>")


def shown(text: str = REPORT, *, size: int = 11) -> str:
    """Operators that show the lines of `text`."""
    return "".join(f"BT /F {size} Tf 60 {780 - 24 * n} Td <{line.encode('utf-16-be').hex()}> Tj ET\n"
                   for n, line in enumerate(text.splitlines()))


def pdf(objects: Mapping[int, str | bytes] | None = None, *, content: str | bytes | None = None, page: str = "", root: str = "",
        box: str = "0 0 595 842", resources: str = "", encoding: str = "/UniGB-UCS2-H", font: str = "", packed: bool = False) -> bytes:
    """A PDF of one page, object by object: 1 catalogue, 2 pages, 3 page, 4 font, 5 content; `objects` replace or add."""
    body = content if content is not None else shown()
    body = body if isinstance(body, bytes) else body.encode("latin-1")
    body = zlib.compress(body, 9) if packed else body
    filter_ = "/Filter/FlateDecode" if packed else ""
    held: dict[int, str | bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R{root}>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Resources<</Font<</F 4 0 R>>{resources}>>/Contents 5 0 R{page}>>",
        4: FONT.format(encoding, font),
        5: f"<</Length {len(body)}{filter_}>>stream\n".encode() + body + b"\nendstream",
    }
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, inner in sorted((held | dict(objects or {})).items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + (inner if isinstance(inner, bytes) else inner.encode("latin-1")) + b"\nendobj\n"
    start, last = len(out), max(places)
    out += f"xref\n0 {last + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{places[n]:010} 00000 n \n".encode() if n in places else b"0000000000 00000 f \n" for n in range(1, last + 1))
    return bytes(out + f"trailer\n<</Size {last + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())


def stream(inner: bytes | str, keys: str = "") -> bytes:
    data = inner if isinstance(inner, bytes) else inner.encode("latin-1")
    return f"<<{keys}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def opened(**change: object) -> bytes:
    """The plain PDF as pikepdf saves it under these options."""
    out = BytesIO()
    with Pdf.open(BytesIO(pdf())) as document:
        document.save(out, **change)  # type: ignore[arg-type]
    return out.getvalue()


def many_pages(count: int) -> bytes:
    kids = "".join(f"{n} 0 R " for n in range(10, 10 + count))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf({2: f"<</Type/Pages/Kids[{kids}]/Count {count}>>", **dict.fromkeys(range(10, 10 + count), page)})


def xfa(need_xfa: bool = True) -> bytes:
    form = stream('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"/></xdp:xdp>')
    rendering = "/NeedsRendering true" if need_xfa else ""
    return pdf({9: form}, content=shown("Please wait... If this message is not eventually replaced, your viewer cannot show it"),
               root=f"/AcroForm<</Fields[]/XFA[(template) 9 0 R]>>{rendering}")


class Marks:
    """What, unpickled, would leave a file behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return open, (str(self.path), "w")


def cmap_tricks(place: Place) -> Iterator[Hostile]:
    """Names of encodings that are paths (CVE-2025-64512: a library unpickled the file that such a name led to)."""
    import gzip

    trap = place.folder / "trap.pickle.gz"
    trap.write_bytes(gzip.compress(pickle.dumps(Marks(place.folder / "unpickled"))))
    path = str(trap).removesuffix(".pickle.gz")
    named = "".join(f"#{byte:02x}" if not chr(byte).isalnum() else chr(byte) for byte in path.encode())
    use = stream(f"/CIDInit /ProcSet findresource begin begincmap /{named} usecmap /CMapName /{named} def endcmap end", "/Type/CMap")
    up = "#2e#2e#2f" * 20 + named.removeprefix("#2f")
    for n, how in enumerate((
            {"encoding": f"/{named}"}, {"encoding": f"/{up}"}, {"encoding": " 9 0 R", "objects": {9: use}},
            {"font": "/ToUnicode 9 0 R", "objects": {9: use}},
            {"encoding": " 9 0 R", "objects": {9: stream("begincmap endcmap", f"/Type/CMap/UseCMap/{named}/CMapName/{named}")}},
            {"font": "/ToUnicode/" + named})):
        yield Hostile(name=f"cmap path {n}", file="a.pdf", data=pdf(**how))  # type: ignore[arg-type]


def trees() -> Iterator[Hostile]:
    """Trees of pages and other rings."""
    depth = 10_000
    deep = {2: "<</Type/Pages/Kids[10 0 R]/Count 1>>", 3: "<</Type/Page/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>"}
    deep |= {n: f"<</Type/Pages/Parent {n - 1 if n > 10 else 2} 0 R/Kids[{n + 1 if n < 9 + depth else 3} 0 R]/Count 1>>"
             for n in range(10, 10 + depth)}
    rings: dict[str, Mapping[int, str]] = {
        "deep": deep,
        "own child": {2: "<</Type/Pages/Kids[2 0 R]/Count 1>>"},
        "ring": {2: "<</Type/Pages/Kids[6 0 R 3 0 R]/Count 2>>", 6: "<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"},
        "no kids": {2: "<</Type/Pages/Kids[]/Count 0>>"},
        "missing kids": {2: "<</Type/Pages/Kids[77 0 R 78 0 R]/Count 2>>"},
        "count lies": {2: "<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"},
        "count negative": {2: "<</Type/Pages/Kids[3 0 R]/Count -7>>"},
        "count 2900": {2: "<</Type/Pages/Kids[3 0 R]/Count 2900>>"},
        "same page 100 times": {2: f"<</Type/Pages/Kids[{'3 0 R ' * 100}]/Count 100>>"},
        "own reference": {5: "5 0 R"},
        "length ring": {5: "<</Length 5 0 R>>stream\nq\nendstream"},
        "outlines ring": {1: "<</Type/Catalog/Pages 2 0 R/Outlines 8 0 R>>", 8: "<</First 8 0 R/Next 8 0 R/Last 8 0 R/Count 9>>"},
        "names ring": {1: "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 8 0 R>>>>", 8: "<</Kids[8 0 R]/Names[(a) 8 0 R]>>"},
        "deep arrays": {9: "[" * 100_000 + "]" * 100_000, 1: "<</Type/Catalog/Pages 2 0 R/Metadata 9 0 R>>"},
        "deep dictionaries": {3: "<</A" * 100_000 + ">>" * 100_000},
    }
    for name, objects in rings.items():
        yield Hostile(name=f"pdf {name}", file="a.pdf", data=pdf(objects))
    whole = pdf()
    start = whole.rindex(b"xref\n0 ")
    yield Hostile(name="pdf xref ring", file="a.pdf", data=whole.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % start))
    yield Hostile(name="pdf no xref", file="a.pdf", data=whole[:start])
    yield Hostile(name="pdf size lies", file="a.pdf", data=whole.replace(b"/Size 6", b"/Size 2147483647"))


def actions(place: Place) -> Iterator[Hostile]:
    """Scripts, programs and files from elsewhere; nothing is run, and the words of the page are read."""
    mark = place.folder / "launched"
    launch = f"<</S/Launch/F({mark})/Win<</F(cmd.exe)/P(/c calc)>>/Unix<</F(/bin/touch)/P({mark})>>>>"
    url, secret = place.url, place.folder / "secret.txt"
    embedded = {8: "<</Type/Filespec/F(a.exe)/UF(a.exe)/EF<</F 9 0 R>>>>", 9: stream(b"MZ\x90\x00" + bytes(500), "/Type/EmbeddedFile")}
    tricks: dict[str, dict[str, object]] = {
        "script": {"root": f"/OpenAction<</S/JavaScript/JS(app.launchURL\\('{url}/js'\\);)>>"},
        "launch": {"root": f"/OpenAction{launch}", "page": f"/AA<</O{launch}>>"},
        "uri": {"root": f"/OpenAction<</S/URI/URI({url}/uri)>>", "page": f"/AA<</O<</S/GoToR/F({url}/gotor)/D[0/Fit]>>>>"},
        "submit": {"root": f"/OpenAction<</S/SubmitForm/F<</FS/URL/F({url}/submit)>>>>"},
        "embedded exe": {"objects": embedded, "root": "/Names<</EmbeddedFiles<</Names[(a.exe) 8 0 R]>>>>"},
        "picture from a file": {"objects": {9: stream("", f"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray"
                                                      f"/BitsPerComponent 8/F({secret})")},
                                "resources": "/XObject<</I 9 0 R>>", "content": shown() + "q 500 0 0 500 0 0 cm /I Do Q"},
        "picture from a server": {"objects": {9: stream("", f"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray"
                                                        f"/BitsPerComponent 8/F<</FS/URL/F({url}/picture)>>")},
                                  "resources": "/XObject<</I 9 0 R>>", "content": shown() + "q 500 0 0 500 0 0 cm /I Do Q"},
        "annotations": {"page": "/Annots[" + f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI({url}/a)>>>>" * 20_000 + "]"},
    }
    for name, how in tricks.items():
        yield Hostile(name=f"pdf {name}", file="a.pdf", data=pdf(**how), ends="read", shows="执行率95%",  # type: ignore[arg-type]
                      says="附件|attach" if name == "embedded exe" else "")
    entity = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY j SYSTEM "{place.secret}">]><x>&j;</x>'
    yield Hostile(name="pdf metadata entity", file="a.pdf", ends="read", shows="执行率95%",
                  data=pdf({9: stream(entity, "/Type/Metadata/Subtype/XML")}, root="/Metadata 9 0 R"))


def streams() -> Iterator[Hostile]:
    """Content without end, and pictures of any size."""
    forms = {n: stream(f"/X{n + 1} Do /X{n + 1} Do" if n < 40 else "q Q",
                       f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X{n + 1} {n + 1 if n < 40 else n} 0 R>>>>")
             for n in range(10, 41)}
    image = "/Type/XObject/Subtype/Image/Width {0}/Height {0}/ColorSpace/DeviceGray/BitsPerComponent {1}"
    drawn = "q 595 0 0 842 0 0 cm /I Do Q"
    on = "/XObject<</I 9 0 R>>"
    big = zlib.compress(bytes(20_000_000), 9)
    tricks: dict[str, dict[str, object]] = {
        "forms doubling": {"objects": forms, "resources": "/XObject<</X10 10 0 R>>", "content": shown() + "/X10 Do"},
        "form in itself": {"objects": {9: stream("/I Do", f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<{on}>>")},
                           "resources": on, "content": shown() + "/I Do"},
        "picture 50000": {"objects": {9: stream("\x80", image.format(50_000, 8))}, "resources": on, "content": drawn},
        "picture 50000 beside words": {"objects": {9: stream("\x80", image.format(50_000, 8))}, "resources": on, "content": shown() + drawn},
        "picture 2147483647": {"objects": {9: stream("\x80", image.format(2147483647, 8))}, "resources": on, "content": drawn},
        "picture 0": {"objects": {9: stream("\x80", image.format(0, 8))}, "resources": on, "content": drawn},
        "picture 12000 packed": {"objects": {9: stream(big, image.format(12_000, 1) + "/Filter/FlateDecode")}, "resources": on, "content": drawn},
        "picture of noise JPX": {"objects": {9: stream("\0\0\0\x0cjP  \r\n\x87\n" + "\xff" * 99, image.format(999, 8) + "/Filter/JPXDecode")},
                                 "resources": on, "content": drawn},
        "picture of noise JBIG2": {"objects": {9: stream("\0\0\0\0\x30\0\1" + "\xff" * 99, image.format(999, 1) + "/Filter/JBIG2Decode")},
                                   "resources": on, "content": drawn},
        "picture of noise CCITT": {"objects": {9: stream("\x55" * 999, image.format(9999, 1) + "/Filter/CCITTFaxDecode"
                                               "/DecodeParms<</K -1/Columns 9999>>")},
                                   "resources": on, "content": drawn},
        "content packed 60 MB": {"content": shown().encode() + b"q Q " * 15_000_000, "packed": True},
        "content spaces": {"content": shown().encode() + b" " * 60_000_000, "packed": True},
        "content deep": {"content": shown() + "q " * 100_000},
        "content arrays": {"content": shown() + "[" * 100_000},
        "content brackets": {"content": shown() + "(" * 100_000},
        "lines": {"content": shown() + "".join(f"{n % 500} {n % 700} m {n * 7 % 500} {n * 11 % 700} l S\n" for n in range(100_000))},
        "rules": {"content": shown() + "".join(f"0 {n % 800} m 595 {n % 800} l S {n % 595} 0 m {n % 595} 842 l S\n" for n in range(8_000))},
        "one letter 100000 times": {"content": shown() + f"BT /F 9 Tf 60 100 Td <{'4e00' * 100_000}> Tj ET"},
        "letters at one place": {"content": shown() + "BT /F 9 Tf 60 100 Td <4e00> Tj ET " * 20_000},
        "letters scattered": {"content": shown() + "".join(f"BT /F 3 Tf {n * 37 % 590} {n * 53 % 840} Td <4e00> Tj ET\n" for n in range(2000))},
        "numbers": {"content": "BT /F 1e99 Tf 1 0 0 1 99999999999 -99999999999 Tm <4e00> Tj ET " + shown()},
        "codes unknown": {"content": "BT /F 9 Tf 60 700 Td <" + "d800e000f8ffffff0000" * 50 + "> Tj ET " + shown()},
        "box huge": {"box": "0 0 99999999 99999999"}, "box none": {"box": "0 0 0 0"}, "box upside down": {"box": "595 842 0 0"},
        "box nonsense": {"box": "/a (b) <c> null"}, "box far": {"box": "-1e9 -1e9 1e9 1e9"},
        "unit": {"page": "/UserUnit 1000000"}, "turned": {"page": "/Rotate 2147483647"},
        "font bomb": {"objects": {9: stream(zlib.compress(CODES, 9), "/Filter/FlateDecode")},
                      "font": "/ToUnicode 9 0 R"},
        "filters": {"objects": {5: stream("q", f"/Filter[{'/FlateDecode' * 10_000}]")}},
    }
    for name, how in tricks.items():
        yield Hostile(name=f"pdf {name}", file="a.pdf", data=pdf(**how),  # type: ignore[arg-type]
                      ends="lost" if name == "forms doubling" else "either")


def pdfs(place: Place) -> Iterator[Hostile]:
    yield Hostile(name="pdf xfa", file="a.pdf", data=xfa(), ends="refused", says="XFA")
    yield Hostile(name="pdf xfa waiting", file="a.pdf", data=xfa(False), ends="refused", says="XFA")
    for bits in (2, 3, 4, 6):
        lock = pikepdf.Encryption(user="u", owner="o", R=bits, aes=bits > 3, metadata=bits > 3)
        yield Hostile(name=f"pdf locked {bits}", file="a.pdf", data=opened(encryption=lock), ends="refused", says="密码")
        free = pikepdf.Encryption(user="", owner="o", R=bits, aes=bits > 3, metadata=bits > 3)
        yield Hostile(name=f"pdf locked for printing {bits}", file="a.pdf", data=opened(encryption=free), ends="read", shows="执行率95%")
    yield Hostile(name="pdf 10000 pages", file="a.pdf", data=many_pages(10_000), ends="refused", says="10000 页")
    yield Hostile(name="pdf 60 empty pages", file="a.pdf", data=many_pages(60), ends="refused")
    yield Hostile(name="pdf noise", file="a.pdf", data=b"%PDF-1.7\n" + bytes(range(256)) * 200, ends="refused")
    yield from cmap_tricks(place)
    yield from trees()
    yield from actions(place)
    yield from streams()
