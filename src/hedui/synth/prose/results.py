"""The section on goals and results: headings by level, then the indicators as labels or told in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hedui.synth.facts import Indicator
from hedui.synth.prose.grammar import worded
from hedui.synth.prose.labels import label_line
from hedui.synth.prose.numbering import Numbers, item_number, numbered
from hedui.synth.prose.told import told_group
from hedui.synth.prose.writer import Writer, say

__all__ = ["results"]

TAILS = ("", "", "完成情况", "完成情况分析", "完成情况", "分析")
FAMILIES = ("label_value", "label_goal", "label_goal", "label_plain", "label_judged")


def by_level(indicators: Sequence[Indicator], level: str) -> dict[str, list[Indicator]]:
    found: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        found.setdefault(getattr(indicator, level), []).append(indicator)
    return found


def results(writer: Writer, numbers: Numbers, depth: int) -> None:
    """All indicators, below a heading of `depth - 1`; one in five of the long lists is not told in full."""
    rng = writer.rng
    if rng.random() < 0.14:
        tasks(writer, numbers, depth)
        return
    family = rng.choice((*FAMILIES, *("told",) * 5))
    tail = rng.choice(TAILS)
    run_in = family == "told" and rng.random() < 0.35
    deep = rng.random() < 0.7
    picked = [i for i in writer.facts.indicators if rng.random() < 0.85] if rng.random() < 0.3 else writer.facts.indicators
    for level1, group in by_level(picked, "level1").items():
        heading = numbered(numbers, depth, level1 + (tail if level1.endswith("指标") else ""))
        below = by_level(group, "level2") if deep and "满意度" not in level1 else {"": group}
        if run_in and list(below) == [""]:
            told_group(writer, group, level1, "", lead=writer.indent + heading + "。", numbers=numbers)
            continue
        say(writer, writer.indent + heading + ("。" if rng.random() < 0.1 else ""))
        for level2, members in below.items():
            subsection(writer, numbers, depth + 1, family, (level1, level2), members, run_in)


def subsection(writer: Writer, numbers: Numbers, depth: int, family: str, levels: tuple[str, str], members: list[Indicator],
               run_in: bool) -> None:
    """The indicators of one second level."""
    level1, level2 = levels
    writer.levels = levels
    lead = ""
    if level2:
        heading = numbered(numbers, min(depth, 4), level2)
        if run_in:
            lead = heading + writer.rng.choice(("。", "：", "。"))
        else:
            say(writer, writer.indent + heading + ("。" if writer.rng.random() < 0.15 else ""))
    if family == "told":
        told_group(writer, members, level1, level2, lead=writer.indent + lead, numbers=numbers)
        return
    write: Callable[[Indicator], str] = lambda i: label_line(writer, i, family)  # noqa: E731
    for n, indicator in enumerate(members, 1):
        number = item_number(numbers, n) if len(members) > 1 or writer.rng.random() < 0.5 else ""
        say(writer, writer.indent + number + write(indicator))


def tasks(writer: Writer, numbers: Numbers, depth: int) -> None:
    """Results by the work they came from: 项目完成情况 with the tasks below it, then 项目效益情况."""
    facts, rng = writer.facts, writer.rng
    output = [i for i in facts.indicators if i.level1 == facts.indicators[0].level1]
    rest = [i for i in facts.indicators if i not in output]
    done, effect = rng.choice((("项目完成情况", "项目效益情况"), ("项目完成情况", "项目效果")))
    say(writer, writer.indent + numbered(numbers, depth, done))
    size = rng.randint(2, 4)
    run_in, seen = rng.random() < 0.4, set[str]()
    for start in range(0, len(output), size):
        members = output[start : start + size]
        topic = next((i.thing for i in members if i.thing), facts.goal)
        task = worded("task", {"topic": topic}, rng)
        if task in seen:
            continue
        seen.add(task)
        heading = writer.indent + numbered(numbers, min(depth + 1, 4), task)
        if not run_in:
            say(writer, heading)
        told_group(writer, members, done, task, lead=heading + "。" if run_in else writer.indent, numbers=numbers)
    say(writer, writer.indent + numbered(numbers, depth, effect))
    told_group(writer, rest, effect, "", lead=writer.indent, numbers=numbers)
