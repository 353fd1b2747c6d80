"""Patterns of figures in text: numerals, amounts, rates, dates, quantities, comparators. Text is that of a `hedui.view`.

Every pattern runs in linear time: runs of digits are possessive, and a match may start only where a number starts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hedui.values.units import CURRENCIES, alternation, units

__all__ = ["AFTER", "BEFORE", "HUNDREDS", "figure_pattern", "told_after_pattern"]

# 1,038.00 · 645.55 · 10801
ARABIC = r"(?:\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?|\d++(?:\.\d++)?)"
# 五|千 of 五千人, not of 0.6|千瓦
HUNDREDS = r"[百千](?![瓦伏米克卡帕焦字])"
# 余万 · 千万 · 亿 · 万亿 · 多万 · 百余
SCALE = rf"(?:[余多来]?(?:[十百千]?(?:万亿|[万亿])|{HUNDREDS})[余多来]?|[余多来])"
# 1.8万余 · 2亿3500万 · 10887
NUMERAL = rf"(?:\d++亿(?=\d))?{ARABIC}{SCALE}?"
HAN = r"[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]"
# 三 · 二十余 · 一百二十 · 壹佰壹拾万
HAN_NUMERAL = rf"{HAN}++(?:点[零〇一二三四五六七八九]++)?[余多]?[万亿]?"
# a number starts here: not inside digits, nor behind a decimal point or thousands comma
START = r"(?<!\d)(?<!\d[.,])"
# not 第|三次, 数|十家
HAN_START = rf"(?<!{HAN})(?<![第初周])(?!(?<=[数几])[十百千万])"
# 负1.25亿元 · 较上年-3.2%
SIGN = r"(?:负|(?<![\d%年月日号A-Za-z)）表])[-−](?=\d))"
# 6-9个月 · 2019—2020年 · 3至5人
RANGE = r"(?:-{1,2}|—{1,2}|–|−|~|～|至|到)"

YEAR = r"(?:19|20)\d{2}"
SEASON = r"(?:第?[一二三四1-4]季度|上半年|下半年)"
YEAR_TAIL = rf"(?:学年度|学年|年度|年)(?:年底|年末|年初|年终|底|末|初|终)?{SEASON}?"
MONTH_TAIL = r"(?:底|末|初|中下旬|上中旬|上旬|中旬|下旬|份)?"
MONTH, DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
DAY_END = r"[日号](?![线楼文])"
HAN_YEAR = r"[一二][九〇○零][〇○零一二三四五六七八九]{2}"
HAN_MONTH, HAN_DAY = r"(?:十[一二]?|[一二三四五六七八九])", r"(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
DATES = (
    # 2019—2020年 · 2021年至2023年
    rf"(?<!\d)(?P<year_low>{YEAR}年?){RANGE}(?P<year_high>{YEAR}{YEAR_TAIL})(?!\d)",
    # 2021年1-6月
    rf"(?<!\d)(?P<month_low>(?:{YEAR}年)?{MONTH}){RANGE}(?P<month_high>{MONTH}月{MONTH_TAIL})(?!\d)",
    # 3月1-5日
    rf"(?<!\d)(?P<day_low>(?:{YEAR}年)?{MONTH}月{DAY}){RANGE}(?P<day_high>{DAY}{DAY_END})",
    # 2020年3月24日 · 10月30日
    rf"(?<!\d)(?P<day>(?:{YEAR}年)?{MONTH}月{DAY}{DAY_END})",
    # 2021年6月底 · 4月
    rf"{START}(?P<month>(?:{YEAR}年)?{MONTH}月{MONTH_TAIL})(?!\d)",
    # 2020年度 · 2020年年底 · 2022年四季度
    rf"(?<!\d)(?P<year>{YEAR}{YEAR_TAIL})",
    # 四季度 · 第三季度末
    r"(?<![一二三四五六七八九十\d个两年前第])(?P<season>第?[一二三四]季度(?:末|底|初)?)(?![一二三四至])",
    # 2020-03-24 · 2020.3.24 · 2021/12/31
    rf"(?<!\d)(?P<dotted>{YEAR}(?P<mark>[-./]){MONTH}(?P=mark){DAY})(?![\d.])",
    # 二〇二二年三月十五日 · 二○二一年
    rf"(?P<han_date>{HAN_YEAR}年(?:{HAN_MONTH}月(?:{HAN_DAY}日|底|末|初)?|度|底|末|初)?)",
    # 三月十五日
    rf"(?<!{HAN})(?P<han_day>{HAN_MONTH}月{HAN_DAY}[日号])",
)

# … 不低于|90% · … 约|1.8亿元
BEFORE = re.compile(
    r"(?:(?P<ge>≥|>=|≧|不低于|不少于|不小于|不得低于|不得少于|大于等于|大于或等于|至少|最低|达到或超过)"
    r"|(?P<le>≤|<=|≦|不高于|不超过|不大于|不多于|不得超过|不得高于|小于等于|小于或等于|至多|最多|最高|控制在|不超)"
    r"|(?P<gt>>|大于|高于|多于|超过|突破|逾|超出|超)"
    r"|(?P<lt><|小于|低于|少于|不到|不足)"
    r"|(?P<about>大约|约为|约|接近|将近|近|≈))(?:了|到|达|为)?$")
# 98%|以上 · 30日|内 · 2021年底|前 · 2021年4月|起
AFTER = re.compile(
    r"(?:\(含\))?(?:(?P<ge>及?以上|起(?![草点诉付伏步])|以来|启动以来|成立以来)"
    r"|(?P<le>及?以下|以内|之内|内(?![容部设地蒙控江])|之前|以前|前(?![期提三往五十来景]))|(?P<about>左右|上下))")


def amount_patterns() -> tuple[str, ...]:
    plain, currency = units().plain, alternation(list(CURRENCIES))
    each = rf"(?:{plain}|生|月|季|股)(?:[、/·.•*](?:{plain}|生|月))*+"
    per = rf"(?:/(?:\({each}\)|{each}))?"
    money = rf"(?:{currency})(?![件素旦宵宝器]){per}"
    return (
        # 50-100万元
        rf"{START}(?P<amount_low>{NUMERAL}){RANGE}(?P<amount_high>{NUMERAL}{money})",
        # 10887万元 · 负1.25亿元 · 150元/人、天
        rf"(?P<amount>{SIGN}?{START}{NUMERAL}{money})",
        # 壹佰壹拾万元
        rf"(?P<han_amount>{HAN_START}{HAN_NUMERAL}{money})",
    )


def rate_patterns() -> tuple[str, ...]:
    sign = r"(?:%|‰|个?百分点)"
    return (
        # 60-0%
        rf"{START}(?P<rate_low>{ARABIC}){RANGE}(?P<rate_high>{ARABIC}{sign})",
        # 19.24% · -3.2% · 5.3个百分点
        rf"(?P<rate>{SIGN}?{START}{ARABIC}{sign})",
        # 百分之九十
        rf"(?P<han_rate>[百千]分之(?:{HAN}++(?:点{HAN}++)?|{ARABIC}))",
        # 两个百分点
        rf"{HAN_START}(?P<han_points>{HAN}++个百分点)",
    )


def quantity_patterns() -> tuple[str, ...]:
    free = r"(?<![A-Za-z_第×*])(?<!\d[点时])"
    return (
        # 6-9个月
        rf"{free}{START}(?P<quantity_low>{NUMERAL}){RANGE}(?P<quantity_high>{NUMERAL}{units().any})",
        # 65篇 · 25余次 · 1.8万余人次 · 0台(套)
        rf"{free}{START}(?P<quantity>{NUMERAL}{units().any})",
        # 三次 · 二十余家
        rf"{HAN_START}(?P<han_quantity>{HAN_NUMERAL}{units().han})",
    )


@lru_cache(maxsize=1)
def figure_pattern() -> re.Pattern[str]:
    """Any date, amount, rate or quantity; the name of the group says which."""
    kinds = (*DATES, *amount_patterns(), *rate_patterns(), *quantity_patterns())
    return re.compile(rf"(?=[-−负第\d{HAN[1:-1]}○])(?:{'|'.join(kinds)})")


@lru_cache(maxsize=1)
def told_after_pattern() -> re.Pattern[str]:
    """A count told right behind its noun: `told` of 结算人次110710, `unit` 人次."""
    return re.compile(rf"(?P<unit>人次|人数|户数|次数)(?:为|达到|达|共|:)?(?P<told>{START}{NUMERAL})"
                      rf"(?![\d.,%]|{units().any}|[元年万亿])")
