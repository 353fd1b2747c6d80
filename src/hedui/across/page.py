"""What holds between files in, one page without network out: a table that a reader sorts, narrows and unfolds.

The page's content security policy names the hashes of its own style and script and allows nothing else; what reports say is put in as
text by a template that escapes everything.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from hedui.across.output import NAMES, counts
from hedui.across.types import Across
from hedui.export.page import policy_of

__all__ = ["page"]

VERDICTS = {"conflict": ("不符", "conflict"), "rounding": ("舍入", "rounding")}


@cache
def asset(name: str) -> str:
    return files("hedui.across").joinpath("page_web", name).read_text(encoding="utf-8")


def page(across: Across, *, title: str = "跨文件核对") -> str:
    """The page as HTML: what does not agree, and how much does."""
    style, script = asset("across.css"), asset("across.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(asset("across.html")).render(
        title=title, policy=policy_of(style, script), style=Markup(style), script=Markup(script), across=across, names=NAMES, verdicts=VERDICTS,
        counts=counts(across), shown=[check for check in across.checks if check.verdict != "consistent"])
