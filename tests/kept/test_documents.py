"""Documents as bytes and back: the same to the type of every number, whatever a reader gives; what is damaged is told in one line."""

import json
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))

from hostile_archives import letter, zipped
from hostile_corpus import CSV, LETTER, REPORT, bases

from hedui.document import Block, Box, Cell, Document, Issue, Line, Member
from hedui.errors import ReadError
from hedui.kept import document_bytes, document_of, packed
from hedui.readers import read_bytes

counts = st.integers(0, 10**6)
spans = st.tuples(counts, counts)
numbers = st.one_of(st.floats(allow_nan=False), st.integers(0, 900), st.floats(0, 900, width=32))
boxes = st.builds(Box, page=counts, x0=numbers, y0=numbers, x1=numbers, y1=numbers)
words = st.text(max_size=9)
maybe = st.none() | counts
cells = st.builds(Cell, row=counts, col=counts, rows=counts, cols=counts, span=spans, box=st.none() | boxes)
blocks = st.builds(Block, kind=st.sampled_from(["heading", "paragraph", "table"]), span=spans, role=st.sampled_from(["body", "header", "note"]),
                   level=maybe, number=st.none() | words, cells=st.lists(cells, max_size=2).map(tuple), page=maybe)
lines = st.builds(Line, span=spans, box=boxes, edges=st.lists(numbers, max_size=3).map(tuple), scores=st.binary(max_size=3))
members = st.builds(Member, name=words, sha256=words, media_type=words, span=spans, pages=maybe, first_page=maybe)
characters = st.characters() | st.characters(categories=["Cs"])
documents = st.builds(
    Document, name=words, sha256=words, media_type=words, text=st.text(characters, max_size=30), pages=maybe,
    blocks=st.lists(blocks, max_size=3).map(tuple), lines=st.lists(lines, max_size=3).map(tuple),
    issues=st.lists(st.builds(Issue, where=words, what=words), max_size=3).map(tuple), members=st.lists(members, max_size=3).map(tuple))


@settings(max_examples=40)
@given(documents, st.booleans())
def test_a_document_comes_back_as_it_was(document, text):
    data = document_bytes(document, text=text)
    back = document_of(data, text=None if text else document.text)
    assert repr(back) == repr(document) and document_bytes(back, text=text) == data


SAMPLES = {**bases(), "zip": zipped({"乡/报告.txt": REPORT.encode(), "乡/附表.csv": CSV.encode()}), "eml": letter(LETTER, LETTER)}


@pytest.mark.parametrize("kind", SAMPLES)
def test_what_every_reader_gives_comes_back(kind):
    document = read_bytes(SAMPLES[kind], f"报告.{kind}")
    assert repr(document_of(document_bytes(document))) == repr(document)
    assert document.text and bool(document.lines) is (kind in ("pdf", "ofd")) and bool(document.members) is (kind in ("zip", "eml"))


@pytest.fixture
def document():
    return read_bytes(SAMPLES["pdf"], "报告.pdf")


def test_recognised_characters_keep_their_certainty(document):
    scored = replace(document, lines=tuple(replace(line, scores=bytes(range(0, line.span[1] - line.span[0]))) for line in document.lines))
    assert document_of(document_bytes(scored)) == scored != document


def test_a_text_kept_elsewhere_must_be_the_same(document):
    data = document_bytes(document, text=False)
    assert len(data) < len(document_bytes(document)) and document.text[:9].encode() not in zlib.decompress(data)
    for other in (None, "", document.text + "。"):
        with pytest.raises(ReadError, match="文本"):
            document_of(data, text=other)


def test_plain_text_takes_few_bytes():
    paragraphs = "".join(f"（{at}）全年预算数{at}万元，执行数{at + 1}万元，执行率{at + 2}%。\n" for at in range(1, 200))
    data = document_bytes(read_bytes(paragraphs.encode(), "a.txt"), text=False)
    assert len(data) < 1200


def damaged(data):
    """What may become of bytes that lie about."""
    head, _, body = zlib.decompress(data).partition(b"\n")
    told = json.loads(head)
    yield from (b"", b"\x80\x04K\x01.", data[:-1], data[:len(data) // 2], data[:9] + bytes([data[9] ^ 255]) + data[10:])
    for name in told:
        yield zlib.compress(json.dumps({key: value for key, value in told.items() if key != name}).encode() + b"\n" + body)
        yield zlib.compress(json.dumps({**told, name: {"count": 3}}).encode() + b"\n" + body)
    for cut in (b"", body[:-1], body[:8]):
        yield zlib.compress(head + b"\n" + cut)
    for blocks in ({"gap": [1, 2]}, {"kind": []}, {"cells": [7]}, {"count": 99}, {"span": 3, "count": None}):
        yield zlib.compress(json.dumps({**told, "blocks": {**told["blocks"], **blocks}}).encode() + b"\n" + body)


def test_what_is_damaged_is_told_in_one_line(document):
    """Whatever lies there, ReadError or the document; a name or an issue in a wrong form cannot be told from a right one."""
    refused = 0
    for data in damaged(document_bytes(document)):
        try:
            document_of(data)
        except ReadError as error:
            refused += 1
            assert "\n" not in str(error) and "·" in str(error)
    assert refused >= 30


@given(st.binary(max_size=60))
def test_any_bytes_are_refused(data):
    with pytest.raises(ReadError):
        document_of(data)
    with pytest.raises(ReadError):
        document_of(zlib.compress(data))


def test_another_version_and_a_bomb_are_refused(document, monkeypatch):
    data = document_bytes(document)
    other = zlib.decompress(data).replace(b"hedui-document/1", b"hedui-document/2")
    with pytest.raises(ReadError, match="hedui-document/2"):
        document_of(zlib.compress(other))
    monkeypatch.setattr(packed, "MOST_BYTES", 100)
    with pytest.raises(ReadError, match="too large"):
        document_of(data)
