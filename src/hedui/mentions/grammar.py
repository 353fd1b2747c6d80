"""Lexicons in, the grammar of bodies out: what their names are made of, what stands around them and what they are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hedui.lexicons import rows, words
from hedui.mentions.regions import places
from hedui.mentions.words import WordIndex, index_words

__all__ = [
    "ANY", "ATTACHED", "BRANCH", "INNER", "INNER_LIST", "JOINTS", "LEVEL", "LEVELS", "LONGEST_PREFIX", "NO_NAME", "OUTLET", "PARTNERS",
    "REACH", "STATION", "SURE", "TOWN", "WHOLE", "ZONE", "Grammar", "grammar",
]

# 教育科技|和|体育局
JOINTS = ("和", "与")
# 下设|办公室、农业服务中心|等5个站所: parts of a body
INNER = re.compile(r"(?:内设|下设|设有|设立|[局委乡镇街道]设)[^。；]*$")
INNER_LIST = re.compile(r"[^，。；]{0,40}?等[\d一二三四五六七八九十]+个")
# 市|医保局, not 城市, 我市, 市级: a level that stands for a place
LEVEL = re.compile(
    r"自治区|自治州|自治县|自治旗|兵团|国家|国网|中共|共青团|(?<![^\W由经向与和及对报从据到])地区(?=[一-鿿]{2,10}[局委])|(?:高新|经开|开发|示范|度假|保税|综保|管理|矿)区"
    r"|(?<![我全各本该外跨两多地城都超上集节联结社园辖小学景院片山灾牧林库首夜门股菜楼街分选防农郊疫墓禁专特每几州])"
    r"[省市县区旗州盟师](?![级内域外场属里长容值际]|直(?!机关工委)|城(?!市管理|管[局理]|乡|建[局委])|民(?!政|族|宗|防)|乡(?!村振兴)|委员(?!会))")
LEVELS = frozenset("自兵国中共高经开示度保综管矿省市县区旗州盟师")
# 各市|医疗保障局 · 各县(区)|财政局
ANY = re.compile(r"(?:各|每个?|两|其他|相关|有关|所有|(?<=[(（])[省市县区州旗]{1,2}[)）]|[)）])[省市县区州旗盟、级地()（）及和]*$")
# 四川|大学: endings that a place alone may stand before
WHOLE = frozenset({"大学", "学院", "银行", "海关", "监狱", "机场", "铁路局", "监管局", "海事局", "京剧院", "福利院", "博物院", "中学", "公路段"})
# 949电台 · 101.8交通广播电台
STATION = re.compile(r"(?<![\d.第])\d{2,3}(?:\.\d)?(?:交通|新闻|音乐)?(?:广播)?电台")
ATTACHED = re.compile(r"(?:第[一二三四五六七八九十]{1,2}|附属)[一-鿿]{0,8}?(?:医院|中学|小学|学校)|[一-鿿]{0,4}学院")
# 医疗保障|服务中心, not 教育|中心: endings of offices that make a body without a place
SURE = ("服务中心", "经办中心", "事务中心", "管理中心", "信息中心")
BRANCH = re.compile(r"[一-鿿]{2,4}?分局")
NO_NAME = re.compile(r"[年月日个名上考读进入所办]")
# 温泉|乡人民政府 · 城东|派出所
TOWN = re.compile(
    r"(?P<own>[一-鿿]{2,5}?)(?:(?:乡|镇|街道|苏木)(?:人民政府|政府|党委|办事处|办(?![理公法事])|卫生院|中心卫生院|卫生服务中心|中心小学|中心校|中心学校|小学|中学"
    r"|敬老院|财政所|派出所|司法所)|派出所|司法所|人民法庭|中心卫生院)")
# 临岚|经济开发区|管理委员会
ZONE = re.compile(
    r"(?P<own>[一-鿿]{2,4}?)(?:国家|省级)?(?:经济技术|经济|高新技术产业|高新技术|高新|现代农业|农业|产业|工业|旅游|综合|边境经济|化工|物流|空港|临空|临港|循环经济)*"
    r"(?:开发区|示范区|产业园区?|工业园区?|园区|新区|度假区|保税区|合作区|高新区|经开区|管理区|试验区|集聚区|集中区|风景名胜区|风景区|自然保护区)")
# 某银行|某某支行
OUTLET = re.compile(r"[一-鿿]{2,8}?(?:支行|分行|分公司|支公司|营业部)")
PARTNERS = re.compile(r"[(（](?:特殊)?普通合伙[)）]")
REACH = 18
# 新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县 and some more
LONGEST_PREFIX = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Grammar:
    """The lexicons of bodies, indexed, with one pattern of endings a kind."""

    known: WordIndex
    kinds: dict[str, str]
    fields: WordIndex
    organ: re.Pattern[str]
    party: re.Pattern[str]
    free: re.Pattern[str]
    firm: re.Pattern[str]
    stop: re.Pattern[str]
    firm_stop: re.Pattern[str]
    generic: frozenset[str]
    heads: frozenset[str]


def endings(kind: str) -> re.Pattern[str]:
    """The endings of a kind, the longest first, none that another word swallows."""
    pieces = []
    for row in sorted(rows("institution_kinds"), key=lambda row: -len(row[0])):
        if row[1] == kind:
            barred = "|".join(map(re.escape, row[2].split())) if len(row) > 2 else ""
            pieces.append(re.escape(row[0]) + (f"(?!{barred})" if barred else ""))
    return re.compile("|".join(pieces))


def borders(signs: str, kind: str) -> re.Pattern[str]:
    """`signs` and the words of a kind that no name of a body holds (lexicons/name_stops.tsv)."""
    return re.compile("|".join((signs, *(word for word, own in rows("name_stops") if own == kind))))


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    kinds = {row[0]: row[1] for row in rows("institutions")}
    known, fields = index_words(kinds), index_words(words("departments"))
    return Grammar(known=known, kinds=kinds, fields=fields, heads=frozenset({*known, *fields, *places().index}),
                   organ=endings("organ"), party=endings("party"), free=endings("free"), firm=endings("firm"),
                   stop=borders(r"[^一-鿿A-Za-z0-9·]", "stop"), firm_stop=borders(r"[^一-鿿A-Za-z0-9()（）·]", "firm"),
                   generic=frozenset(word for word, kind in rows("name_stops") if kind == "generic"))
