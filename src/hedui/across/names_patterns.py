"""What names of units, programmes, titles and funds wear without meaning another thing."""

from __future__ import annotations

import re

__all__ = ["ABOUT", "BARE_PLACE", "CENTRAL", "CITED", "DATED", "GENERAL", "HANDED", "HANDING", "LEVELS", "NUMBER_PARTS", "PLACE_HEAD",
           "REVISED", "TAIL", "WITHOUT"]

# 2022年度 · 2021-2022年 · 2022
DATED = re.compile(r"(?:19|20)\d{2}(?:[—-](?:19|20)?\d{2})?\s*年?度?")
# 基本公共卫生服务|补助资金 · 数字档案室|建设项目支出: at the end of what a programme is called
TAIL = re.compile(r"(?:转移支付|补助|专项|资金|经费|项目|支出|工程|预算)+$")
# 中央财政|衔接资金 · 省级|学生资助经费: whose money, before the name
HANDED = re.compile(r"^(?:中央|省级|自治区级?|市级|县级|区级|财政|本级|专项)+(?=[\u4e00-\u9fff]{4})")
# 年度资金总额 · 项目资金到位 · 批复预算 · 结余资金: words of a fund that say nothing of what it is for
GENERAL = re.compile(
    r"(?:[本当全该]年|年[度初中末底]|[上下]年度?|以前年度|年|项目|工程|专项|补助|资金|经费|总额|合计|共计|总计|累计|财政|预算|决算|拨款|收入|支出|安排|批复|"
    r"下达|到位|分配|拨付|执行|使用|形成|完成|实现|实际|结转|结余|剩余|转移支付|其中|调整后?|共|总|和|及|与|的|数|为|用|按规定|继续|尚未|未)+")
# 省财政厅以《…》（黔财社〔2022〕58号）|下达遵义市: what leads from a citation to what was handed out
HANDING = re.compile(r"^[()（）\s,，:：]*(?:转?下达|拨付|分配|安排|追加|提前|给|至|我[省市县区州])*")
# 中央|资金 · 省级|补助: whose money it is, told by its level
LEVELS = re.compile(r"^(?:中央|省(?:本|级)*|自治区(?:本|级)*|[市州县区](?:本|级)+|本级|地方|上级)(?=财政|资金|补助|专项|经费|拨款|预算|投入|$)")
# 市卫生健康局 · 自治区教育厅: a unit that leaves its place out
BARE_PLACE = re.compile(r"^(?:自治[区州县旗]|[省市县区州盟旗])(?![\u4e00-\u9fff]{0,6}(?:[省市县区州盟旗]|自治)(?=[\u4e00-\u9fff]{3,}))")
# 遵义市|卫生健康局 · 西湖区|教育局 · 黔南布依族苗族自治州|财政局
PLACE_HEAD = re.compile(
    r"^(?!自治[区州县旗]|[省市州县区]|[各全本我该其所相有])[\u4e00-\u9fff]{2,10}?(?:自治区|自治州|自治县|自治旗|特别行政区|省|(?<![城都超楼股])市|(?<![联同])盟|县"
    r"|(?<![社园景校小库灾片山老地郊牧林厂病辖自治])区|(?<![红国])旗|(?<![自治])州(?![市县区]))")
# 黔财社〔2022〕58号
NUMBER_PARTS = re.compile(r"^(?P<code>.*?)[〔(](?P<year>\d{4})[〕)](?P<serial>.*?)号?$")
# 财社〔2022〕58号 · 国办发〔2021〕3号: signs of the State and its ministries, one document everywhere
CENTRAL = ("财", "国发", "国办", "国卫", "国科", "国统", "中发", "中办", "教财", "教督", "人社部", "民发", "民函", "农计财", "农办", "发改",
           "自然资发", "交办", "交规划", "水规计", "建村", "文旅", "退役军人部", "审")
# 《关于…的通知》（财社〔2022〕58号）: a citation reads alike in every report that cites it
CITED = re.compile(r"《[^《》]*》|[\u4e00-\u9fff]{0,8}[〔(（\[【](?:19|20)\d{2}[〕)）\]】]\d+号")
# 关于提前下达|…|预算的通知
ABOUT = re.compile(r"关于(?:提前|调整|预|转)*(?:下达|拨付|安排|分配|追加|清算|拨)(?:(?:19|20)\d{2}年度?)?"
                   r"(?:第[一二三四五六]批|中央|省级|市级|县级|本级|财政)*"
                   r"(?P<name>[\u4e00-\u9fff“”]{4,40}?)(?:[(（][^()（）]*[)）])?(?:预算|指标|资金)?的(?:通知|函|批复)")
# 的通知 · 关于: in one telling of a title and not in another
WITHOUT = re.compile(r"[\s《》〈〉()（）〔〕\[\]“”\"'、,，.。:：;；·—-]|关于|印发|预算(?=指标|的|$)|指标(?=的|$)|的|年度|年|通知")
# 自评报告（修订）.docx · 终稿 · v2
REVISED = re.compile(r"修[订改正]|更正|订正|终稿|定稿|最终|改后|[vV]\d")
