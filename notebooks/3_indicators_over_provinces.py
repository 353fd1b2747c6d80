# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 3 指标跨省看 · Indicators over provinces
#
# **问题**：同一个指标，各省定多高的目标，完成得怎样？
# **Question**: what targets do provinces set for the same indicator, and what do they say came of it?
#
# 各份报告写法不同（“群众满意度”“受益群众满意度”），先连到同一个指标；每个连接带着分数。
# Reports word one indicator in many ways; names are linked first, each link with a score.

# %%
import os

import pandas as pd

from hedui.research import open_store
from hedui.research.doubt import mean, share
from hedui.research.plots import bars, ranges

store = open_store(os.environ.get("HEDUI_OUT", "../out"))
indicators = store.records.where(type="indicator").frame()
print(f"{len(indicators):,} 条指标，{indicators['name'].nunique():,} 种写法，连成 {indicators['indicator_id'].nunique():,} 个指标")

# %%
spread = (indicators.groupby("indicator_name", observed=True)
          .agg(reports=("report", "nunique"), wordings=("name", "nunique")).sort_values("reports", ascending=False))
spread.head(12)

# %%
top = spread.head(12)
behind = {name: list(indicators[indicators["indicator_name"] == name]["ref"]) for name in top.index}
plot = bars(top["reports"], title="最常见的指标 · indicators by reports", x_name="份报告 reports",
            n=int(indicators["report"].nunique()), behind=behind)
plot.save("figures/3_indicators.svg")
plot

# %% [markdown]
# 满意度：完成值的平均，按省。Satisfaction: mean of what was reached, by province.

# %%
pleased = indicators[indicators["indicator_name"].astype("string").str.contains("满意").fillna(False)]
pleased = pleased[pleased["actual_number"].notna()]
pleased = pleased[(pd.to_numeric(pleased["actual_number"].astype("float64[pyarrow]")) <= 1)]
where = pleased["province"].astype("string").fillna("（未知 unknown）").replace("_", "（未知 unknown）")
groups = {str(name): mean(some, "actual_number") for name, some in pleased.groupby(where) if len(some) >= 2}
plot = ranges(dict(sorted(groups.items())), title="满意度，按省 · satisfaction by province", x_name="% 满意 satisfied", as_percent=True,
              behind={str(name): list(some["ref"]) for name, some in pleased.groupby(where)})
plot.save("figures/3_satisfaction.svg")
plot

# %%
store.evidence(plot.behind[0][0])

# %% [markdown]
# 有数字目标的指标，多少达到了？What share of indicators with a target in figures was reached?

# %%
both = indicators[indicators["target_number"].notna() & indicators["actual_number"].notna()]
reached = both.assign(reached=(both["actual_number"] >= both["target_number"]).astype("float64[pyarrow]"))
reached = reached[~reached["target"].astype("string").str.startswith(("≤", "<", "＜", "不超", "不高", "低于")).fillna(False)]
print("达到目标的 reached", share(reached, "reached"))

# %% [markdown]
# **看不出什么**：目标由报告单位自己定，达到率高不等于做得好；满意度多由单位自己调查。
# What it does not show: units set their own targets; a high share reached is no proof of good work.
