"""What a finding weighs, how far it is off, and in what order findings are told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.document import Issue
from hedui.findings import CheckKind, RemarkKind
from hedui.opinion import opinions_of
from hedui.opinion.consequence import points_of
from hedui.opinion.names import before
from hedui.opinion.telling import headline, tallied, unread
from hedui.opinion.words import SAID

CASES = Path(__file__).parents[1] / "cases"


def rows(name):
    lines = (CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def number(text):
    return None if text == "-" else Decimal(text)


@pytest.mark.parametrize("kind, stated, inputs, computed, difference, yuan", rows("opinion_stakes"))
def test_what_is_at_stake(blank, kind, stated, inputs, computed, difference, yuan):
    parts = inputs.split(";")
    made = blank(f"甲«s|{stated}»；" + "；".join(f"乙«i{i}|{part}»" for i, part in enumerate(parts)))
    made.check(kind, "s", [f"i{i}" for i in range(len(parts))], computed)
    (item,) = opinions_of(made.findings())[0].items
    assert (item.stake.difference, item.stake.yuan) == (difference, number(yuan))


@pytest.mark.parametrize("tier, yuan, share, figures, records, weight", rows("opinion_points"))
def test_what_it_weighs(tier, yuan, share, figures, records, weight):
    points = points_of(tier, yuan=number(yuan), share=number(share), figures=int(figures), records=int(records))
    assert sum(point for _, point in points) == pytest.approx(float(weight), abs=0.005)


@settings(deadline=None)
@given(st.sampled_from(["numeric", "value", "wording"]), st.decimals(0, 10 ** 12, places=2), st.decimals(1, 1000, places=2), st.integers(0, 50))
def test_more_money_never_weighs_less(tier, yuan, times, figures):
    def weight(amount):
        return sum(point for _, point in points_of(tier, yuan=amount, share=amount / 10 ** 8, figures=figures))
    assert weight(yuan) <= weight(yuan * times)


def test_order_and_reasons(paper):
    (opinion,) = opinions_of(paper.findings())
    assert [item.id for item in opinion.items] == [paper.sum.id, paper.ratio.id, paper.talks.id, paper.words.id]
    first = opinion.items[0]
    assert first.score == pytest.approx(first.weight * 0.98, abs=1e-4)
    assert first.weight == pytest.approx(sum(points for _, points in first.points))
    assert first.share == Decimal(100000) / Decimal(12600000)
    assert first.records == 1
    # the wrong total goes into the rate and into what is carried over
    assert first.figures == 2
    assert [(one.text, one.place.line) for one in first.operands] == [("860万元", 2), ("250万元", 2), ("140万元", 2)]
    assert (first.before, first.after) == ("全年收到资金", "，其中中央860万元、省级250万元、县级140…")


def test_a_doubtful_finding_falls_behind(paper):
    low = [c if c is not paper.sum else type(c)(**{**{f: getattr(c, f) for f in c.__dataclass_fields__}, "confidence": 0.2}) for c in paper.checks]
    paper.checks = low
    assert opinions_of(paper.findings())[0].items[-1].id == paper.sum.id


def test_money_that_hangs_together_counts_once(paper):
    """The total of 100,000 yuan and the rate over it share a figure: the larger sum alone is in doubt."""
    assert opinions_of(paper.findings())[0].tally.yuan == Decimal(100000)


def test_fdr_keeps_the_sure_ones(paper):
    (opinion,) = opinions_of(paper.findings(), fdr=0.03)
    assert [item.id for item in opinion.items] == [paper.sum.id]
    assert opinion.tally.held_back == 3 and opinion.tally.conflicts == 1
    assert "另有 3 处拿不准" in tallied(opinion.tally)[0]
    assert [formula.verdict for formula in opinion.web.formulas].count("conflict") == 1


@pytest.mark.parametrize("yuan, told", [("0.05", 0), ("0.30", 1)])
def test_rounding_is_told_where_it_moves_money(blank, yuan, told):
    made = blank("合计«s|24.08万元»，甲«a|21.31万元»，乙«b|2.73万元»。")
    made.check("sum", "s", ["a", "b"], f"{Decimal('24.08') + Decimal(yuan)}万元", verdict="rounding")
    (opinion,) = opinions_of(made.findings())
    assert len(opinion.items) == told and opinion.tally.rounding == 1 and opinion.tally.conflicts == 0


def test_remarks_and_repairs_stand_beside_their_finding(paper):
    paper.remark("boast", ["talks"], "宣讲没有说明对象")
    paper.remark("date", ["books"], "手册何时发放")
    paper.repair("total", "1250万元", [paper.sum], "1260万元 → 1250万元")
    (opinion,) = opinions_of(paper.findings())
    by_id = {item.id: item for item in opinion.items}
    assert by_id[paper.talks.id].remarks == ("宣讲没有说明对象",)
    assert by_id[paper.sum.id].repairs == ("1260万元 → 1250万元",) and by_id[paper.ratio.id].repairs == ()
    assert [(item.formula, item.remarks) for item in opinion.items if item.kind == "remark"] == [("手册何时发放", ())]
    assert opinion.items[-1].kind == "remark"


def test_sentences(paper, blank):
    (opinion,) = opinions_of(paper.findings(issues=(Issue(where="第 3 页", what="图片没有文字层"),)))
    assert tallied(opinion.tally)[0].startswith("读出 11 个数，核对 6 个关系：2 个相符，0 个只差舍入，4 个不符；存疑金额 10 万元，占预算 0.8%")
    assert headline(opinion)[0] == "有 4 处对不上；最要紧的一处：全年收到资金写作“1260万元”，算得 1,250 万元（合计与各项之和不等）。"
    assert "1 处没能读全" in unread(opinion.tally)[0]
    (empty,) = opinions_of(blank("没有数。").findings())
    assert headline(empty)[0] == "没有找到可以互相核对的数。" and empty.items == () and empty.web.groups == ()


def test_every_kind_has_words():
    assert set(get_args(CheckKind)) | {f"remark.{kind}" for kind in get_args(RemarkKind)} <= set(SAID)


@pytest.mark.parametrize("text, name", [
    ("支出1142.7万元，其中：乡镇卫生院支出为«684.3万元»", "乡镇卫生院支出"), ("全县共计完成«46场»", "全县"), ("，«46场»", ""), ("3月«46场»", ""),
    ("（一）本级项目支出达到«46场»", "本级项目支出"), ("完成预算的«46场»", "完成预算"), ("于2022年12月底前«46场»", ""),
    ("资金到位率«46场»", "资金到位率"),
])
def test_names_from_the_words_before(text, name):
    at = text.index("«")
    assert before(text.replace("«", "").replace("»", ""), (at, at + 3)) == name
