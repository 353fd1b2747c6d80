"""How lists that open a sentence of their own say what they are lists of. All of them match on a view."""

from __future__ import annotations

import re

__all__ = ["BEGUN", "GOES_ON", "OPENING"]

# 其中: · 其中, · 按用途分, · 按资金来源分, · 分地区看, · 资金主要用于: · 支出明细为: · 各地执行情况: · 具体分配情况如下: · 9个地区分别为:
OPENING = re.compile(r"其中[:,]?|(?:按|分)[^,;:。\d]{1,8}(?:划分|分|来?看|统计)[:,]"
                     r"|(?:\d{1,3}个)?[^,;:。\d]{0,12}(?:用于|明细|情况|结果|构成|方案|分别|具体|其中)(?:如下|为|是)*:"
                     r"|[^,;:。\d]{0,12}(?:分解|分配|安排|下达|拨付)到\d{1,3}个[^,;:。\d]{1,12},其中:")
# …30分,得30分; · …得30分;5/31 — the paragraph breaks off behind a part, perhaps with the number of the page, and the list goes on
GOES_ON = re.compile(r"[;,、]\s*(?:第?\d{1,3}页?|\d{1,3}/\d{1,3}|-\s?\d{1,3}\s?-)?\s*")
# 公务接待费支出0.81万元。…其中:|国内公务接待支出0.81万元。 — the first item stands in one paragraph with the total, the others in the next ones
BEGUN = re.compile(r"[。,;]其中:(?=\S)")
