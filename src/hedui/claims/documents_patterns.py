"""How a cited title, its number and its issuers stand together: patterns on the text between and around them."""

from __future__ import annotations

import re

__all__ = ["AFTER_NUMBER", "ALSO", "BACK", "BEFORE_NUMBER", "DECREE", "GLUED", "ISSUED_AS", "RUNS_ON", "TELLS_ISSUER", "UNMARKED"]

# 《…的通知》(财社〔2019〕221号) · 《…条例》(国务院第700号令) · 《…意见》(以下简称中央5号文) · 《…》文号：…
BEFORE_NUMBER = re.compile(r"[》〉\"”)]*(?:等)?(?:文件)?[,、]?\(?(?:以下简称)?[:：\"“]?(?:文号|发文字号|文件号|编号)?[:：]?"
                           r"(?:[\u4e00-\u9fff、,]{2,40}[部局委院厅府会署行令])?")
# 财教〔2023〕12号文件《…》 · 黔财教〔2021〕48号文印发的《…》 · (…号)《…》
AFTER_NUMBER = re.compile(r"\)?(?:文件|文)?(?:要求|精神|规定)?(?:印发|下发|下达|转发|发布|公布)?(?:的|了)?[\"“]?")
# 关于下达2023年…补助资金的通知(豫财农〔2022〕215号): a title that no marks set off
UNMARKED = re.compile(r"(?P<title>[^,。;:《》()□]{0,40}(?:关于|印发)(?:[^,。;《》□()]|\([^()]{1,30}\)){4,90}"
                      r"(?:通知|办法|意见|方案|决定|批复|规定|细则|函|公告|规划))\)?\($")
# (某财教指〔2022〕89号、某财教指〔2023〕21号)
ALSO = re.compile(r"[、,;]|和|及|与")
# 国务院令第658号 · 财政部令第87号
DECREE = re.compile(r"(?P<body>[\u4e00-\u9fff]{2,16}?)令?第\d+号令?$")
# 第78号令 · 10号文: no year, so it points back to a number cited in full
BACK = re.compile(r"(?:第)?(?P<serial>\d+)号(?:令|文|文件|公告)?")
# 财政部、国家医保局关于… : what stands before 关于 in a title issued it
ISSUED_AS = re.compile(r"(?P<heads>[^《》〈〉<>]{2,90}?)(?:关于|印发|转发|批转|公告|令)")
# …(某政发〔2015〕19号)、《…: the list of one body's documents goes on
RUNS_ON = re.compile(r"[)]?[、,]?(?:和|及|以及|与)?[《\"“]?")
# 财政部印发的《…》 · 自治区人民政府《…》
TELLS_ISSUER = re.compile(r"(?:联合)?(?:(?:制定|印发|下发|出台|发布|转发|颁布|下达|公布)(?:的|了)?|以|根据)?[《\"“]?")
# 国家税务总局湖南省税务局湖南省民政厅: bodies written without a mark between them
GLUED = re.compile(
    r"中共中央(?:办公厅|国务院)?|国务院(?:办公厅)?|国家税务总局[^、\s]{0,12}?税务局"
    r"|.{1,24}?(?:部(?!门|署|队|分)|厅(?!局)|[局署]|委员会|委(?!员|办|会|托)|办公室|办公厅|党委|人民政府(?!办公)|政府(?!办公|令|采购)"
    r"|中心|银行(?!业)|总社|总队|支队|法院|检察院|公司|联合会|总工会)")
