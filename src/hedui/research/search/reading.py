"""Places in an index in, hits out: the passages with their reports, claims and checks, and what stands around one. Either database will do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hedui.research.search.conditions import Conditions
from hedui.research.search.hits import Hit
from hedui.research.search.marks import marks_in
from hedui.research.search.schema import PLACES
from hedui.research.search.stages import Place
from hedui.research.search.terms import Sought

__all__ = ["Around", "around_in", "hits_at"]

PASSAGE_ID = re.compile(r"t-([0-9a-f]{12})-(\d{1,6})", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """A passage, and the texts of those right before and behind it."""

    hit: Hit
    before: tuple[str, ...]
    behind: tuple[str, ...]


def around_in(connection: Any, id: str, sought: Sequence[Sought], *, width: int) -> Around | None:
    """The passage `id` with `width` others of its content on either side; None where the index has none. Rows of `connection` are told by name."""
    told = PASSAGE_ID.fullmatch(id)
    if told is None:
        return None
    content = connection.execute("select number from contents where sha256 like :begins", {"begins": f"{told[1]}%"}).fetchone()
    if content is None:
        return None
    base = content["number"] * PLACES
    number = base + int(told[2])
    near = {"low": max(number - width, base), "high": min(number + width, base + PLACES - 1)}
    texts = {row["number"]: row["text"] for row in connection.execute(
        "select number, text from passages where number between :low and :high order by number", near)}
    if number not in texts:
        return None
    hit = next(iter(hits_at(connection, [(0, 0.0, 0.0, number)], Conditions(), sought)))
    return Around(hit=hit, before=tuple(text for at, text in texts.items() if at < number),
                  behind=tuple(text for at, text in texts.items() if at > number))


def hits_at(connection: Any, places: Sequence[Place], conditions: Conditions, sought: Sequence[Sought]) -> Iterator[Hit]:
    """The passages at `places`, what was `sought` marked in them, with the claims that are as `conditions` ask."""
    asked = f" and {conditions.of_claims}" if conditions.of_claims else ""
    for place in places:
        number = place[3]
        told = dict(connection.execute(PASSAGE, {"number": number}).fetchone())
        values = {**conditions.values, "number": number}
        told_of = connection.execute(f"select c.id from claims c where c.passage = :number{asked} order by c.id", values)
        claims = [one["id"] for one in told_of]
        checks = connection.execute("select id, verdict from checks where passage = :number order by gravity desc, id", {"number": number}).fetchall()
        yield Hit(**told, id=f"t-{told['sha256'][:12]}-{number % PLACES}", marks=marks_in(told["text"], sought), claims=tuple(dict.fromkeys(claims)),
                  checks=tuple(dict.fromkeys(one["id"] for one in checks)),
                  conflicts=tuple(dict.fromkeys(one["id"] for one in checks if one["verdict"] == "conflict")),
                  score=round(-place[1], 2) + 0.0, near=place[0] == 1, place=json.dumps(place))


PASSAGE = f"""
select p.text, p.kind, s.text as section, o.file, o.sha256, r.report, r.title, r.unit, r.region, r.province, r.year, r.programme, p.start, p."end",
  p.page
from passages p join contents o on o.number = p.number / {PLACES} left join said s on s.number = p.section
left join reports r on r.content = o.number and p.number between r.first and r.last where p.number = :number"""
