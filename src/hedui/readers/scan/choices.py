"""The characters of a line and the next likely in each place -> the line with the second where the first cannot be.

Only what its neighbours make certain is chosen anew, and only if the recogniser itself had it second.
"""

from __future__ import annotations

import re

__all__ = ["chosen"]

# 财教〔2021]65号 · 财教[2021〕65号 · 财教〔2021)65号: the brackets of a year are a pair, and one of them is 〔 or 〕
YEAR = re.compile(r"〔(?:19|20)\d\d[\])）】]|[\[(（【](?:19|20)\d\d〕")
# 执行率100%°: a full stop; 25°C and 东经120°30′ are degrees, which follow a digit
STOP = re.compile(r"(?<![0-9])°")
# $\geq 85\%$: marks of a formula that an export left in print; an upright stroke stands before no percent sign
MARKUP = re.compile(r"[|](?=%|[gl]eq?\b)")


def chosen(text: str, seconds: str) -> str:
    """`text`, of the same length, with characters of `seconds` in the places where those of `text` cannot stand.

    >>> chosen("财教〔2021]65号", "       〕   ")
    '财教〔2021〕65号'
    """
    chars = list(text)
    for found in YEAR.finditer(text):
        for at, wanted in ((found.start(), "〔"), (found.end() - 1, "〕")):
            if seconds[at:at + 1] == wanted:
                chars[at] = wanted
    for found in STOP.finditer(text):
        if seconds[found.start():found.end()] == "。":
            chars[found.start()] = "。"
    for found in MARKUP.finditer(text):
        if seconds[found.start():found.end()] == "\\":
            chars[found.start()] = "\\"
    return "".join(chars)
