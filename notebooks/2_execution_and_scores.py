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
# # 2 预算执行与自评得分 · Budget execution and self-scores
#
# **问题**：钱花得多的报告，给自己打的分就高吗？
# **Question**: do reports that spent more of their budget give themselves higher scores?
#
# 执行率取报告里最宽的一笔资金：执行数 ÷ 预算数；得分是自评总分。两个数都可能读错，每个数带着把握，区间里算进了误读。
# The execution rate is that of a report's widest fund, the score its own total. Either may be misread; the ranges count that in.

# %%
import os

from hedui.research import open_store, report_facts
from hedui.research.doubt import correlation, median, ratio, share, slope
from hedui.research.plots import points, ranges

store = open_store(os.environ.get("HEDUI_OUT", "../out"))
facts = report_facts(store)
facts[["unit", "year", "rate", "score", "budget", "executed"]].head(6)

# %%
sure = {name: f"{name}_confidence" for name in ("rate", "score", "budget", "executed")}
together = correlation(facts, "score", "rate", confidence=sure)
steep = slope(facts, "score", "rate", confidence=sure)
print("相关 correlation", together)
print("每多执行 100 个百分点，多得 points for the whole of a budget", steep)

# %%
plot = points(facts.assign(ref=facts["rate_ref"]), "rate", "score", title="执行率与自评得分 · execution and self-score",
              x_name="执行率 executed ÷ budget", y_name="自评得分 score of 100", told=together, name="unit")
plot.save("figures/2_execution_scores.svg")
plot

# %% [markdown]
# 最左边的一点是哪一句？Which sentence is the point farthest to the left?

# %%
rates = [float(rate) for rate in facts[facts["rate"].notna() & facts["score"].notna()]["rate"]]
store.evidence(plot.behind[rates.index(min(rates))][0])

# %% [markdown]
# 合在一起：全部资金的执行率（金额加权）、得分的中位数、给自己打满 100 分的有多少。
# All together: execution weighted by money, the median score, and how many give themselves 100.

# %%
whole = ratio(facts, "executed", "budget", confidence=sure)
middle = median(facts, "score", confidence=sure)
full = share(facts.assign(full=(facts["score"] == 100).astype("float64[pyarrow]")), "full", confidence={"full": "score_confidence"})
for name, told in {"执行率 execution": whole, "得分中位数 median score": middle, "满分的 at 100": full}.items():
    print(name, told)

# %%
high = facts[(facts["score"] >= 90).fillna(False)]
low = facts[(facts["score"] < 90).fillna(False)]
groups = {name: ratio(some, "executed", "budget", confidence=sure) for name, some in {"90 分以上 90 and more": high, "不到 90 分 less": low}.items()}
plot = ranges(groups, title="执行率，按自评得分 · execution by score", x_name="% of budget", as_percent=True,
              behind={name: list(some["rate_ref"].dropna()) for name, some in {"90 分以上 90 and more": high, "不到 90 分 less": low}.items()})
plot.save("figures/2_execution_by_score.svg")
plot

# %% [markdown]
# **看不出什么**：相关不是因果；得分里本来就有执行率一项（通常 10 分），两者天然相关；没写总分或资金的报告不在里面。
# What it does not show: scores contain points for execution by rule, so that some correlation is built in; reports without either figure are out.
