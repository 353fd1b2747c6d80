"""Imported by the server that reading processes are forked from: what each of them needs is loaded once, and shared.

spaCy takes torch in wherever it is installed, two seconds and 200 MB that no reader needs: it is kept out meanwhile, and
can be imported afterwards.
"""

import sys
from typing import Any

modules: dict[str, Any] = sys.modules
spared = "torch" not in modules
if spared:
    modules["torch"] = None

from hedui.extract import extract  # noqa: E402
from hedui.mentions import mentions_of_text  # noqa: E402

__all__ = ["extract"]

mentions_of_text("预算1200万元")
if spared:
    del modules["torch"]
