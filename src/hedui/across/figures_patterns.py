"""What a figure of running text must be to be somebody's, and the words of figures that stand still for years."""

from __future__ import annotations

import re

__all__ = ["CLAUSE_END", "FIGURE", "SENTENCE", "STANDING", "WHOLE_LAND"]

# 2022 is a year: any other figure, with its point and groups of three
FIGURE = re.compile(r"(?<![\d.])(?!(?:19|20)\d{2}(?![\d.]))(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
# 全县总面积2,316.4平方公里|，|户籍人口31.27万人|，
CLAUSE_END = re.compile(r"[。；！？;!?\n]|[,，](?!\d)|(?<!\d)[,，]")
# 国土面积2316.4平方公里 · 户籍人口31.27万人 · 核定编制145名 · 概算总投资8563.21万元 · 合同金额1204.5万元: one year as the next
STANDING = re.compile(
    r"面积|平方公里|人口|海拔|编制|在[编职岗]|离?退休|内设|下设|辖|行政村|耕地|总投资|概算|建设规模|设计|规划|占地|合同|中标|批复(?!预算|资金)|立项|可研")
# 全省共安排4800万元，惠及群众15.4万人。|
SENTENCE = re.compile(r"[^。；！？;!?\n]+[。；！？;!?\n]?")
# 全省|共安排 · 我区|累计 · 全国: whose figures a sentence tells
WHOLE_LAND = re.compile(r"(?:全|我)(自治区|国|省|区|市|州|盟|县|旗)(?![\u4e00-\u9fff]{0,4}[局委厅办院])")
