"""How heads of reports name the body, the place and the programme: patterns and word lists."""

from __future__ import annotations

import re

__all__ = [
    "ALONE", "ALSO", "AROUND", "CLIENT", "CLIENT_LABELS", "CODE", "COMMITTEE", "CONTRACTED", "DATED", "ENTRUSTED", "EVALUATORS", "FINANCE",
    "FIRM", "GENERIC", "IN_TEXT", "IN_TITLE", "LABELLED", "LEADING_YEAR", "LED", "LEVELS", "LEVEL_ALONE", "LIES", "LOCAL", "NAMED_PROGRAMME",
    "NAMED_UNIT", "NARRATIVE", "ON_COVER", "OURS", "OVERVIEW", "OWN_LABELS",
    "PREFECTURE", "PROGRAMME", "REVIEW", "SHORTENED", "TOWN_IN_TITLE", "UNLISTED", "YEARS",
]

LEVELS = ("自治区", "省", "市", "县", "区", "州", "旗", "盟")
BODIES = ("局|厅|委员会|委|办公室|中心|医院|处|站|大学|学院|学校|中学|小学|总队|支队|大队|公司|联合会|联合社|协会|人民政府|管委会|街道办事处|研究院"
          "|监测院|研究所|派出所|图书馆|博物馆|文化馆|档案馆|科技馆|美术馆|体育馆|纪念馆|法院|检察院|(?:组织|宣传|统战|武装|社会工作)部"
          "|幼儿园|党校|电视台|气象台|供销合作社|红十字会|总工会|福利院|敬老院|林场|报社|剧团")
FIRMS = r"(?:有限(?:责任)?公司|事务所(?:有限(?:责任)?公司|[(](?:特殊)?普通合伙[)])?|公司|研究院|研究所|研究会|研究中心|学会|协会|评审中心|大学|学院)"
# 编制单位：某市水利局 · 项目实施单位（盖章）：某县交通运输局 · 评价机构：某某会计师事务所
LABELLED = re.compile(r"(?P<label>(?:编制|编报|填报|填写|报送|报告|自评|评价|预算|项目|项目实施|项目主管|实施|主管|地方主管|省级主管|委托)"
                      r"(?:单位|部门)(?:名称)?|单位名称|委托方"
                      r"|(?:评价|评价实施|评价执行|第三方|第三方评价|受托|受托评价|受委托|编制)(?:机构|方)(?:名称)?|受托单位|受委托单位)"
                      r"(?:[(][^)]*[)])*[:：](?P<name>[\u4e00-\u9fff()]{3,40})")
# 项目名称：某县2022年水窖建设项目, a line of its own
PROGRAMME = re.compile(r"^(?P<label>(?:转移支付|专项|专项资金|项目|资金)名称)(?:[(][^)]*[)])*[:：](?P<name>[^:：。;]{3,60})$", re.M)
OWN_LABELS = ("编制单位", "编报单位", "填报单位", "填写单位", "报送单位", "单位名称", "自评单位", "报告单位", "填报部门",
              "编制部门", "编报部门", "自评部门", "报送部门")
NAMED_UNIT = (*OWN_LABELS, "地方主管部门", "省级主管部门", "预算单位", "项目单位", "主管部门及代码", "主管部门", "项目主管部门",
              "项目实施单位", "实施单位", "预算部门", "项目主管单位", "主管单位")
NAMED_PROGRAMME = ("转移支付(项目)名称", "转移支付名称", "专项名称", "专项资金名称", "项目名称", "资金名称")
EVALUATORS = ("评价机构", "评价实施机构", "评价执行机构", "第三方机构", "第三方评价机构", "受托机构", "受托评价机构", "受委托机构", "编制机构",
              "受托单位", "受委托单位",
              "第三方", "受托方", "评价单位", "评价机构名称", *OWN_LABELS)
