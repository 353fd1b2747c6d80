"""A made report -> what it plants, what hedui says of it, which answer which; many of them -> recall and false discoveries by kind.

Truth is what the generator works out (`synth/slips.py`, `synth/marked/checks.py`), which knows nothing of the rules that are tried.
It has every conflict that a slip makes, but for sums, shares and differences that only reckon with the slip. A conflict that is said
is `told` when it stands in this truth (the same group of kinds, most quotes and a place in common), an `echo` when it holds the
miswritten place against other figures than the truth does, or tells a misprint of the noise as one (郊益 should be 效益; 效益 should be
郊益 is false), else `false`. A slip is caught when a conflict quotes its place.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from hedui.evaluate.checks import alike, quote_closeness
from hedui.evaluate.compare import pair, squeeze
from hedui.evaluate.reading import gold_check
from hedui.evaluate.rightness_checks import told_check
from hedui.evaluate.sentences import sentence_figures
from hedui.export import to_output
from hedui.extract import extract
from hedui.findings import Check
from hedui.gold import Gold, GoldQuote, read_gold
from hedui.gold.lines import Lines
from hedui.readers import read_bytes
from hedui.synth.generate import Made, make_report
from hedui.synth.words import rows

__all__ = ["Answer", "Audited", "Kind", "Planted", "Said", "audited", "by_kind", "miss_lines", "quiet"]


Answer = Literal["told", "echo", "false"]
Place = tuple[int, str]
# what notes of `synth/slips.py` say of a place that was changed
SLIP = re.compile("写作|误作|仍得满分")
LINE = 160
# 办公设备购置数量|(台)
UNIT = re.compile(r"[(][^()]{1,6}[)]$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Planted:
    """A conflict of the truth: whether it is told, whether its stated place is what was miswritten (`slip`), and whether any conflict
    that is said quotes this place (`caught`)."""

    kind: str
    tier: str
    note: str
    slip: bool
    told: bool
    caught: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A conflict that hedui says, and what it is in truth; `at` is the line it is stated on."""

    check: Check
    at: str
    answer: Answer

    @property
    def confidence(self) -> float:
        return self.check.confidence


