"""Encodings: what is written in one reads back, what fits none is refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.readers.plain.decoding import common_hanzi, decode, plausibility

REPORT = "一、项目基本情况\n2023年预算数为1,280.50万元，执行率98.6%，满意度≥95%（优）。\n①培训6次；②受益群众约1.2万人次。\n"
MARKED = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-le": b"\xff\xfe\0\0",
          "utf-32-be": b"\0\0\xfe\xff", "gb18030": b"\x84\x31\x95\x33"}
# whatever a text file may hold: no surrogates, no controls but tab and line ends
ANYTHING = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="\t\n\r"))
# what a report is made of: a line end and a few common characters at least
HANZI = st.sampled_from(sorted(common_hanzi()))
WRITTEN = st.text(HANZI | st.sampled_from("，。、：（）《》〔〕“”0123456789.%ABCabc \t\n≥①"), max_size=200)
REPORTS = st.builds("".join, st.tuples(st.text(HANZI, min_size=8, max_size=40), st.just("\n"), WRITTEN))


@given(ANYTHING, st.sampled_from(sorted(MARKED)))
@settings(max_examples=150)
def test_any_text_with_a_mark_reads_back(text: str, encoding: str) -> None:
    found = decode(MARKED[encoding] + text.encode(encoding))
    assert found is not None and (found.text, found.slips) == (text, ())


@given(ANYTHING.filter(lambda text: any(char > "\u07ff" for char in text) or text.isascii()))
@settings(max_examples=150)
def test_any_text_in_plain_utf8_reads_back(text: str) -> None:
    found = decode(text.encode())
    assert found is not None and (found.text, found.encoding) == (text, "utf-8")


@given(REPORTS, st.sampled_from(["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"]))
@settings(max_examples=300, deadline=None)
def test_any_chinese_text_reads_back_without_a_mark(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="ignore")
    found = decode(data)
    assert found is not None and (found.text, found.slips) == (data.decode(encoding), ())


@pytest.mark.parametrize("text", ["目录", "café 5 °C", "Ünïcödé", "25°C", "Привет, мир", "plain ASCII\n", "执行率98%", "合计"])
def test_short_texts_in_utf8_are_utf8(text: str) -> None:
    found = decode(text.encode())
    assert found is not None and found.text == text


@pytest.mark.parametrize("name", ["山水", "联通", "目录\n", "合计 100", "2023年度", "一一A么", "绩效自评表"])
def test_short_texts_in_gbk_are_not_taken_for_utf8(name: str) -> None:
    found = decode(name.encode("gbk"))
    assert found is not None and found.text == name


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_few_broken_bytes_are_told_and_the_rest_is_read(encoding: str) -> None:
    data = (REPORT * 20).encode(encoding)
    cut = len((REPORT * 10).encode(encoding))
    broken = {"utf-16-le": b"\x00\xd8", "utf-16-be": b"\xd8\x00"}.get(encoding, b"\xff")
    found = decode(data[:cut] + broken + data[cut:])
    assert found is not None
    assert found.encoding == encoding
    assert found.text == REPORT * 10 + "\ufffd" + REPORT * 10
    assert found.slips == ((cut, len(REPORT) * 10),)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["全年\n", "全年执行数", "合计 100", "98%\n"])
def test_short_texts_in_utf16_without_a_mark(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert found is not None and found.text == text


def test_every_broken_place_has_its_offset_in_the_text() -> None:
    piece = REPORT * 20
    found = decode(b"\xff".join([piece.encode()] * 3))
    assert found is not None
    assert [at for _, at in found.slips] == [len(piece), 2 * len(piece) + 1]
    assert all(found.text[at] == "\ufffd" for _, at in found.slips)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_text_cut_inside_a_character_is_told(encoding: str) -> None:
    data = (REPORT * 5 + "元").encode(encoding)[:-1]
    found = decode(data)
    assert found is not None and found.text == REPORT * 5 + "\ufffd" and len(found.slips) == 1


@pytest.mark.parametrize("wrong", ["gb18030", "utf-16-le", "utf-16-be", "latin-1"])
def test_a_wrong_reading_is_implausible(wrong: str) -> None:
    assert plausibility(REPORT) > 0.9
    assert plausibility(REPORT.encode().decode(wrong, errors="ignore")) < 0.6


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_text_of_an_unknown_encoding_is_refused(encoding: str) -> None:
    assert decode(("Exécution à l'été: 98 pour cent; dépenses réalisées, élevées. " * 5).encode(encoding)) is None


@pytest.mark.parametrize("size", [10, 1000, 100_001])
def test_noise_is_refused(size: int) -> None:
    assert decode(random.Random(size).randbytes(size)) is None


@pytest.mark.parametrize("data", [b"\0" * 500, bytes(range(256)) * 40, b"\xff\xfe" + b"\x01\x00" * 400])
def test_controls_are_refused(data: bytes) -> None:
    assert decode(data) is None
