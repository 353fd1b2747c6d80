"""The official form in one sheet -> every indicator and fund of it, from the workbook to the findings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from books import fill, saved
from openpyxl import Workbook

from hedui.extract import extract
from hedui.findings import Fund, Indicator
from hedui.readers import read_bytes

FORM = [
    ["项目名称", None, "小型水库维修养护资金", *[None] * 6],
    ["主管部门及代码", None, "青石县水利局", None, None, "实施单位", None, "青石县水库管理站", None],
    ["项目资金\n（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [None, None, "年度资金总额", 1200, 1250.5, 1188.32, 10, 0.95028, 9.5],
    [None, None, "其中：当年财政拨款", 1000, 1050.5, 1000, "—", 0.95193, "—"],
    [None, None, "上年结转资金", 200, 200, 188.32, "—", 0.9416, "—"],
    ["年度总体目标", "预期目标", None, None, None, "实际完成情况", None, None, None],
    [None, "完成12座小型水库维修养护。", None, None, None, "完成12座小型水库维修养护。", None, None, None],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    [None, "产出指标", "数量指标", "维修养护水库数量（座）", 12, 12, 15, 15, None],
    [None, None, None, "清淤长度（公里）", 3.5, 3.42, 10, 9.77, "汛期影响"],
    [None, None, "质量指标", "验收合格率", 1, 1, 15, 15, None],
    [None, None, "时效指标", "按期完成率", 1, 0.9167, 10, 9.17, "1座延期"],
    [None, "效益指标", "社会效益指标", "受益人口（万人）", "≥2.3", 2.41, 15, 15, None],
    [None, None, "生态效益指标", "水质达标率", "≥90%", 0.925, 15, 15, None],
    [None, "满意度指标", "服务对象满意度指标", "受益群众满意度", "≥95%", 0.962, 10, 10, None],
    ["总分", None, None, None, None, None, 100, 98.44, None],
]
MERGED = ("A2:I2 A3:I3 A4:B4 C4:I4 A5:B5 C5:E5 F5:G5 H5:I5 A6:B9 A10:A11 B10:E10 F10:I10 B11:E11 F11:I11 A12:A19 B13:B16 "
          "C13:C14 B17:B18 A20:F20")
INDICATORS = [
    ("维修养护水库数量", "产出指标", "数量指标", "12", "12", "15", "15"),
    ("清淤长度", "产出指标", "数量指标", "3.5", "3.42", "10", "9.77"),
    ("验收合格率", "产出指标", "质量指标", "100.00%", "100.00%", "15", "15"),
    ("按期完成率", "产出指标", "时效指标", "100.00%", "91.67%", "10", "9.17"),
    ("受益人口", "效益指标", "社会效益指标", "≥2.3", "2.41", "15", "15"),
    ("水质达标率", "效益指标", "生态效益指标", "≥90%", "92.50%", "15", "15"),
    ("受益群众满意度", "满意度指标", "服务对象满意度指标", "≥95%", "96.20%", "10", "10"),
]
FUNDS = [("budget", 12_000_000), ("budget", 12_505_000), ("executed", 11_883_200), ("budget", 10_000_000), ("budget", 10_505_000),
         ("executed", 10_000_000), ("budget", 2_000_000), ("budget", 2_000_000), ("executed", 1_883_200)]


def form(*, ruled: bool) -> bytes:
    book = Workbook()
    sheet = book.active
    fill(sheet, [["附件2"], ["项目支出绩效自评表"], ["（2022年度）"]])
    fill(sheet, FORM, top=4, ruled=ruled, merged=MERGED)
    for cell in ("H7", "H8", "H9", "E15", "F15", "E16", "F16", "F18", "F19"):
        sheet[cell].number_format = "0.00%"
    for row in range(7, 10):
        for column in "DEF":
            sheet[f"{column}{row}"].number_format = "#,##0.00"
    fill(sheet, [["填表人：李某", *[None] * 4, "联系电话：0000-1234567"]], top=21)
    return saved(book)


@pytest.mark.parametrize("ruled", [True, False])
def test_the_form_is_understood(ruled: bool) -> None:
    reports = extract(read_bytes(form(ruled=ruled), "自评表.xlsx")).reports
    assert len(reports) == 1
    part = reports[0].part
    assert (part.title, part.kind, part.unit, part.year, part.programme) == (
        "项目支出绩效自评表", "indicator_table", "青石县水利局", 2022, "小型水库维修养护资金")
    fields = [claim.fields for claim in reports[0].claims]
    assert [(f.name, f.level1, f.level2, f.target, f.actual, f.weight, f.score) for f in fields
            if isinstance(f, Indicator)] == INDICATORS
    assert [(f.measure, f.yuan) for f in fields if isinstance(f, Fund)] == [(measure, Decimal(yuan)) for measure, yuan in FUNDS]
