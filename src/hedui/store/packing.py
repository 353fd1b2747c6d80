"""The output of a document in, few bytes out, and back to the same text.

The first byte tells the form: 0x78 opens a zlib stream of the text as it is (all that hedui 0.6 and before wrote, and text that is not
one line of our JSON), 0x01 stands before the columns of `hedui.store.columns`: the number of ids and ids of seven bytes each, a letter and
48 bits, which nothing packs, then a zlib stream of the columns.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import orjson

from hedui.store.columns import of_columns, to_columns

__all__ = ["pack", "pack_json", "unpack", "unpack_json"]

COLUMNS = b"\x01"
HEAD = struct.Struct("!cI")
ID_BYTES, LEVEL = 7, 6


def line_of(value: Any) -> str:
    """The text of an output, as `hedui.export.dumps` writes it."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE).decode()


def id_bytes(ids: Sequence[str]) -> bytes:
    return b"".join(one[:1].encode() + bytes.fromhex(one[2:]) for one in ids)


def ids_of(packed: bytes) -> list[str]:
    return [f"{chr(packed[at])}-{packed[at + 1:at + ID_BYTES].hex()}" for at in range(0, len(packed), ID_BYTES)]


def pack(output: str) -> bytes:
    """The bytes that keep `output`; the text of one JSON object as `hedui.export.dumps` writes it becomes smallest.

    >>> unpack(pack('{"a":[1,2]}\\n')), unpack(pack('{"a": [1, 2]}'))
    ('{"a":[1,2]}\\n', '{"a": [1, 2]}')
    """
    try:
        value = json.loads(output)
        ours = line_of(value) == output
    except (ValueError, TypeError):
        ours = False
    return pack_json(value) if ours else zlib.compress(output.encode(), LEVEL)


def pack_json(value: Any) -> bytes:
    """The bytes that keep the output that `value` is the JSON value of."""
    columns, ids = to_columns(value)
    return HEAD.pack(COLUMNS, len(ids)) + id_bytes(ids) + zlib.compress(orjson.dumps(columns), LEVEL)


def unpack_json(packed: bytes) -> Any:
    """The JSON value of the output that `pack` made bytes of; sooner than reading the text again."""
    if packed[:1] != COLUMNS:
        return json.loads(zlib.decompress(packed))
    _, count = HEAD.unpack_from(packed)
    end = HEAD.size + count * ID_BYTES
    return of_columns(json.loads(zlib.decompress(packed[end:])), ids_of(packed[HEAD.size:end]))


def unpack(packed: bytes) -> str:
    """The output that `pack` made bytes of, to the letter."""
    return line_of(unpack_json(packed)) if packed[:1] == COLUMNS else zlib.decompress(packed).decode()
