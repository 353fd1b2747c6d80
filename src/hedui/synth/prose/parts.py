"""A content's name in; that part of the report written, through templates or through the writers of money and results."""

from __future__ import annotations

from decimal import Decimal

from hedui.synth.facts import rounded
from hedui.synth.prose.accounts import PARTS as ACCOUNTS
from hedui.synth.prose.grammar import filled, worded
from hedui.synth.prose.money import executed, issued, passed, received
from hedui.synth.prose.numbering import Numbers
from hedui.synth.prose.results import results
from hedui.synth.prose.slots import common_slots
from hedui.synth.prose.writer import Writer, check, last, place, say, slot
from hedui.synth.wording import phrases

__all__ = ["write_part"]

ALONE = {"goals", "other", "purpose", "terms", "duties", "deviation", "principles", "process", "assets"}
MONEY = {"issued": issued, "passed": passed, "received": received, "executed": executed}


def score(writer: Writer) -> None:
    """The total and the dimensions."""
    facts, rng = writer.facts, writer.rng
    full = rng.random() < 0.5
    slots = dict(common_slots(writer))
    slots["total"] = lambda: place(writer, "z", f"{facts.total:f}分", "score", "total", facts.total)
    slots["fulltotal"] = lambda: place(writer, "zf", f"{facts.full:f}分", "points", "full", facts.full)
    slots["grade"] = facts.grade
    parts = []
    for s in facts.scores:
        got = place(writer, s.key, f"{s.score:f}分", "score", "score", s.score)
        key = last(writer, s.key)
        if full:
            points = place(writer, f"{s.key}f", f"{s.full:f}分", "points", "full", s.full)
            parts.append(rng.choice((f"{s.name}{points}，得{got}", f"{s.name}满分{points}、得分{got}", f"{s.name}（{points}）得{got}")))
        else:
            parts.append(f"{s.name}{got}")
        writer.blocks["scores"].append(f"{key} | {s.name} | {s.full if full else ''} | {s.score}")
    slots["dimensions"] = ("；" if full else "、").join(parts)
    text = worded("score", slots, rng)
    name = last(writer, "z")
    said_full = f"{facts.full:f}" if writer.prefix + "zf" in writer.stated else ""
    grade = facts.grade if f"“{facts.grade}”" in text or f"为{facts.grade}" in text else ""
    writer.blocks["scores"].insert(0, f"{name} | 总分 | {said_full} | {facts.total} | {grade}")
    if "<" not in text and all(writer.prefix + s.key in writer.stated for s in facts.scores) and "、" in text:
        check(writer, "sum", " + ".join(s.key for s in facts.scores), "z", "各项得分合计")
    if full:
        check(writer, "sum", " + ".join(f"{s.key}f" for s in facts.scores), "zf", "各项分值合计")
        budget = facts.scores[0]
        if budget.score == rounded(budget.full * facts.fund.rate, 2) and facts.fund.rate > Decimal("0.01"):
            check(writer, "ratio", f"{budget.key}f * er", budget.key, "预算执行得分")
    say(writer, writer.indent + text)


def write_part(writer: Writer, numbers: Numbers, name: str, depth: int) -> None:
    """The part called `name` below a heading of `depth`."""
    if name == "results":
        results(writer, numbers, depth + 1)
    elif name in MONEY:
        MONEY[name](writer)
    elif name in ACCOUNTS:
        ACCOUNTS[name](writer)
    elif name == "score":
        score(writer)
    elif name == "table":
        slot(writer, "indicators")
    else:
        texts = list(phrases()[name])
        count = 1 if name in ALONE else max(1, round(writer.rng.choice((1, 2, 2, 3)) * writer.breadth))
        for text in writer.rng.sample(texts, min(count, len(texts))):
            say(writer, writer.indent + filled(text, common_slots(writer), writer.rng))
