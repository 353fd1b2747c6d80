"""How much of annotated reports made ones hold: the same figures as of each report by itself."""

from hedui.synth.overlap import overlap
from hedui.training.likeness import likeness

MADE = ["全县财政绩效评价，预算资金到位率达到九成以上并按期完成", "项目资金 1,234.5 万元按计划支出"]
REAL = {"a.txt": "本县预算资金到位率达到九成以上并按期完成，支出 99 万元", "b.txt": "项目资金 2,345.6 万元按计划支出", "c.txt": ""}


def test_figures_are_those_of_each_report_alone():
    found = likeness(MADE, REAL)
    for name, text in REAL.items():
        alone = overlap(MADE, [text])
        assert found[name] == {key: round(getattr(alone, key), 4) for key in ("characters", "pairs", "distinct_4", "running_4", "copied_12")}
    assert found["a.txt"]["copied_12"] > 0 and 0 < found["b.txt"]["running_4"] <= 1 and found["c.txt"]["pairs"] == 0
