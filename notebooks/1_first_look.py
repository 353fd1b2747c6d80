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
# # 1 先看一眼 · A first look
#
# **问题**：手上这批报告里有什么？多少份，哪些年，说了多少事，多少对不上？
# **Question**: what is in these reports?
#
# 这里用的是随项目来的样例（66 份，全部虚构）。先运行
# `hedui run annotations/samples annotations/unseen/samples annotations/fresh/samples -o out`，
# 或者把环境变量 `HEDUI_OUT` 指到自己的输出文件夹。
# The samples that come along (all invented); set `HEDUI_OUT` to an output folder of your own.

# %%
import os

from hedui.research import open_store
from hedui.research.plots import bars, heat

store = open_store(os.environ.get("HEDUI_OUT", "../out"))
print(f"{len(store.keys)} 份文件 files")

# %% [markdown]
# 五张表，一行一件事；每一列的含义、单位都查得到。Five tables, one row one fact; every column says what it is.

# %%
store.claims.columns.head(12)

# %%
reports = store.reports.frame(["file", "report_title", "report_unit", "report_year", "province", "claims", "checks", "conflicts"])
reports.head(8)

# %% [markdown]
# 说法按类型数一数。金额是十进制小数，一分不差。Claims by type; money is exact.

# %%
kinds = store.sql("select type, count(*) as claims, avg(confidence) as confidence from claims group by type order by claims desc")
kinds

# %%
behind = {str(kind): list(store.claims.where(type=kind).frame(["ref"])["ref"].head(20)) for kind in kinds["type"]}
plot = bars(kinds.set_index("type")["claims"], title="各类说法 · claims by type", x_name="条 claims", n=int(kinds["claims"].sum()), behind=behind)
plot.save("figures/1_claims_by_type.svg")
plot

# %% [markdown]
# 图上每一条都回得到原句：第一条柱子背后的第一条说法是这样写的。Every bar leads back to its sentences: the first claim behind the first bar.

# %%
store.evidence(plot.behind[0][0])

# %% [markdown]
# 各年各省的报告数。省份空缺的是虚构的县，查不到属于哪里。Reports by province and year; invented counties lie in no province.

# %%
counts = store.sql("""
    select coalesce(nullif(province, '_'), '（未知 unknown）') as province, report_year as year, count(*) as reports
    from reports where report is not null and report_year is not null group by all order by all""")
table = counts.pivot(index="province", columns="year", values="reports")
plot = heat(table, title="各省各年的报告 · reports", name="份 reports", n=int(counts["reports"].sum()))
plot.save("figures/1_reports.svg")
plot

# %% [markdown]
# **看不出什么**：样例是造的，分布不代表任何地方。What it does not show: the samples are invented and stand for no place.
