"""Who did a thing, where and by what means, at the front of a name; what became of it at its end -> the name without these."""

from __future__ import annotations

import re

__all__ = ["before_outcome", "behind_subject"]

SHORTEST = 3
DEED = "开展|举办|召开|组织|实施|进行|承办|参加"
# 走进社区、校园和集市|开展…活动 · 民警利用圩日、开学季等节点|举办… · 某交易市场联合各地|开展… · 组织人员赴甲、乙等地|开展…
MEANS = re.compile(r"[^,。;:]{0,16}?(?:利用|通过|依托|借助|围绕|结合|针对|面向|走进|深入|前往|赴|联合|会同|协同|配合|委托"
                   r"|组织[\u4e00-\u9fff]{2,8}?(?=到|赴|在))"
                   rf"[^,。;:]{{2,40}}?(?=(?:{DEED})[\u4e00-\u9fff“])")
BODY = r"(?:局|站|所|中心|公司|大队|支队|学校|医院|馆|院|单位|企业|合作社|部门|人员|民警|民辅警|干部|专家|志愿者|工作队)"
WHO = (rf"(?:项目(?:建设|实施)?(?=吸纳|带动|新增)|(?:各|全体|所有|受|全[省市县区州旗乡镇]|[\u4e00-\u9fff]{{2,12}}?(?={BODY}))"
       rf"[\u4e00-\u9fff]{{0,12}}?{BODY})")
WHEN = r"(?:当年|全年|年内|本年度?|累计|共计?|先后|已|均|分别|主动)*"
ACT = (r"(?:开展|举办|召开|组织|实施|承办|印发|印制|完成|发放|新[建增签]|申请|申报|获得|取得|救助|护送|接待|受理"
       r"|办理|办结|走访|慰问|引进|促成|带动|吸纳|转移|转化|核查|检查|排查|化解"
       r"|抽检|巡查|建成|制定|出台|发布|采集|录入|巡回)")
# 各文化站|开展群众文化活动 · 某救助管理站全年|救助、护送… · 承担单位|申请发明专利 · 受资金支持的单位当年|新增销售收入
SUBJECT = re.compile(rf"{WHO}{WHEN}(?={ACT}[\u4e00-\u9fff、“])")
# 要求年内|新改建农村公路 · 力争|…
AIMING = re.compile(r"(?:要求|确保|力争|计划(?!生育|总)|预期|目标[为是]?)(?:年内|全年|到?\d{4}年底?)?(?:完成|实现|达到)?(?=[\u4e00-\u9fff]{3})")
# 据统计 · 经研判|转入… · 经第三方测评
FOUND_OUT = re.compile(r"(?:据|经|经过|通过)(?:[\u4e00-\u9fff]{0,8}?"
                       r"(?:统计|测算|研判|审核|核实|评估|抽查|复核|测评|调查|比对|认定|筛查|初步)[后,]?)(?=[\u4e00-\u9fff]{3})")
# 硬化2个村的|村组道路 · 甲馆和13个文化站的|公示率
HOLDERS = re.compile(r"[^,。;:]*?\d[\d,.]*[万亿]?(?:个|家|所|名|处|户|座|条|项)[\u4e00-\u9fff]{1,12}?的(?=[\u4e00-\u9fff]{3})")
# 信访件|全部办结 · 贷款|已全部到位
OUTCOME = re.compile(r"(?:已?全部|均已?|都已?|已|足额)(?:及时|足额|按时|如期|按期)*"
                     r"(?:办结|完成|落实|到位|兑现|发放(?:到位)?|投入使用|建成|竣工|完工|整改(?:到位|完成)?|化解|验收|交付|达标|销号)*$")


def behind_subject(text: str, start: int, stop: int) -> int:
    """Where a name begins in `text[start:stop]`, behind who did it and by what means."""
    at = start
    for pattern in (FOUND_OUT, AIMING, MEANS, SUBJECT, HOLDERS):
        match = pattern.match(text, at, stop)
        if match and stop - match.end() >= SHORTEST:
            at = match.end()
    return at


def before_outcome(text: str) -> int:
    """How many characters of a name are left before what only says that all of it was done.

    >>> before_outcome("信访件全部办结"), before_outcome("水窖")
    (3, 2)
    """
    match = OUTCOME.search(text)
    return match.start() if match and match.start() >= SHORTEST else len(text)
