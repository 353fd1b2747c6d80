"""Outputs of the form hedui/1 made by hand: reports with tags around what is quoted, and what there is to say of it.

`«id|words»` marks a quote; the tags are taken out and leave a span. A check names its quotes by id.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

TAG = re.compile(r"«(\w+)\|([^»]*)»")
AMOUNT = re.compile(r"\d[\d.,]*\s?(?:亿元|万元|元)")
RATE = re.compile(r"\d[\d.]*\s?[%％]")
QUANTITY = re.compile(r"\d[\d.]*(?:人次|人|次|家|个|场|份|分)")
DATE = re.compile(r"20\d\d年(?:度|\d{1,2}月(?:\d{1,2}日)?)?")
DOCNO = re.compile(r"[\u4e00-\u9fff]{2,5}〔20\d\d〕\d+号")
TITLE = re.compile(r"《[^》]+》")
MENTIONS = {"TITLE": TITLE, "DOCNO": DOCNO, "DATE": DATE, "RATE": RATE, "AMOUNT": AMOUNT, "QUANTITY": QUANTITY}
Rows = Sequence[tuple[Any, ...]]

CLEAR_CREEK = """清溪县2022年度城乡居民健康服务补助资金
绩效自评报告
根据《清溪县财政局关于开展2022年度项目支出绩效自评工作的通知》（清财绩〔2023〕6号）要求，清溪县卫生健康局对2022年度城乡居民健康服务补助资金开展自评，现将情况报告如下：
一、项目基本情况
（一）资金下达情况。
2022年度共收到补助资金«total|1260万元»，其中：中央资金«central|860万元»（云财社〔2021〕188号提前下达），省级资金«province|250万元»（云财社〔2022〕31号），县级配套资金«county|140万元»。
（二）资金执行情况。
截至2022年12月底，全县累计支出«spent|1142.7万元»，预算执行率«rate|90.60%»；其中乡镇卫生院支出«town|684.3万元»，占总支出的«share|59.88%»，村卫生室支出«village|458.4万元»。上年同期支出«before|1013.5万元»，同比增长«growth|12.74%»，年末结转«carry|117.3万元»。
二、绩效目标完成情况分析
（一）产出指标完成情况分析。
1.数量指标。全年组织健康宣讲«talks|46场»，发放宣传手册«books|12800份»，完成老年人健康体检«elder|9215人»，家庭医生签约«signed|38460人»。
2.质量指标。电子健康档案合格率«archive|97.5%»，高血压患者规范管理率«pressure|71.2%»，较目标值高1.2个百分点。
（二）满意度指标完成情况分析。
服务对象满意度为«happy|93.4%»，达到年初目标。
三、自评得分情况
本项目自评总得分«score|94.5分»，其中项目决策«s1|20分»、过程管理«s2|18.5分»、项目产出«s3|34分»、项目效益«s4|21分»，评价等级为优。
四、存在的问题
全县纳入协议管理的村卫生室«rooms|112家»，实际开展签约服务的村卫生室«rooms2|118家»，部分乡镇数据更新不及时。

