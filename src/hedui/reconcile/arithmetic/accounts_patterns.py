"""The names that the form of final accounts (财政部 部门决算公开 template) gives its figures. All of them match on a view."""

from __future__ import annotations

import re

__all__ = ["CLASS_ITEM", "COMPLETED_BUDGET", "FUNDS", "GRAND_TOTAL", "LISTED_AMOUNT", "PURCHASE", "SIDES", "YEAR_SPENT"]

# 2.社会保障和就业（类）行政事业单位养老（款）…（项）:支出决算为
CLASS_ITEM = re.compile(r"(?:\(?\d{1,2}[.、)]|[(]\d{1,2}[)])\s?(?P<name>[^()\d]{2,16})\(类\)")
# ,完成预算的 · 完成年初预算
COMPLETED_BUDGET = re.compile(r"完成(?:了)?(?:全年|年初|年度|调整|本年)?预算数?(?:的|为)?$")
# 本年支出合计 · 2021年支出合计
YEAR_SPENT = re.compile(r"(?:本年|^)支出合计$|\d{4}年(?:度)?支出合计$")
FUNDS = (re.compile(r"一般公共预算(?:财政)?(?:拨款)?支出(?:决算)?$"), re.compile(r"政府性基金(?:预算)?(?:财政)?(?:拨款)?支出(?:决算)?$"),
         re.compile(r"国有资本经营(?:预算)?(?:财政)?(?:拨款)?支出(?:决算)?$"))
# 收、支总计 · 收入、支出总计
GRAND_TOTAL = re.compile(r"(?:^|\d{4}年(?:度)?)(?:收入?)?、?(?:收|支)(?:出|入)?总计$")
YEAR_GOT = re.compile(r"(?:本年|^|年度?)收入合计$")
CARRIED_FROM = re.compile(r"年初结转(?:和结余)?$")
CARRIED_TO = re.compile(r"年末结转(?:和结余)?$")
SIDES = ((YEAR_GOT, CARRIED_FROM), (YEAR_SPENT, CARRIED_TO))
# 越野车0辆、|金额
LISTED_AMOUNT = re.compile(r"^[、,]?(?:金额|价值|价款)(?:为|共)?$")
# 公务用车购置支出 · 购置费
PURCHASE = re.compile(r"购置(?:支出|费|经费)?(?:决算)?$")
