"""The output of one file in, what other files can be held against out: compact rows, and nothing of the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from hedui.across.figures import wider_land
from hedui.across.figures_patterns import SENTENCE
from hedui.across.lands import codes_of, province_among
from hedui.across.names import place_head, place_of, programme_key, scope_parts, squeezed, tail_of, unit_key
from hedui.across.names_patterns import BARE_PLACE
from hedui.values import read_value
from hedui.values.types import Value

__all__ = ["LEAST_PARAGRAPH", "FundRow", "Head", "IndicatorRow", "PaperRow", "Paragraph", "ReportFacts", "facts_of"]

Output = Mapping[str, Any]
LEAST_PARAGRAPH, MOST_PARAGRAPHS, MOST_PLACES = 30, 600, 40
BEFORE, CLAUSES, LABEL = 18, 80, 8
GAVE = re.compile(r"(?:下达|拨付|分配|安排|补助|资金|共|为|:)*$")
COLUMNS = re.compile(r"\t|\|| {3,}")


class Head(NamedTuple):
    """Whose report it is: `owner`, `topic` and `place` are the keys of unit, programme and place; `places` those it names; `named`
    whether its title names the unit or a line is given to it, which otherwise may be a body that the text speaks of."""

    file: str
    sha256: str
    report: str
    title: str
    kind: str
    unit: str
    owner: str
    place: str
    province: str
    year: int
    programme: str
    topic: str
    places: frozenset[str]
    named: bool


class FundRow(NamedTuple):
    """One amount: `place` is the place it went to ("" for none), `subject` what it is for besides the programme. Yuan as strings."""

    place: str
    subject: str
    measure: str
    level: str
    year: int
    yuan: str
    low: str
    high: str
    documents: str
    origin: str
    start: int
    end: int
    text: str
    confidence: float


class PaperRow(NamedTuple):
    """One document cited; issuers and amounts (yuan) by blanks, `text` the number as written."""

    number: str
    title: str
    issuers: str
    amounts: str
    start: int
    end: int
    text: str
    confidence: float


class IndicatorRow(NamedTuple):
    """One figure that an indicator came to, in its unit; `target` as written."""

    name: str
    unit: str
    value: str
    target: str
    start: int
    end: int
    text: str
    confidence: float


class Paragraph(NamedTuple):
    """One paragraph of running text, and the headings it stands under."""

    start: int
    text: str
    headings: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportFacts:
    """What one report gives; `cut` where it has more running text than is compared."""

    head: Head
    funds: tuple[FundRow, ...]
    papers: tuple[PaperRow, ...]
    indicators: tuple[IndicatorRow, ...]
    paragraphs: tuple[Paragraph, ...]
    cut: bool = False


def facts_of(output: Output, *, file: str | None = None) -> Iterator[ReportFacts]:
    """What each report of one output (schema `hedui/1`) gives, under the name `file` (that of its source where none is given)."""
    text, source = output["text"], output["source"]
    for report in output["reports"]:
        head = head_of(report, text[slice(*report["span"])], file or source["name"], source["sha256"])
        mentions = {mention["id"]: mention for mention in report["mentions"]}
        claims, paragraphs = report["claims"], tuple(paragraphs_of(output, report))
        yield ReportFacts(
            head=head,
            funds=tuple(fund_row(claim, text, mentions, head) for claim in claims if claim["type"] == "fund" and "yuan" in claim["spans"]),
            papers=tuple(paper_row(claim, text) for claim in claims if claim["type"] == "document" and "number" in claim["spans"]),
            indicators=tuple(row for claim in claims if claim["type"] == "indicator" and (row := indicator_row(claim, text))),
            paragraphs=paragraphs[:MOST_PARAGRAPHS], cut=len(paragraphs) > MOST_PARAGRAPHS)


def head_of(report: Output, text: str, file: str, sha256: str) -> Head:
    told = [mention["text"] for mention in report["mentions"] if mention["label"] in ("REGION", "ORG")]
    unit = report["unit"] or ""
    place = place_of(report["region"]) or leading_place(unit) or place_among(unit, told)
    province = province_among(place, [unit, report["region"] or "", report["title"] or "", *told])
    named = bool(unit) and (squeezed(unit) in squeezed(report["title"] or "") or stands_alone(unit, text))
    if not place and province and named and unit.startswith(("省", "自治区")):
        place = province
    return Head(
        file=file, sha256=sha256, report=report["id"], title=report["title"] or "", kind=report["kind"], unit=unit,
        owner=unit_key(unit, place), place=place, province=province, year=report["year"] or 0,
        programme=report["programme"] or "", topic=programme_key(report["programme"]),
        places=frozenset(sorted({found for name in told if (found := leading_place(name)) and found != place})[:MOST_PLACES]),
        named=named)


def stands_alone(unit: str, text: str) -> bool:
    """Whether a unit is named in a line or cell that says little else: on the cover, under the text, in 填报单位."""
    return any(len(line.strip()) <= len(unit) + LABEL for line in re.findall(rf".*{re.escape(unit)}.*", text))


def place_among(unit: str, told: Sequence[str]) -> str:
    """The place of a unit that leaves its own out (市卫生健康局): the one of that kind that most bodies a report names belong to, twice as
    often as any other; "" where none does."""
    bare = BARE_PLACE.match(squeezed(unit))
    votes = Counter(place for name in told if bare and tail_of(squeezed(name)) and (place := leading_place(name)).endswith(bare[0][-1]))
    best = [*votes.most_common(2), ("", 0), ("", 0)]
    return best[0][0] if best[0][1] >= 2 * max(1, best[1][1]) else ""


def leading_place(name: str) -> str:
    return place_of(place_head(squeezed(name)))


def fund_row(claim: Output, text: str, mentions: Mapping[str, Output], head: Head) -> FundRow:
    fields, span = claim["fields"], claim["spans"]["yuan"]
    amount = next((m for name in claim["mentions"] if (m := mentions.get(name)) and m["span"] == span), None)
    exact = amount is None or amount["low"] is None or amount["value"] != fields["yuan"]
    place, subject = scope_parts(fields["scope"], head.topic)
    if not place and "scope" not in claim["spans"]:
        place = place_before(text[max(0, span[0] - BEFORE):span[0]])
    place = place or wider_land(SENTENCE.findall(text[max(0, span[0] - CLAUSES):span[0]] or " ")[-1], head.place)
    return FundRow(
        place="" if place in (head.place, head.province) else place, subject=subject, measure=fields["measure"],
        level=fields["level"] or "", year=fields["year"] or head.year, yuan=fields["yuan"],
        low=fields["yuan"] if exact or amount is None else amount["low"], high=fields["yuan"] if exact or amount is None else amount["high"],
        documents=" ".join(fields["documents"]), origin=claim["origin"], start=span[0], end=span[1], text=text[slice(*span)],
        confidence=claim["confidence"])


def place_before(text: str) -> str:
    """The division whose name stands right before an amount that names nothing else: 、云桐市|483.5万元; "" for none."""
    name = GAVE.sub("", squeezed(text))
    return next((name[-size:] for size in range(min(BEFORE, len(name)), 2, -1) if codes_of(name[-size:])), "")


def paper_row(claim: Output, text: str) -> PaperRow:
    fields, span = claim["fields"], claim["spans"]["number"]
    return PaperRow(number=squeezed(fields["number"]), title=fields["title"] or "", issuers=" ".join(map(squeezed, fields["issuers"])),
                    amounts=" ".join(fields["amounts"]), start=span[0], end=span[1], text=text[slice(*span)],
                    confidence=claim["confidence"])


def indicator_row(claim: Output, text: str) -> IndicatorRow | None:
    """The row of an indicator whose result is one figure."""
    fields, span = claim["fields"], claim["spans"].get("actual")
    value: Value | None = read_value(fields["actual"]) if fields["actual"] and span else None
    if value is None or value.kind not in ("AMOUNT", "RATE", "QUANTITY") or span is None:
        return None
    return IndicatorRow(name=squeezed(fields["name"]), unit=value.unit, value=f"{value.value}", target=fields["target"] or "",
                        start=span[0], end=span[1], text=text[slice(*span)], confidence=claim["confidence"])


def paragraphs_of(output: Output, report: Output) -> Iterator[Paragraph]:
    """The longer paragraphs of a report that are no tables, each with the titles of the sections around it."""
    text, (start, end) = output["text"], report["span"]
    tables = sorted(tuple(grid["span"]) for grid in output.get("grids", ()))
    sections: Sequence[Output] = output.get("sections", ())
    at, table, section = start, 0, 0
    for line in text[start:end].split("\n"):
        here, at = at, at + len(line) + 1
        while table < len(tables) and tables[table][1] <= here:
            table += 1
        while section + 1 < len(sections) and sections[section + 1]["span"][0] <= here:
            section += 1
        inside = table < len(tables) and tables[table][0] <= here
        if len(line.strip()) < LEAST_PARAGRAPH or inside or COLUMNS.search(line):
            continue
        yield Paragraph(start=here, text=line, headings=headings(sections, section))


def headings(sections: Sequence[Output], at: int | None) -> str:
    titles: list[str] = []
    while at is not None and at < len(sections):
        titles.append(sections[at]["title"])
        at = sections[at]["parent"]
    return " ".join(title for title in titles if title)
