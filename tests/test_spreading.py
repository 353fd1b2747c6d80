"""Work that is spread over processes comes to what one process makes of it, whatever becomes of them."""

import os
import signal
from functools import partial

import pytest

from hedui.spreading import aside


def doubled(number):
    return number, 2 * number


def killed_once(mark, number):
    """Dies of the third item where nobody did before."""
    if number == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def put(folder, name):
    (folder / name).write_text(name, encoding="utf-8")
    return name


def test_each_item_is_done_once():
    assert sorted(aside(doubled, range(20))) == [(n, 2 * n) for n in range(20)]


def test_what_a_process_was_lost_with_is_done_here(tmp_path):
    assert sorted(aside(partial(killed_once, tmp_path / "killed"), range(5))) == [0, 2, 4, 6, 8]
    assert (tmp_path / "killed").exists()


def test_what_cannot_be_done_is_raised_as_it_is_here(tmp_path):
    made = aside(partial(put, tmp_path), ["a", "none/b", "c"])
    with pytest.raises(FileNotFoundError, match="none/b"):
        list(made)