CLIENT_LABELS = ("委托单位", "委托部门", "委托方")
# a title that a narrative stands under, not a form alone
NARRATIVE = re.compile(r"报告|总结|决算")
# 某县2022年某资金绩效评价报告: told by somebody else than who spent the money, where a firm is named
REVIEW = re.compile(r"绩效(?:重点|再|跟踪|综合)?评价")
# 受某县财政局委托，某某会计师事务所（…）组成评价组
ENTRUSTED = re.compile(rf"受(?P<client>[\u4e00-\u9fff、]{{3,40}}?)的?(?:委托|聘请)[,，]?(?:由)?(?P<name>(?!我|本)[\u4e00-\u9fff()]{{3,30}}?{FIRMS})")
# 某县财政局委托某某会计师事务所对…
CONTRACTED = re.compile(rf"(?:委托|聘请|聘任)(?:了|第三方机构|第三方|中介机构)?[-—(“]?(?P<name>[\u4e00-\u9fff()]{{3,30}}?{FIRMS})"
                        r"(?=[^。]{0,60}评价)")
# 四川某某会计师事务所有限公司, a line of a cover
ON_COVER = re.compile(r"[\u4e00-\u9fff]{4,25}(?:公司|事务所(?:[(](?:特殊)?普通合伙[)])?)")
# 我公司（某某管理咨询有限公司）组成评价组
OURS = re.compile(rf"[我本](?:公司|所|机构|单位|院)[(](?P<name>[\u4e00-\u9fff()]{{3,30}}?{FIRMS})[),]")
# 受某县财政局委托
CLIENT = re.compile(r"受(?P<name>[\u4e00-\u9fff]{4,30}?)的?(?:委托|聘请)")
FIRM = re.compile(FIRMS + "$")
GENERIC = frozenset({"项目", "专项", "专项资金", "专项预算", "专项预算项目", "专项项目", "项目支出", "部门", "部门预算",
                     "预算", "预算项目", "中央对地方", "财政支出", "财政资金", "财政项目", "支出", "部门项目", "预算支出", "预算执行"})
# 市级专项资金: a level alone names no programme
LEVEL_ALONE = re.compile(r"^(?:中央|[省市县区州旗本]级)(?:财政)?")
# 青石市水利局（以下简称“市水利局”）
SHORTENED = re.compile(r"(?:^|[,。;:\n])(?P<name>[\u4e00-\u9fff]{4,30})[(](?:以下|下称|简称|以下统一)简?称?[^)]{2,20}[)]")
# [203]青石县民政局 · 60010021T000000012345-工作经费 · 600100青石县水利局: codes of budget systems
CODE = re.compile(r"^(?:[\[(]\d{3,}[\])]|\d{3,}[0-9A-Z]*[-—_](?=[\u4e00-\u9fff])|\d{6,}(?=[\u4e00-\u9fff]))")
# 青石县2022年… · 青石县水利局 · 青石塔木县 · 青石旗: a few characters and 县, not 城市, 全县, 示范县, 红旗
UNLISTED = re.compile(
    r"(?![全本我各该老新贵两])(?:[\u4e00-\u9fff]{1,3}?(?<![全本我各城都超外农])"
    r"(?:自治县|自治旗|市|(?<![治发新地片范灾禁护域景园灌林社库山矿牧老边辖城郊小校分能])区)|[\u4e00-\u9fff]{1,4}?(?<![全本我各外农范点困弱强贫村])县|[\u4e00-\u9fff]{1,5}?(?<![全本我各红国锦八])旗(?![帜号舰袍]))"
    r"(?![场级政容域外内长委]|民(?![政族宗]))")
# 红河州青石县 · 红河州财政局 · 红河苗族自治州
PREFECTURE = re.compile(r"(?![全本我各该])(?:[\u4e00-\u9fff]{1,10}?自治州"
                        r"|[\u4e00-\u9fff]{1,3}?[州盟](?=[\u4e00-\u9fff]{1,8}(?:[县市区旗局委]|20\d\d)))")