附件：绩效目标自评表（2022年度）
单位：万元
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 全年完成值 | 分值 | 得分 | 偏差原因 |
|---|---|---|---|---|---|---|---|
| 资金情况 | | 年度资金总额 | «t_total|1250» | «t_spent|1142.7» | 10 | 9.1 | |
| 资金情况 | | 其中：中央资金 | «t_central|860» | 802.4 | | | |
| 资金情况 | | 省级资金 | «t_province|250» | 213.6 | | | |
| 资金情况 | | 县级资金 | «t_county|140» | 126.7 | | | |
| 产出指标 | 数量指标 | 健康宣讲场次 | ≥40场 | «t_talks|46场» | 10 | 10 | |
| 产出指标 | 数量指标 | 老年人健康体检人数 | «t_elder_goal|≥9500人» | «t_elder|9125人» | 10 | «t_elder_score|10» | |
| 产出指标 | 质量指标 | 电子健康档案合格率 | ≥95% | «t_archive|97.5%» | 15 | 15 | |
| 产出指标 | 质量指标 | 高血压患者规范管理率 | ≥70% | «t_pressure|71.2%» | 15 | 14 | |
| 效益指标 | 社会效益 | 群众健康素养水平 | 有所提高 | 有所提高 | 20 | 18 | 基层宣传力量不足 |
| 满意度指标 | 服务对象满意度 | 服务对象满意度 | «t_happy_goal|≥90%» | «t_happy|93.4%» | 10 | 10 | |
"""

CLEAR_CREEK_CHECKS: Rows = (
    ("sum", "conflict", "numeric", "total", ("central", "province", "county"), "12500000", 0.98,
     "860 + 250 + 140 = 1250 万元 ≠ 1260 万元，相差 10 万元"),
    ("table", "conflict", "value", "total", ("t_total",), "1250", 0.96, "正文 1260 万元，自评表年度资金总额 1250 万元"),
    ("ratio", "conflict", "numeric", "rate", ("spent", "t_total"), "91.416 %", 0.74,
     "1142.7 ÷ 1250 = 91.416 % ≠ 90.60 %；若以 1260 万元为分母则为 90.69 %，仍不符"),
    ("ratio", "rounding", "numeric", "share", ("town", "spent"), "59.884 %", 0.93, "684.3 ÷ 1142.7 = 59.884 %，写作 59.88 %，舍入"),
    ("sum", "consistent", "numeric", "spent", ("town", "village"), "11427000", 0.99, "684.3 + 458.4 = 1142.7 万元"),
    ("growth", "rounding", "numeric", "growth", ("spent", "before"), "12.748 %", 0.91,
     "(1142.7 − 1013.5) ÷ 1013.5 = 12.748 % ≈ 12.74 %，截位"),
    ("difference", "consistent", "numeric", "carry", ("total", "spent"), "1173000", 0.88, "1260 − 1142.7 = 117.3 万元"),
    ("table", "conflict", "value", "elder", ("t_elder",), "9125人", 0.95, "正文 9215 人，自评表 9125 人，疑为数字颠倒"),
    ("target", "conflict", "value", "t_elder", ("t_elder_goal", "t_elder_score"), "9125 < 9500", 0.83,
     "完成 9125 人，未到目标 ≥9500 人，却得满分 10 分"),
    ("sum", "conflict", "numeric", "score", ("s1", "s2", "s3", "s4"), "93.5", 0.97, "20 + 18.5 + 34 + 21 = 93.5 分 ≠ 94.5 分"),
    ("restated", "conflict", "wording", "rooms2", ("rooms",), "112家", 0.52, "开展签约的 118 家多于纳入管理的 112 家，口径可能不同"),
    ("table", "consistent", "value", "talks", ("t_talks",), "46场", 0.99, "正文与自评表都是 46 场"),
    ("table", "consistent", "value", "archive", ("t_archive",), "97.5%", 0.99, "正文与自评表都是 97.5 %"),
    ("table", "consistent", "value", "pressure", ("t_pressure",), "71.2%", 0.99, "正文与自评表都是 71.2 %"),
    ("target", "consistent", "value", "happy", ("t_happy", "t_happy_goal"), "93.4% ≥ 90%", 0.97, "93.4 % ≥ 90 %"),
)
CLEAR_CREEK_RECORDS: Rows = (
    ("indicator", "differ", ("elder", "t_elder"), {"name": "老年人健康体检人数", "level1": "产出指标", "level2": "数量指标",
     "target": "≥9500人", "actual": "9125人", "weight": "10", "score": "10"}, 0.81),
    ("indicator", "agree", ("talks", "t_talks"), {"name": "健康宣讲场次", "level1": "产出指标", "level2": "数量指标",
     "target": "≥40场", "actual": "46场", "weight": "10", "score": "10"}, 0.97),
    ("indicator", "agree", ("happy", "t_happy"), {"name": "服务对象满意度", "level1": "满意度指标", "target": "≥90%",
     "actual": "93.4%", "weight": "10", "score": "10"}, 0.96),
    ("indicator", "narrative_only", ("signed",), {"name": "家庭医生签约", "level1": "产出指标", "actual": "38460人"}, 0.77),
    ("fund", "differ", ("total", "t_total"), {"yuan": "12600000", "measure": "received", "scope": "年度资金总额", "year": 2022}, 0.9),
    ("fund", "agree", ("spent", "t_spent"), {"yuan": "11427000", "measure": "executed", "scope": "年度资金总额", "year": 2022}, 0.95),
    ("fund", "agree", ("central", "t_central"), {"yuan": "8600000", "measure": "received", "scope": "中央资金", "year": 2022,
     "level": "中央", "documents": ["云财社〔2021〕188号"]}, 0.93),
    ("score", "narrative_only", ("score",), {"name": "总分", "full": "100", "score": "94.5", "grade": "优"}, 0.94),
)

MAPLE_RIDGE = """附件2

