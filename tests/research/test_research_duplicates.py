"""Wording that is the same, nearly the same, and not the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hedui.errors import UsageError
from hedui.research.doubt import copies, near_duplicates
from hedui.research.doubt.duplicates import jaccard

LONG = ("2020年省级财政下达专项资金1000万元，截至年底已全部拨付到项目单位，资金使用合规，"
        "未发现截留、挤占、挪用等情况，项目总体进展顺利，达到预期目标。")
TEXTS = [LONG, LONG.replace("，", ", "), LONG.replace("省级财政", "市级财政"), LONG.replace("2020", "2021").replace("1000", "2480"),
         "受疫情影响，培训班推迟到下一年举办，未完成年度目标。", None, "短", "短"]


def test_stops_and_blanks_do_not_matter_and_wording_does():
    found = near_duplicates(pd.DataFrame({"text": TEXTS}), threshold=0.7)
    assert found["cluster"].tolist()[:3] == [0, 0, 0] and found["cluster"].tolist()[4:] == [4, -1, 6, 6]
    assert found["like"][1] == 1 and 0.7 < found["like"][2] < 1 and np.isnan(found["like"][5])
    assert found["size"][5] == 0 and found["size"][6] == 2


def test_without_figures_a_phrase_of_every_year_is_one():
    pair = pd.DataFrame({"text": [LONG, TEXTS[3]]}, index=["甲", "乙"])
    assert near_duplicates(pair, threshold=0.9)["cluster"].nunique() == 2
    found = near_duplicates(pair, threshold=0.9, figures=False)
    assert found["cluster"].tolist() == [0, 0] and list(found.index) == ["甲", "乙"]


def test_copies_are_told_by_where_they_stand():
    frame = pd.DataFrame({"text": ["a" * 9, "a" * 9, "b" * 9, "b" * 9, "c" * 9, "c" * 9, "d" * 9], "report": list("1112134"),
                          "report_unit": list("uuuuuvw"), "report_year": [1, 1, 1, 2, 1, 1, 1]})
    found = copies(frame, near_duplicates(frame))
    assert found["kind"].tolist() == ["report", "carried_over", "shared"] and found["years"].tolist() == [1, 2, 1]


def test_what_is_alike_is_found_whatever_the_order():
    rng = np.random.default_rng(5)
    signs = [chr(0x4E00 + n) for n in range(2000)]
    base = ["".join(rng.choice(signs, 80)) for _ in range(300)]
    near = [text[:40] + "某" + text[41:] for text in base]
    assert min(map(jaccard, base, near)) > 0.8
    found = near_duplicates(pd.DataFrame({"text": base + near}))
    assert (found["cluster"][300:].to_numpy() == np.arange(300)).mean() > 0.97
    assert (found["cluster"][:300].to_numpy() == np.arange(300)).all()


@pytest.mark.parametrize("options", [{"text": "x"}, {"threshold": 1.5}])
def test_what_cannot_be_asked(options):
    with pytest.raises(UsageError):
        near_duplicates(pd.DataFrame({"text": ["a"]}), **options)
