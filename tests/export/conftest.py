"""Outputs of many contents, made of the one that is built by hand."""

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hedui.export import dumps, to_output
from hedui.export.columnar import Kept, Key


@pytest.fixture(scope="session")
def varied() -> Callable[..., dict[str, Any]]:
    """`varied(n, year, region, …)`: the output of content number `n`, with what is told of its one report changed."""
    build = runpy.run_path(str(Path(__file__).parents[1] / "conftest.py"))["build"]
    whole = json.dumps(to_output(build()))

    def made(n: int = 0, *, name: str = "", **told: Any) -> dict[str, Any]:
        output = json.loads(whole)
        output["source"] |= {"sha256": f"{n * 7919 % 16**6:06x}".ljust(64, "0"), "name": name or f"{n}.txt"}
        output["reports"][0] |= told
        return output

    return made


@pytest.fixture(scope="session")
def kept_of() -> Callable[..., Kept]:
    """`kept_of(output, version)`: an output as the lake takes it."""
    def kept(output: dict[str, Any], version: str = "v1") -> Kept:
        source = output["source"]
        return Kept(key=Key(source["sha256"], version, source["name"]), output=dumps(output).encode())

    return kept
