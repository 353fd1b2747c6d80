"""Names of indicators as reports write them in, one indicator a name out, so that it can be followed over reports, places and years.

The indicators that the guidelines name for all (`ontology.tsv`) come first, then those of earlier calls, then what is new: a name joins the
indicator it most probably is (`indicator_pairs`), else it begins one. Nothing moves an indicator once it has begun, so ids stay as contents
grow, and the same names in whatever order give the same.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd

from hedui.lexicons import rows
from hedui.progress import step
from hedui.research.linking.indicator_names import Levels, Name, levels_of, name_of
from hedui.research.linking.indicator_pairs import probability, shipped_weights

__all__ = ["COLUMNS", "link_indicators"]

PACKAGE = "hedui.research.linking"
COLUMNS = ("name", "level1", "level2", "unit", "indicator_id", "indicator_name", "kind", "scope", "guideline_level1", "guideline_level2",
           "common", "score")
GIVEN = ("name", "level1", "level2", "unit")
RAREST, COMMONEST, TRIED, SHARED = 5, 400, 8, 0.5
SAME, LISTED, TOLD_EVERY = 1.0, 0.99, 1000
UNIT_OF = {"rate": "%", "money": "元", "count": "个"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Leader:
    """The name that an indicator began with."""

    indicator_id: str
    name: Name
    common: bool


@dataclass(kw_only=True, slots=True)
class Leaders:
    """The indicators there are, by what their names hold."""

    held: list[Leader] = field(default_factory=list)
    by_plain: dict[tuple[str, str], int] = field(default_factory=dict)
    by_letters: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_pair: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    listed: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, leader: Leader) -> int:
        at = len(self.held)
        self.held.append(leader)
        self.by_plain.setdefault((leader.name.plain, leader.name.kind), at)
        self.by_letters[letters(leader.name)].append(at)
        for pair in pairs_of(leader.name.content):
            self.by_pair[pair].append(at)
        return at

    def likely(self, name: Name) -> list[int]:
        """The indicators whose names share the letters of `name`, or half of its rarer pairs of letters."""
        pairs = sorted(pairs_of(name.content), key=lambda pair: (len(self.by_pair.get(pair, ())), pair))
        rare = [pair for pair in pairs if len(self.by_pair.get(pair, ())) <= COMMONEST][:RAREST] or pairs[:2]
        shared = Counter(at for pair in rare for at in self.by_pair.get(pair, ())[:COMMONEST])
        least = SHARED * len(rare)
        near = sorted((at for at, count in shared.items() if count >= least), key=lambda at: (-shared[at], at))[:TRIED]
        return list(dict.fromkeys([*self.by_letters.get(letters(name), ())[:TRIED], *near]))


def link_indicators(frame: Any, *, known: Any = None) -> Any:
    """A row of `COLUMNS` for each row of `frame`, in its order, as a DataFrame.

    `frame` has a column `name` and may have `level1`, `level2` and `unit` (of the value: `%`, `人`; it tells how an indicator is measured where
    its name does not). `known` is what an earlier call gave: its names keep their ids and new ones join its indicators. `score` is the
    probability that the name is the indicator: 1 for the name it began with; `common` says that the guidelines name it for all, `scope` is a
    place before the name, `guideline_level1` and `2` the levels of the guidelines. Null ids where there is no name. KeyError without `name`.

    >>> told = link_indicators(pd.DataFrame({"name": ["资金执行率", "建设智慧教室", "智慧教室建设数量(间)"], "unit": ["%", "间", "间"]}))
    >>> told.indicator_name.tolist(), told.indicator_id.nunique()
    (['预算执行率', '建设智慧教室', '建设智慧教室'], 2)
    """
    told = [tuple(row) for row in given(frame).itertuples(index=False, name=None)]
    leaders, earlier = begun(known)
    names = {(name, unit): name_of(name, unit) for name, _, _, unit in told if name.strip()}
    often = Counter((name, unit) for name, _, _, unit in told)
    order = sorted(names.items(), key=lambda item: (-often[item[0]], item[1].plain, item[1].kind, item[0]))
    found: dict[tuple[str, str], tuple[int, float]] = {}
    for n, (key, name) in enumerate(order):
        if n % TOLD_EVERY == 0:
            step("指标 indicators", n, len(order))
        found[key] = earlier[key] if key in earlier else linked(leaders, name)
    step("指标 indicators", len(order), len(order))
    table = pd.DataFrame([row_of(row, names, found, leaders) for row in told], columns=list(COLUMNS), index=frame.index)
    kinds = {"score": "float64", "common": "boolean"}
    return table.astype({column: kinds.get(column, "string") for column in COLUMNS})


def given(frame: Any) -> Any:
    if "name" not in frame.columns:
        raise KeyError("name")
    held = {column: frame[column].astype("object").where(frame[column].notna(), "").astype(str) if column in frame.columns else ""
            for column in GIVEN}
    return pd.DataFrame(held, index=frame.index)


def begun(known: Any) -> tuple[Leaders, dict[tuple[str, str], tuple[int, float]]]:
    """The indicators that there are before the first new name, and the names that are theirs."""
    leaders = Leaders()
    for one, others in ontology():
        at = leaders.add(one)
        leaders.listed |= {(other.plain, other.kind): at for other in others}
    at_id = {leader.indicator_id: at for at, leader in enumerate(leaders.held)}
    earlier: dict[tuple[str, str], tuple[int, float]] = {}
    if known is None:
        return leaders, earlier
    for name, unit, indicator_id, score in known[["name", "unit", "indicator_id", "score"]].dropna(subset=["indicator_id"]).sort_values(
            "score", ascending=False, kind="stable").itertuples(index=False, name=None):
        key = (str(name), "" if pd.isna(unit) else str(unit))
        if indicator_id not in at_id:
            at_id[indicator_id] = leaders.add(Leader(indicator_id=indicator_id, name=name_of(*key), common=False))
        earlier[key] = (at_id[indicator_id], float(score))
    return leaders, earlier


@cache
def ontology() -> tuple[tuple[Leader, tuple[Name, ...]], ...]:
    """The common indicators of the guidelines, each with the other ways to write it."""
    found = []
    for name, _, _, kind, others, *_ in rows("ontology", PACKAGE):
        unit = UNIT_OF.get(kind, "")
        one = name_of(name, unit)
        told = [name_of(other, unit) for other in others.split("、") if other]
        plain = [name_of(other) for other in (name, *others.split("、")) if other]
        found.append((Leader(indicator_id=id_of(one), name=one, common=True), (*told, *plain)))
    return tuple(found)


@cache
def common_levels() -> dict[str, Levels]:
    return {id_of(name_of(row[0], UNIT_OF.get(row[3], ""))): Levels(level1=row[1], level2=row[2]) for row in rows("ontology", PACKAGE)}


def id_of(name: Name) -> str:
    return "i" + hashlib.sha1(f"{name.plain}|{name.kind}".encode()).hexdigest()[:12]


def letters(name: Name) -> str:
    return "".join(sorted(name.content))


def pairs_of(text: str) -> set[str]:
    return {text[i:i + 2] for i in range(len(text) - 1)} or {text}


def linked(leaders: Leaders, name: Name) -> tuple[int, float]:
    """The indicator that a name is and the probability; one that begins with it where it is none that there is."""
    exact = leaders.by_plain.get((name.plain, name.kind))
    if exact is not None:
        return exact, SAME
    listed = leaders.listed.get((name.plain, name.kind))
    if listed is not None:
        return listed, LISTED
    scored = [(probability(name, leaders.held[at].name), -at) for at in leaders.likely(name)]
    best = max(scored, default=(0.0, 0))
    if best[0] >= shipped_weights().threshold:
        return -best[1], round(best[0], 4)
    return leaders.add(Leader(indicator_id=id_of(name), name=name, common=False)), SAME


def row_of(row: tuple[str, ...], names: dict[tuple[str, str], Name], found: dict[tuple[str, str], tuple[int, float]],
           leaders: Leaders) -> tuple[Any, ...]:
    name, level1, level2, unit = row
    if (name, unit) not in found:
        return (name or None, level1 or None, level2 or None, unit or None, *[None] * (len(COLUMNS) - len(GIVEN) - 1), 0.0)
    at, score = found[name, unit]
    leader, said = leaders.held[at], names[name, unit]
    levels = common_levels().get(leader.indicator_id) or levels_of(level1, level2, said.kind)
    return (name, level1 or None, level2 or None, unit or None, leader.indicator_id, leader.name.shown, said.kind or leader.name.kind or None,
            said.scope or None, levels.level1 or None, levels.level2 or None, leader.common, score)