枫岭市残疾人就业扶持项目支出绩效自评报告

一、项目概况
2022年枫岭市残疾人联合会安排残疾人就业扶持项目预算«budget|86.4万元»，实际支出«paid|84.97万元»，执行率«rate|98.34%»。
项目由枫岭市残疾人就业服务中心实施，自«from|2021年»3月起至12月止。
二、资金计划、到位及使用情况

	资金情况
	计划数
	到位数
	使用数

	金额（万元）
	«t_budget|86.4»
	«t_arrived|86.4»
	«t_paid|84.97»

三、项目实施情况
全年开展技能培训«courses|9期»，培训残疾人«people|412人»，其中盲人按摩«blind|128人»、手工制作«craft|164人»、电子商务«shop|120人»；
培训后实现就业«jobs|247人»，就业率«jobrate|61.5%»。人均培训补贴«each|1200元»，合计发放培训补贴«grant|49.44元»。
四、绩效指标完成情况
一级指标	二级指标	三级指标	指标值	完成值	分值	得分
产出指标	数量指标	培训期数	≥8期	«t_courses|8期»	20	20
	数量指标	培训人数	≥400人	«t_people|412人»	20	20
	时效指标	完成时间	2022年12月前	按时完成	10	10
效益指标	社会效益指标	培训后就业率	≥60%	60%以上	30	30
满意度指标	满意度	学员满意度	≥95%	96.7%	20	«t_score|20»
合计					«t_full|100»	«t_sum|100»

附件3

枫岭市残疾人辅助器具适配项目支出绩效自评报告

