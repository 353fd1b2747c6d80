"""Signals as bytes and back: the same kinds, names in their order, and values to the last digit."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.errors import ReadError
from hedui.kept import signals_bytes, signals_from
from hedui.signals import Signals, Tie

names = st.sampled_from(["held", "doubt", "mended", "length", "kind.sum", "model"])
values = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0.0, 1.0])
told = st.tuples(st.sampled_from(["fund", "mention.RATE", "check.holds"]), st.lists(st.tuples(names, values), max_size=6).map(dict))
items = st.lists(told, max_size=5)
at = st.lists(st.integers(0, 10**5), max_size=4).map(tuple)


@st.composite
def made(draw):
    records = draw(items)
    ties = [Tie(claims=draw(at), disputes=draw(at)) for _ in records]
    return Signals(mentions=draw(items), claims=draw(items), checks=draw(items), records=records, ties=ties)


def ordered(some):
    return [(kind, list(signals.items())) for kind, signals in some]


@settings(max_examples=50)
@given(made())
def test_signals_come_back_as_they_were(signals):
    data = signals_bytes(signals)
    back = signals_from(data)
    for group in ("mentions", "claims", "checks", "records"):
        assert ordered(getattr(back, group)) == ordered(getattr(signals, group))
    assert list(back.ties) == list(signals.ties) and signals_bytes(back) == data


@given(st.binary(max_size=60))
def test_any_bytes_are_refused(data):
    for some in (data, zlib.compress(data)):
        with pytest.raises(ReadError):
            signals_from(some)


@pytest.mark.parametrize("before, after", [
    (b"hedui-signals/1", b"hedui-signals/9"), (b'"mentions":[0', b'"mentions":[7'), (b'"mentions":[0', b'"mentions":[0,0,0'),
    (b'"claims"', b'"claimed"'), (b'[[0,1,2]', b'[[0,1,9]'), (b'"ties":[[1', b'"ties":[["a"')])
def test_what_is_damaged_is_told_in_one_line(before, after):
    signals = Signals(mentions=[("fund", {"held": 1.0, "doubt": 0.5})], records=[("fund", {"held": 1.0, "doubt": 0.0})],
                      ties=[Tie(claims=(0,), disputes=())])
    data = zlib.decompress(signals_bytes(signals))
    assert before in data
    with pytest.raises(ReadError) as error:
        signals_from(zlib.compress(data.replace(before, after)))
    assert "\n" not in str(error.value)
