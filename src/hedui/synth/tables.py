"""A draft with slots and its facts in; the draft with tables in the slots out, their claims and checks joined to the prose's.

A figure that the narrative tells as well is held against its cell: money and rates of the whole and of each source, results,
completions and targets of indicators, points.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hedui.synth.facts import Facts, Share
from hedui.synth.marked.readings import squeeze
from hedui.synth.prose.draft import Check, Draft, Stated, TableSlot
from hedui.synth.sheet import Looks, Sheet, draw_looks, lines_of
from hedui.synth.tables_goals import goal_table
from hedui.synth.tables_money import money_table, score_table

__all__ = ["with_tables"]


def shares_of(facts: Facts, what: str) -> tuple[Share, ...]:
    fund = facts.fund
    return {"funds": fund.sources, "places": fund.places, "uses": fund.uses, "accounts": fund.uses}.get(what, ())


def made(what: str, name: str, facts: Facts, looks: Looks, rng: random.Random) -> Sheet | None:
    """The table that a slot asks for; None where the facts have nothing for it."""
    sheet = Sheet(name=name, facts=facts, looks=looks, rng=rng)
    if what == "indicators":
        goal_table(sheet)
    elif what == "scores":
        score_table(sheet)
    elif shares := shares_of(facts, what):
        money_table(sheet, shares, what)
    else:
        return None
    return sheet


def same_text(one: Stated, two: Stated) -> bool:
    return squeeze(one.surface) == squeeze(two.surface)


def agree(cell: Stated, told: Stated, note: str, kind: str = "table") -> Check | None:
    """The check of a cell against a telling of the same fact; None where words differ, which need not be a slip."""
    if cell.value is not None and cell.value == told.value:
        return Check(kind=kind, left=cell.name, stated=told.name, note=note)
    if cell.value is None and told.value is None and same_text(cell, told):
        return Check(kind=kind, left=cell.name, stated=told.name, note=note, tier="v")
    return None


def indicator_checks(sheet: Sheet, draft: Draft) -> Iterator[Check]:
    """Narrative indicators against the rows of the same name."""
    numbers = {squeeze(x.name): i for i, x in enumerate(sheet.facts.indicators, 1)}
    letters = {"actual": "a", "completion": "c", "target": "t", "deviation": "d", "weight": "w", "score": "s"}
    for line in draft.indicators:
        place, _, _, name, rest = (part.strip() for part in line.split(" | "))
        for word in rest.split():
            field, _, value = word.partition("=")
            told = draft.stated.get(value[1:] if value.startswith("@") else place)
            cell = sheet.stated.get(f"{sheet.name}{letters.get(field, '?')}{numbers.get(squeeze(name), 0)}")
            if told and cell and (not value or value.startswith("@")) and (check := agree(cell, told, name)):
                yield check


def money_checks(sheet: Sheet, draft: Draft, key: str, scope: str, share: Mapping[str, object]) -> Iterator[Check]:
    """Budget, spending and rate of one share against the first telling of each in the prose."""
    for letter, of in (("b", "budget"), ("e", "executed"), ("q", "rate"), ("a", "rate")):
        cell = sheet.stated.get(f"{sheet.name}{letter}{key}")
        told = share.get(of)
        if cell and isinstance(told, Stated) and (check := agree(cell, told, f"{scope}：自评表与正文")):
            yield check


def told_money(draft: Draft, scopes: set[str]) -> dict[str, Stated]:
    """What the prose tells of money by measure, where its scope is one of `scopes`; the first telling counts."""
    found: dict[str, Stated] = {}
    for line in draft.funds:
        parts = [part.strip() for part in line.split("|")]
        told = draft.stated.get(parts[0])
        if told and parts[2] in scopes:
            found.setdefault(parts[1], told)
    return found


def fund_checks(sheet: Sheet, draft: Draft) -> Iterator[Check]:
    fund = sheet.facts.fund
    whole: dict[str, Stated] = told_money(draft, {fund.name, "年度资金总额", "资金总额", "预算资金", "项目资金", "合计"})
    rates = [s for s in draft.stated.values() if s.of == "rate" and s.kind == "rate" and s.value == fund.rate]
    yield from money_checks(sheet, draft, "0", "资金总额", whole | ({"rate": rates[0]} if rates else {}))
    for i, source in enumerate(fund.sources, 1):
        if f"{sheet.name}b{i}" in sheet.stated:
            yield from money_checks(sheet, draft, str(i), source.name, told_money(draft, {source.name}))


def score_checks(sheet: Sheet, draft: Draft) -> Iterator[Check]:
    """Points of the prose against points of the table, by dimension and in all."""
    for line in draft.scores:
        parts = [part.strip() for part in line.split("|")]
        told = draft.stated.get(parts[0])
        numbers = [i for i, s in enumerate(sheet.facts.scores, 1) if s.name == parts[1]]
        key = f"s{numbers[0]}" if numbers else "s0" if "总" in parts[1] or "综合" in parts[1] else ""
        cell = sheet.stated.get(sheet.name + key) if key else None
        if told and cell and cell.value == told.value:
            yield Check(kind="table", left=cell.name, stated=told.name, note=f"{parts[1]}：得分表与正文")


def goal_score_checks(sheet: Sheet, draft: Draft) -> Iterator[Check]:
    """The points of the goal table: the total, and each first level's rows, against the prose."""
    total = sheet.stated.get(f"{sheet.name}st")
    for line in draft.scores:
        parts = [part.strip() for part in line.split("|")]
        told = draft.stated.get(parts[0])
        if not told or told.value is None:
            continue
        if total and total.value == told.value and ("总" in parts[1] or "综合" in parts[1]):
            yield Check(kind="table", left=total.name, stated=told.name, note="总分：自评表与正文")
        rows = [i for i, x in enumerate(sheet.facts.indicators, 1) if x.level1 == parts[1]]
        cells = [sheet.stated.get(f"{sheet.name}s{i}") for i in rows]
        if cells and all(cells) and sum(c.value or 0 for c in cells if c) == told.value:
            yield Check(kind="sum", left=" + ".join(c.name for c in cells if c), stated=told.name, note=f"{parts[1]}得分合计")


