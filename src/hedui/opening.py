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
WORDS = re.compile(r"<(?:w:)?t(?: [^<>]*)?>([^<]*)</(?:w:)?t>|(</w:p>|</si>|</is>)")
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
# a report that quotes the name of a project may be of that project, or of one beside it
QUOTED = 0.3
HEAD = 200


class Signs(NamedTuple):
    """What a file says of its case: the years, the project that its form names, all names of projects in its name, form
    and title with the triples of characters in them, the unit, and its opening words."""

    years: frozenset[str]
    project: str | None
    projects: tuple[str, ...]
    triples: frozenset[str]
    unit: str | None
    words: str


def words_of(part: bytes) -> str:
    """The words of a part of WordprocessingML or SpreadsheetML, a line a paragraph or string."""
    return "".join("\n" if match[2] else unescape(match[1]) for match in WORDS.finditer(part.decode("utf-8", "ignore")))


def cut(data: bytes) -> bytes:
    """The beginning of a text, up to the end of a line where one byte is one: half a character would make its encoding doubtful."""
    head = data[:TEXT_BYTES]
    whole = len(data) <= TEXT_BYTES or b"\0" in head or b"\n" not in head
    return head if whole else head[:head.rindex(b"\n")]


def opening(data: bytes) -> str:
    """The opening words of a text, a docx or a workbook; empty where they cannot be had cheaply.

    >>> opening("青岚县农村供水工程绩效自评报告".encode("gbk"))
    '青岚县农村供水工程绩效自评报告'
    """
    kind = kind_of(data)
    if kind == "text":
        found = decode(cut(data))
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
    programme, title, year, unit = (parts[0].programme, parts[0].title, parts[0].year, parts[0].unit) if parts else (None,) * 4
    form = PROJECT.search(folded)
    project = core_of(form[1]) if form else ""
    projects = [project, *(core_of(told) for told in (name, programme, title) if told)]
    own = UNIT.search(folded)
    return Signs(
        years=frozenset([*YEAR.findall(name.rpartition("/")[2]), *([str(year)] if year else YEAR.findall(folded[:HEAD]))]),
        project=project if len(project) >= LEAST_CORE else None,
        projects=tuple(dict.fromkeys(core for core in projects if len(core) >= LEAST_CORE)),
        triples=frozenset(core[at:at + 3] for core in projects for at in range(len(core) - 2)),
        unit=own[1] if own else unit, words=folded)


def kinship(one: str, other: str) -> float:
    """How much two names of projects share, from 0 (they are two) to 1 (they are one name).

    >>> kinship("农村供水工程维修养护", "青岚县农村供水工程") > 0.5, kinship("农村供水工程", "农村公路养护")
    (True, 0.0)
    """
    least = min(len(one), len(other))
    size = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return size / max(len(one), len(other)) if size >= min(least, max(LEAST_SHARED, SHARE * least)) else 0.0


def same_case(annex: Signs, report: Signs) -> float | None:
    """How surely an annex belongs to a report: 0 where it does not, None where they do not say."""
    if annex.years and report.years and not annex.years & report.years:
        return 0.0
    names = (annex.project,) if annex.project else annex.projects
    if names and (report.projects or report.words):
        near = () if annex.triples.isdisjoint(report.triples) else report.projects
        akin = max((kinship(name, other) for name in names for other in near), default=0.0)
        return max(akin, QUOTED if any(name in report.words for name in names) else 0.0)
    if annex.unit and report.unit and annex.unit not in report.words and report.unit not in annex.words:
        return 0.0
    return None
