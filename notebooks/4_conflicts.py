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
# # 4 对不上的地方在说什么 · Conflicts and what they say
#
# **问题**：哪些数常常对不上？差的是一个小数点，还是一笔钱？
# **Question**: which figures contradict each other, and by how much?

# %%
import os

import pandas as pd

from hedui.research import open_store
from hedui.research.doubt import share
from hedui.research.plots import bars, ranges

store = open_store(os.environ.get("HEDUI_OUT", "../out"))
checks = store.checks.frame()
checks["conflict"] = (checks["verdict"] == "conflict").astype("float64[pyarrow]")
print("每一百项核对中不符的 share of checks that conflict", share(checks, "conflict"))

# %%
conflicts = checks[checks["verdict"] == "conflict"].sort_values("confidence", ascending=False)
conflicts[["file", "kind", "note", "confidence"]].head(10)

# %%
behind = {str(kind): list(some["ref"]) for kind, some in conflicts.groupby("kind", observed=True)}
plot = bars(conflicts.groupby("kind", observed=True).size(), title="不符的种类 · conflicts by kind", x_name="处 conflicts", n=len(conflicts),
            behind=behind)
plot.save("figures/4_conflicts.svg")
plot

# %% [markdown]
# 最有把握的一处，连同原句。The surest of them, with its sentences.

# %%
store.evidence(conflicts.iloc[0]["ref"])

# %%
groups = {str(kind): share(some, "conflict") for kind, some in checks.groupby("kind", observed=True) if len(some) >= 20}
plot = ranges(dict(sorted(groups.items(), key=lambda pair: -float(pair[1].value))), title="各种核对中不符的比例 · share in conflict",
              x_name="% of checks", as_percent=True, behind=behind)
plot.save("figures/4_shares.svg")
plot

# %% [markdown]
# 正文里的矛盾按主题分。报告多时只看随机抽出的 2,000 份（每次同样），另给出全部报告里至少有一处矛盾的比例的 95% 区间。
# Contradictions by theme, those of words among them; of many reports 2,000 drawn at random (the same each time). The share of all files with
# at least one is told with its 95 % interval.

# %%
looked_at = store.drawn(2000)
themes = store.mine("contradictions", among=looked_at)
drawn = pd.DataFrame({"sha256": [key.sha256 for key in looked_at]})
drawn["contradicted"] = drawn["sha256"].isin(set(themes["sha256"])).astype("float64[pyarrow]")
print(f"抽 {len(drawn):,} 份，共 {len(store.keys):,} 份；有矛盾的比例 share of files with one",
      share(drawn, "contradicted", confidence=1.0, cluster="sha256", population=len(store.keys)))
plot = bars(themes.groupby("type", observed=True).size(), title="矛盾的主题 · contradictions by theme", x_name="处 places", n=len(themes))
plot.save("figures/4_themes.svg")
plot

# %% [markdown]
# **看不出什么**：没查出的不等于没有（样例中数值不符查出率见 README）；四舍五入不算不符。
# What it does not show: what was not found may still be there; rounding counts as no conflict.
