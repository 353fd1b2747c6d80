"""Work that is spread over processes comes to what one process makes of it, whatever becomes of them."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from hedui.progress import step
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


def put_many(folder, name):
    """Puts a hundred files in ten seconds, saying so before each."""
    for n in range(100):
        step("file", n, 100)
        (folder / f"{name}{n}").touch()
        time.sleep(0.1)


def test_nobody_writes_on_when_the_one_who_asked_is_gone(tmp_path):
    asks = ("import sys; from functools import partial; from pathlib import Path; sys.path.insert(0, sys.argv[2]); import test_spreading as t\n"
            "if __name__ == '__main__': list(t.aside(partial(t.put_many, Path(sys.argv[1])), ['a', 'b']))")
    asking = subprocess.Popen([sys.executable, "-c", asks, str(tmp_path), str(Path(__file__).parent)])
    while not list(tmp_path.iterdir()):
        time.sleep(0.02)
    asking.kill()
    asking.wait()
    time.sleep(0.5)
    written = len(list(tmp_path.iterdir()))
    time.sleep(0.6)
    assert len(list(tmp_path.iterdir())) == written < 100
