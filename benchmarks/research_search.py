"""How fast search answers: `python benchmarks/research_search.py OUT [--home DIR] [--queries 200]`, OUT of `hedui run`.

Tells contents, passages, size of the index, CPU seconds to build it (where it is not there yet), and for 200 queries of mixed kinds, drawn
from the reports with a fixed seed, wall and CPU milliseconds at the median and the 95th percentile, in all and by kind. Each is asked once,
in a shuffled order.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections.abc import Iterator

from hedui.research import ResearchStore, open_store
from hedui.research.search.find import index_path

COMMON = ("资金", "项目", "执行率", "满意度", "绩效目标", "完成率", "预算", "支出", "培训", "补助")
FIGURES = ("执行率<90%", "满意度>=95%", "yuan>1000万", "completion<1", "type:fund measure:executed yuan>100万", "验收合格率<100%")


def queries(store: ResearchStore, count: int, draw: random.Random) -> list[tuple[str, str]]:
    """So many queries with their kinds: words, two words, phrases, figures, document numbers, filters, words with filters, common words."""
    names = [row["name"] for row in store.claims.where(type="indicator").arrow(["name"], limit=200_000).to_pylist() if row["name"]]
    figures = [row["text"] for row in store.mentions.where(label="AMOUNT").arrow(["text"], limit=50_000).to_pylist()]
    numbers = [row["text"] for row in store.mentions.where(label="DOCNO").arrow(["text"], limit=50_000).to_pylist()]
    reports = [row for row in store.reports.arrow(["province", "report_unit", "report_year"]).to_pylist() if row["report_year"]]

    def made() -> Iterator[tuple[str, str]]:
        while True:
            name, report = draw.choice(names), draw.choice(reports)
            yield "word", name[:4]
            yield "two words", f"{name} {draw.choice(names)[:4]}"
            yield "phrase", f'"{name}"'
            yield "amount", draw.choice(figures)
            yield "number", draw.choice(numbers)
            yield "filters", f"{draw.choice(FIGURES)} year:{report['report_year']}"
            place = report["province"] or (report["report_unit"] or "")[:3] or "云"
            yield "word and filters", f"{draw.choice(COMMON)} region:{place} year:{report['report_year']} conflict:yes"
            yield "common word", draw.choice(COMMON)
    found = [query for query, _ in zip(made(), range(count), strict=False)]
    draw.shuffle(found)
    return found


def cpu() -> float:
    held = resource.getrusage(resource.RUSAGE_SELF)
    return held.ru_utime + held.ru_stime


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("out")
    arguments.add_argument("--home")
    arguments.add_argument("--queries", type=int, default=200)
    given = arguments.parse_args()
    store = open_store(given.out, home=given.home)
    began = cpu()
    passages = store.passages.count()
    print(f"contents {len(store.keys):,}  passages {passages:,} ({cpu() - began:.1f} CPU s)")
    began = cpu()
    store.search("执行率", limit=1)
    print(f"index {index_path(store.home).stat().st_size / 1e6:,.1f} MB, built and asked once in {cpu() - began:.1f} CPU s")
    told: dict[str, list[tuple[float, float]]] = {}
    for kind, query in queries(store, given.queries, random.Random(2026)):
        wall, busy = time.perf_counter(), cpu()
        store.search(query, limit=20)
        told.setdefault(kind, []).append(((time.perf_counter() - wall) * 1000, (cpu() - busy) * 1000))
    every = [one for some in told.values() for one in some]
    for kind, some in (("all", every), *sorted(told.items())):
        for name, values in (("wall", [one[0] for one in some]), ("CPU", [one[1] for one in some])):
            cuts = statistics.quantiles(values, n=20, method="inclusive")
            print(f"{kind:<18} {len(some):>4}  {name:<4} median {statistics.median(values):7.1f} ms   95 % {cuts[18]:7.1f} ms")


if __name__ == "__main__":
    main()
