"""How forms name the money or work that they are of. All of them match on a view."""

from __future__ import annotations

import re

__all__ = ["HEAD", "LABEL", "LINE", "OF_A_KIND", "TAIL"]

# 项目名称 · 项目（资金）名称 · 转移支付（项目）名称 · 专项资金名称: the cell before the name
LABEL = re.compile(r"(?:转移支付|专项资金|专项|项目|资金)(?:[(](?:项目|资金|专项)[)])?名称(?:[(][^()]*[)])?[:：]?")
# 项目名称 渠系管护经费, a line of its own
LINE = re.compile(f"{LABEL.pattern}" + r"(?P<name>[\u4e00-\u9fff]{5,40})")
# 2022年|渠系管护经费 · 中央财政|渠系管护补助资金: what forms put before a name
HEAD = re.compile(r"^(?:20\d\d年度?|中央对地方|中央|省级|市级|县级|区级|本级|自治区|财政)+")
# 渠系管护|补助资金 · 泵站改造|项目 · 机收作业|补贴
TAIL = re.compile(r"(?:(?:专项|补助|补贴|奖补|扶持|引导|转移支付)*(?:资金|经费)|补助|补贴|奖补|项目|工程)")
# what may stand for one another by mistake: words for money, words for work
OF_A_KIND = (re.compile(r".*(?:资金|经费|补助|补贴|奖补)"), re.compile(r".*(?:项目|工程)"))
