"""Lexicons in, the grammar of bodies out: what their names are made of, what stands around them and what they are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hedui.lexicons import rows, words
from hedui.mentions.regions import places
from hedui.mentions.words import WordIndex, index_words

__all__ = [
    "ANY", "ATTACHED", "BRANCH", "LEVEL", "LEVELS", "LONGEST_PREFIX", "NO_NAME", "OUTLET", "PARTNERS", "REACH", "STATION", "SURE",
    "TOWN", "WHOLE", "Grammar",
    "grammar",
]

# 市|医保局, not 城市, 我市, 市级: a level that stands for a place
LEVEL = re.compile(
    r"自治区|自治州|自治县|自治旗|兵团|国家|中共|(?:高新|经开|开发|示范|度假|保税|综保|管理|矿)区"
    r"|(?<![我全各本该外跨两多地城都超上集节联结社园辖小学景院片山灾牧林库首夜门股菜楼街分选防农郊疫墓禁专特每几州])"
    r"[省市县区旗州盟师](?![级内域外场直属里长城容值际]|民(?!政|族|宗|防)|乡(?!村振兴)|委员(?!会))")
LEVELS = frozenset("自兵国中高经开示度保综管矿省市县区旗州盟师")
# 各市|医疗保障局 · 各县(区)|财政局
ANY = re.compile(r"(?:各|每个?|两|其他|相关|有关|所有|(?<=[(（])[省市县区州旗]{1,2}[)）]|[)）])[省市县区州旗盟、级地()（）及和]*$")
# 四川|大学: endings that a place alone may stand before
WHOLE = frozenset({"大学", "学院", "银行", "海关", "监狱", "机场", "铁路局", "监管局", "海事局", "京剧院", "福利院", "博物院"})
# 949电台 · 101.8交通广播电台
STATION = re.compile(r"(?<![\d.第])\d{2,3}(?:\.\d)?(?:交通|新闻|音乐)?(?:广播)?电台")
ATTACHED = re.compile(r"(?:第[一二三四五六七八九十]{1,2}|附属)[一-鿿]{0,8}?(?:医院|中学|小学|学校)|[一-鿿]{0,4}学院")
# 医疗保障|服务中心, not 教育|中心: endings of offices that make a body without a place
SURE = ("服务中心", "经办中心", "事务中心", "管理中心", "信息中心")
BRANCH = re.compile(r"[一-鿿]{2,4}?分局")
NO_NAME = re.compile(r"[年月日个名上考读进入所办]")
# 温泉|乡人民政府
TOWN = re.compile(r"(?P<own>[一-鿿]{2,3}?)(?:乡|镇|街道)(?:人民政府|政府|党委|卫生院|中心卫生院|中心小学|中心校|中心学校|小学|中学|敬老院|财政所)")
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
