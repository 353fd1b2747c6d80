"""The first bytes of a file, or its name, in; what they say of the case it belongs to out: project, unit, year."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import unescape
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple
from zipfile import ZipFile

from hedui.document import Block, Document
from hedui.layout import arrange
from hedui.readers import kind_of
from hedui.readers.archive.held import DAMAGE
from hedui.readers.plain.decoding import decode
from hedui.view import fold

__all__ = ["Signs", "core_of", "opening", "same_case", "signs_of"]

MOST_CHARACTERS = 1500
TEXT_BYTES, PART_BYTES = 6000, 400_000
# some programs keep the strings of a workbook in its sheets
PARTS = {"docx": ("word/document.xml",), "xlsx": ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")}
# <w:t xml:space="preserve">青岚县</w:t> · <t>项目名称</t> · </w:p> · </si> · </is>
WORDS = re.compile(r"<(?:w:)?t(?: [^>]*)?>([^<]*)</(?:w:)?t>|(</w:p>|</si>|</is>)")
YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)")
# 项目名称：农村供水工程 · 项目名称 and the name in the next cell
PROJECT = re.compile(r"(?:转移支付)?(?:项目|专项|资金|政策)(?:\(项目\))?名称[:：\s]*([\u4e00-\u9fffA-Za-z0-9()（）“”、-]{3,60})")
UNIT = re.compile(r"(?:编制|填报|自评|报告|项目|预算)?单位(?:名称)?(?:\((?:盖章|公章)\))?[:：\s]+([\u4e00-\u9fff]{4,30})")
# what a name says beside the project: 附件1：2021年度项目支出绩效自评表（定稿）
AROUND = re.compile(
    r"附[件表录]?[\d一二三四五六七八九十]*(?:[-—.]\d+)?|20\d\d年?度?|[(（\[【][^()（）\[\]【】]*[)）\]】]"
    r"|(?:中央对地方|中央|省级|市级|县级)?(?:专项)?转移支付|项目支出|部门整体支出|整体支出|区域|专项资金|补助资金|资金|项目"
    r"|绩效|自我评价|自评|评价|目标|指标|完成|情况|得分|评分|打分|基础数据|佐证材料|证明材料|明细|统计|汇总"
    r"|报告|总结|说明|表|最终稿|终稿|定稿|修改|盖章|扫描件|副本|的|关于|及|和|v\d+|[\s_.:：、,，·\-—]+|\d+", re.IGNORECASE)
LEAST_CORE, LEAST_SHARED, SHARE = 3, 4, 0.6


class Signs(NamedTuple):
    """What a file says of its case: the years, the projects and the units it names, and all its opening words."""

    years: frozenset[str]
    projects: tuple[str, ...]
    unit: str | None
    words: str


def words_of(part: bytes) -> str:
    """The words of a part of WordprocessingML or SpreadsheetML, a line a paragraph or string."""
    return "".join("\n" if match[2] else unescape(match[1]) for match in WORDS.finditer(part.decode("utf-8", "ignore")))


def opening(data: bytes) -> str:
    """The opening words of a text, a docx or a workbook; empty where they cannot be had cheaply.

    >>> opening("青岚县农村供水工程绩效自评报告".encode("gbk"))
    '青岚县农村供水工程绩效自评报告'
    """
    kind = kind_of(data)
    if kind == "text":
        found = decode(data[:TEXT_BYTES])
        return found.text[:MOST_CHARACTERS] if found else ""
    if kind not in PARTS:
        return ""
    try:
        with ZipFile(BytesIO(data)) as package:
            held = set(package.namelist())
            for name in (name for name in PARTS[kind] if name in held):
                with package.open(name) as part:
                    return words_of(part.read(PART_BYTES))[:MOST_CHARACTERS]
    except DAMAGE:
        return ""
    return ""


def core_of(name: str) -> str:
    """What a name or title says of the project itself, without years, forms and numbers.

    >>> core_of("附件1：2021年度农村供水工程项目支出绩效自评表.xlsx"), core_of("附件2.docx"), core_of("绩效自评报告.pdf")
    ('农村供水工程', '', '')
    """
    path = PurePosixPath(name.rpartition("/")[2])
    stem = path.stem if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", path.suffix) else path.name
    return AROUND.sub("", stem)


def document_of(words: str) -> Document:
    """Opening words as a document of lines, for the layout to find title and unit in."""
    blocks, at = [], 0
    for line in words.split("\n"):
        if line.strip():
            blocks.append(Block(kind="paragraph", span=(at, at + len(line))))
        at += len(line) + 1
    return Document(name="", sha256="", media_type="text/plain", text=words, blocks=tuple(blocks))


def signs_of(name: str, words: str) -> Signs:
    """What the name of a file and its opening words say of its case."""
    folded = fold(words)
    parts = arrange(document_of(words)).parts if words.strip() else ()
    head = parts[0] if parts else None
    named = [match[1] for match in PROJECT.finditer(folded)]
    told = [core_of(one) for one in (name, *named[:1], head.programme if head else "", head.title if head else "") if one]
    own = name.rpartition("/")[2]
    years = YEAR.findall(own) or ([str(head.year)] if head and head.year else YEAR.findall(folded[:200]))
    unit = UNIT.search(folded)
    return Signs(frozenset(years), tuple(dict.fromkeys(core for core in told if len(core) >= LEAST_CORE)),
                 unit[1] if unit else head.unit if head else None, folded)


def akin(one: str, other: str) -> bool:
    """Whether two names of projects share so much that they are one.

    >>> akin("农村供水工程维修养护", "青岚县农村供水工程"), akin("农村供水工程", "农村公路养护")
    (True, False)
    """
    size = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    least = min(len(one), len(other))
    return size >= min(least, max(LEAST_SHARED, SHARE * least))


def same_case(annex: Signs, report: Signs) -> bool | None:
    """Whether an annex and a report are of one case, None where they do not say."""
    if annex.years and report.years and not annex.years & report.years:
        return False
    known = bool(report.projects) or bool(report.words)
    if annex.projects and known:
        return any(core in report.words or any(akin(core, other) for other in report.projects) for core in annex.projects)
    if annex.unit and report.unit and annex.unit not in report.words and report.unit not in annex.words:
        return False
    return None