@dataclass(frozen=True, kw_only=True, slots=True)
class Audited:
    """One made report: truth and what was said, and of how many sentences all relations are right (hit, of)."""

    name: str
    planted: tuple[Planted, ...]
    said: tuple[Said, ...]
    sentences: tuple[int, int] = (0, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """Of `slips` so many are `caught`; of `planted` conflicts, slips and what follows from them, so many are `told`; of `said` ones some
    `echo` a slip and some are `false`."""

    slips: int = 0
    caught: int = 0
    planted: int = 0
    told: int = 0
    said: int = 0
    echo: int = 0
    false: int = 0

    @property
    def recall(self) -> float | None:
        """Slips caught."""
        return self.caught / self.slips if self.slips else None

    @property
    def told_recall(self) -> float | None:
        """Conflicts told as the truth has them."""
        return self.told / self.planted if self.planted else None

    @property
    def false_discovery(self) -> float | None:
        return self.false / self.said if self.said else None


def gold_in(made: Made) -> Gold:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{made.name}.json"
        path.write_text(made.gold, encoding="utf-8")
        return read_gold(path, text=made.page.marked.text)


def audited(seed: int, number: int, slips: float) -> Audited:
    """Report `number` of `seed`, made, read by rules, and held against its truth."""
    made = make_report(seed, number, slips=slips)
    text = made.page.marked.text
    findings = extract(read_bytes(text.encode(), f"{made.name}.txt"))
    said = [check for report in findings.reports for check in report.checks if check.verdict == "conflict"]
    gold = gold_in(made)
    held = held_against(made, said, gold)
    counts = [figure.counts for figure in sentence_figures(to_output(findings), [gold])]
    return replace(held, sentences=(counts[0][0], counts[0][2])) if counts else held


def held_against(made: Made, said: Sequence[Check], gold: Gold) -> Audited:
    """The conflicts `said` of a report beside those of its `gold`, one telling one."""
    text, wanted = made.page.marked.text, [check for check in gold.checks if check.verdict == "conflict"]
    lines = Lines(text)
    quoted = [places_of([lines.quote(q.span) for q in (*check.inputs, check.stated)]) for check in said]
    asked = [places_of((*check.inputs, check.stated)) for check in wanted]
    slips = [place for check in wanted if SLIP.search(check.note) for place in places_of([check.stated])]
    clean = squeeze(made.clean.marked.text)
    misprints = [misprint_told(check, clean) for check in said]
    found = pair(list(zip(map(gold_check, wanted), asked, strict=True)), list(zip(map(told_check, said), quoted, strict=True)),
                 lambda one, other: alike(one[0], other[0]) if meet(one[1], other[1]) else 0.0)
    told = set(found.values())
    answers: list[Answer] = ["told" if j in told else "echo" if misprints[j] or meet(slips, quoted[j]) else "false" for j in range(len(said))]
    planted = tuple(Planted(kind=check.kind, tier=check.tier, note=check.note, told=i in found, slip=bool(SLIP.search(check.note)),
                            caught=i in found or any(meet(places_of([check.stated]), at) for at in quoted)) for i, check in enumerate(wanted))
    return Audited(name=made.name, planted=planted, said=tuple(
        Said(check=check, at=line_at(text, check.stated.span[0]), answer=answer) for check, answer in zip(said, answers, strict=True)))


def misprint_told(check: Check, clean: str) -> bool:
    """Whether a conflict of names says of a misprint, which the `clean` text has not, that it should be what stands there, letters that
    recognition takes for one another apart."""
    odd, *right = (UNIT.sub("", squeeze(quote.text)) for quote in (check.stated, *check.inputs))
    return check.kind == "label" and odd not in clean and any(
        misread(one[at:at + len(odd)], odd) for one in right if one in clean for at in range(abs(len(one) - len(odd)) + 1))


def misread(meant: str, told: str) -> bool:
    """Whether `told` is `meant` but for letters that the noise puts for others, and not `meant` itself.

    >>> misread("效益指标", "郊益指标"), misread("郊益指标", "效益指标"), misread("效益指标", "收益指标")
    (True, False, False)
    """
    known = {row[0]: row[1] for row in rows("lookalikes")}
    other = [(a, b) for a, b in zip(meant, told, strict=False) if a != b]
    return len(meant) == len(told) and bool(other) and all(b in known.get(a, "").split("、") for a, b in other)


def places_of(quotes: Iterable[GoldQuote]) -> list[Place]:
    return [(quote.line, squeeze(quote.text)) for quote in quotes]


def meet(some: Sequence[Place], others: Sequence[Place]) -> bool:
    """Whether the two quote one thing on one line."""
    return any(a[0] == b[0] and quote_closeness(a[1], b[1]) > 0 for a in some for b in others)


def line_at(text: str, at: int) -> str:
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return text[start:end if end >= 0 else len(text)].strip()


def by_kind(reports: Sequence[Audited], *, tier: str = "numeric") -> Mapping[str, Kind]:
    """The figures of each kind of check and, as `all`, over every kind; of conflicts of `tier`."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for one in report.planted:
            if one.tier == tier:
                counts[one.kind].update(slips=int(one.slip), caught=int(one.slip and one.caught), planted=1, told=int(one.told))
        for said in report.said:
            if said.check.tier == tier:
                counts[said.check.kind].update(said=1, echo=int(said.answer == "echo"), false=int(said.answer == "false"))
    whole: Counter[str] = sum(counts.values(), Counter())
    return {kind: Kind(**found) for kind, found in [*sorted(counts.items()), ("all", whole)]}


def quiet(reports: Sequence[Audited]) -> tuple[int, int]:
    """How many reports hold no conflict at all, and how many conflicts were said of these."""
    sound = [report for report in reports if not report.planted]
    return len(sound), sum(len(report.said) for report in sound)


def miss_lines(reports: Sequence[Audited]) -> Iterator[str]:
    """What was missed and what was said in vain, one line each."""
    for report in reports:
        for planted in report.planted:
            if not planted.told:
                missed = "漏 missed" if planted.slip and not planted.caught else "未言明 untold"
                yield f"{report.name} {missed} {planted.kind} {planted.tier}: {planted.note}"
        for said in report.said:
            if said.answer != "told":
                answer = "误 false" if said.answer == "false" else "连带 echo"
                yield f"{report.name} {answer} {said.check.kind} {said.check.tier} {said.confidence:.2f}: {said.check.note} @ {said.at[:LINE]}"
