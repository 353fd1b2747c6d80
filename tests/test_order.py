"""Which files are tested first: those that take longest."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SLOWEST = (ROOT / "tests" / "slowest.txt").read_text(encoding="utf-8").splitlines()


def test_the_list_names_files_that_are_there_each_once():
    assert [name for name in SLOWEST if not (ROOT / name).is_file()] == [] and len(set(SLOWEST)) == len(SLOWEST) > 10


def test_the_longest_come_first_in_the_order_of_the_list(request: pytest.FixtureRequest):
    files = list(dict.fromkeys(item.path.relative_to(ROOT).as_posix() for item in request.session.items))
    slow = [name for name in SLOWEST if name in files]
    assert files[:len(slow)] == slow


def test_processes_take_them_in_that_order():
    command = next(line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "-m pytest" in line)
    assert "--dist loadfile" in command and "--no-loadscope-reorder" in command
