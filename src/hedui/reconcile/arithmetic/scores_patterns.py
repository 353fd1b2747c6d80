"""How reports tell points beside their full points. All of them match on a view."""

from __future__ import annotations

import re

__all__ = ["FULL_BEHIND", "GENERIC_NAME", "IN_ALL", "LOST", "RATE_OF_SCORE", "SCORE_BEHIND", "TOTAL_SCORE"]

# 预算执行10分|得|9.89分 · 满分15分|,自评|14.2分 · (10分|)|9.44分 · 效益指标30分|全部得分即|30分
SCORE_BEHIND = re.compile(r"[)\],、:是为中里]*(?:自评|实际|评价|评估|综合|全部|均|各|项目)?(?:得分|实得|得到?|评分|自评|评定?|获得?)?(?:率|满)?分?"
                          r"(?:为|是|即|:)?")
# 决策18.5分|(满分|20分
FULL_BEHIND = re.compile(r"\((?:满分|分值|权重|总分|标准分|应得)(?:为|是|:)?")
# 共扣|7.06分 · 失|0.12分 · 失分共 · 扣分
LOST = re.compile(r"(?:扣(?:减|除|去|掉|分|了)?|失分?|丢分?|失掉|减分)(?:合计|共计?|为|是|了|约|分|:)*$")
# 合计扣|5.60分 · 累计失分
IN_ALL = re.compile(r"(?:合计|共计?|累计|总计)[^,;。]{0,4}$")
# 综合得分|92.49分 · 自评得 · 总分 · 合计得
TOTAL_SCORE = re.compile(r"(?:得分?|评分|总分|自评分?|分值?|合计|成绩|结果|评价)(?:为|是|共|合计|共计|:|达到?)*$")
# 决策类得分率|92.50%
RATE_OF_SCORE = re.compile(r"得分率(?:分别|依次|各|均)?(?:为|是|达到?|约|:)*$")
# 该部分满分|15分: named by its heading alone
GENERIC_NAME = re.compile(r"(?:该|本|此|这一?)(?:部分|项|类|维度|指标)|满分|分值|总分|权重|标准分|指标|情况"
                          r"|共?[一二三四五六七八九十]个?方面|类$|部分$|[(),、:。为是其中\s]")
