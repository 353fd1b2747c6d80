"""Where the fields of a claim stand that people added: what they marked, cut into its fields."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.review import acts
from hedui.review.gold import gold_of_report, outputs_of
from hedui.review.placed import field_places
from hedui.review.shown import shown
from hedui.review.state import Item
from hedui.view import view

MARKED = (
    # what was marked, the type, what the form says, where each field stands
    ("预算执行率93.80%", "indicator", {"name": "预算执行率", "actual": "93.80%"}, {"name": "预算执行率", "actual": "93.80%"}),
    ("培训人次目标100人，实际100人", "indicator", {"name": "培训人次", "target": "100人", "actual": "100人"},
     {"name": "培训人次", "target": "100人", "actual": "100人"}),
    ("养护里程≥１２０公里，完成12\n0公里", "indicator", {"name": "养护里程", "target": "≥120公里", "actual": "120公里"},
     {"name": "养护里程", "target": "≥１２０公里", "actual": "12\n0公里"}),
    ("实际支出1,126.05万元（省级资金）", "fund", {"yuan": "1126.05万元", "measure": "executed", "scope": "省级资金"},
     {"yuan": "1,126.05万元", "scope": "省级资金"}),
    ("产出指标满分30分，得29.50分", "score", {"name": "产出指标", "full": "30", "score": "29.5"},
     {"name": "产出指标", "full": "30", "score": "29.50"}),
    ("根据财教（2022）349号、财教〔2022〕9号", "fund", {"yuan": "1", "measure": "budget", "documents": "财教(2022)349号；财教〔2022〕9号"},
     {"documents": "财教（2022）349号、财教〔2022〕9号"}),
    ("合格率达到193.8%", "indicator", {"name": "合格率", "actual": "93.8%"}, {"name": "合格率"}),
    ("群众满意", "indicator", {"name": "群众满意度", "actual": "高"}, {}),
)


def claim(text, span, kind, told):
    (said,) = acts.add_claim(text, span, kind, told)
    data = {key: value for key, value in said.after.items() if not key.startswith("@")}
    return Item(id="c-1", kind="claim", data=data, added=True)


@pytest.mark.parametrize("marked, kind, told, wanted", MARKED, ids=lambda one: one if isinstance(one, str) else "")
def test_each_field_has_its_place_in_what_was_marked(marked, kind, told, wanted):
    text = f"{marked}。\n其他：{marked}。"
    start = text.rindex(marked)
    found = field_places(text, claim(text, (start, start + len(marked)), kind, told), ())
    assert {name: text[slice(*span)] for name, span in found.items()} == wanted
    assert all(start <= span[0] < span[1] <= start + len(marked) for span in found.values())


PIECES = ("12", "1.2", "112", "天", "90%", "9", "0%", "个", " ", "\n", "，", "１２", "达到")
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)


@given(WORDS, WORDS, WORDS, st.data())
def test_no_two_fields_share_a_place_and_each_reads_as_it_says(text, name, actual, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    told = {"name": name, "target": actual, "actual": actual}
    item = Item(id="c-1", kind="claim", data={"type": "indicator", "span": [start, end], "fields": told}, added=True)
    found = field_places(text, item, ())
    spans = sorted(found.values())
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(start <= span[0] and span[1] <= end and view(text[slice(*span)]).text == view(str(item.data["fields"][field])).text
               for field, span in found.items())


def test_the_tied_mention_comes_first(table_read):
    text = table_read.findings.document.text
    start, end = text.index("2022年预算安排"), text.index("，预算执行率")
    amount = text.index("1126.05万元")
    (said,) = acts.add_mention(text, (amount, amount + 9), "AMOUNT")
    table_read.do([said], table_read.a, "group-0")
    fund = acts.add_claim(text, (start, end), "fund", {"yuan": "1126.05万元", "measure": "executed"}, mentions=[said.target])
    table_read.do(fund, table_read.a, "group-1")
    opened = table_read.open()
    (report,) = outputs_of([opened])["reports"]
    made = next(one for one in report["claims"] if one["id"] == fund[0].target)
    assert made["spans"] == {"yuan": [amount, amount + 9]}
    assert {one.name: one.span for one in shown(opened, fund[0].target).fields}["yuan"] == (amount, amount + 9)
    assert [one.text for one in gold_of_report(opened).claims if one.type == "fund"][-1] == "1126.05万元"
    table_read.do(acts.edit(opened.state, fund[0].target, "yuan", "1200.50万元"), table_read.a, "group-2")
    (report,) = outputs_of([table_read.open()])["reports"]
    again = next(one for one in report["claims"] if one["id"] == fund[0].target)
    assert text[slice(*again["spans"]["yuan"])] == "1200.50万元"
