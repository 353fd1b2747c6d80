"""An output in, what the store keeps of them out, ready to be written: made in the process that reads, so that the one that writes has
little to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hedui.findings import content_id
from hedui.store.packing import pack, pack_json
from hedui.store.rows import Row, rows

__all__ = ["Packed", "packed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Packed:
    """What `version` found in one content, as the store keeps it; it goes from process to process. `rows` by the name of their table;
    `signals` those of its confidences, `document` the content as the version `readers` of the readers left it: both where they are kept."""

    sha256: str
    name: str
    media_type: str
    pages: int | None
    characters: int
    version: str
    output: bytes
    rows: Mapping[str, Sequence[Row]]
    signals: bytes | None = None
    document: bytes | None = None
    readers: str = ""
    profile: str | None = None

    @property
    def result(self) -> str:
        """The id of the result, which content and version tell."""
        return content_id("o", self.sha256, self.version)


def packed(output: Mapping[str, Any], *, text: str | None = None, version: str = "", signals: bytes | None = None, document: bytes | None = None,
           readers: str = "", profile: str | None = None) -> Packed:
    """What the store keeps of an `output` of schema hedui/1; of its `text` where that may be another than ours. `profile` tells in short
    what was found."""
    source = output["source"]
    return Packed(sha256=source["sha256"], name=source["name"], media_type=source["media_type"], pages=source["pages"],
                  characters=len(output["text"]), version=version, output=pack_json(output) if text is None else pack(text), rows=rows(output),
                  signals=signals, document=document, readers=readers, profile=profile)
