"""The tables of a store in, one content after another out, with all that search keeps of it: passages and the claims, checks and figures in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from hedui.research.search.figures import LABELS, figure_signs

__all__ = ["Content", "contents_in"]

Row = Mapping[str, Any]
BATCH = 20_000
PASSAGES = ("passage", "report", "kind", "section", "start", "end", "page", "text")
REPORTS = ("report", "report_title", "report_unit", "report_region", "province", "report_year", "programme", "report_kind", "conflicts", "start")
CLAIMS = ("id", "start", "type", "name", "scope", "number", "title", "origin", "measure", "level1", "level2", "yuan", "confidence")
NUMBERS = {"value": "actual_number", "target": "target_number", "completion": "completion_number", "score": "score_number", "weight": "weight_number"}
NAMED = ("name", "scope", "number", "title")
CHECKS = ("id", "start", "kind", "verdict", "tier", "confidence", "claim_ids")
MENTIONS = ("start", "label", "value")


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """A content as search keeps it. Rows of `passages` have their `figures` (signs) and `place` among them; those of `claims` and `checks` the
    place of the `passage` they stand in, claims their `status` too."""

    sha256: str
    version: str
    file: str
    reports: Sequence[Row]
    passages: Sequence[Row]
    claims: Sequence[Row] = field(default=())
    checks: Sequence[Row] = field(default=())


def contents_in(cursor: Callable[[], Any], sha256s: Collection[str]) -> Iterator[Content]:
    """The contents named, in the order of their SHA-256. `cursor` gives a DuckDB cursor over the tables of a store; each of them is read once."""
    wanted = sorted(sha256s)

    def rows(table: str, columns: Sequence[str], where: str = "") -> Iterator[tuple[str, Iterator[Row]]]:
        told = ", ".join(f'"{name}"' for name in ("sha256", *columns))
        found = cursor().sql(f"select {told} from {table} where sha256 in (select unnest(?)) {where} order by sha256, start, "
                                 f"{'passage' if table == 'passages' else 'id' if 'id' in columns else 'start'}", params=[wanted])
        each = (row for batch in found.to_arrow_reader(BATCH) for row in batch.to_pylist())
        return groupby(each, key=itemgetter("sha256"))

    held = {row["sha256"]: row for row in cursor().sql(
        "select sha256, any_value(version) as version, any_value(file) as file from reports where sha256 in (select unnest(?)) group by sha256",
        params=[wanted]).to_arrow_table().to_pylist()}
    labels = ", ".join(f"'{label}'" for label in LABELS)
    parts = {"reports": Merged(rows("reports", REPORTS)), "passages": Merged(rows("passages", PASSAGES)),
             "claims": Merged(rows("claims", (*CLAIMS, *NUMBERS.values()))), "checks": Merged(rows("checks", CHECKS)),
             "mentions": Merged(rows("mentions", MENTIONS, f"and label in ({labels})")), "status": Merged(status_of(cursor, wanted))}
    for sha256 in wanted:
        if sha256 in held:
            yield content_of(held[sha256], {name: part.of(sha256) for name, part in parts.items()})


def status_of(cursor: Callable[[], Any], wanted: Sequence[str]) -> Iterator[tuple[str, Iterator[Row]]]:
    """The status of the record of each claim."""
    found = cursor().sql("select sha256, unnest(claim_ids) as id, status from records where sha256 in (select unnest(?)) order by sha256",
                         params=[wanted])
    return groupby((row for batch in found.to_arrow_reader(BATCH) for row in batch.to_pylist()), key=itemgetter("sha256"))


class Merged:
    """Groups of rows in the order of their SHA-256, asked for in that order."""

    def __init__(self, groups: Iterator[tuple[str, Iterator[Row]]]) -> None:
        self.groups = groups
        self.next = self.taken()

    def taken(self) -> tuple[str, list[Row]] | None:
        found = next(self.groups, None)
        return None if found is None else (found[0], list(found[1]))

    def of(self, sha256: str) -> list[Row]:
        while self.next is not None and self.next[0] < sha256:
            self.next = self.taken()
        if self.next is None or self.next[0] != sha256:
            return []
        rows, self.next = self.next[1], self.taken()
        return rows


def content_of(held: Row, parts: Mapping[str, list[Row]]) -> Content:
    passages = sorted(parts["passages"], key=itemgetter("passage"))
    places = Places(passages)
    signs: list[dict[str, None]] = [{} for _ in passages]
    for mention in parts["mentions"]:
        at = places.of(mention["start"])
        if at is not None and mention["value"]:
            signs[at].update(dict.fromkeys(figure_signs(mention["label"], mention["value"])))
    status = {row["id"]: row["status"] for row in parts["status"]}
    claims = [{**row, **{name: row[column] for name, column in NUMBERS.items()}, "name": next(filter(None, map(row.get, NAMED)), None),
               "passage": at, "status": status.get(row["id"])} for row in parts["claims"] if (at := places.of(row["start"])) is not None]
    of_claim = {row["id"]: row["passage"] for row in claims}
    return Content(
        sha256=held["sha256"], version=held["version"], file=held["file"], reports=parts["reports"], claims=claims,
        passages=[{**row, "figures": " ".join(found)} for row, found in zip(passages, signs, strict=True)],
        checks=[{**row, "passage": at} for row in parts["checks"] for at in sorted(passages_of(row, places, of_claim))])


def passages_of(check: Row, places: Places, of_claim: Mapping[str, int]) -> set[int]:
    """The passages that a check is of: that of the figure stated, and those of its claims."""
    told = [places.of(check["start"]) if check["start"] is not None else None, *(of_claim.get(one) for one in check["claim_ids"] or ())]
    return {at for at in told if at is not None}


class Places:
    """Which passage a place in the text belongs to: the last that begins there or before."""

    def __init__(self, passages: Sequence[Row]) -> None:
        self.starts = [row["start"] for row in passages]

    def of(self, start: int | None) -> int | None:
        if start is None or not self.starts:
            return None
        return max(bisect_right(self.starts, start) - 1, 0)