def across(one: Sheet, two: Sheet) -> Iterator[Check]:
    """The same whole in two tables."""
    for letter, of in (("b", "预算总额"), ("e", "支出总额"), ("q", "执行率")):
        first, second = one.stated.get(f"{one.name}{letter}0"), two.stated.get(f"{two.name}{letter}0")
        if first and second and (check := agree(first, second, f"{of}：两表", "restated")):
            yield check


def standing(draft: Draft) -> Draft:
    """`draft` without the places that were worded and then left out of the text, and without what is claimed of them."""
    there = set(re.findall(r"\{[^{}|]*#(\w+)[^{}|]*\|", "\n".join(e for e in draft.elements if isinstance(e, str))))
    gone = set(draft.stated) - there

    def kept(lines: tuple[str, ...]) -> tuple[str, ...]:
        told = (line for line in lines if line.split(" |")[0].strip() in there)
        return tuple(line for line in told if not gone & set(re.findall(r"\w+", line)))

    return replace(draft, stated={k: v for k, v in draft.stated.items() if k in there}, indicators=kept(draft.indicators),
                   funds=kept(draft.funds), documents=kept(draft.documents), scores=kept(draft.scores),
                   checks=tuple(c for c in draft.checks if not gone & set(c.places)))


def fits(draft: Draft, check: Check) -> bool:
    return all(place in draft.stated for place in check.places)


def with_tables(draft: Draft, facts: Facts, rng: random.Random, *, dialect: str) -> Draft:
    """`draft` with its slots filled; `dialect` as the marked source names them."""
    draft, looks = standing(draft), draw_looks(rng, dialect)
    sheets: list[tuple[str, Sheet]] = []
    elements: list[str | TableSlot] = []
    for element in draft.elements:
        if not isinstance(element, TableSlot):
            elements.append(element)
        elif sheet := made(element.name, f"t{len(sheets) + 1}z", facts, looks, rng):
            sheets.append((element.name, sheet))
            elements += lines_of(sheet)
    stated = draft.stated | {k: v for _, sheet in sheets for k, v in sheet.stated.items()}
    checks = [*draft.checks]
    for what, sheet in sheets:
        checks += sheet.checks
        checks += fund_checks(sheet, draft) if what in {"indicators", "funds"} else ()
        if what == "indicators":
            checks += [*indicator_checks(sheet, draft), *goal_score_checks(sheet, draft)]
        checks += score_checks(sheet, draft) if what == "scores" else ()
    checks += [c for i, (_, one) in enumerate(sheets) for _, two in sheets[i + 1:] for c in across(one, two)]
    filled = replace(draft, elements=tuple(elements), stated=stated, checks=tuple(checks),
                     funds=(*draft.funds, *(line for _, sheet in sheets for line in sheet.funds)))
    return replace(filled, checks=tuple(dict.fromkeys(c for c in checks if fits(filled, c))))
