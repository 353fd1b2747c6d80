"""Facts of reports made by hand."""

from decimal import Decimal

import pytest

from hedui.research.pictures.types import Conflict, Money, ReportFacts

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def fact():
    """`fact(n, **told)`: the facts of the n-th report; money by measure in yuan."""
    def make(n=0, *, funds=None, conflicts=0, **told):
        money = {name: Money(Decimal(str(yuan)), f"r-{n}-{name}") for name, yuan in (funds or {}).items()}
        rate = money["executed"].yuan / money["budget"].yuan if {"budget", "executed"} <= money.keys() else None
        held = {"sha256": f"{n:064x}", "report": f"p-{n}", "version": "v", "file": f"{n}.txt", "title": f"报告{n}", "checks": 3, "funds": money,
                "rate": rate, "rate_finding": f"r-{n}-executed" if rate is not None else None,
                "conflicts": tuple(Conflict(f"k-{n}-{i}", "sum", f"1 + {i} ≠ 9") for i in range(conflicts))}
        if "score" in told:
            told = {**told, "score": Decimal(str(told["score"])), "score_record": f"r-{n}-score"}
        return ReportFacts(**{**held, **told})
    return make


@pytest.fixture
def hostile():
    """What a report may have for a name."""
    return HOSTILE


@pytest.fixture
def links():
    """Where marks lead, and what was asked for."""
    asked = []

    def href(key):
        asked.append(key)
        return f"#{len(asked)}"
    href.asked = asked
    return href