# 对青石县水利局 · 由县教育局: words before a name in running text
LED = re.compile(r"^(?:按照|根据|依据|依照|会同|配合|联合|委托|通过|抽查|对|由|经|向|受"
                 r"|以|将|在|与|和|及|并|报|请|至|是|为|从|到|给|把|让|使|其中|同时|现|即)+(?=[\u4e00-\u9fff]{3})")
# 某市水利局2021年度… · 某市水利局关于…
IN_TITLE = re.compile(rf"(?P<unit>[\u4e00-\u9fff]{{2,40}}?(?:{BODIES}))(?=20\d\d|关于|部门|本级|机关|整体|项目|单位|$)")
# ，青石市水利局 · 省财政厅会同省水利厅 in running text
IN_TEXT = re.compile(rf"(?:(?<=[,。、;:(\n“同和与由])|^)[\u4e00-\u9fff]{{2,30}}?(?:{BODIES})")
# 青石县水利局, a line of its own
ALONE = re.compile(rf"[\u4e00-\u9fff]{{4,30}}(?:{BODIES})")
# 第一部分 青石县统计局概况
OVERVIEW = re.compile(rf"^(?:第[一二三]部分)?\s*(?P<unit>[\u4e00-\u9fff]{{2,30}}?(?:{BODIES}))(?:部门|单位)?概况$", re.M)
# 2023年3月16日 · 二〇二三年三月 · (2025年2月18日): the line beside a signature
DATED = re.compile(r"[(]?(?:20\d\d|二[〇○零O0]二?[一二三四五六七八九〇○零])年[\d一二三四五六七八九十]{1,2}月(?:[\d一二三四五六七八九十]{1,3}日)?[)]?")
FINANCE = re.compile(r"财政[局厅]$")
# 马莲乡人民政府 · 临江经济开发区管理委员会: a body below the county is named without the county
LOCAL = re.compile(r"[\u4e00-\u9fff]{1,12}(?:(?:乡|镇|街道|苏木)(?:人民政府|政府|办事处)|(?:区|园)(?:管理委员会|管委会))")
# 位于青石省临江市东部
LIES = re.compile(r"(?:位于|地处|坐落于|坐落在|隶属于?)(?P<place>[\u4e00-\u9fff]{2,15})")
# 马莲乡2024年度…
TOWN_IN_TITLE = re.compile(r"^[\u4e00-\u9fff]{1,7}?(?:乡|镇|街道|苏木|开发区|园区|高新区)(?=(?:19|20)\d\d|人民政府|办事处|管理委员会|管委会)")
# 中共青石县委办公室 · 青石县政府办公室: the words that part a place from the department of its own committee
COMMITTEE = re.compile(r"^中共|(?<=[省市县区州旗盟])(?:委(?!员)|政府|人大|政协)")
LEADING_YEAR = re.compile(r"^(?:关于)?(?:19|20)\d\d年?(?:度)?|^关于")
YEARS = re.compile(r"(?<!\d)(20[0-3]\d|199\d)(?=年|\)|-)")
# 青石县教育局、财政局 · 青石县教育局联合…
ALSO = re.compile(r"[、,(]|会同|联合(?![会社])")
# what a title says beside the programme: unit and region are cut before
AROUND = re.compile(
    r"(?:(?:中央对地方|(?:中央|省级|市级|自治区)财政)(?:专项)?|^|(?<=资金)(?:专项)?|(?<=经费)|(?<=[)])|专项)转移支付(?:资金|项目|预算)?(?=绩效|自评|区域|项目|支出|预算|$)"
    r"|(?:本级)?(?:部门)?(?:专项)?预算项目(?=支出|绩效|自评|$)|(?:^项目|(?<=资金)项目|(?<=经费)项目)?"
    r"(?:(?<=资金)使用(?:管理)?(?:情况)?|(?<=经费)使用(?:管理)?(?:情况)?)?(?:支出)?(?:整体)?(?:区域)?(?:绩效|自评|自我评价)[^()]*"
    r"|(?:部门|单位)(?:决算|整体).*|^(?:的|关于|中央对地方(?:(?:专项)?转移支付)?|(?:中央|省级|市级|自治区)财政)")
