"""How reports list what they count. All of them match on a view."""

from __future__ import annotations

import re

__all__ = ["AFTER", "CIRCLES", "ETC", "FIRSTS", "IN_BRACKETS", "KEY", "KEY_AFTER", "LEAD", "LIST_END", "QUOTED", "QUOTES", "SPLIT", "WHOLLY"]

INDICATORS = r"(?:[一二三四]级|定量|定性|共性|个性)指标"
# 设置|二级指标|4个
KEY = re.compile(f"(?P<key>{INDICATORS})(?:共|为|有|:)?$")
# 2个|三级指标
KEY_AFTER = re.compile(f"(?P<key>{INDICATORS})")
# 7个|（均为定性指标）
WHOLLY = re.compile(r"\((?:均|全|都|全部|皆)为(?P<key>(?:定量|定性)指标)\)")
# 包含|“资金执行率”“资金使用规范性”|2个 (a closing mark may have been lost)
QUOTES = re.compile(r"(?:“[^“”]{2,60}?(?:”|,)[、和及]?)+$")
QUOTED = re.compile(r"“(?P<name>[^“”]{2,60}?)(?:”|,)")
# 下设三个科室，|分别是：|办公室、… · 3个:
AFTER = re.compile(r"[^,;:。()、]{0,8}(?:,|\()?(?:分别(?:是|为|有):?|即:?|(?:具体)?(?:包括|包含|为|是):?|:)(?=[^\s\d①一])")
# 7个|行政村(|红湾、吴家塬、双井|)
IN_BRACKETS = re.compile(r"[\u4e00-\u9fff]{0,8}\((?P<names>[\u4e00-\u9fff]{2,10}(?:、[\u4e00-\u9fff]{2,10})+)\)")
LIST_END = re.compile(r"[。;)]|,(?!其中)")
# what may stand before the first name of a list
LEAD = re.compile(r"^.*?(?:设立了?|设置了?|内设|下设|主要从|分别从|从|包括|包含|涉及|按照|围绕|针对|设有|存在"
                  r"|开展了?|完成了?|实施了?|覆盖|用于|组织)")
ETC = re.compile(r"等(?:共|共计)?$")
SPLIT = re.compile(r"以及|和|及|与")
CIRCLES = re.compile(r"[①-⑳]")
FIRSTS = re.compile(r"[一二三四五六七八九十]是")
