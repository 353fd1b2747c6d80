"""Places that no lexicon holds, by what the text around them tells."""

from __future__ import annotations

import pytest

from hedui.mentions.segmenter import segmenter
from hedui.mentions.told import told_places


@pytest.mark.parametrize(("text", "names"), [
    ("受青漳县财政局委托，由青漳县水利局配合", {"青漳县"}),
    ("主管单位青漳县教育局及14所学校", {"青漳县"}),
    ("勐川县辖9个乡镇", {"勐川县"}),
    ("阿克塔木县地处天山南麓，阿克塔木县自然资源局负责实施", {"阿克塔木县"}),
    ("抽查了云桐市、白泉源县、清岭县等12个市县", {"云桐市", "白泉源县", "清岭县"}),
    ("其中：云桐市1200万元，对白泉源县3个项目作了延伸", {"云桐市", "白泉源县"}),
    ("全年云桐县12座、青漳县9座泵站改造完成", {"云桐县", "青漳县"}),
    ("2022年青漳县农村饮水工程绩效自评报告\n", {"青漳县"}),
    ("重庆市渝岭区2023年度老旧小区改造", {"渝岭区"}),
    ("云岭彝族自治县财政局", {"云岭彝族自治县"}),
])
def test_names_that_the_text_tells(text: str, names: set[str]) -> None:
    assert told_places(text, segmenter().weights) == names


@pytest.mark.parametrize("text", [
    "全县辖9个乡镇，各县财政局、本县水利局和县财政局", "脱贫县25个，试点县财政局、受灾县、样本县12个", "灌区管理局、库区、景区等3个片区",
    "由省财政厅直接拨付市县财政", "推动县城乡建设，会同县财政局和市财政局", "青漳县的做法受到好评", "河南省财政厅下达郑州市财政局",
])
def test_what_is_no_name_or_listed(text: str) -> None:
    assert told_places(text, segmenter().weights) == frozenset()
