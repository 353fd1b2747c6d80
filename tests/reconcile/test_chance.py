"""Odds of chance: they grow with what a search has to choose from and fall with the digits that must come out."""

import math
from decimal import Decimal

import pytest

from hedui.confidence.signals_checks import odds_of_chance
from hedui.findings import Check, Mention, Quote
from hedui.reconcile.chance.borne import without_borne_out
from hedui.reconcile.chance.figures import figures_of, told_in
from hedui.reconcile.chance.odds import fits_by_chance, with_chances
from hedui.reconcile.chance.trials import trials_of


def amounts(*texts: str) -> list[Mention]:
    """One mention after another, `1,204.5万元` or `95.5%` or `12人`, ten characters apart."""
    found = []
    for i, text in enumerate(texts):
        number = Decimal(text.rstrip("万元%人").replace(",", ""))
        label, unit, scale = (("AMOUNT", "CNY", 10000) if "万元" in text else ("RATE", "1", Decimal("0.01")) if "%" in text
                              else ("QUANTITY", "人", 1))
        found.append(Mention(id=f"m-{i}", label=label, span=(10 * i, 10 * i + len(text)), text=text, value=number * scale, unit=unit))
    return found


def check(kind: str, mentions: list[Mention], inputs: list[int], stated: int, **more: object) -> Check:
    quotes = [Quote(span=m.span, text=m.text, value=m.text) for m in mentions]
    return Check(id="k-1", kind=kind, inputs=tuple(quotes[i] for i in inputs), stated=quotes[stated], computed="",
                 **{"tier": "numeric", "note": "", "verdict": "consistent", **more})


def chance(kind: str, texts: str, inputs: list[int], stated: int, **more: object) -> float | None:
    mentions = amounts(*texts.split())
    return with_chances(mentions, [check(kind, mentions, inputs, stated, **more)])[0].chance


def test_more_digits_fit_less_often():
    found = [chance("ratio", f"95万元 80万元 110万元 70万元 100万元 {rate}", [0, 4], 5) for rate in ("95%", "95.0%", "95.00%")]
    assert found[0] > 5 * found[1] > 25 * found[2] > 0
    assert found[0] == pytest.approx(1 - math.exp(-4 * 0.02 / (0.95 * 1.5)))  # four bases, two per cent of what lies from 47.5 to 190


def test_more_figures_fit_more_often():
    few = chance("ratio", "95万元 100万元 95%", [0, 1], 2)
    many = chance("ratio", "95万元 80万元 90万元 85万元 110万元 120万元 100万元 95%", [0, 6], 7)
    assert 0 < few < many < 1


def test_figures_of_another_kind_are_no_candidates():
    assert chance("ratio", "95万元 12人 13人 90人 100万元 95%", [0, 4], 5) == chance("ratio", "95万元 100万元 95%", [0, 1], 2)


@pytest.mark.parametrize("kind, texts, inputs, stated", [
    ("sum", "301.27万元 422.18万元 800万元 723.45万元", [0, 1], 3),
    ("difference", "723.45万元 301.27万元 422.18万元", [0, 1], 2),
    ("growth", "112.60万元 812.60万元 16.09%", [0, 1], 2),
    ("restated", "1,523.47万元 900万元 1,523.47万元", [0], 2),
])
def test_long_figures_hardly_ever_fit(kind, texts, inputs, stated):
    assert 0 < chance(kind, texts, inputs, stated) < 0.01


def test_whole_things_fit_only_as_themselves():
    assert chance("restated", "6人 6人", [0], 1) == pytest.approx(1 - math.exp(-1 / 9))


def test_what_the_operands_allow_widens_the_fit():
    narrow, wide = (chance("ratio", "95万元 100万元 95%", [0, 1], 2, low=Decimal(low), high=Decimal(high))
                    for low, high in (("95", "95"), ("90", "99")))
    assert wide > 4 * narrow


@pytest.mark.parametrize("kind, more", [("target", {}), ("label", {"tier": "wording"}), ("sum", {"tier": "value"})])
def test_where_nothing_was_reckoned_there_are_no_odds(kind, more):
    assert chance(kind, "95万元 100万元 95%", [0, 1], 2, **more) is None


def test_points_that_only_a_check_quotes_are_figures():
    quotes = [Quote(span=(i, i + 1), text=text, value=text) for i, text in enumerate(("8分", "10分", "80%"))]
    one = Check(id="k-1", kind="ratio", inputs=tuple(quotes[:2]), stated=quotes[2], computed="", verdict="consistent", tier="numeric", note="")
    assert [told.kind for told in figures_of((), [one]).at.values()] == ["QUANTITY 分", "QUANTITY 分", "RATE 1"]
    assert 0 < with_chances((), [one])[0].chance < 1


@pytest.mark.parametrize("kind, results", [
    ("sum", [5, 9]), ("difference", [1, 2, 1, 1]), ("ratio", [2 / 3, 2 / 4]), ("table", [2, 3, 4])])
def test_what_a_search_tries(kind, results):
    near = [told_in((i, i + 1), str(value), float(value), "QUANTITY 1") for i, value in enumerate((2, 3, 4))]
    assert trials_of(kind, near[:2], near) == pytest.approx(results)


def test_odds_are_those_of_at_least_one_fit():
    assert fits_by_chance(100.0, 3.0, [60.0, 170.0, 900.0], 3) == pytest.approx(1 - math.exp(-2 * 3 / 150))
    assert fits_by_chance(100.0, 3.0, [], 0) == 0.0


@pytest.mark.parametrize("told, signal", [(None, 0.0), (1.0, 0.0), (0.001, 3.0), (0.0, 6.0)])
def test_the_signal_is_in_decades(told, signal):
    mentions = amounts("1人", "1人")
    assert odds_of_chance(check("sum", mentions, [0], 1, chance=told)) == pytest.approx(signal)


@pytest.mark.parametrize("texts, seldom, kept", [
    ("3418万元 3600万元 3411万元 94.75%", 0.01, False),  # another figure, borne out by its rate
    ("3418万元 3600万元 3411万元 94.75%", 0.2, True),
    ("4311万元 3600万元 3411万元 94.75%", 0.01, True),  # digits that changed places
])
def test_a_figure_that_its_rate_bears_out_is_no_slip(texts, seldom, kept):
    mentions = amounts(*texts.split())
    rate = check("ratio", mentions, [2, 1], 3, chance=seldom)
    slip = check("restated", mentions, [0], 2, verdict="conflict", note="3418万元 ≠ 3411万元，疑为笔误")
    assert (slip in without_borne_out([rate, slip], ("疑为笔误",))) is kept
    assert rate in without_borne_out([rate, slip], ("疑为笔误",))
