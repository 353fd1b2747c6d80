"""The share of sentences all of whose relations are right."""

import pytest

from hedui.evaluate.sentences import NAME, sentence_figures
from hedui.gold import Gold, GoldCheck, GoldQuote

TEXT = "某县报告\n预算480万元，执行456万元，执行率95%。其中甲200万元、乙256万元。\n小计 9 4 5\n完。"
RATE, SUM = ("ratio", ("456万元", "480万元"), "95%"), ("sum", ("200万元", "256万元"), "456万元")


def quote(text):
    line = next(i for i, one in enumerate(TEXT.split("\n"), 1) if text in one)
    return GoldQuote(line=line, text=text)


def gold(*relations, lines=(1, 4)):
    return Gold(source="a.txt", lines=lines, checks=tuple(
        GoldCheck(kind=kind, inputs=tuple(map(quote, inputs)), stated=quote(stated), computed="", verdict=verdict, tier="numeric", note="")
        for kind, inputs, stated, verdict in ((*one, "consistent")[:4] for one in relations)))


def output(*relations):
    def place(text):
        return {"span": [TEXT.index(text), TEXT.index(text) + len(text)], "text": text}

    checks = [{"kind": kind, "tier": "numeric", "verdict": verdict, "note": "", "inputs": [place(x) for x in inputs], "stated": place(stated)}
              for kind, inputs, stated, verdict in ((*one, "consistent")[:4] for one in relations)]
    at = TEXT.index("小计")
    return {"text": TEXT, "reports": [{"checks": checks}], "grids": [{"rows": [[[at, at + 2], [at + 3, at + 4], [at + 5, at + 8]]]}]}


PARTS = ("sum", ("200万元", "256万元"), "乙256万元")


@pytest.mark.parametrize("said, counts", [
    ([RATE, PARTS], (2, 2, 2)),
    ([RATE], (1, 2, 2)),  # one sentence says nothing
    ([(*RATE, "rounding"), PARTS], (2, 2, 2)),
    ([(*RATE, "conflict"), PARTS], (1, 2, 2)),
    ([RATE, RATE, PARTS], (1, 2, 2)),  # one too many
    ([("ratio", ("456万元",), "95%"), PARTS], (1, 2, 2)),  # an operand short
    ([("ratio", ("456万元", "200万元"), "95%"), PARTS], (1, 2, 2)),
    ([("growth", RATE[1], "95%"), PARTS], (2, 2, 2)),  # kinds of arithmetic are told apart by their figures
    ([RATE, PARTS, ("sum", ("4 5",), "9 4")], (2, 2, 2)),  # a row of a table
    ([RATE, PARTS, ("table", ("456万元",), "480万元")], (2, 2, 2)),  # no arithmetic
])
def test_a_sentence_is_right_when_all_of_it_is(said, counts):
    [figure] = sentence_figures(output(*said), [gold(RATE, PARTS)])
    assert (figure.name, figure.counts) == (NAME, counts)
    assert len(figure.missed) == counts[2] - counts[0]


def test_a_sentence_with_a_relation_that_nobody_annotated_is_wrong():
    [figure] = sentence_figures(output(RATE, PARTS), [gold(RATE)])
    assert figure.counts == (1, 2, 2) and figure.missed == ("其中甲200万元、乙256万元。",)


def test_lines_outside_the_annotation_do_not_count():
    assert [f.counts for f in sentence_figures(output(RATE), [gold(RATE, lines=(3, 4))])] == [(0, 1, 1)]
    assert not list(sentence_figures(output(RATE), [gold()]))


def test_of_a_figure_told_twice_on_a_line_the_one_beside_its_operands_counts():
    text = "结转1,040万元，另有40万元。收入90万元，支出50万元，结余40万元。"
    left = GoldCheck(kind="difference", inputs=(GoldQuote(line=1, text="90万元"), GoldQuote(line=1, text="50万元")),
                     stated=GoldQuote(line=1, text="40万元"), computed="", verdict="consistent", tier="numeric", note="")
    spans = [[text.index(one), text.index(one) + 4] for one in ("90万元", "50万元")]
    said = {"kind": "difference", "tier": "numeric", "verdict": "consistent", "note": "",
            "inputs": [{"span": span, "text": text[slice(*span)]} for span in spans],
            "stated": {"span": [text.rindex("40万元"), text.rindex("40万元") + 4], "text": "40万元"}}
    [figure] = sentence_figures({"text": text, "reports": [{"checks": [said]}]}, [Gold(source="a.txt", lines=(1, 1), checks=(left,))])
    assert figure.counts == (1, 1, 1)
