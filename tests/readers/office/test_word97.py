"""Compound files: which are Word documents, which of them can be read, and what is told of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from hedui.errors import ReadError
from hedui.readers import read_bytes
from hedui.readers.office.word97 import form_of_word

Compound = Callable[[Mapping[str, bytes]], bytes]


def fib(*, ident: int = 0xA5EC, version: int = 0xC1, flags: int = 0x0200) -> bytes:
    return (ident.to_bytes(2, "little") + version.to_bytes(2, "little") + bytes(6) + flags.to_bytes(2, "little")).ljust(900, b"\1")


@pytest.mark.parametrize(("head", "form"), [
    (fib(), "doc"), (fib(version=0x101), "doc"), (fib(version=0x68, ident=0xA5DC), "doc95"),
    (fib(version=0x65, ident=0xA5DC), "doc6"),
])
def test_who_wrote_it(compound: Compound, head: bytes, form: str) -> None:
    assert form_of_word(compound({"WordDocument": head, "1Table": b"x"}), "a.doc") == form


def refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as told:
        read_bytes(data, "旧.doc")
    line = str(told.value)
    assert line.startswith("旧.doc: ") and " / " in line and "\n" not in line
    return line


@pytest.mark.parametrize(("streams", "told"), [
    ({"WordDocument": fib(flags=0x0300), "1Table": b"x"}, "password-protected"),
    ({"WordDocument": fib(flags=0x0100)}, "truncated or damaged"),
    ({"WordDocument": fib(flags=0x0100), "0Table": b"x"}, "password-protected"),
    ({"WordDocument": fib()}, "truncated or damaged"),
    ({"WordDocument": fib(), "0Table": b"x"}, "truncated or damaged"),
    ({"WordDocument": b"\0" * 600, "1Table": b"x", "0Table": b"x"}, "not written by Word 6 or later"),
    ({"WordDocument": fib(ident=0xA699, version=0x5F)}, "not written by Word 6 or later"),
    ({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}, "password-protected"),
    ({"PowerPoint Document": b"x"}, "legacy PowerPoint"),
    ({"Contents": b"x"}, "OLE compound file"),
])
def test_what_is_not_read_is_told(compound: Compound, streams: Mapping[str, bytes], told: str) -> None:
    assert told in refusal(compound(streams))


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_truncated_doc_is_refused(compound: Compound, tenth: int) -> None:
    data = compound({"WordDocument": fib().ljust(9000, b"\1"), "1Table": b"x" * 9000})
    assert "truncated or damaged" in refusal(data[:len(data) * tenth // 10])


def test_a_truncated_doc_of_libreoffice_is_refused(word97: bytes) -> None:
    for tenth in range(1, 10):
        assert "truncated or damaged" in refusal(word97[:len(word97) * tenth // 10])
