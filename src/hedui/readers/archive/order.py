"""Names of files -> the order in which one reads them: a report before what is attached to it, 附件2 before 附件10."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

__all__ = ["LETTER", "home", "is_attachment", "reading_order"]

Natural = tuple[tuple[int, str], ...]
Key = tuple[bool, Natural, int, Natural]
LETTER = "邮件正文"
# 附件1：自评表.docx · 附表.xlsx · 某项目支出绩效自评表.docx · 佐证材料
ATTACHED = re.compile(r"附[件表录]|自评表|评分表|得分表|打分表|指标表|目标表|情况表|明细表|统计表|基础数据|佐证|证明材料")
SHEETS = frozenset({".xlsx", ".xls", ".xlsm", ".et", ".csv", ".ods"})
FOLDER = re.compile(r"附[件表录]?\s*\d*(?:材料)?|附件.{0,6}")
DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+")
NUMERALS = {char: at for at, char in enumerate("一二三四五六七八九", 1)}


def numeral(text: str) -> int:
    """The number of Arabic digits or of Chinese numerals up to 99."""
    if text.isdecimal():
        return int(text[:18])
    tens, _, ones = text.partition("十") if "十" in text else ("零", "", text)
    return (NUMERALS.get(tens[:1], 1) if tens != "零" else 0) * 10 + NUMERALS.get(ones[:1], 0)


def natural(name: str) -> Natural:
    """A key by which numbers in names sort as numbers.

    >>> sorted(["附件10", "附件2", "附件一"], key=natural)
    ['附件一', '附件2', '附件10']
    """
    found: list[tuple[int, str]] = []
    at = 0
    for digits in DIGITS.finditer(name):
        if digits.start() > at:
            found.append((-1, name[at:digits.start()]))
        found.append((numeral(digits[0]), ""))
        at = digits.end()
    return (*found, (-1, name[at:])) if at < len(name) else tuple(found)


def is_attachment(name: str) -> bool:
    """Whether a file of this name hangs on a report: a sheet, an attachment by its name or by its folder.

    >>> is_attachment("乡/附件1：自评表.docx"), is_attachment("附件/说明.docx"), is_attachment("自评报告（附自评表）.docx")
    (True, True, False)
    """
    path = PurePosixPath(name.replace("!/", "/"))
    if path.suffix.lower() in SHEETS or any(FOLDER.fullmatch(part) for part in path.parent.parts):
        return True
    found = ATTACHED.search(path.stem)
    return bool(found) and "报告" not in path.stem[:found.start() if found and found.start() else None].replace("报告附", "")


def home(name: str) -> str:
    """The folder whose report a file belongs to: its own, without folders for attachments.

    >>> home("县.zip!/甲项目/附件/表.xlsx")
    '县.zip!/甲项目'
    """
    steps = name.split("/")[:-1]
    while steps and FOLDER.fullmatch(PurePosixPath(steps[-1].removesuffix("!")).stem):
        steps.pop()
    return "/".join(steps)


def rank(name: str) -> int:
    """0 for a report, 1 for what is attached to one, 2 for the words of a letter that brings them."""
    return 2 if PurePosixPath(name).stem == LETTER else int(is_attachment(name))


def reading_order(names: Iterable[str]) -> list[str]:
    """Names in the order one reads the files: folder by folder, folders without a report last, in each the reports before
    their attachments.

    >>> reading_order(["附件10.docx", "自评表.xlsx", "附件2.docx", "绩效自评报告.docx"])
    ['绩效自评报告.docx', '自评表.xlsx', '附件2.docx', '附件10.docx']
    """
    names = list(names)
    led = {home(name) for name in names if rank(name) == 0}

    def key(name: str) -> Key:
        folder = home(name)
        return folder not in led, natural(folder), rank(name), natural(name)

    return sorted(names, key=key)
