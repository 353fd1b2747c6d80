"""What may be right again in a moment is tried again, a little later each time: a store that is held or away, a full disk, a server."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from hedui.errors import HeduiError
from hedui.watching.exits import passes

__all__ = ["WAITS", "patient", "patiently"]

Result = TypeVar("Result")
Given = ParamSpec("Given")
# seconds before each further try, some two minutes in all
WAITS = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 60.0)
LOG = logging.getLogger("hedui")


def patiently(function: Callable[[], Result]) -> Result:
    """What `function` gives, once it can: errors that may pass (`hedui.watching.exits.passes`) are told as warnings of the logger `hedui` and
    waited out; the last one comes through."""
    for wait in WAITS:
        try:
            return function()
        except HeduiError as error:
            if not passes(error):
                raise
            LOG.warning("%s；%g 秒后再试 · trying again in %g s", error, wait, wait)
        time.sleep(wait)
    return function()


def patient(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """`function`, done patiently."""
    @wraps(function)
    def waiting(*given: Given.args, **named: Given.kwargs) -> Result:
        return patiently(lambda: function(*given, **named))
    return waiting
