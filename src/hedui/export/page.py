"""The outputs of a run (`hedui/1`) come in, report.html goes out: one page without network that shows what does not agree.

The page carries its own data, styles and scripts. Its content security policy names the hashes of the two and allows
nothing else, and the scripts put texts and names in as text alone, so that nothing in a report can act.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from hedui.export.files import put_file
from hedui.export.page_data import as_script, page_data
from hedui.export.totals import Whole

__all__ = ["page", "write_page"]

STYLES = ("palette.css", "page.css", "reader.css", "print.css")
SCRIPTS = ("words.js", "dom.js", "model.js", "state.js", "text.js", "table.js", "summary.js", "filters.js", "cards.js",
           "records.js", "fulltext.js", "reader.js", "main.js")


def write_page(
    outputs: Iterable[Mapping[str, Any]],
    path: str | os.PathLike[str],
    *,
    title: str = "绩效自评报告核对",
    failures: Mapping[str, str] | None = None,
    whole: Whole | None = None,
) -> Path:
    """Writes report.html to `path` and returns it.

    `outputs` are JSON objects of the form `hedui/1`, one a file; besides the fixed fields, `grids` (`span`,
    `header_rows`, `rows` of spans) and `sections` (`heading`, `level`) are used where they are given. `failures` says
    why a file could not be read at all. `whole` tells of all reports where `outputs` are only the gravest of them: the page then shows the
    totals of all and says so. An older page at `path` is replaced only once the new one is complete.
    """
    target = Path(path)
    put_file(target, page(outputs, title=title, failures=failures, whole=whole).encode())
    return target


def page(outputs: Iterable[Mapping[str, Any]], *, title: str, failures: Mapping[str, str] | None = None,
         whole: Whole | None = None) -> str:
    """The page as HTML."""
    style, script = joined(STYLES), joined(SCRIPTS)
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string(asset("page.html"))
    return template.render(
        title=title, policy=policy_of(style, script), style=Markup(style), script=Markup(script),
        data=Markup(as_script(page_data(outputs, title=title, failures=failures or {}, whole=whole))),
    )


@cache
def asset(name: str) -> str:
    return files("hedui.export").joinpath("page_web", name).read_text(encoding="utf-8")


def joined(names: Iterable[str]) -> str:
    return "\n" + "\n".join(asset(name) for name in names)


def policy_of(style: str, script: str) -> Markup:
    """The content security policy of a page (W3C CSP3) that allows this style and this script, and nothing from elsewhere."""
    return Markup(f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; img-src data:; base-uri 'none'; "
                  "form-action 'none'")


def digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
