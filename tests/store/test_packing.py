"""What is packed comes back to the letter."""

import gc
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.export import to_json
from hedui.store.columns import of_columns, to_columns
from hedui.store.packing import pack, unpack, unpack_json

IDS = st.from_regex(r"[mck]-[0-9a-f]{12}", fullmatch=True)
TEXTS = st.text("甲乙ab12 \n\"", max_size=6)
SPANS = st.tuples(st.integers(-2, 8), st.integers(-2, 8)).map(list)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS | IDS | SPANS


def objects(values):
    return st.dictionaries(st.sampled_from(["id", "span", "text", "value", "a", ""]), values, max_size=4)


VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | objects(inner), max_leaves=12)
QUOTES = st.lists(st.fixed_dictionaries({"span": SPANS, "text": TEXTS}) | objects(LEAVES), max_size=5)


def line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


@settings(max_examples=60)
@given(VALUES)
def test_any_value_comes_back(value):
    assert line(of_columns(*to_columns(value))) == line(value)
    assert unpack(pack(line(value))) == line(value)


def test_columns_leave_no_cycles_that_only_the_collector_takes_away():
    gc.collect()
    to_columns({"id": "m-0123456789ab", "span": [0, 1], "inner": [{"a": [1, 2]}, {"b": ["c"]}]})
    assert gc.collect() == 0


@given(TEXTS, QUOTES)
def test_texts_come_back_whether_cut_by_their_span_or_not(text, quotes):
    for one in quotes[::2]:
        if isinstance(one.get("span"), list):
            one["text"] = text[slice(*one["span"])]
    for whole in ({"quotes": quotes, "text": text}, {"text": text, "span": [0, len(text)], "quotes": quotes}, quotes, {"quotes": quotes}):
        assert unpack(pack(line(whole))) == line(whole)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_what_is_no_output_of_ours_comes_back(text):
    assert unpack(pack(text)) == text


@pytest.mark.parametrize("text", ['{"a":1,"a":2}\n', '{"a": 1}\n', '{"a":1}', '{"a":1e2}\n', '{"a":"\\u4e2d"}\n', "NaN\n", "{}\n", "[]\n", "\n"])
def test_json_written_otherwise_comes_back(text):
    assert unpack(pack(text)) == text


def test_what_was_kept_before_can_be_read(made):
    output = to_json(made())
    assert unpack(zlib.compress(output.encode())) == output
    assert unpack_json(zlib.compress(output.encode())) == unpack_json(pack(output)) == json.loads(output)

