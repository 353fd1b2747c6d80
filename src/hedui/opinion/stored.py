"""The JSON of schema hedui/1 -> findings, as far as an opinion needs them: no blocks, no lines of print, no layout."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from hedui.document import Box, Document, Issue, Part, Span
from hedui.errors import ReadError
from hedui.export.json import load_output
from hedui.findings import (
    Check,
    CitedDocument,
    Claim,
    ClaimFields,
    Findings,
    Fund,
    Indicator,
    Mention,
    Quote,
    Record,
    Remark,
    Repair,
    Report,
    Score,
)

__all__ = ["findings_of", "load_findings"]

Json = Mapping[str, Any]
NUMBERS = frozenset({"AMOUNT", "RATE", "QUANTITY"})


def span(pair: Any) -> Span:
    start, end = pair
    return int(start), int(end)


def decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def quote(one: Json) -> Quote:
    return Quote(span=span(one["span"]), text=one["text"], value=one["value"])


def mention(one: Json) -> Mention:
    value, page, box = one["value"], one["page"], one["box"]
    return Mention(
        id=one["id"], label=one["label"], span=span(one["span"]), text=one["text"], unit=one["unit"], op=one["op"], page=page,
        value=Decimal(value) if value is not None and one["label"] in NUMBERS else value, low=decimal(one["low"]), high=decimal(one["high"]),
        box=Box(page=page, x0=box[0], y0=box[1], x1=box[2], y1=box[3]) if box and page else None, confidence=one["confidence"],
        found_by=one["found_by"], model=one["model"])


def fields(kind: str, told: Json) -> ClaimFields:
    if kind == "fund":
        return Fund(**{**told, "yuan": Decimal(told["yuan"]), "documents": tuple(told["documents"])})
    if kind == "document":
        return CitedDocument(**{**told, "issuers": tuple(told["issuers"]), "amounts": tuple(map(Decimal, told["amounts"]))})
    if kind == "score":
        return Score(**{**told, "score": Decimal(told["score"]), "full": decimal(told["full"])})
    return Indicator(**told)


def claim(one: Json, part: int) -> Claim:
    return Claim(id=one["id"], type=one["type"], origin=one["origin"], span=span(one["span"]), fields=fields(one["type"], one["fields"]),
                 spans={name: span(pair) for name, pair in one["spans"].items()}, mentions=tuple(one["mentions"]), part=part,
                 section=one["section"], grid=one["grid"], row=one["row"], confidence=one["confidence"], found_by=one["found_by"],
                 model=one["model"])


def check(one: Json, part: int) -> Check:
    return Check(id=one["id"], kind=one["kind"], inputs=tuple(map(quote, one["inputs"])), stated=quote(one["stated"]),
                 computed=one["computed"], verdict=one["verdict"], tier=one["tier"], note=one["note"], claims=tuple(one["claims"]), part=part,
                 confidence=one["confidence"], formula=one.get("formula", ""), low=decimal(one.get("low")), high=decimal(one.get("high")),
                 chance=one.get("chance"))


def record(one: Json, part: int) -> Record:
    return Record(id=one["id"], type=one["type"], fields=fields(one["type"], one["fields"]), claims=tuple(one["claims"]),
                  checks=tuple(one["checks"]), status=one["status"], part=part, confidence=one["confidence"])


def report(one: Json, part: int) -> Report:
    head = Part(span=span(one["span"]), title=one["title"], kind=one["kind"], unit=one["unit"], region=one["region"], year=one["year"],
                programme=one["programme"])
    remarks = tuple(Remark(id=r["id"], kind=r["kind"], quotes=tuple(map(quote, r["quotes"])), note=r["note"], claims=tuple(r["claims"]),
                           part=part) for r in one.get("remarks", ()))
    repairs = tuple(Repair(id=r["id"], stated=quote(r["stated"]), proposed=r["proposed"], change=r["change"], closes=tuple(r["closes"]),
                           opens=tuple(r["opens"]), odds=r["odds"], note=r["note"], part=part) for r in one.get("repairs", ()))
    return Report(id=one["id"], part=head, mentions=tuple(map(mention, one["mentions"])),
                  claims=tuple(claim(each, part) for each in one["claims"]), checks=tuple(check(each, part) for each in one["checks"]),
                  records=tuple(record(each, part) for each in one["records"]), remarks=remarks, repairs=repairs)


def findings_of(output: Json) -> Findings:
    """The findings that `output`, an object of schema hedui/1, was written from. KeyError, TypeError, ValueError or InvalidOperation
    where it lacks a field or holds something else in it."""
    source = output["source"]
    issues = tuple(Issue(where=issue["where"], what=issue["what"]) for issue in output["issues"])
    document = Document(name=source["name"], sha256=source["sha256"], media_type=source["media_type"], text=output["text"], blocks=(),
                        pages=source["pages"], issues=issues)
    return Findings(document=document, reports=tuple(report(one, part) for part, one in enumerate(output["reports"])), model=output["model"])


def load_findings(path: Path | str) -> Findings:
    """The findings that `hedui extract` or `hedui run` wrote to `path`. ReadError where the file holds something else."""
    try:
        return findings_of(load_output(path))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise ReadError(Path(path).name, f"不是完整的 hedui/1 结果，请用 hedui extract 重新读出 · no complete hedui/1 output ({error!r}); "
                        "write it anew with hedui extract") from error
