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
# # 6 正文里说了什么 · Mining narrative claims
#
# **问题**：没完成的目标用什么话带过？延误归到什么原因？哪些结果只见于正文？哪些话到处一样？
# **Question**: which words pass over an unmet target, what are delays put down to, what do no tables carry, which words are everybody's?
#
# 报告多时只挖随机抽出的 1,000 份（每次同样）；每个主题另给出有此发现的文件比例及其 95% 区间。全部都挖：去掉 `among=`。
# Of many reports 1,000 drawn at random (the same each time) are mined; for each theme the share of files with a finding is told with its 95 %
# interval. Drop `among=` to mine all. Boilerplate and carried text are looked for among the drawn alone, so that fewer recur than among all.

# %%
import os

import pandas as pd

from hedui.research import open_store
from hedui.research.doubt import share
from hedui.research.plots import bars

store = open_store(os.environ.get("HEDUI_OUT", "../out"))
drawn = store.drawn(1000)
found = {theme: store.mine(theme, among=drawn) for theme in ("hedges", "reasons", "untabled", "boilerplate", "carried", "contradictions")}
contents = [key.sha256 for key in drawn]
files = {theme: pd.DataFrame({"sha256": contents, "has": [float(one in has) for one in contents]}) for theme, frame in found.items()
         for has in [set(frame["sha256"])]}
print(f"抽 {len(drawn):,} 份，共 {len(store.keys):,} 份 files drawn of all")
pd.DataFrame({theme: {"处 findings": len(frame), "份报告 reports": frame["report"].nunique(), "种 types": frame["type"].nunique(),
                      "有此发现的文件 share of files": str(share(files[theme], "has", confidence=1.0, cluster="sha256", population=len(store.keys)))}
              for theme, frame in found.items()}).T

# %% [markdown]
# ## 延误和偏差的原因 · Reasons

# %%
reasons = found["reasons"]
behind = {str(kind): list(some["passage"]) for kind, some in reasons.groupby("type", observed=True)}
plot = bars(reasons.groupby("type", observed=True).size(), title="归到什么原因 · reasons given", x_name="处 places", n=len(reasons), behind=behind)
plot.save("figures/6_reasons.svg")
plot

# %%
reasons[["file", "type", "text", "other_text", "score"]].head(10)

# %%
store.evidence(plot.behind[0][0])

# %% [markdown]
# ## 含糊的说法 · Hedged and vague wording

# %%
hedges = found["hedges"]
plot = bars(hedges.groupby("type", observed=True).size(), title="含糊的几种 · kinds of hedging", x_name="处 places", n=len(hedges),
            behind={str(kind): list(some["passage"]) for kind, some in hedges.groupby("type", observed=True)})
plot.save("figures/6_hedges.svg")
plot

# %%
hedges.sort_values("score", ascending=False)[["file", "type", "text", "other_text"]].head(10)

# %% [markdown]
# ## 表里没有的结果、到处一样的话、照抄上年的话 · What no table carries, boilerplate, carried over

# %%
found["untabled"].sort_values("score", ascending=False)[["file", "type", "text", "score"]].head(8)

# %%
found["boilerplate"][["file", "type", "text", "score"]].head(8)

# %% [markdown]
# **看不出什么**：每个主题查准查全多少，见文档“正文挖掘”一页；一份样例集里没有连续两年的同一单位，照抄上年就查不出。
# What it does not show: precision and recall of each theme stand in the documentation; without two years of one unit nothing is carried over.