一、项目概况
2022年安排辅助器具适配项目预算«b2|35万元»，与残疾人就业扶持项目合计安排«both|120.4万元»。全年适配辅助器具«tools|860件»。
"""
MAPLE_RIDGE_CHECKS: tuple[Rows, Rows] = ((
    ("unit", "conflict", "numeric", "grant", ("people", "each"), "49.44万元", 0.94,
     "412 人 × 1200 元 = 494400 元 = 49.44 万元，所写 49.44 元单位有误"),
    ("ratio", "conflict", "numeric", "jobrate", ("jobs", "people"), "59.951 %", 0.96, "247 ÷ 412 = 59.951 % ≠ 61.5 %"),
    ("ratio", "rounding", "numeric", "rate", ("paid", "budget"), "98.345 %", 0.92, "84.97 ÷ 86.4 = 98.345 %，写作 98.34 %，截位"),
    ("sum", "consistent", "numeric", "people", ("blind", "craft", "shop"), "412", 0.98, "128 + 164 + 120 = 412 人"),
    ("table", "conflict", "value", "courses", ("t_courses",), "8期", 0.9, "正文 9 期，绩效表 8 期"),
    ("label", "conflict", "wording", "from", ("budget",), "2022年", 0.61, "全文说的是 2022 年的项目，此处作 2021 年"),
    ("table", "consistent", "numeric", "budget", ("t_budget",), "86.4", 0.99, "预算与计划数都是 86.4 万元"),
    ("table", "consistent", "numeric", "paid", ("t_paid",), "84.97", 0.99, "支出与使用数都是 84.97 万元"),
), (
    ("sum", "conflict", "numeric", "both", ("budget", "b2"), "121.4万元", 0.95, "86.4 + 35 = 121.4 万元 ≠ 120.4 万元"),
))
MAPLE_RIDGE_RECORDS: Rows = (
    ("indicator", "differ", ("courses", "t_courses"), {"name": "培训期数", "target": "≥8期", "actual": "8期", "weight": "20", "score": "20"}, 0.84),
    ("indicator", "agree", ("people", "t_people"), {"name": "培训人数", "target": "≥400人", "actual": "412人", "weight": "20", "score": "20"}, 0.97),
    ("fund", "agree", ("budget", "t_budget", "t_arrived"), {"yuan": "864000", "measure": "budget", "scope": "残疾人就业扶持项目",
     "year": 2022}, 0.96),
    ("score", "table_only", ("t_sum",), {"name": "总分", "full": "100", "score": "100"}, 0.9),
)

QUIET_LAKE = """静湖区2022年度图书馆免费开放补助资金绩效自评报告
一、资金情况
2022年下达免费开放补助资金«in|52.0万元»，支出«out|52.0万元»，执行率«rate|100%»。
二、绩效情况
项目    目标    完成    得分
读者接待量    ≥80000人次    «r|83150人次»    20
活动场次    ≥60场    «a|64场»    20
读者满意度    ≥90%    «s|95.1%»    10
"""
QUIET_LAKE_CHECKS: Rows = (
    ("ratio", "consistent", "numeric", "rate", ("out", "in"), "100 %", 0.99, "52.0 ÷ 52.0 = 100 %"),
)

HOSTILE = """</script><img src=x onerror="window.hacked=1">\u202e额金\u202c自评报告
<script>window.hacked=2</script>收入«a|</script><b onmouseover='window.hacked=3'>100万元»，支出«b|𠮷90万元"»，结余«c|20万元'&amp;»。
| <iframe src="javascript:window.hacked=4"> | «d|"><svg onload=window.hacked=5>» |
| {{ 7*7 }} | \u2028${alert(1)} |
"""
HOSTILE_CHECKS: Rows = (
    ("difference", "conflict", "numeric", "c", ("a", "b", "d"), "<i>10</i>", 0.9,
     "</script><img src=x onerror=window.hacked=6> 100 − 90 = 10 ≠ 20 \u202e"),
)


def untag(tagged: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text without tags, and where each tagged piece stands in it."""
    pieces, spans, at, size = [], {}, 0, 0
    for match in TAG.finditer(tagged):
        pieces += [tagged[at : match.start()], match[2]]
        size += match.start() - at
        spans[match[1]] = (size, size + len(match[2]))
        size += len(match[2])
        at = match.end()
    return "".join([*pieces, tagged[at:]]), spans


