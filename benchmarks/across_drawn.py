"""A member of a made family in, the output that a faultless extraction would write out, as large as a real one."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hedui.findings import content_id
from hedui.synth.across_facts import plain_number
from hedui.synth.across_words import Member, section_of, text_of

WAN = Decimal(10_000)
PARAGRAPHS = 45
UNIT, PLACE = "\1", "\2"
BALLAST = 300  # mentions, checks and records of a real output that nobody asks for


def stock(members: Sequence[Member], units: Collection[str]) -> list[str]:
    """The paragraphs of the reports of some members, with `UNIT` and `PLACE` for their own names: what everybody writes. A paragraph that
    names another of `units`, those that report, would be a slip in every report that has it."""
    lines = [line.replace(member.facts.bodies.unit.name, UNIT).replace(member.facts.region.name, PLACE) for member in members
             for line in text_of(replace(member, said={})).split("\n") if line.strip() and " | " not in line]
    return [line for line in lines if not any(unit in line for unit in units)]


def drawn_text(member: Member, paragraphs: Sequence[str], rng: random.Random) -> str:
    """A text as long as a report: set phrases with figures of their own, then the member's own section."""
    def another(match: re.Match[str]) -> str:
        return str(rng.randint(10 ** (len(match[0]) - 1), 10 ** len(match[0]) - 1))

    lines = [re.sub(r"(?<![\d〔（(])\d{2,}(?![\d年〕）)])", another, line) for line in rng.sample(paragraphs, PARAGRAPHS)]
    own = [line.replace(UNIT, member.facts.bodies.unit.name).replace(PLACE, member.facts.region.name) for line in lines]
    return "\n".join([member.facts.title, *own, *section_of(member.said)]) + "\n"


def drawn_output(member: Member, name: str, text: str) -> dict[str, Any]:
    """The output of schema `hedui/1`."""
    facts = member.facts
    claims = [*fund_claims(member, text), *paper_claims(member, text), *indicator_claims(member, text)]
    mentions = [mention("ORG", one, text) for one in (facts.bodies.unit.name, facts.bodies.finance.name, facts.bodies.upper_finance.name)]
    mentions += [mention("QUANTITY", f"{n}人次", text) for n in range(BALLAST)]
    report = {
        "id": content_id("r", name), "span": [0, len(text)], "title": facts.title, "kind": facts.kind, "unit": facts.bodies.unit.name,
        "region": facts.region.name, "year": facts.year, "programme": facts.programme, "mentions": mentions, "claims": claims,
        "checks": [], "records": [], "remarks": [], "repairs": []}
    heading = text.rfind("年度绩效目标\n")
    sections = [section(0, len(text), "", None), section(heading, text.find("\n（", heading), "年度绩效目标", 0)] if heading > 0 else []
    after = [section(sections[1]["span"][1], len(text), "", 0)] if sections else []
    tables = [i for i in range(len(text)) if text.startswith("\n", i) and " | " in text[i:text.find("\n", i + 1)]][:1]
    source = {"name": name, "sha256": hashlib.sha256(text.encode()).hexdigest(), "media_type": "text/plain", "pages": None}
    return {"schema": "hedui/1", "source": source, "model": None, "text": text, "issues": [], "reports": [report], "sections": [*sections, *after],
            "grids": [{"span": [at, len(text)]} for at in tables]}


def section(start: int, end: int, title: str, parent: int | None) -> dict[str, Any]:
    return {"span": [start, end], "heading": [start, start], "number": "", "title": title, "level": 1, "parent": parent, "part": 0}


def mention(label: str, said: str, text: str) -> dict[str, Any]:
    at = max(0, text.find(said))
    return {"id": content_id("m", label, said), "label": label, "span": [at, at + len(said)], "text": said, "value": said,
            "unit": "name", "op": None, "low": None, "high": None, "confidence": 0.98, "page": None, "box": None, "found_by": "rules", "model": None}


def claim(kind: str, fields: dict[str, Any], spans: dict[str, list[int]]) -> dict[str, Any]:
    return {"id": content_id("c", kind, fields), "type": kind, "origin": "narrative", "span": [0, 0], "fields": fields,
            "spans": spans, "mentions": [], "section": 0, "grid": None, "row": None, "confidence": 0.98, "found_by": "rules", "model": None}


def place(text: str, said: str) -> list[int]:
    at = max(0, text.find(said))
    return [at, min(len(text), at + len(said))]


def fund_claims(member: Member, text: str) -> Iterator[dict[str, Any]]:
    facts = member.facts
    fund = facts.fund

    def told(value: Decimal, measure: str, scope: str, level: str | None = None, documents: tuple[str, ...] = ()) -> dict[str, Any]:
        fields = {"yuan": f"{value * WAN:f}", "measure": measure, "scope": scope, "year": facts.year, "level": level, "documents": list(documents)}
        return claim("fund", fields, {"yuan": place(text, f"{value:f}万元")})

    for measure in ("budget", "received", "executed"):
        yield told(getattr(fund, measure), measure, fund.name)
        for share in fund.sources:
            yield told(getattr(share, measure), measure, share.name, share.level)
    for share in fund.places:
        yield told(share.budget, "issued", share.name)
    for key, measure in (("left", "carried_out"), ("carried", "carried_in")):
        words = member.said.get(key, "")
        if words:
            yield told(Decimal(amounts(words)[-1]), measure, "结转资金")


def amounts(text: str) -> list[str]:
    return re.findall(r"(\d+(?:\.\d+)?)万元", text)


def paper_claims(member: Member, text: str) -> Iterator[dict[str, Any]]:
    """Documents of the prose, and those of the member's own section as it words them."""
    def told(number: str, title: str, issuers: tuple[str, ...], given: list[str]) -> dict[str, Any]:
        fields = {"number": plain_number(number), "title": title, "issuers": list(issuers), "amounts": given}
        return claim("document", fields, {"number": place(text, number)})

    for paper in member.facts.papers:
        if member.role != "table":
            yield told(paper.number, paper.title, paper.issuers, [f"{paper.amount * WAN:f}"] if paper.amount else [])
    for key in ("given", "earlier", "basis"):
        for match in re.finditer(r"《(.*?)》（([^（）]*[〔（(\[]\d{4}[〕）)\]]\d+号)）", member.said.get(key, "")):
            given = [f"{Decimal(a) * WAN:f}" for a in amounts(member.said[key])]
            yield told(match[2], match[1], (), given)


def indicator_claims(member: Member, text: str) -> Iterator[dict[str, Any]]:
    for one in member.facts.indicators:
        fields = {"name": one.name, "level1": one.level1, "level2": one.level2, "target": one.target_text,
                  "actual": one.actual_text, "completion": None, "deviation": None, "weight": f"{one.weight}", "score": f"{one.score}",
                  "reason": one.reason}
        yield claim("indicator", fields, {"name": place(text, one.name), "actual": place(text, one.actual_text)})
