"""Plain data and arrays of numbers to bytes and back: one line of JSON, the arrays behind it, all compressed by zlib. Nothing in the
bytes is ever run."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from hedui.errors import ReadError

__all__ = ["Numbers", "column", "packed", "spread", "unpacked"]

Numbers = Mapping[str, Sequence[float]]
# of what is unpacked: a few hundred times the largest document, far below what a crafted stream could swell to
MOST_BYTES = 1 << 30
LEVEL = 6
DAMAGED = "保存的内容已损坏或格式不符，请重新读取原文件 · what was kept is damaged or of another version; read the file again"
NARROW, WIDE = "<f4", "<f8"


def column(values: Sequence[Any]) -> list[Any]:
    """The values, or the one of them where all are the same; `spread` undoes it."""
    return list(values[:1]) if len(set(values)) == 1 else list(values)


def spread(held: Sequence[Any], count: int) -> Sequence[Any]:
    """The `count` values that `column` made `held` of. ValueError where there is another number of them."""
    found = held if len(held) == count else [*held] * count
    if len(found) != count:
        raise ValueError(f"{len(held)} values for {count}")
    return found


def shuffled(values: Sequence[float]) -> tuple[str, bytes]:
    """Floats as an array of the narrower type that holds them exactly, the first bytes of all before the second: like bytes lie
    side by side and compress (the shuffle filter of HDF5)."""
    wide = np.asarray(values, dtype=WIDE)
    with np.errstate(over="ignore"):
        narrow = wide.astype(NARROW)
    same = np.array_equal(narrow.astype(WIDE).view("<u8"), wide.view("<u8"))
    kind, array = (NARROW, narrow) if same else (WIDE, wide)
    return kind, array.view(np.uint8).reshape(len(array), array.itemsize).T.tobytes()


def unshuffled(kind: str, count: int, data: bytes) -> list[float]:
    size = np.dtype(kind).itemsize
    array = np.frombuffer(data, dtype=np.uint8).reshape(size, count).T
    floats: list[float] = np.ascontiguousarray(array).reshape(-1).view(kind).astype(WIDE).tolist()
    return floats


def packed(schema: str, told: Mapping[str, Any], numbers: Numbers) -> bytes:
    """`told` (what JSON can hold) and named arrays of floats as bytes of `schema`; the same input gives the same bytes."""
    arrays, body = [], bytearray()
    for name, values in numbers.items():
        kind, data = shuffled(values)
        arrays.append([name, kind, len(values)])
        body += data
    head = json.dumps({"schema": schema, "arrays": arrays, **told}, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(head.encode("utf-8", "surrogatepass") + b"\n" + bytes(body), LEVEL)


def unpacked(data: bytes, schema: str) -> tuple[Mapping[str, Any], Numbers]:
    """What `packed` made `data` of. ReadError where it is damaged or of another schema."""
    try:
        engine = zlib.decompressobj()
        whole = engine.decompress(data, MOST_BYTES)
        if not engine.eof:
            raise ValueError("cut off, or too large")
        head, _, body = whole.partition(b"\n")
        told = json.loads(head.decode("utf-8", "surrogatepass"))
        if told["schema"] != schema:
            raise ReadError(schema, f"{DAMAGED} ({told['schema']})")
        numbers, at = {}, 0
        for name, kind, count in told["arrays"]:
            if kind not in (NARROW, WIDE):
                raise ValueError(f"no array of {kind!r}")
            size = np.dtype(kind).itemsize * count
            numbers[name] = unshuffled(kind, count, body[at:at + size])
            at += size
        return told, numbers
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(schema, f"{DAMAGED} ({error})") from error
