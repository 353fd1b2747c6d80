"""The rooms of the corpus, and well-made files of every format, from which the cut off and misnamed ones are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hostile_archives import archives, letter, seven, tarred, zipped
from hostile_case import REPORT, Hostile, Place
from hostile_ooxml import docx, entities, forbidden, packages, xlsx
from hostile_pdfs import pdf, pdfs, xfa
from hostile_pictures import ofd, ofds, picture, pictures, png
from hostile_texts import encodings, locked, long_runs, odt, office_files, pages, rtf

from hedui.readers.office.program import run, soffice

__all__ = ["CORPUS", "Makers", "bases", "corpus", "samples"]

Makers = Callable[[Place], Iterator[Hostile]]
WEB = "<html><head><meta charset=utf-8></head><body>" + "".join(f"<p>{line}</p>" for line in REPORT.splitlines()) + "</body></html>"
LETTER = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{REPORT}"
CSV = "指标,目标,实际\n新建水厂,12座,11座\n受益人口,3万人,3万人\n" * 20


@cache
def bases() -> Mapping[str, bytes]:
    """A good file of each format whose reading is cheap; they are read alone and beside the others."""
    return {"txt": REPORT.encode(), "docx": docx(), "xlsx": xlsx(), "pdf": pdf(), "ofd": ofd(), "html": WEB.encode(), "csv": CSV.encode()}


@cache
def by_office() -> Mapping[str, bytes]:
    """The files that only LibreOffice can make; none where it is not installed."""
    program = soffice()
    found: dict[str, bytes] = {}
    with TemporaryDirectory() as place:
        folder = Path(place)
        for kind, target, data in (("docx", "doc:MS Word 97", docx()), ("xlsx", "xls:MS Excel 97", xlsx())) if program else ():
            (folder / f"a.{kind}").write_bytes(data)
            run(program or "", ["--convert-to", target, "--outdir", place, str(folder / f"a.{kind}")], folder=folder, done=lambda: 0)
            made = target.partition(":")[0]
            found[made] = (folder / f"a.{made}").read_bytes()
    return found


@cache
def samples() -> Mapping[str, bytes]:
    """A file of every format."""
    files = {"乡/报告.txt": REPORT.encode() * 3}
    return {**bases(), **by_office(), "zip": zipped(files), "7z": seven(files), "tar.gz": tarred(files, "w:gz"), "eml": letter(LETTER, LETTER),
            "rtf": rtf(), "odt": odt(), "png": picture("PNG"), "jpg": picture("JPEG"), "tif": picture("TIFF")}


def cut(place: Place) -> Iterator[Hostile]:
    """Every format cut off at each tenth."""
    for kind, data in samples().items():
        for tenth in range(0, 10, 3 if kind == "rtf" else 1):  # of which LibreOffice reads every one
            yield Hostile(name=f"{kind} cut at {tenth} tenths", file=f"a.{kind}", data=data[:len(data) * tenth // 10],
                          says="" if kind in {"txt", "html", "csv", "eml"} and tenth else ".")


def misnamed(place: Place) -> Iterator[Hostile]:
    """Every format under the names of others: it is read as what it is."""
    words, slow = {"txt", "docx", "pdf", "ofd", "html"}, {"doc", "rtf", "odt", "png", "jpg", "tif"}
    for kind, data in samples().items():
        for name in ("docx", "pdf", "xls", "txt", "jpg", "zip"):
            if name != kind and (kind not in slow or name == ("docx" if kind == "doc" else "xls")):
                yield Hostile(name=f"{kind} named {name}", file=f"a.{name}", data=data, shows="执行率95%" if kind in words else "")


def together(place: Place) -> Iterator[Hostile]:
    """A good report packed with attachments made to harm: it is read, and each of them told of."""
    bad = {"DOCTYPE": xlsx(parts={"xl/worksheets/sheet1.xml": f"{forbidden(place)['file']}<worksheet>&j;</worksheet>"}),
           "空": b"", "不完整": docx()[:900], "密码": locked(xlsx()), "像素": png(50_000, 50_000), "XFA": xfa()}
    for says, data in bad.items():
        for pack, kind in ((zipped, "zip"), (tarred, "tar"), (seven, "7z")):
            yield Hostile(name=f"{says} in {kind}", file=f"县.{kind}", says=says, shows="执行率95%",
                          data=pack({"报告.docx": docx(), "附件1：自评表.xlsx": data}))


CORPUS: Mapping[str, Makers] = {
    "archives": archives, "entities": entities, "packages": packages, "pdfs": pdfs, "pictures": pictures, "ofds": ofds,
    "encodings": encodings, "runs": long_runs, "pages": pages, "office": office_files, "cut": cut, "misnamed": misnamed,
    "together": together}


@cache
def corpus(room: str, makers: Makers, place: Place) -> list[Hostile]:
    """The files of one room; each name stands for one."""
    found = list(makers(place))
    assert len({case.name for case in found}) == len(found), room
    return found