def mentions(text: str, start: int, end: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for label, pattern in MENTIONS.items():
        for match in pattern.finditer(text, start, end):
            if not any(one["span"][0] < match.end() and match.start() < one["span"][1] for one in found):
                found.append({"id": f"m-{match.start()}", "label": label, "span": list(match.span()), "text": match[0],
                              "value": match[0].strip("《》 万元%％"), "unit": "CNY" if label == "AMOUNT" else "1", "op": None,
                              "confidence": 0.97, "page": None, "box": None})
    return sorted(found, key=lambda one: one["span"])


def quote(text: str, span: tuple[int, int]) -> dict[str, Any]:
    return {"span": list(span), "text": text[slice(*span)], "value": text[slice(*span)]}


def report(
    text: str, spans: dict[str, tuple[int, int]], name: str, span: tuple[int, int], head: dict[str, Any], checks: Rows, records: Rows,
) -> dict[str, Any]:
    made = [
        {"id": f"c-{hashlib.sha256(f'{name}{i}{span}'.encode()).hexdigest()[:12]}", "kind": kind, "verdict": verdict, "tier": tier,
         "stated": quote(text, spans[stated]), "inputs": [quote(text, spans[one]) for one in inputs], "computed": computed,
         "confidence": confidence, "note": note}
        for i, (kind, verdict, tier, stated, inputs, computed, confidence, note) in enumerate(checks)
    ]
    claims = [{"id": f"k-{one}", "type": "indicator", "origin": "table" if one.startswith("t_") else "narrative", "span": list(where),
               "fields": {}, "mentions": [], "confidence": 0.9} for one, where in spans.items() if span[0] <= where[0] < span[1]]
    kept = [
        {"id": f"r-{hashlib.sha256(f'{name}{i}'.encode()).hexdigest()[:12]}", "type": kind, "status": status, "fields": fields,
         "claims": [f"k-{one}" for one in over], "confidence": confidence,
         "checks": [check["id"] for check in made if any(quoted["span"] == list(spans[one]) for one in over
                                                         for quoted in [check["stated"], *check["inputs"]])]}
        for i, (kind, status, over, fields, confidence) in enumerate(records)
    ]
    return {"id": f"p-{name}-{span[0]}", "span": list(span), "mentions": mentions(text, *span), "claims": claims, "checks": made,
            "records": kept, **dict.fromkeys(("title", "kind", "unit", "region", "year", "programme")), **head}


def output(name: str, text: str, reports: list[dict[str, Any]], issues: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    return {"schema": "hedui/1", "text": text, "issues": list(issues), "reports": reports,
            "source": {"name": name, "sha256": hashlib.sha256(text.encode()).hexdigest(), "media_type": "text/plain", "pages": None}}


def clear_creek(name: str = "清溪县_健康服务补助_2022.txt") -> dict[str, Any]:
    text, spans = untag(CLEAR_CREEK)
    head = {"title": "清溪县2022年度城乡居民健康服务补助资金绩效自评报告", "kind": "self_evaluation", "unit": "清溪县卫生健康局",
            "region": "清溪县", "year": 2022, "programme": "城乡居民健康服务补助资金"}
    return output(name, text, [report(text, spans, name, (0, len(text)), head, CLEAR_CREEK_CHECKS, CLEAR_CREEK_RECORDS)])


def maple_ridge(name: str = "枫岭市残联_项目自评_2022.docx") -> dict[str, Any]:
    text, spans = untag(MAPLE_RIDGE)
    cut = text.index("附件3")
    heads = [{"title": f"枫岭市残疾人{what}项目支出绩效自评报告", "kind": "self_evaluation", "unit": "枫岭市残疾人联合会",
              "region": "枫岭市", "year": 2022, "programme": what} for what in ("就业扶持", "辅助器具适配")]
    return output(name, text, [
        report(text, spans, name, (0, cut), heads[0], MAPLE_RIDGE_CHECKS[0], MAPLE_RIDGE_RECORDS),
        report(text, spans, name, (cut, len(text)), heads[1], MAPLE_RIDGE_CHECKS[1], ()),
    ], [{"where": "第 3 页", "what": "文本框中的图片没有文字层，未读"}])


def quiet_lake(name: str = "静湖区_图书馆免费开放_2022.txt") -> dict[str, Any]:
    text, spans = untag(QUIET_LAKE)
    head = {"title": "静湖区2022年度图书馆免费开放补助资金绩效自评报告", "kind": "self_evaluation", "unit": "静湖区图书馆",
            "region": "静湖区", "year": 2022}
    return output(name, text, [report(text, spans, name, (0, len(text)), head, QUIET_LAKE_CHECKS, ())])


def hostile() -> dict[str, Any]:
    text, spans = untag(HOSTILE)
    name = "<img src=x onerror=window.hacked=7>\u202etxt.exe"
    head = {"title": "\"'><script>window.hacked=8</script>", "kind": "<b>", "unit": "</title>", "year": "<u>"}
    records: Rows = (("fund", "differ", ("a", "b"), {"scope": "<img src=x onerror=window.hacked=9>", "<b>": "</script>"}, 0.5),)
    return output(name, text, [report(text, spans, name, (0, len(text)), head, HOSTILE_CHECKS, records)],
                  [{"where": "<script>", "what": "</script><script>window.hacked=10</script>"}])


def outputs() -> list[dict[str, Any]]:
    """Three files with four reports: conflicts of every kind but one, rounding, and a file where all agrees."""
    return [clear_creek(), maple_ridge(), quiet_lake()]


FAILURES = {"扫描件_2021.docx": "文件加了密码，请去掉密码后再读", "空文件.txt": "文件是空的（0 字节）"}
