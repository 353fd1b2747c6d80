"""What a made report knows: its place, bodies, money, documents, indicators and scores, all figures agreeing.

Money is in 万元 as Decimal; rates are fractions. Nothing here is worded: `draw` makes the facts, `prose` and the tables word them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

__all__ = [
    "Bodies",
    "Body",
    "Facts",
    "Fund",
    "Indicator",
    "Paper",
    "Region",
    "Score",
    "Share",
    "percent",
    "rate_of",
    "rounded",
]


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """`value` rounded half up to `places` decimals, zeros at the end left out."""
    found = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return found.quantize(Decimal(1)) if found == found.to_integral() else found.normalize()


def rate_of(part: Decimal, whole: Decimal) -> Decimal:
    """`part / whole` as a fraction, rounded to hundredths of a percent; 0 where there is no whole."""
    return rounded(part / whole, 4) if whole else Decimal(0)


def percent(rate: Decimal, places: int = 2) -> str:
    """A fraction as text: `0.9541` is `95.41%`."""
    return f"{rounded(rate * 100, places):f}%"


@dataclass(frozen=True, kw_only=True)
class Region:
    """Where the report comes from: `level` is province, city or county; `below` the places under it; `word` how it calls
    itself (省, 自治区, 市, 县, 区); `code` the sign of its documents (黔, 青)."""

    name: str
    level: str
    word: str
    code: str
    province: str
    province_short: str
    province_word: str
    city: str | None
    below: tuple[str, ...]
    made_up: bool = False


@dataclass(frozen=True, kw_only=True)
class Body:
    """A named body: full name, usual short name, and what it is (`organ`, `firm`, `school`, `hospital`, `media` …)."""

    name: str
    short: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Bodies:
    """Who takes part: the reporting unit, the finance body beside it, the two above, ministries, and others by name."""

    unit: Body
    finance: Body
    upper_unit: Body
    upper_finance: Body
    ministry: Body
    treasury: Body
    units_below: tuple[Body, ...]
    others: tuple[Body, ...]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A cited document: `key` names its place (d1 …); `role` early, issue, pass, method, notice, plan; `amount` in 万元."""

    key: str
    role: str
    number: str
    title: str
    issuers: tuple[str, ...]
    issuer_shorts: tuple[str, ...]
    level: str | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of the money: by source, place or use (`kind`), with what was planned, received and spent, in 万元."""

    key: str
    kind: str
    name: str
    level: str | None
    budget: Decimal
    received: Decimal
    executed: Decimal

    @property
    def rate(self) -> Decimal:
        """Executed by budget."""
        return rate_of(self.executed, self.budget)

    @property
    def left(self) -> Decimal:
        """What is carried over."""
        return self.received - self.executed


@dataclass(frozen=True, kw_only=True)
class Fund:
    """The money: sums of `sources` are the totals; `places` sums to the budget, `uses` to what was executed."""

    name: str
    sources: tuple[Share, ...]
    places: tuple[Share, ...]
    uses: tuple[Share, ...]
    recovered: Decimal | None = None

    @property
    def budget(self) -> Decimal:
        """Planned in all."""
        return sum((s.budget for s in self.sources), Decimal(0))

    @property
    def received(self) -> Decimal:
        """Received in all."""
        return sum((s.received for s in self.sources), Decimal(0))

    @property
    def executed(self) -> Decimal:
        """Spent in all."""
        return sum((s.executed for s in self.sources), Decimal(0))

    @property
    def left(self) -> Decimal:
        """Received and not spent."""
        return self.received - self.executed

    @property
    def rate(self) -> Decimal:
        """Executed by budget."""
        return rate_of(self.executed, self.budget)

    @property
    def received_rate(self) -> Decimal:
        """Received by budget."""
        return rate_of(self.received, self.budget)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One 三级指标. `kind` is count, rate, cost, time or state; `target` and `actual` are in `unit` (rates in percent) and
    None for states, whose words stand in `target_text` and `actual_text`; both texts are as a table writes them, `op` (≥, ≤,
    = or nothing) included in `target_text`. `verb`, `thing` word a result in a sentence (`verb` may be empty)."""

    key: str
    level1: str
    level2: str
    name: str
    kind: str
    unit: str
    op: str
    target: Decimal | None
    actual: Decimal | None
    target_text: str
    actual_text: str
    weight: Decimal
    score: Decimal
    completion: Decimal
    deviation: Decimal
    missed: bool
    reason: str | None
    verb: str = ""
    thing: str = ""


@dataclass(frozen=True, kw_only=True)
class Score:
    """A dimension of the self-evaluation: name, full points, points got."""

    key: str
    name: str
    full: Decimal
    score: Decimal


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One report. `kind` as in the gold (self_evaluation …); `style` the family of templates (transfer, project, department,
    accounts, table); `sector` the field of work; `title` the report's own."""

    seed: int
    kind: str
    style: str
    sector: str
    year: int
    title: str
    programme: str | None
    region: Region
    bodies: Bodies
    fund: Fund
    papers: tuple[Paper, ...]
    indicators: tuple[Indicator, ...]
    scores: tuple[Score, ...]
    grade: str
    goal: str

    @property
    def total(self) -> Decimal:
        """Points got in all."""
        return sum((s.score for s in self.scores), Decimal(0))

    @property
    def full(self) -> Decimal:
        """Full points in all."""
        return sum((s.full for s in self.scores), Decimal(0))
