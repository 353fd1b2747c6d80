"""What people type is understood as they mean it, or told in a line."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.errors import UsageError
from hedui.research.query import keys_of_queries, parse_query

CASES = [line.split("\t") for line in (Path(__file__).parents[1] / "cases" / "research_queries.tsv").read_text("utf-8").splitlines()
         if line and not line.startswith("#")]


def shown_term(term):
    return ("-" if term.excluded else "+") + (f'"{term.text}"' if term.phrase else term.text)


def shown_filter(one):
    name = ("!" if one.excluded else "") + one.key + (f"[{one.name}]" if one.name else "")
    if one.values:
        return f"{name}={','.join(one.values)}"
    low, high = ("" if end is None else str(end) for end in (one.low, one.high))
    return f"{name}:{'(' if one.low_open else ''}{low}..{high}{')' if one.high_open else ''}"


@pytest.mark.parametrize("query, terms, filters", CASES, ids=[case[0] for case in CASES])
def test_queries(query, terms, filters):
    found = parse_query(query)
    assert " ".join(map(shown_term, found.terms)) == terms
    assert " ".join(map(shown_filter, found.filters)) == filters


@pytest.mark.parametrize("query, told", [
    ("regio:新疆", "是不是 region"), ("冲突:也许", "conflict:yes"), ("year:去年", "不是数"), ("执行率<很低", "不是数"), ("xyz:1", "region（地区）"),
])
def test_what_cannot_be_understood_is_told_in_a_line(query, told):
    with pytest.raises(UsageError, match=None) as caught:
        parse_query(query)
    assert told in str(caught.value) and "\n" not in str(caught.value)


def test_every_key_goes_by_its_other_names_too():
    for key in keys_of_queries().values():
        value = {"text": "一", "number": "1", "yes": "是"}[key.kind]
        assert {parse_query(f"{name}:{value}").filters[0].key for name in key.names} == {key.key}
        assert all(parse_query(f"{key.key}:{said}").filters[0].values == (meant,) for said, meant in key.values.items())


@given(st.text(max_size=40))
def test_any_text_is_parsed_or_refused_with_a_line(text):
    try:
        found = parse_query(text)
    except UsageError as error:
        assert "\n" not in str(error).replace(text, "")
    else:
        assert all(term.text.strip() for term in found.terms)


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["<", "<=", ">", ">=", "="]))
def test_numbers_are_exact(number, sign):
    one = parse_query(f"yuan{sign}{number}").filters[0]
    assert {one.low, one.high} - {None} == {Decimal(str(number))}
