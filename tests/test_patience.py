"""What may pass is waited for, what cannot is not."""

import errno
import io
import logging

import pytest

from hedui.bulk import patience
from hedui.commands.warned import warned
from hedui.errors import PassingError, ReadError, StoreError


def away(error, times):
    left = [error] * times

    def function():
        if left:
            raise left.pop()
        return "there"
    return function


def full():
    error = StoreError("磁盘已满")
    error.__cause__ = OSError(errno.ENOSPC, "full")
    return error


@pytest.fixture
def waited(monkeypatch):
    seconds = []
    monkeypatch.setattr(patience.time, "sleep", seconds.append)
    return seconds


@pytest.mark.parametrize("error", [full(), PassingError("a.txt", "连不上")])
def test_what_passes_is_waited_for_and_told(waited, caplog, error):
    assert patience.patiently(away(error, 3)) == "there"
    assert waited == [1.0, 2.0, 4.0] and len(caplog.records) == 3 and str(error) in caplog.text


@pytest.mark.parametrize("error", [StoreError("不是可用的数据库"), ReadError("a.txt", "坏")])
def test_what_does_not_pass_is_not_waited_for(waited, error):
    with pytest.raises(type(error)):
        patience.patiently(away(error, 1))
    assert waited == []


def test_what_stays_away_comes_through_at_last(waited):
    with pytest.raises(StoreError, match="磁盘已满"):
        patience.patiently(away(full(), 99))
    assert 100 < sum(waited) < 150


@pytest.fixture
def engine():
    """What an engine in the same process that has set up logging tells in its own form."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    logging.getLogger().addHandler(handler)
    yield told
    logging.getLogger().removeHandler(handler)


def test_a_command_tells_what_it_waits_for_once_in_its_own_words(waited, capsys, engine):
    with warned():
        patience.patiently(away(full(), 1))
    assert capsys.readouterr().err == "磁盘已满；1 秒后再试 · trying again in 1 s\n" and not engine.getvalue()
    patience.patiently(away(full(), 1))
    assert engine.getvalue() == "磁盘已满；1 秒后再试 · trying again in 1 s\n"
