"""Where the two sides of a rate may stand: figures near it, and figures by their name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hedui.document import Span
from hedui.reconcile.arithmetic.figures import Figure, Passage, before
from hedui.reconcile.arithmetic.patterns import PLANNED, PLANNED_WORD, SPENT, UNPAID

__all__ = ["OWN_RATE", "Memory", "bare_name", "earlier", "planned", "same_scope", "spent", "unnamed"]

WINDOW = 60
YEAR = re.compile(r"\d{4}年度?")
TAIL = re.compile(r"(?:支出决算|决算数?|决算支出|总额|合计|金额|资金|数|为|是|共计|共|达到?|约|:)+$")
# 中央补助资金102.4万元|,执行率95.83% · 419万元|,支出进度75.22% · ,预算完成率 · ,完成预算的 · ,占全年预算的
OWN_RATE = re.compile(r"[,(](?:(?:资金|预算)*(?:执行|支出|支付|使用|拨付)(?:率|进度)|预算完成率|(?:完成|占)(?:全年|年度|年初|本年)?预算的)")
HANDED_ON = re.compile(r"(?:已|累计|实际)拨付")
# 1271.69万元|已拨付使用 · 已形成支出
SPENT_BEHIND = re.compile(r"(?:均|全部|现)?已(?:经)?(?:全部|实际|形成)?(?:拨付(?:使用)?|支付|支出|使用|执行|列支)")
# 计划生育转移支付资金|收到: the name of a programme says neither planned nor spent
NO_WORD = re.compile(r"转移支付|计划生育")
# words that every clause about money holds: they name no scope
GENERIC = re.compile(r"资金|支出|到位|执行|预算|计划|下达|安排|补助|使用|收入|累计|实际|全年|年度|其中|项目|专项|共计|合计|财政|万元|本级")


@dataclass(slots=True)
class Memory:
    """The figures read so far in one part: the last ones in order, the last of each name, and which of them arrived only in part."""

    part: int = -1
    recent: list[Figure] = field(default_factory=list)
    partly: set[Span] = field(default_factory=set)
    names: dict[str, list[Figure]] = field(default_factory=dict)

    def see(self, figure: Figure) -> None:
        if figure.part != self.part:
            self.part, self.recent, self.partly, self.names = figure.part, [], set(), {}
        if figure.label == "RATE":
            if "到位率" in figure.before and figure.value != 1 and self.recent and self.recent[-1].passage == figure.passage:
                self.partly.add(self.recent[-1].span)
            return
        self.recent.append(figure)
        if len(self.recent) > 2 * WINDOW:
            del self.recent[:WINDOW]
        name = bare_name(figure.name)
        if len(name) >= 3:
            self.names.setdefault(name[-3:], []).append(figure)

    def named(self, words: str) -> Iterator[Figure]:
        """The figures whose name ends as `words` do, the last one first."""
        wanted = bare_name(words)
        if len(wanted) < 3:
            return
        for figure in reversed(self.names.get(wanted[-3:], [])[-WINDOW:]):
            name = bare_name(figure.name)
            if name.endswith(wanted) or wanted.endswith(name):
                yield figure


def bare_name(words: str) -> str:
    """A name without the year before it and the words of amount behind it: `2021年本年支出合计` -> `本年支出`.

    >>> bare_name("2021年一般公共预算财政拨款支出")
    '一般公共预算财政拨款支出'
    """
    return TAIL.sub("", YEAR.sub("", words).lstrip("占完成的")) or words


def earlier(memory: Memory, passage: Passage, at: Figure) -> list[Figure]:
    """Figures before `at`, the nearest first: those of its passage, then those of the passages before."""
    own = [f for f in before(passage, at.start, WINDOW) if f.label != "RATE"]
    recent = memory.recent[-WINDOW:] if memory.part == passage.part else []
    return [*reversed(own), *(f for f in reversed(recent) if f.passage != passage.index)]


def spent(figure: Figure) -> bool:
    """Whether a figure is money that was spent: of the words of plan and of spending in its name, the last one tells."""
    said = NO_WORD.sub("", figure.before[-24:])
    if UNPAID.search(said):
        return False
    if SPENT_BEHIND.match(figure.after) or (OWN_RATE.match(figure.after) and HANDED_ON.search(said)):
        return True
    spending, plan = ([m.end() for m in cue.finditer(said)] for cue in (SPENT, PLANNED_WORD))
    return bool(spending) and (not plan or spending[-1] >= plan[-1])


def planned(figure: Figure) -> bool:
    """Whether a figure is money that was planned, given or received."""
    return bool(PLANNED.search(figure.before[-24:]))


def same_scope(a: Figure, b: Figure) -> bool:
    """Whether the names of two figures share a word that tells whose or what for they are: 自治区, 青石市, 中央."""
    one, two = (GENERIC.sub(" ", YEAR.sub("", f.name)) for f in (a, b))
    return any(word[i:i + 2] in two for word in one.split() for i in range(len(word) - 1))



def unnamed(figure: Figure) -> bool:
    """Whether words tell nothing of whose or what for a figure is: 资金到位, or no word at all (1271.69万元已拨付)."""
    return not GENERIC.sub("", figure.name)
