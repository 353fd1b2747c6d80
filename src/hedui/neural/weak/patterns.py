"""Patterns that labelling functions match on folded views; each with a line it reads."""

from __future__ import annotations

import re

__all__ = [
    "BODY_END", "BODY_LABEL", "CHANGED", "CITED", "CUES", "FAR", "GIVEN_RATE", "GOAL_LINK", "INNER", "JOINED",
    "LEVEL_ONLY", "MARKED", "MORE", "NOT_BODY", "PARTED", "PLACE_LIST", "PLACE_SHAPE", "PRICE_AFTER",
    "PRICE_BEFORE", "SPENT_RATE", "SUBJECT", "VAGUE",
]

HAN = r"[一-鿿]"
# 财政部 · 县医保局 · 教育厅 · 人民政府 · 某某公司: how a body ends
BODY_END = re.compile(r"(?:[部局厅署院校社会委办台馆站所]|委员会|政府|中心|公司|银行|医院|学校|大学|学院|集团"
                      r"|支队|大队|协会|联合会|办公室|研究院|财政|党委|人大|政协)$")
NAME = rf"{HAN}[一-鿿A-Za-z()、]{{1,40}}?"
# 由县医保局负责 · 报省财政厅备案 · 经州人民政府批准 · 会同人社局 · 委托某某公司 · 县财政局关于印发《…》
CUES = tuple(re.compile(pattern) for pattern in (
    rf"由(?P<name>{NAME})(?:印发|负责|牵头|组织|统一|承担|实施|会同|联合|拨付|审核|审批|下达|代建|管理)",
    rf"(?:上?报|报经|报请|报送|提交|提请)(?P<name>{NAME})(?:备案|审批|审核|批准|审定|审议|同意|汇总)",
    rf"经(?P<name>{NAME})(?:批准|同意|审核|审定|审批|验收|批复|集体研究)",
    rf"(?:^|[,。;:])(?P<name>{NAME})(?:联合)?(?:关于)?(?:印发|下发|转发|制定)了?(?:关于|《)",
    rf"(?:会同|委托|聘请)(?P<name>{NAME})(?:[,。;开对制进负联组]|$)",
    rf"(?:收到|根据|按照)(?P<name>{NAME})(?:《|关于|下达|印发)"))
PARTED = re.compile(r"[、]|(?<=[部局厅委会府])[和与及](?=[一-鿿]{3})")
# 主管部门 · 项目实施单位 · 资金使用单位: the cell beside or under it names a body
BODY_LABEL = re.compile(
    r"(?:项目|资金|预算|市级|省级|县级|区级)*(?:主管部门|实施单位|使用单位|主管单位|编制单位|预算单位|填报单位|承担单位|建设单位"
    r"|责任单位|牵头单位|实施主体)(?:名称)?(?:\(.{1,8}\))?[:]?")
# 各单位 · 我局 · 相关部门: no name
NOT_BODY = re.compile(r"^(?:各|我|本|该|其他|其|有关|相关|所有|全|两|每|多个|上级|下级|主管|业务|同级|某|及|和|与)|(?:等|部门|单位)$")
# 省局 · 县政府办 is none of these, 市 alone is: a level and nothing else
LEVEL_ONLY = re.compile(r"(?:国家|自治区|省|市|州|县|区|旗|盟|中央|地方|级)*(?:局|厅|级|本级)?")
# 财务科 · 绩效股 · 局党组 · 领导小组 · 第三方检查组
INNER = re.compile(r"(?:[科股处室组]|党组|党支部|党总支|小组|专班|班子|专家组|督导组|科室|处室)$")
# 财政局|长 · 县|级: what stands right behind makes it another word
MORE = re.compile(r"门(?!户|诊)|[长级域籍]|工作人员?会议")
# 《关于…的通知》
MARKED = re.compile(r"《[^《》]{2,120}(?:〈[^〈〉]{2,80}〉[^《》]{0,40})?》")
# 关于下达…资金的通知(某财社〔2021〕5号)
CITED = re.compile(r"关于[^,。;:《》]{4,80}?的(?:通知|意见|批复|函|决定|办法|方案)(?=[(（][^()（）]{2,16}[〔\[(（]\d{4}[〕\])）])")
# 甲县、乙县、丙市
PLACE_LIST = re.compile(rf"(?<!{HAN})(?:{HAN}{{2,5}}[县市区旗]、){{1,30}}{HAN}{{2,5}}[县市区旗]"
                        rf"(?![级内域外场民政直属里长城乡容财教医卫人公住农水发]|{HAN}*局)")
# 四川省某某县
PLACE_SHAPE = re.compile(rf"{HAN}{{2,6}}(?:自治区|自治州|自治县|省|市|州|盟|县|旗)")
# 每人|150元 · 补助标准为|600元 · 单价|3万元
PRICE_BEFORE = re.compile(r"(?:每[一-鿿]{0,4}|人均|户均|亩均|单价|标准|限额|起付线?|封顶线?|定额)(?:不?[一-鿿]{0,6})?$")
# 150元|/人 · 30万元|以上的
PRICE_AFTER = re.compile(r"/|每|起付|封顶|\(含\)|以[上下内]的?(?:[项设工采]|$)|的(?:标准|补助标准|限额)")
# 比上年减少|5.8万元
CHANGED = re.compile(r"(?:比|较|与|同比|环比).*(?:增加|减少|增长|下降|上升|提高|降低|增|减|多|少)(?:了|额|支出)?$|(?:同比|净)(?:增加|减少|增|减)了?$")
# 预算执行率 · 支出进度 · 资金使用率 and 到位率
SPENT_RATE = re.compile(r"执行率|支出率|支出进度|执行进度|使用率|支付率")
GIVEN_RATE = re.compile(r"到位率|下达率|拨付率")
# 参保率|为|98% · 培训人次|达到|300人次: what links a name and its value
SUBJECT = re.compile(r"(?P<name>[一-鿿A-Za-z“”]{2,24}?(?:率|度|数|量|人数|人次|户数|面积|里程|时间|比例|次数|场次|个数|成本|水平|天数"
                     r"|占比))"
                     r"(?:已)?(?:为|达到?了?|是|:|共计?|累计|提高到|提升至|控制在|不低于|约|完成|实现|保持在|稳定在)*(?:≥|≤|>|<|=)?$")
GOAL_LINK = re.compile(r"(?:年度|预期|全年|计划|设定|绩效)*(?:指标值|目标值|标准值|预期值|计划数|目标)(?:设定)?"
                       r"(?:为|是|:)*(?:≥|≤|>|<|=|不低于|不少于|不超过)?$")
JOINED = re.compile(r"^[:,]?(?:已)?(?:为|达到?了?|是|:|实际完成|完成|实际|共|累计|有|≥|≤|=|,|“)*$")
FAR = re.compile(r"[。;]")
# 其中 · 我市 · 同比: no name of an indicator
VAGUE = re.compile(r"(?:^|目标|任务|指标)(?:完成|偏差|偏离)率$"
                   r"|^(?:指标|分值|得分|其中|同比|较|比|截至|截止|我|全[省市县区年]|共|累计|合计|总计|分别|第|约|近|一是|二是|三是)"
                   r"|^.{0,1}$|(?:以来|期间|同期|去年|上年)$")
