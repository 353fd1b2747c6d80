"""What annotation tools are given of one report, and what comes back: places with labels, ties between them, and all that tools cannot hold.

Offsets are characters (code points) of `Sheet.text`, half-open. `rest` goes along with a report through a tool that knows nothing of it:
which findings were sent (`sent`) and what people had said of which finding (`touched`), so that nothing is lost on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from hedui.document import Span
from hedui.errors import ReadError

__all__ = ["CLAIMS", "MENTIONS", "SCHEMA", "TIE", "Marked", "Origin", "Sheet", "Tie", "along", "sheet_along"]

SCHEMA = "hedui-sheet/1"
MENTIONS: Mapping[str, tuple[str, str]] = {
    "AMOUNT": ("金额", "#2f6fb0"), "RATE": ("比率", "#7a4fb5"), "QUANTITY": ("数量", "#0f8a7e"), "DATE": ("日期", "#8a6d00"),
    "DOCNO": ("文号", "#b04a2f"), "TITLE": ("文件名", "#b02f6f"), "ORG": ("机构", "#4a7a1f"), "REGION": ("地区", "#5a5a5a")}
CLAIMS: Mapping[str, tuple[str, str]] = {
    "indicator": ("指标", "#1f5f8f"), "fund": ("资金", "#8f5f1f"), "document": ("文件依据", "#8f1f5f"), "score": ("得分", "#1f8f3f")}
# a claim rests on a mention
TIE = "rests_on"
# who drew a place: a person, the machine, the machine and then a person; the words of Label Studio
Origin = Literal["manual", "prediction", "prediction-changed"]
NEEDED = {"name": str, "sha256": str, "report": str, "version": str, "start": int, "sent": list, "touched": dict}


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """A place in the text with its label; `told` are the fields of a claim as text, None where a tool does not show them."""

    id: str
    label: str
    span: Span
    origin: Origin = "prediction"
    confidence: float = 1.0
    told: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Tie:
    """The claim `source` rests on the mention `target`."""

    source: str
    target: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One report on its way to a tool or back: `start` is where its text begins in the text of the file `name`. `read`, `read_ties` are
    what the machine read, `marks`, `ties` what stands, or what came back; `based` says which of the two somebody started from who sent
    it back, `looked` that somebody went over it."""

    name: str
    sha256: str
    report: str
    version: str
    start: int
    text: str
    marks: tuple[Marked, ...] = ()
    ties: tuple[Tie, ...] = ()
    read: tuple[Marked, ...] = ()
    read_ties: tuple[Tie, ...] = ()
    sent: tuple[str, ...] = ()
    touched: Mapping[str, Any] = field(default_factory=dict)
    based: Literal["read", "stands"] = "stands"
    looked: bool = False


def along(sheet: Sheet) -> dict[str, Any]:
    """What goes along with a sheet, as plain data."""
    return {"schema": SCHEMA, **{key: getattr(sheet, key) for key in NEEDED if key != "sent"}, "sent": list(sheet.sent)}


def sheet_along(held: Any, text: Any, *, file: str, where: str) -> Sheet:
    """The sheet that `along` was made of, without marks. ReadError where `held` is something else, or does not fit `text`."""
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        raise ReadError(file, f"缺少 hedui 附带的数据（{SCHEMA}），不是 hedui export 写出的 · what hedui export sends along is missing", where=where)
    for key, kind in NEEDED.items():
        if not isinstance(held.get(key), kind) or isinstance(held[key], bool):
            raise ReadError(file, f"hedui.{key}: 应为 {kind.__name__} · found {held.get(key)!r}"[:300], where=where)
    if not isinstance(text, str):
        raise ReadError(file, "缺少原文 text · the text is missing", where=where)
    return Sheet(**{key: held[key] for key in NEEDED if key != "sent"}, sent=tuple(map(str, held["sent"])), text=text)
