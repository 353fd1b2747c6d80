"""Texts, web pages and word processors' files made to harm: encodings, signs in a row, depth, links and scripts."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import msoffcrypto.format.ooxml as locked_ooxml
from hostile_archives import zipped
from hostile_case import REPORT, Hostile, Place
from hostile_ooxml import docx, forbidden, xlsx

__all__ = ["ROWS_OF", "encodings", "locked", "long_runs", "odt", "office_files", "pages", "rtf"]

SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"' for name, uri in {
    "office": "office", "text": "text", "table": "table", "draw": "drawing", "script": "script", "manifest": "manifest"}.items())
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
MANY = 100_000
# signs whose rows are of full length; of the others shorter ones do, of words and figures short ones, which all are found
LONG = "9一（(《》,、。 \t|-\n<"
# signs that a pattern may begin to match at every place
ROWS_OF = {"digits": "9", "zeros": "0", "Chinese numerals": "万", "numerals": "一", "brackets": "（", "closing brackets": "）",
           "half brackets": "(", "square": "[", "titles": "《", "title ends": "》", "commas": ",", "wide commas": "，", "listing": "、",
           "stops": "。", "semicolons": "；", "spaces": " ", "wide spaces": "\u3000", "tabs": "\t", "pipes": "|", "dashes": "-",
           "points": ".", "colons": "：", "percent": "%", "year": "年", "number": "第", "lines": "\n", "returns": "\r", "letters": "a",
           "han": "项", "less": "<", "and": "&", "quotes": '"', "equals": "=", "plus": "+", "marks": "\U0010fffd", "private": "\ue000",
           "nothing": "\u200b", "bearer": "\u0300", "turned": "\u202e", "stars": "*", "hashes": "#", "times": "×", "under": "_",
           "digit point": "1.", "digit comma": "1,", "amount": "1万元", "amount listed": "1万元、", "item": "1.（一）", "percent listed": "1%、",
           "document": "〔2022〕1号", "title": "《一》", "score": "得分", "number sign": "（1）", "table row": "|1|\n", "tab row": "1\t2\n",
           "comma row": "1,2\n", "heading": "一、\n", "fund": "预算数1万元，",
           "year fund": "2022年", "to": "1-2至", "not less": "≥1", "unit": "1个、"}


def encodings(place: Place) -> Iterator[Hostile]:
    for encoding in ("gbk", "gb18030", "gb2312", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        yield Hostile(name=f"text {encoding}", file="a.txt", data=(REPORT * 3).encode(encoding), ends="read", shows="执行率95%")
    for encoding in ("utf-32", "utf-7", "hz", "iso2022_jp_2", "big5hkscs"):
        yield Hostile(name=f"text {encoding}", file="a.txt", data=REPORT.encode(encoding, "replace"))
    harm = {"nul": REPORT.replace("，", "\x00，"), "private": REPORT.replace("，", "\ue000，\uf8ff"),
            "control": REPORT.replace("，", "\x01，\x1b[31m"),
            "planes": REPORT + "\U000f0000\U0010fffd\ufffe\uffff", "bearers": REPORT + "一" + "\u0301" * 9000, "turned": "\u202e" + REPORT,
            "marks inside": REPORT.replace("，", "\ufeff，")}
    for name, text in harm.items():
        yield Hostile(name=f"text {name}", file="a.txt", data=text.encode(), shows="" if name == "control" else "执行率")
    raw = {"surrogates": REPORT.encode() * 9 + b"\xed\xa0\x80\xed\xb0\x80", "overlong": REPORT.encode() * 9 + b"\xc0\xaf\xf8\x88\x80\x80\x80",
           "one broken byte": REPORT.encode()[:-2] + b"\xff\n", "half a sign": REPORT.encode() + b"\xe4\xb8",
           "ends in gbk": REPORT.encode() + "执行".encode("gbk")}
    for name, data in raw.items():
        yield Hostile(name=f"text {name}", file="a.txt", data=data, says=".")
    for name, data in {"all bytes": bytes(range(256)) * 500, "all 0": bytes(5000), "all ff": b"\xff" * 5000, "empty": b"", "white": b" \r\n\t" * 500,
                       "marks only": b"\xef\xbb\xbf", "mark 16": b"\xff\xfe"}.items():
        yield Hostile(name=f"bytes {name}", file="a.txt", data=data, ends="refused")
    for kind in ("docx", "pdf", "xlsx", "doc", "png", "zip", "ofd", "eml", "html"):
        yield Hostile(name=f"empty {kind}", file=f"a.{kind}", data=b"", ends="refused", says="空")


def long_runs(place: Place) -> Iterator[Hostile]:
    for name, sign in ROWS_OF.items():
        length = 5000 if len(sign) > 1 else MANY if sign in LONG else 30_000
        run = (sign * length)[:length]
        yield Hostile(name=f"run of {name}", file="a.txt", data=f"{REPORT}二、问题\n{run}\n全年执行数950万元。\n".encode())


def csvs() -> Iterator[Hostile]:
    head = "指标,目标,实际\n水厂,12座,11座\n人口,3万人,3万人\n"
    yield Hostile(name="csv huge field", file="a.csv", data=(head + '"' + "水" * 80_000 + '",1,2\n').encode())
    yield Hostile(name="csv open quote", file="a.csv", data=(head + '"' + "水,1,2\n" * 10_000).encode())
    yield Hostile(name="csv quotes", file="a.csv", data=(head + '""' * MANY).encode())
    yield Hostile(name="csv columns", file="a.csv", data=((",".join(["指标"] * 8_000) + "\n") * 3).encode())
    yield Hostile(name="csv rows", file="a.csv", data=(head + "水厂,1,2\n" * 5_000).encode())


def pages(place: Place) -> Iterator[Hostile]:
    """Web pages, scalable pictures in them, tables in commas."""
    text = "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
    table = "<table><tr><td{0}>指标</td><td>目标</td></tr><tr><td>水厂</td><td>12座</td></tr></table>"
    url, secret = place.url, place.secret
    links = (f'<script src="{url}/js"></script><img src="{url}/img"><iframe src="{secret}"></iframe><link rel="stylesheet" href="{url}/css">'
             f'<meta http-equiv="refresh" content="0;{url}/refresh"><object data="{secret}"></object><base href="{url}/">'
             f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}/svg"/><use href="{secret}"/></svg><embed src="{url}/e">')
    harm = {"links": text + links, "deep divs": text + "<div>" * MANY + "深" + "</div>" * MANY, "open divs": text + "<div>" * MANY,
            "deep tables": text + "<table><tr><td>" * 20_000 + "深", "deep spans": text + "<b>" * MANY + "深", "less": text + "<" * MANY,
            "and": text + "&" * MANY, "entity": text + "&#" + "9" * MANY + ";", "attribute": text + '<p title="' + "a" * 2_000_000 + '">后</p>',
            "attributes": text + "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">后</p>", "open comment": text + "<!--" + "-" * MANY,
            "comments": text + "<!---->" * 20_000, "script": text + "<script>" + "<" * MANY, "nul": text.replace("，", "\0，"),
            "colspan": text + table.format(' colspan="1000000000" rowspan="1000000000"'),
            "colspan odd": text + table.format(' colspan="-1" rowspan="x"'),
            "cells": text + "<table><tr>" + "<td>1" * 40_000 + "</table>", "rows": text + "<table>" + "<tr><td>1<td>2" * 8_000 + "</table>",
            "spans": text + "<table>" + ("<tr>" + '<td rowspan="1000" colspan="1000">1' * 100) * 100 + "</table>",
            "lists": text + "<ul><li>" * 20_000, "breaks": text + "<br>" * MANY, "style": text + "<style>" + "@import" * 9000}
    for name, body in harm.items():
        yield Hostile(name=f"html {name}", file="a.html", data=f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode())
    for way, doctype in forbidden(place, root="html").items():
        declared = f'<?xml version="1.0" encoding="utf-8"?>{doctype}'
        yield Hostile(name=f"html {way}", file="a.html", data=f"{declared}<html><body>{text}<p>&j;</p></body></html>".encode())
        yield Hostile(name=f"svg {way}", file="a.html", data=(
            f"<html><meta charset=utf-8><body>{text}{declared}<svg><text>&j;</text></svg></body></html>").encode())
        yield Hostile(name=f"xml {way}", file="a.txt", data=f"{declared}<svg><text>{REPORT}&j;</text></svg>".encode())
    part = "Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>" + text
    head = f'From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    yield Hostile(name="mht", file="a.mht", data=f"{head}--b\r\n{part}{links}\r\n--b--".encode(), shows="执行率95%")
    yield Hostile(name="mht parts", file="a.mht", data=(head + f"--b\r\n{part}\r\n" * 100 + "--b--").encode())
    yield from csvs()


def rtf(body: str = "") -> bytes:
    def said(text: str) -> str:
        return "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in text)

    return ("{\\rtf1\\ansi\\uc1 " + "".join(f"\\pard {said(line)}\\par\n" for line in REPORT.splitlines()) + body + "\\pard\\par}").encode()


def odt(body: str = "", *, doctype: str = "", parts: dict[str, bytes | str] | None = None, kind: str = "text", scripts: str = "") -> bytes:
    media = f"application/vnd.oasis.opendocument.{kind}"
    text = "".join(f"<text:p>{line}</text:p>" for line in REPORT.splitlines()) if kind == "text" else ""
    content = (f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {SPACES} office:version="1.2">{scripts}'
               f"<office:body><office:{kind}>{text}{body}</office:{kind}></office:body></office:document-content>")
    listed = "".join(f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{of}"/>'
                     for path, of in (("/", media), *((path, "text/xml") for path in ("content.xml", *(parts or {})))))
    return zipped({"mimetype": media, "content.xml": content, **(parts or {}),
                   "META-INF/manifest.xml": f'<?xml version="1.0"?><manifest:manifest {SPACES}>{listed}</manifest:manifest>'})


def locked(data: bytes) -> bytes:
    """A package encrypted as Office does with a password (ECMA-376, in a compound file)."""
    buffer = BytesIO()
    locked_ooxml.OOXMLFile(BytesIO(data)).encrypt("secret", buffer)
    return buffer.getvalue()


def office_files(place: Place) -> Iterator[Hostile]:
    """What goes through LibreOffice, and what is refused before it does."""
    for kind, data in {"docx": docx(), "xlsx": xlsx()}.items():
        yield Hostile(name=f"locked {kind}", file=f"a.{kind}", data=locked(data), ends="refused", says="密码")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for name, data in {"noise": ole + b"\xff" * 5000, "zeros": ole + bytes(5000), "mark only": ole}.items():
        yield Hostile(name=f"ole {name} posing", file="a.docx", data=data, ends="refused", says="OLE")
    for way, doctype in forbidden(place).items():
        yield Hostile(name=f"odt entity {way}", file="a.odt", data=odt("<text:p>&j;</text:p>", doctype=doctype), ends="refused", says="DOCTYPE")
    yield Hostile(name="odt entity in styles", file="a.odt", ends="refused", says="DOCTYPE",
                  data=odt(parts={"styles.xml": f'<?xml version="1.0"?>{forbidden(place)["bomb"]}<a>&j;</a>'}))
    yield Hostile(name="odt bomb", file="a.odt", data=odt(parts={"styles.xml": b"<" + b" " * 130_000_000}), ends="refused", says="压缩炸弹")
    yield Hostile(name="odt deep", file="a.odt", data=odt("<text:span>" * MANY + "</text:span>" * MANY))
    url, mark = place.url, place.folder / "macro"
    own = 'xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"'
    basic: dict[str, bytes | str] = {
        "Basic/Standard/M.xml": '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" '
                                f'script:language="StarBasic">Sub Main\nShell("touch {mark}")\nEnd Sub</script:module>',
        "Basic/Standard/script-lb.xml": f'<library:library {own} library:name="Standard" library:readonly="false">'
                                        '<library:element library:name="M"/></library:library>',
        "Basic/script-lc.xml": f'<library:libraries {own}><library:library library:name="Standard" library:link="false"/>'
                               "</library:libraries>"}
    event = '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" ' \
            'xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/></office:event-listeners></office:scripts>'
    linked = f'<text:p><draw:frame><draw:image xlink:href="{url}/odt"/></draw:frame></text:p><text:section text:name="s"><text:section-source ' \
             f'xlink:href="{place.secret}"/></text:section>'
    yield Hostile(name="odt macros and links", file="a.odt", shows="执行率95%",
                  data=odt(linked, scripts=event, parts=basic))
    table = '<table:table table:name="表"><table:table-row>' + '<table:table-cell table:formula="of:=WEBSERVICE(&quot;{0}/ods&quot;)" ' \
            'office:value-type="string"><text:p>指标</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell ' \
            'office:value-type="string"><text:p>水厂</text:p></table:table-cell></table:table-row></table:table>'
    yield Hostile(name="ods formulas", file="a.ods", data=odt(table.format(url), kind="spreadsheet"))
    yield Hostile(name="ods repeated", file="a.ods", data=odt(
        '<table:table table:name="表"><table:table-row table:number-rows-repeated="50000"><table:table-cell table:number-columns-repeated="2" '
        'office:value-type="string"><text:p>1</text:p></table:table-cell></table:table-row></table:table>', kind="spreadsheet"))
    field = '{{\\field{{\\*\\fldinst {} "{}"}}{{\\fldrslt x}}}}'
    fields = "".join(field.format(code, target) for code in ("INCLUDEPICTURE", "INCLUDETEXT", "LINK")
                     for target in (f"{url}/rtf", place.secret))
    bodies = {"objdata": "{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata " + "0105000002000000" * 500 + "}}",
              "links": fields + "{\\*\\template " + url + "/template}", "deep": "{" * MANY + "}" * MANY,
              "bin": "{\\pict\\bin2147483647 abc}", "numbers": "\\u99999999999999?" * 50 + "\\li" + "9" * 5000 + " x"}
    for name, body in bodies.items():
        yield Hostile(name=f"rtf {name}", file="a.rtf", data=rtf(body))


