"""What opens and closes the clause of a result and names nothing: marks, times, means, who did it, verbs that say no more
than that it took place."""

from __future__ import annotations

import re

from hedui.claims.passages import Passage, Placed

__all__ = ["LEVEL_WORD", "MADE", "MARK", "TIME", "TOOK_PLACE", "made", "opened", "plain_tail", "starts_at"]

MAX_ROUNDS, SHORTEST = 8, 4
# ① · （1） · 1. · 1） · a、 · A. · ● : the mark of an item
MARK = r"(?:[①-⑳]|\(\d{1,2}\)(?!号)|\d{1,2}(?:[、)]|\.(?!\d))|[A-Za-z][.、)](?=[\u4e00-\u9fff]|\d{4}年)|[●■◆▪•▲★☆○])"
# 截至2023年10月底 · 2023年度 · 一年来 · 7月起
TIME = (r"(?:截至|截止|自|至|到|从)?(?:\d{4}年(?:度(?!假))?)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|以来|起|初)?(?:前)?"
        r"(?:一年来|年内|年度内|全年|全年度|当年|本年度?|该年度?|今年|目前)?")
# 全年, 先后, 累计: adverbs and openers of a clause
OPENING = re.compile(
    rf"^(?:{MARK}|[一二三四五六七八九十]{{1,2}}是)?{TIME}"
    r"(?:其中|同时|目前|年内|全年|当年|本年度?|年度(?!内)|我[省市县区局单位会厅院校委站中心]{1,2}(?=[\u4e00-\u9fff])|先后|累计|共计?(?!产|享|建|治|同)|总共|一共|已(?!婚)|并(?!网|轨)|还(?!款|本|建)|均|分别|主动|按时|及时|顺利"
    r"|圆满|有效|持续|积极|认真|扎实|深入|广泛|全面|成功|如期)*")
# 通过政府网站、“某地人社”微信公众号等 · 联合卫生、公安等部门
MEANS = re.compile(r"^(?:由[\u4e00-\u9fff、]{2,40}?(?=联合|组织|开展|实施)|(?:通过|依托|利用)[“《][^”》]{2,30}[”》](?=[\u4e00-\u9fff])"
                   r"|(?:会同|联合)[\u4e00-\u9fff、]{2,20}?(?:局|厅|中心|公司|大队)(?=联合|开展|组织)|(?:通过|联合|会同|利用|依托|配合|借助)[\u4e00-\u9fff“”、《》()A-Za-z]{2,60}?(?:等(?:部门|单位|方式|形式|渠道|平台|媒体|载体)?|部门)(?=[\u4e00-\u9fff]))")
# 市、县（区）教育部门先后
BODY = re.compile(r"^[\u4e00-\u9fff、()]{1,14}?(?:部门|局|单位|中心)(?:先后|累计|共|分别|均)*(?=举办|召开|开展|组织|印发|印制|完成|培训|发放|新建)")
# 由|某公司|负责… · 在|某市|等地… · 经|某公司|统计
LED_BY = re.compile(r"由|经|联合|会同|依托|委托|协同|在|交由")
BETWEEN = re.compile(r"[、和及与]|以及")
ROLE = re.compile(r"(?:等)?(?:\d{1,3}个)?(?:有关|相关)?(?:部门|单位|机构|企业|公司|地|县[市区]*|市县?|区|乡镇|地区)?(?:共同|具体|牵头|负责"
    r"|承担|承办|组织|实施|测算|统计|评估|调查|评审|验收后?)*")
# verbs that only say that a thing took place
TOOK_PLACE = re.compile(r"(?:召开|举办|开展|开办|组织|举行|进行|实施|完成|实现|落实|迎接|接受|保障|有|共有|设有|拥有"
                        r"|组织召开|组织开展|组织举办|承办|安排|组织实施"
                        r"|建成并投入使用)(?:了)?(?:全[省市县区](?!域))?")
# 确保|合格率达到… · 促使|…: verbs that a result is made with
MADE = re.compile(r"^(?:确保|实现了?|促使|推动|使得?|保证|力争|带动|促进了?)(?=[\u4e00-\u9fffA-Z“]{3,}(?:率|度|比例|比重|占比|标准|成本"
    r"|时间|水平|面|量|数)?)")
LEVEL_WORD = re.compile(r"^(?:(?:产出|效益|效果|数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|满意度"
    r"|服务对象满意度)指标)[:,]?(?=[\u4e00-\u9fff]{3,})")
# 水质检测|任务全部完成 · 宣传折页印制|任务
TAIL = re.compile(r"(?:(?:举办|开展|组织|召开|实施)?任务)?(?:已经?|均|都|全部|圆满|如期|按期|按时)*(?:完成|落实|到位|完毕)?$")


def opened(piece: Passage, start: int, stop: int) -> int:
    """Where the name begins in `piece.text[start:stop]`, behind all that opens the clause and names nothing."""
    at = start
    for _ in range(MAX_ROUNDS):
        before = at
        for pattern in (OPENING, MEANS, OPENING, BODY, LEVEL_WORD):
            match = pattern.match(piece.text[at:stop])
            at += match.end() if match else 0
        at = behind_bodies(piece, at, stop)
        if at == before:
            break
    return at


def behind_bodies(piece: Passage, at: int, stop: int) -> int:
    """The end of the bodies or places at `at` that say who did it or where; `at` where none stand there, where they are all
    that is said, or where what follows is too short to be a name (甲局|抽查)."""
    text = piece.text
    led = LED_BY.match(text, at, stop)
    end, role = led.end() if led else at, None
    while (named := starts_at(piece, end)) is not None and named.end <= stop:
        if not led and named.mention.label != "ORG":
            return at
        end, role = named.end, named
        between = BETWEEN.match(text, end, stop)
        if between is None or starts_at(piece, between.end()) is None:
            break
        end = between.end()
    if role is None:
        return at
    match = ROLE.match(text, end, stop)
    end = match.end() if match else end
    return end if stop - end >= SHORTEST or (led and stop - end != 1) else at


def starts_at(piece: Passage, at: int) -> Placed | None:
    """The body or place that starts at `at`."""
    return next((t for t in piece.within(at, min(len(piece.text), at + 60)) if t.start == at and t.mention.label in {"ORG", "REGION"}), None)


def made(text: str, at: int, stop: int) -> int:
    """Where a rate's name begins behind the verb that made it: 确保|验收合格率."""
    match = MADE.match(text[at:stop])
    return at + match.end() if match else at


def plain_tail(text: str) -> int:
    """How many characters of a name are left before what only says that a task was done.

    >>> plain_tail("送教下乡开展任务全部完成"), plain_tail("宣传折页印制任务"), plain_tail("信息公开")
    (4, 6, 4)
    """
    match = TAIL.search(text)
    return match.start() if match and match.start() >= 2 else len(text)
