"""A title and the first lines of a report -> its unit, region, year and programme, as far as they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from hedui.lexicons import rows
from hedui.view import fold

__all__ = ["Head", "head_of"]

OPENING = 1500
PROVINCIAL = frozenset({"1", "2", "province", "prefecture"})
LEVELS = ("自治区", "省", "市", "县", "区")
BODIES = ("局|厅|委员会|委|办公室|中心|医院|处|站|大学|学院|学校|中学|小学|总队|支队|大队|公司|联合会|联合社|人民政府|管委会|街道办事处|研究院"
          "|监测院|研究所|图书馆|博物馆|文化馆|档案馆|科技馆|美术馆|体育馆|纪念馆|法院|检察院"
          "|幼儿园|党校|电视台|供销合作社|红十字会|总工会|福利院|林场")
# 编制单位：某市水利局 · 项目实施单位（盖章）：某县交通运输局
LABELLED = re.compile(r"(?P<label>(?:编制|填报|报告|自评|评价|预算|项目|项目实施|实施|主管|地方主管|省级主管)(?:单位|部门)(?:名称)?|单位名称)"
                      r"(?:[(][^)]*[)])*[:：](?P<name>[\u4e00-\u9fff()]{3,40})")
NAMED_UNIT = ("编制单位", "填报单位", "单位名称", "自评单位", "报告单位", "地方主管部门", "省级主管部门", "预算单位", "项目单位", "主管部门及代码",
              "主管部门", "项目实施单位", "实施单位")
NAMED_PROGRAMME = ("转移支付(项目)名称", "转移支付名称", "专项名称", "专项资金名称", "项目名称", "资金名称")
OWN_LABELS = ("编制单位", "填报单位", "单位名称", "自评单位", "报告单位")
# a title that a narrative stands under, not a form alone
NARRATIVE = re.compile(r"报告|总结|决算")
GENERIC = frozenset({"项目", "专项", "专项资金", "专项预算", "专项预算项目", "专项项目", "项目支出", "部门", "部门预算",
                     "预算", "预算项目", "中央对地方"})
# 青石市水利局（以下简称“市水利局”）
SHORTENED = re.compile(r"(?:^|[,。;:\n])(?P<name>[\u4e00-\u9fff]{4,30})[(](?:以下|下称|简称|以下统一)简?称?[^)]{2,20}[)]")
# [203]青石县民政局 · 60010021T000000012345-工作经费 · 600100青石县水利局: codes of budget systems
CODE = re.compile(r"^(?:[\[(]\d{3,}[\])]|\d{3,}[0-9A-Z]*[-—_](?=[\u4e00-\u9fff])|\d{6,}(?=[\u4e00-\u9fff]))")
# 青石县2022年… · 青石县水利局: two or three characters and 县, not 城市, 全县
UNLISTED = re.compile(
    r"(?![全本我各该老新])[\u4e00-\u9fff]{1,3}?(?<![全本我各城都超外农])(?:自治县|自治旗|县|市|旗|(?<![治发新地片景园灌林社库山矿牧老边辖城郊小校分能])区)"
    r"(?![场级政容域外内长委]|民(?![政族宗]))")
# 某市水利局2021年度… · 某市水利局关于…
IN_TITLE = re.compile(rf"(?P<unit>[\u4e00-\u9fff]{{2,40}}?(?:{BODIES}))(?=20\d\d|关于|部门|本级|机关|整体|项目|单位|$)")
# ，青石市水利局 in running text
IN_TEXT = re.compile(rf"(?:(?<=[,。、;:(\n“])|^)[\u4e00-\u9fff]{{2,30}}?(?:{BODIES})")
# 青石县水利局, a line of its own
ALONE = re.compile(rf"[\u4e00-\u9fff]{{4,30}}(?:{BODIES})")
LEADING_YEAR = re.compile(r"^(?:19|20)\d\d年?(?:度)?")
YEARS = re.compile(r"(?<!\d)(20[0-3]\d|199\d)(?=年|\)|-)")
# what a title says beside the programme: unit and region are cut before
AROUND = re.compile(
    r"(?:(?:中央对地方|(?:中央|省级|市级|自治区)财政)(?:专项)?|^|(?<=资金)(?:专项)?|(?<=经费)|(?<=[)])|专项)转移支付(?:资金|项目|预算)?(?=绩效|自评|区域|项目|支出|预算|$)"
    r"|(?:本级)?(?:部门)?(?:专项)?预算项目(?=支出|绩效|自评|$)|(?:^项目|(?<=资金)项目|(?<=经费)项目)?(?:支出)?(?:整体)?(?:区域)?(?:绩效|自评|自我评价)[^()]*"
    r"|(?:部门|单位)(?:决算|整体).*|^(?:的|关于|中央对地方(?:(?:专项)?转移支付)?|(?:中央|省级|市级|自治区)财政)")


class Head(NamedTuple):
    """What the head of a report says; None where it does not."""

    unit: str | None
    region: str | None
    year: int | None
    programme: str | None


@lru_cache(maxsize=1)
def places() -> dict[str, str]:
    """Full and short names of provinces, prefectures and counties -> the full name (lexicons/regions.tsv)."""
    found: dict[str, str] = {}
    for _, name, short, level, *_ in rows("regions"):
        found.setdefault(name, name)
        if short and level in PROVINCIAL:
            found.setdefault(short, name)
    return found


def region_in(name: str) -> str | None:
    """The places that open a name, as one; a county that no list holds is told by how names of counties go on.

    >>> region_in("四川省南充市教育局"), region_in("财政部"), region_in("青石县2022年项目")
    ('四川省南充市', None, '青石县')
    """
    known, at, region = places(), 0, ""
    while end := next((e for e in range(min(len(name), at + 15), at + 1, -1) if name[at:e] in known), 0):
        region, at = region + known[name[at:end]], end
    if unlisted := UNLISTED.match(name, at):
        region += unlisted[0]
    return region or None


def full_name(unit: str, region: str | None) -> str:
    """`unit` with the province spelled out where it only says 自治区 or 省: 自治区水利厅 of 宁夏 -> 宁夏回族自治区水利厅."""
    for level in ("自治区", "省", "市", "县", "区"):
        if region and unit.startswith(level) and region.endswith(level):
            return region + unit[len(level):]
    return unit


def unit_of(title: str, labelled: Mapping[str, str], lines: Sequence[str], region: str | None) -> str | None:
    """The reporting body: as 编制单位 names it, as it opens the title, as the text abbreviates it, as a form names it,
    else the local body that sentences begin with most often."""
    own = next((labelled[label] for label in OWN_LABELS if label in labelled), None)
    form = next((labelled[label] for label in NAMED_UNIT if label in labelled), None)
    opening = IN_TITLE.match(title)
    told = own or (opening["unit"] if opening and (region_in(opening["unit"]) or len(opening["unit"]) <= 15) else None)
    if not told and title and not NARRATIVE.search(title):
        told = form
    if not told:
        text = "\n".join(lines)
        names = Counter(m["name"] for m in SHORTENED.finditer(text) if region_in(m["name"])) or Counter(
            line for line in lines if ALONE.fullmatch(line) and region_in(line)) or Counter(
            name for m in IN_TEXT.finditer(text) if region_in(name := m[0]) or name.startswith(LEVELS))
        told = names.most_common(1)[0][0] if names else form
    if told and form and told.startswith(LEVELS) and form.endswith(told):
        told = form
    return full_name(re.split(r"[、,(]", told)[0], region) if told else None


def without_place(name: str) -> str:
    """`name` without the places that open it, in full or short form."""
    known, at = places(), 0
    while end := next((e for e in range(min(len(name), at + 15), at + 1, -1) if name[at:e] in known), 0):
        at = end
    unlisted = UNLISTED.match(name, at)
    return name[unlisted.end() if unlisted else at:]


def programme_of(title: str, labelled: Mapping[str, str], unit: str | None, body: str) -> str | None:
    """The project or fund: as a form names it, as the bracket behind the title does, else what the title says beside
    unit, place, year and its own kind, with the part of the fund the text gives it."""
    bracket = re.search(r"[(]((?:[^()]|[(][^()]*[)])+)[)]$", title)
    said = bracket[1] if bracket and not re.fullmatch(r"\d{4}(?:-\d{4})?年?度?", bracket[1]) else None
    core = without_place(LEADING_YEAR.sub("", (title[:bracket.start()] if bracket else title)).removeprefix(unit or "\0"))
    core = AROUND.sub("", re.sub(r"(?:19|20)\d\d年?(?:度)?", "", core))
    labelled = {label: name for label, name in labelled.items() if label not in NAMED_PROGRAMME or name != unit}
    if len(core) < 3 or core in GENERIC:
        return said or next((labelled[label] for label in NAMED_PROGRAMME if label in labelled), None)
    if named := next((labelled[label] for label in NAMED_PROGRAMME if label in labelled), None):
        return core if fold(LEADING_YEAR.sub("", named)) == core else named
    whole = Counter(re.findall(re.escape(core) + r"[(][^()]*部分[)]", body))
    return whole.most_common(1)[0][0] if whole else f"{core}({said})" if said and "部分" in said else core


def head_of(title: str | None, labelled: Mapping[str, str], lines: Sequence[str]) -> Head:
    """What title (as written), labelled cells, and the folded paragraphs of the part say."""
    title, body = fold(title or ""), "\n".join(lines)
    labelled = {label: CODE.sub("", said) for label, said in labelled.items()}
    told = {**{m["label"]: m["name"] for m in LABELLED.finditer(body[:OPENING])}, **labelled}
    region = region_in(LEADING_YEAR.sub("", title))
    unit = unit_of(title, told, lines, region)
    own = region_in(unit or "")
    region = region if own and (region or "").endswith(own) else own or region
    years = YEARS.findall(title) or YEARS.findall(body[:120])
    counted = Counter(YEARS.findall(body))
    year = years[0] if years else counted.most_common(1)[0][0] if counted else None
    programme = programme_of(title, told, unit, body) if title else None
    return Head(unit, region, int(year) if year else None, programme)
