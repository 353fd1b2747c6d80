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
# 分数离群的报告少而远，所以看名次的相关（Spearman），它不由这几份决定。
# The execution rate is that of a report's widest fund, the score its own total. Either may be misread; the ranges count that in. A few scores lie
# far out, so that ranks are correlated (Spearman), which these few do not decide.

# %%
import os

from hedui.research import open_store
from hedui.research.doubt import median, rank_correlation, ratio, share, slope
from hedui.research.plots import points, ranges

store = open_store(os.environ.get("HEDUI_OUT", "../out"))
reports = store.reports.frame()
reports[["report_unit", "report_year", "execution_rate", "self_score", "budget_yuan", "executed_yuan"]].head(6)

# %%
sure = {"self_score": "self_score_confidence", **dict.fromkeys(["execution_rate", "budget_yuan", "executed_yuan"], "execution_confidence")}
together = rank_correlation(reports, "self_score", "execution_rate", confidence=sure)
steep = slope(reports, "self_score", "execution_rate", confidence=sure)
print("秩相关 rank correlation", together)
print("每多执行 100 个百分点，多得 points for the whole of a budget", steep)

# %%
behind = reports["sha256"].str[:12] + "/" + reports["execution_id"]
plot = points(reports.assign(ref=behind), "execution_rate", "self_score", title="执行率与自评得分 · execution and self-score",
              x_name="执行率 executed ÷ budget", y_name="自评得分 score of 100", told=together, name="report_unit")
plot.save("figures/2_execution_scores.svg")
plot

# %% [markdown]
# 最左边的一点是哪一句？Which sentence is the point farthest to the left?

# %%
both = reports[reports["execution_rate"].notna() & reports["self_score"].notna()].reset_index(drop=True)
store.evidence(plot.behind[int(both["execution_rate"].astype("float64").argmin())][0])

# %% [markdown]
# 合在一起：全部资金的执行率（金额加权）、得分的中位数、给自己打满 100 分的有多少。
# All together: execution weighted by money, the median score, and how many give themselves 100.

# %%
whole = ratio(reports, "executed_yuan", "budget_yuan", confidence=sure)
middle = median(reports, "self_score", confidence=sure)
full = share(reports.assign(full=(reports["self_score"] == 100).astype("float64[pyarrow]")), "full",
             confidence={"full": "self_score_confidence"})
for name, told in {"执行率 execution": whole, "得分中位数 median score": middle, "满分的 at 100": full}.items():
    print(name, told)

# %%
high = reports[(reports["self_score"] >= 90).fillna(False)]
low = reports[(reports["self_score"] < 90).fillna(False)]
halves = {"90 分以上 90 and more": high, "不到 90 分 less": low}
groups = {name: ratio(some, "executed_yuan", "budget_yuan", confidence=sure) for name, some in halves.items()}
plot = ranges(groups, title="执行率，按自评得分 · execution by score", x_name="% of budget", as_percent=True,
              behind={name: list((some["sha256"].str[:12] + "/" + some["execution_id"]).dropna()) for name, some in halves.items()})
plot.save("figures/2_execution_by_score.svg")
plot

# %% [markdown]
# **看不出什么**：相关不是因果；得分里本来就有执行率一项（通常 10 分），两者天然相关；没写总分或资金的报告不在里面。
# What it does not show: scores contain points for execution by rule, so that some correlation is built in; reports without either figure are out.
