"""Facts and a source of chance in; the whole report as a draft out: title, introduction, sections, places of tables."""

from __future__ import annotations

import random
import re

from hedui.synth.facts import Facts
from hedui.synth.prose.draft import Draft
from hedui.synth.prose.grammar import choose, worded
from hedui.synth.prose.numbering import Numbers, draw_numbers, numbered
from hedui.synth.prose.parts import write_part
from hedui.synth.prose.slots import common_slots, register
from hedui.synth.prose.writer import Writer, draft_of, habits, place, say, slot
from hedui.synth.wording import rows

__all__ = ["report_elements"]

Row = tuple[str, ...]


def outline(rng: random.Random, style: str) -> list[Row]:
    """The rows of one outline, those left out that chance leaves out, and headings left without parts."""
    names = list(dict.fromkeys(r[1] for r in rows("outlines") if r[0] == style))
    name = rng.choice(names)
    kept = [r for r in rows("outlines") if r[:2] == (style, name) and rng.random() < float(r[5])]
    return [r for i, r in enumerate(kept) if r[4] != "-" or any(int(x[2]) > int(r[2]) for x in kept[i + 1 : i + 2])]


def title_lines(writer: Writer) -> None:
    """The title, over one or two lines, its year marked."""
    facts, rng = writer.facts, writer.rng
    text = re.sub(rf"{facts.year}年度?", lambda m: place(writer, "hy", m[0], "date", "year"), facts.title, count=1)
    for name, word, spec in (("hu", facts.bodies.unit.name, "O"), ("hp", facts.fund.name, "X")):
        if word in text:
            text = text.replace(word, place(writer, name, word, {"O": "org", "X": "name"}[spec], "title", spec=spec), 1)
    cut = text.find("绩效") if rng.random() < 0.3 else -1
    for line in (text[:cut], text[cut:]) if cut > 8 else (text,):
        say(writer, line)
    if rng.random() < 0.3:
        say(writer, facts.bodies.unit.name)
    if rng.random() < 0.5:
        say(writer, "")


def sections(writer: Writer, numbers: Numbers) -> None:
    rng = writer.rng
    blank = rng.random() < 0.2
    for _, _, depth, heading, content, _ in outline(rng, writer.facts.style):
        if heading != "-":
            text = choose(heading, rng).replace("{Y}", f"{{{writer.facts.year}年度}}")
            if blank and depth == "1":
                say(writer, "")
            say(writer, (writer.indent if rng.random() < 0.9 else "") + numbered(numbers, int(depth), text))
        for part in content.split():
            if part != "-":
                write_part(writer, numbers, part, int(depth))


def report_elements(facts: Facts, rng: random.Random, *, prefix: str = "") -> Draft:
    """The report's draft. Slots for tables stand behind the text: `indicators` in nine of ten, `places` and `funds` now and then."""
    writer = Writer(facts=facts, rng=rng, prefix=prefix, habits=habits(rng), table=rng.random() < 0.9 or facts.style == "table",
                    indent=rng.choice(("", "", "　　", "    ")), breadth=rng.choice((0.5, 1.0, 2.0, 2.5, 3.5)))
    register(writer)
    title_lines(writer)
    if facts.style not in {"table", "accounts"}:
        say(writer, writer.indent + worded("intro", common_slots(writer), rng))
    sections(writer, draw_numbers(rng))
    if facts.fund.places and rng.random() < 0.4 and facts.style != "table":
        slot(writer, "places")
    if writer.table and facts.style != "table":
        if rng.random() < 0.6:
            say(writer, "")
            say(writer, rng.choice(("附件", "附件：绩效目标自评表", "附：项目支出绩效自评表", "附件1")))
        slot(writer, "indicators")
    return draft_of(writer)
