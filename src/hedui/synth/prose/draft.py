"""What the prose hands on: marked lines, slots for tables, claims, and every stated figure as one object that can be changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

__all__ = ["Check", "Draft", "Stated", "TableSlot", "changed"]


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A figure or word that the prose tells at the place `name`: its value (yuan, fraction or number; None for words), its
    surface, its kind (amount, rate, quantity, score, state, docno, title, org, place) and what it says of which fact (`of`: budget,
    executed, rate, target …)."""

    name: str
    value: Decimal | None
    surface: str
    kind: str
    of: str


@dataclass(frozen=True, kw_only=True)
class TableSlot:
    """Where a table belongs: `indicators`, `funds`, `scores`, `places` or `accounts`."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """A relation of the prose: `line` as `@checks` has it without its flag and note."""

    kind: str
    left: str
    stated: str
    note: str = ""
    flag: str = ""
    tier: str = ""
    computed: str = ""

    @property
    def line(self) -> str:
        """The line of the block `@checks`."""
        words = f"{self.kind} {self.left} = {self.stated}"
        words += f" {self.flag}" if self.flag else ""
        words += f" :{self.tier}" if self.tier else ""
        words += f' "{self.computed}"' if self.computed else ""
        return f"{words} | {self.note}"

    @property
    def places(self) -> tuple[str, ...]:
        """The names of all places it uses, the stated one last."""
        return (*re.findall(r"[A-Za-z]\w*", self.left), self.stated)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A report before its tables. Blocks hold claim lines as the marked source writes them."""

    elements: tuple[str | TableSlot, ...]
    orgs: tuple[str, ...]
    regions: tuple[str, ...]
    stated: dict[str, Stated]
    indicators: tuple[str, ...]
    funds: tuple[str, ...]
    documents: tuple[str, ...]
    scores: tuple[str, ...]
    checks: tuple[Check, ...] = field(default=())


def changed(draft: Draft, name: str, surface: str) -> Draft:
    """`draft` with another surface at the place `name`; claims that quote the place follow by themselves, typed scores are
    changed with it. Checks keep their flags: give those that no longer hold `!`."""
    told = draft.stated[name]
    mark = re.compile(r"(\{[^{}|]*#" + re.escape(name) + r"\b[^{}|]*\|)" + re.escape(told.surface))
    lines = tuple(mark.sub(lambda m: m[1] + surface, e) if isinstance(e, str) else e for e in draft.elements)
    if lines == draft.elements:
        raise ValueError(f"no place {name} with {told.surface}")
    scores = draft.scores
    if told.kind == "score":
        points = (told.surface.removesuffix("分"), surface.removesuffix("分"))
        scores = tuple(
            re.sub(rf"\| {re.escape(points[0])}( \||$)", rf"| {points[1]}\1", s) if s.startswith(f"{name} |") else s
            for s in scores
        )
    stated = draft.stated | {name: replace(told, surface=surface, value=None)}
    return replace(draft, elements=lines, scores=scores, stated=stated)
