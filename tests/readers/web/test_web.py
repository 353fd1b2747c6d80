"""Saved web pages -> what their readers see: text, tables, margins; charsets, archives, attacks."""

from __future__ import annotations

import base64

import pytest

from hedui.document import Document
from hedui.errors import ReadError
from hedui.readers import kind_of, read_bytes


def page(body: str, *, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def told(document: Document) -> list[str]:
    """The blocks, one a line: kind and level, role where it is not the body, text; cells by row."""
    lines = []
    for block in document.blocks:
        role = "" if block.role == "body" else f"({block.role})"
        if block.kind != "table":
            lines.append(f"{block.kind[0]}{block.level or ''}{role} {document.text[slice(*block.span)]}")
            continue
        for row in sorted({cell.row for cell in block.cells}):
            lines.append(f"t{role} " + "|".join(
                document.text[slice(*cell.span)].replace("\n", "⏎") +
                (f"[{cell.rows}×{cell.cols}]" if (cell.rows, cell.cols) != (1, 1) else "")
                for cell in block.cells if cell.row == row))
    return lines


LONG = "项目资金全部用于水库维修养护，资金使用合规，效益明显。" * 12
PAGES = {
    "headings and paragraphs": ("<h1>标题<br>二</h1><h3>一、概况</h3><p>甲<b>乙</b>丙</p><div>丁<br/>戊</div>己",
                                ["h1 标题二", "h3 一、概况", "p 甲乙丙", "p 丁", "p 戊", "p 己"]),
    "white space": ("<p>  执行数\n   1188.32 万元，\n占比 </p><p>a\n b</p><pre>一\n  二</pre>",
                    ["p 执行数 1188.32 万元，占比", "p a b", "p 一", "p 二"]),
    "entities": ("<p>&ge;90&percnt; &#65; &lt;x&gt; 甲&nbsp;乙</p>", ["p ≥90% A <x> 甲\xa0乙"]),
    "what is not seen": (
        "<script>var a</script><style>p{}</style><p style='display: none'>甲</p><p hidden>乙</p><noscript>丙</noscript>"
        "<p>见<span style='color:red;visibility:hidden'>丁</span>到</p><!-- 戊 --><select><option>己</option></select>", ["p 见到"]),
    "lists and form fields": ("<ul><li>甲<li>乙</ul><input value='青石县'><input type=hidden value=x><textarea>一\n二</textarea>",
                              ["p 甲", "p 乙", "p 青石县", "p 一", "p 二"]),
    "merged cells": (
        "<table border=1><tr><th rowspan=2>指标<th colspan=2>数值</tr><tr><td>目标<td>实际</tr>"
        "<tr><td>座数<td><p>12</p><p>座</p><td></tr></table>",
        ["t 指标[2×1]|数值[1×2]", "t 目标|实际", "t 座数|12⏎座|"]),
    "caption, title row, head and foot in place": (
        "<table><caption>表1</caption><tfoot><tr><td>合计<td>3</tfoot><tbody><tr><td colspan=2>资金情况表</tr><tr><td>甲<td>1</tr>"
        "<tr><td>乙<td>2</tr></tbody></table>", ["p 表1", "p 资金情况表", "t 甲|1", "t 乙|2", "t 合计|3"]),
    "hidden rows and spans that lie": (
        "<table><tr><td rowspan=9000>甲<td colspan=0>1</tr><tr style='display:none'><td>不见</tr><tr><td rowspan=0>2</tr></table>",
        ["t 甲[2×1]|1", "t 2"]),
    "tables that lay out the page": (
        f"<table><tr><td>左</td><td><table><tr><td>指标<td>90%</tr><tr><td>得分<td>10</tr></table></td></tr></table>"
        f"<table><tr><td>单格</td></tr></table><table><tr><td>栏</td><td><p>{LONG}</p></td></tr></table>",
        ["p 左", "t 指标|90%", "t 得分|10", "p 单格", "p 栏", f"p {LONG}"]),
    "navigation and footer": (
        "<nav><a>首页</a></nav><div class='top-nav'><a>政务</a></div><ul><li><a>一</a><li><a>二</a><li><a>三</a><li><a>四</a></ul>"
        f"<header><h1>自评报告</h1></header><p>{LONG}</p><div id=footer>主办单位</div><footer>备案</footer>",
        ["p(header) 首页", "p(header) 政务", "p(header) 一", "p(header) 二", "p(header) 三", "p(header) 四", "h1 自评报告", f"p {LONG}",
         "p(footer) 主办单位", "p(footer) 备案"]),
    "page headers as office programs save them": (f"<div title='header'><p>某局材料</p></div><p>{LONG}</p><div title='footer'>第1页</div>",
                                                  ["p(header) 某局材料", f"p {LONG}", "p(footer) 第1页"]),
    "a named block with the text of the page stays": (f"<div class='header'><p>{LONG}</p></div><p>完</p>", [f"p {LONG}", "p 完"]),
}


@pytest.mark.parametrize(("body", "expected"), PAGES.values(), ids=PAGES)
def test_a_page_as_seen(body: str, expected: list[str]) -> None:
    document = read_bytes(page(body), "a.html")
    assert document.media_type == "text/html" and told(document) == expected


BODY = "<p>项目支出绩效自评报告，全年执行数一千元。</p>"


@pytest.mark.parametrize(("data", "what"), [
    (page(BODY), "utf-8"), (page(BODY).decode().encode("gb18030"), "gbk without a word"),
    (page(BODY, head="<meta charset=gb2312>").decode().encode("gbk"), "gbk"),
    (page(BODY, head="<meta charset=gb2312>"), "utf-8 that says gb2312"),
    ("\ufeff".encode("utf-16-le") + page(BODY).decode().encode("utf-16-le"), "utf-16"),
    (b"<?xml version='1.0' encoding='utf-8'?>\n" + page(BODY)[15:], "xhtml"),
])
def test_charsets(data: bytes, what: str) -> None:
    assert told(read_bytes(data, "a.html")) == ["p 项目支出绩效自评报告，全年执行数一千元。"], what


def test_a_charset_that_only_the_page_tells() -> None:
    body = "<p>預算執行與績效評價報告</p>"
    data = page(body, head="<meta charset=big5>").decode().encode("big5")
    assert told(read_bytes(data, "a.html")) == ["p 預算執行與績效評價報告"]


def archive(*parts: tuple[str, bytes], sender: str = "<Saved by Blink>", kind: str = "multipart/related") -> bytes:
    lines = [f"From: {sender}", "Subject: =?utf-8?B?6Ieq6K+E?=", "MIME-Version: 1.0", f'Content-Type: {kind}; boundary="b"', ""]
    for content_type, content in parts:
        lines += ["--b", f"Content-Type: {content_type}", "Content-Transfer-Encoding: base64", "",
                  base64.encodebytes(content).decode()]
    return "\r\n".join([*lines, "--b--", ""]).encode()


def test_an_archive_is_read_by_its_pages() -> None:
    data = archive(("text/html; charset=gb2312", page(BODY).decode().encode("gbk")), ("image/png", b"\x89PNG"),
                   ("text/html", page("<p>第二页</p>")))
    assert kind_of(data) == "web"
    document = read_bytes(data, "a.mht")
    assert told(document) == ["p 项目支出绩效自评报告，全年执行数一千元。", "p 第二页"]
    assert document.media_type == "multipart/related"


@pytest.mark.parametrize(("data", "kind"), [
    (b"<html><body>x", "web"), (b"\xef\xbb\xbf \r\n<!doctype HTML>", "web"), (b"<!-- saved from url --><html>", "web"),
    (b"<meta charset=utf-8><table>", "web"), (b"<table><tr><td>1</td></tr></table>\n\xe4\xba\x8c", "text"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "web"),
    ("一、情况\n<html>".encode(), "text"), (b"Note: content-type: text/html is told later\n\nmime-version: 1.0", "text"),
])
def test_what_is_a_page(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def refused(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "a.html")
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(("data", "what"), [
    (page(""), "shows no words"), (page("<script>var a='甲'</script>"), "shows no words"),
    (archive(("image/png", b"\x89PNG")), "without a page"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nnothing", "without a page"),
    (b"MIME-Version: 1.0\r\n" + b"Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\n" * 50, "without a page"),
    (b"<html><p>\xff\xfe\x81\x00\x9f\x9d\x80</p>" + bytes(range(128, 256)) * 20, "unknown encoding"),
    (page("<div>" * 5000 + "甲"), "nested too deeply"),
])
def test_pages_that_cannot_be_read(data: bytes, what: str) -> None:
    assert what in refused(data)


def test_entities_and_files_are_not_looked_up() -> None:
    data = (b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]><html><body><p>&a;&b;|</p>'
            b"<img src='http://192.0.2.1/x.png'><iframe src='file:///etc/hostname'></iframe></body></html>")
    assert read_bytes(data, "a.html").text.endswith("&a;&b;|")


@pytest.mark.parametrize("markup", [
    "<p>甲</p>" * 20_000, "甲<br>" * 20_000, "<a>甲</a>" * 20_000, f"<p {'a=1 ' * 50_000}>甲</p>", f"<p style=';{' ' * 50_000}x'>甲</p>",
    " " * 50_000 + "<p>甲</p>", "<table><tr><td colspan=1000 rowspan=60000>甲<td>乙</tr></table>" * 50,
    f"<img src='data:image/png;base64,{'A' * 3_000_000}'><p>甲</p>",
])
def test_long_pages_are_read(markup: str) -> None:
    assert "甲" in read_bytes(page(markup), "a.html").text


@pytest.mark.parametrize(("markup", "told"), [
    ('<p>自评报告</p><img src="a.png"><table><tr><td>甲</td><td><img src="b.png" width="600"></td></tr></table>', "有 2 张图片"),
    ('<p>自评报告</p><img src="a.png" width="16"><img src="b.png" height="20px">', ""),
    ('<nav><a href="/"><img src="logo.png"></a></nav><p>自评报告</p>', ""),
    ('<p>自评报告</p><div style="display:none"><img src="a.png"></div>', ""),
])
def test_pictures_that_are_not_read_are_told(markup: str, told: str) -> None:
    document = read_bytes(f"<html><body>{markup}</body></html>".encode(), "a.html")
    assert [issue.what[:len(told)] for issue in document.issues] == ([told] if told else [])
