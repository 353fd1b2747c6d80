"""Figures of a scan: a character that the recogniser was unsure of is the likelier to be another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hedui.claims import link_claims
from hedui.document import Box, Document, Line
from hedui.findings import Repair
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile import reconcile, repairs_of

TOLD_TWICE = "一、概况\n全县农村饮水安全工程受益农户{}户。\n二、结论\n全县农村饮水安全工程受益农户{}户。\n"


def recognised(text: str, unsure: str, score: int) -> Document:
    """`text` as if it had been read from a picture, all of it with certainty but the one character marked in `unsure` (`9[8].94`)."""
    document = read_bytes(text.encode(), "scan.txt")
    before, _, rest = unsure.partition("[")
    at = document.text.index(before + rest.replace("]", "", 1)) + len(before)
    lines, start = [], 0
    for row in document.text.splitlines(keepends=True):
        span = (start, start + len(row.rstrip("\n")))
        scores = bytes(score if i == at else 99 for i in range(*span))
        lines.append(Line(span=span, box=Box(page=1, x0=0, y0=start, x1=100, y1=start + 1), scores=scores))
        start += len(row)
    return replace(document, lines=tuple(lines))


def repairs(document: Document) -> tuple[Repair, ...]:
    layout = arrange(document)
    mentions = find_mentions(layout)
    checks, _ = reconcile(layout, mentions, link_claims(layout, mentions))
    return repairs_of(layout, mentions, checks)


def test_the_less_sure_the_recogniser_was_the_likelier_it_was_wrong() -> None:
    text = "2021年预算资金2386.40万元，实际支出2241.72万元，预算执行率为98.94%。\n"
    odds = []
    for score in (99, 85, 60):
        (one,) = repairs(recognised(text, "9[8].94", score))
        assert (one.stated.text, one.proposed, one.change) == ("98.94%", "93.94%", "recognised")
        odds.append(one.odds)
    assert odds == sorted(odds) and odds[0] * 20 < odds[-1]


def test_a_file_that_gives_its_own_text_was_not_recognised() -> None:
    (one,) = repairs(read_bytes("2021年预算资金2386.40万元，实际支出2241.72万元，预算执行率为98.94%。\n".encode(), "a.txt"))
    assert (one.proposed, one.change) == ("93.94%", "digit")


@pytest.mark.parametrize(("first", "second", "unsure", "expected"), [
    ("31856", "31356", "31[8]56", ("31856户", "31356户")),
    ("31856", "31356", "31[3]56", ("31356户", "31856户")),
])
def test_of_two_tellings_the_one_that_was_hard_to_read_is_wrong(first: str, second: str, unsure: str, expected: tuple[str, str]) -> None:
    text = TOLD_TWICE.format(first, second)
    assert repairs(read_bytes(text.encode(), "a.txt")) == ()
    (one,) = repairs(recognised(text, unsure, 55))
    assert (one.stated.text, one.proposed) == expected



def test_a_point_that_the_recogniser_lost_is_put_back() -> None:
    text = "一、资金\n全年支出155.4万元，其中：人员经费62.1万元，公用经费933万元。\n"
    (one,) = repairs(recognised(text, "93[3]万", 97))
    assert (one.stated.text, one.proposed, one.change) == ("933万元", "93.3万元", "recognised")
    assert not any(one.change == "recognised" for one in repairs(read_bytes(text.encode(), "a.txt")))


def test_two_shares_of_one_total_do_not_fail_for_one_of_them() -> None:
    shares = "一、资金\n全年总支出87.7万元。管网维护支出43.95万元，占总支出的50.81%；水质检测支出18.09万元，占总支出的{}。\n"
    (one,) = repairs(recognised(shares.format("20.63%"), "50.[8]1", 97))
    assert (one.stated.text, one.proposed) == ("50.81%", "50.11%")
    assert repairs(recognised(shares.format("20.91%"), "50.[8]1", 97)) == ()
