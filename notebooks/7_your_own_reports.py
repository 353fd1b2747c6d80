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
# # 7 换成自己的报告 · Bring your own reports
#
# 从一个文件夹到一张图，全在这一本里；这里用样例里的三份代替。
# From a folder to a figure in one notebook; three samples stand in for yours.

# %%
import os
import subprocess
import sys
from pathlib import Path

REPORTS = [Path(os.environ.get("HEDUI_REPORTS", "../annotations/samples")) / name for name in ("s01.txt", "s03.txt", "s05.txt")]
OUT = Path("../out/mine")
HEDUI = [sys.executable, "-m", "hedui.cli"]
done = subprocess.run([*HEDUI, "run", *map(str, REPORTS), "-o", str(OUT), "--model", "none"], check=True)

# %% [markdown]
# 打开结果库；第一次会理一遍表，以后马上就开。Open what was read.

# %%
from hedui.research import open_store

store = open_store(OUT)
reports = store.reports.frame()
reports[["file", "report_unit", "report_year", "execution_rate", "self_score", "conflicts"]]

# %% [markdown]
# 搜索用的词和网页上一样：词、短语、筛选。Search with the words of the page.

# %%
for hit in store.search("资金 支付", limit=3):
    print(hit.file, "｜", hit.text[:60])

# %%
store.claims.query("type:fund").frame(["file", "measure", "yuan", "scope", "confidence"]).head(8)

# %% [markdown]
# 存成别的工具能用的：一个 CSV、一个数据包（`hedui dataset`）。For other tools: a CSV, or a whole data package.

# %%
reports.to_csv(OUT / "reports.csv", index=False)
subprocess.run([*HEDUI, "dataset", str(OUT), "-o", str(OUT / "package"), "--license", "CC0-1.0", "--replace"], check=True)
sorted(path.name for path in (OUT / "package").iterdir())

# %%
from hedui.research.plots import bars

plot = bars(reports.set_index("report_unit")["conflicts"], title="每份报告不符的处数 · conflicts a report", x_name="处 conflicts", n=len(reports))
plot.save("figures/7_conflicts.svg")
plot
