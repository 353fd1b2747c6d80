"""PDFs made by hand: pages of drawing operators, with a font of a built-in CMap, so that no font file is needed."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

A4 = (0, 0, 595, 842)


def words(x, y, text, *, size=12, font="F1", mode=0, matrix="1 0 0 1"):
    """Operators that show `text` with its base line beginning at (x, y)."""
    return f"BT /{font} {size} Tf {mode} Tr {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def song(pdf):
    """STSong-Light, not embedded: a Chinese character is 1 em wide, a Latin one half."""
    inner = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/STSong-Light"), DW=1000,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=4), W=Array([1, 95, 500]),
        FontDescriptor=pdf.make_indirect(Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/STSong-Light"), Flags=6, FontBBox=Array([-25, -254, 1000, 880]),
            ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=880, StemV=93))))
    return pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/STSong-Light"),
                                        Encoding=Name("/UniGB-UCS2-H"), DescendantFonts=Array([inner])))


def bare(pdf):
    """A font whose codes are numbers of glyphs, without a table that says which characters they are."""
    font = song(pdf)
    font.Encoding = Name("/Identity-H")
    font.DescendantFonts[0].CIDSystemInfo.Ordering = b"Identity"
    return font


def picture(pdf, wide, high, *, pixels=None):
    """A grey picture; of one byte, whatever size it claims, unless `pixels` are given."""
    return pdf.make_indirect(Stream(pdf, pixels or b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high,
                                    ColorSpace=Name.DeviceGray, BitsPerComponent=8))


def saved(pdf, **how):
    out = BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def pdf_of(*contents, box=A4, rotate=0, crop=None, forms=None, pictures=None, change=None, **how):
    """A PDF with a page for each of `contents`. `forms` and `pictures` are by name: (operators, matrix) and (wide, high[,
    pixels]); `change` gets the Pdf before it is saved with `how`."""
    pdf = Pdf.new()
    objects = Dictionary()
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(F1=song(pdf), Bare=bare(pdf)), XObject=objects))
    for name, (operators, matrix) in (forms or {}).items():
        objects[Name("/" + name)] = pdf.make_indirect(Stream(
            pdf, operators.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([-5000, -5000, 5000, 5000]),
            Matrix=Array(matrix), Resources=resources))
    for name, (wide, high, *pixels) in (pictures or {}).items():
        objects[Name("/" + name)] = picture(pdf, wide, high, pixels=pixels[0] if pixels else None)
    for content in contents:
        page = Dictionary(Type=Name.Page, MediaBox=Array(box), Rotate=rotate, Resources=resources,
                          Contents=pdf.make_indirect(Stream(pdf, content.encode())))
        if crop:
            page.CropBox = Array(crop)
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    if change:
        change(pdf)
    return saved(pdf, **how)


@pytest.fixture(scope="session", name="pdf_of")
def _pdf_of():
    return pdf_of


@pytest.fixture(scope="session", name="words")
def _words():
    return words
