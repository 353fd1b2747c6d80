"""Headers of columns -> their roles, for words that the list of known headers does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedui.layout import column_role

ROWS = [line.split("\t") for line in (Path(__file__).parents[1] / "cases" / "layout_headers.tsv").read_text("utf-8").splitlines()
        if line and not line.startswith("#")]


@pytest.mark.parametrize(("header", "role"), ROWS, ids=[row[0] for row in ROWS])
def test_role(header: str, role: str) -> None:
    assert column_role(header) == (role or None)
