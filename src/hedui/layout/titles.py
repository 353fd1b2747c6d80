"""Runs of text -> the titles of reports among them: where each self-contained report of a file begins.

A title is one to four short lines in a row, without stops, that end as titles of reports do; a line of brackets behind
it (programme, year) belongs to it, and so do lines before it that name the unit or the programme. The head of a form
that hangs on a report (its 自评表) is no new report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from hedui.document import PartKind, Span
from hedui.layout.numbering import LEADER, numbered
from hedui.layout.paragraphs import Run
from hedui.view import clean, fold

__all__ = ["Title", "titles_of"]

MAX_TITLE, MAX_LINE, MAX_LINES, SHORTEST = 120, 80, 4, 8
STOP = re.compile(r"[，。；！？]|[:：]$")
END = r"(?:[（(][^（）()]*[）)])*$"
# 2021年度某项目支出绩效自评报告 · …区域绩效自评报告（2020年度） · 部门整体支出绩效评价报告
REPORT = re.compile(r"(?:绩效|自评|自我评价|评价)[^《》]*(?:报告书?|总结|情况说明|自评说明|评价说明|汇报)" + END)
# 中央对地方转移支付区域绩效目标自评表 · 项目支出绩效自评表 · …绩效目标自评（2020年度）
FORM = re.compile(r"(?:绩效|自评)[^《》]*(?:自评表|自评情况表|完成情况表|评价表|目标自评|自评)" + END)
# 某市某局2021年度部门决算 · 2022年部门决算公开 · 2022年度部门决算公开情况说明
ACCOUNTS = re.compile(r"(?:部门|单位|(?<=[局厅委会院馆站校处所室心府])(?=决算)|年度(?=决算(?:公开|说明|报告)))"
                      r"决算(?:信息|情况|编制|基本情况|分析|公开|报表|的)*(?:说明|报告|公开|公告)?" + END)
WHOLE = re.compile(r"(?:部门|单位)?整体(?:支出)?(?:预算)?绩效")
BRACKETED = re.compile(r"[（(].{2,60}[）)]")
YEAR = re.compile(r"[（(]?\d{4}(?:-\d{4})?年度?[）)]?")
# 青石市教育局 · 农村公路养护补助资金 · 2021年度 · …转移支付 · 2019年度青石市
OPENS = re.compile(r"(?:局|厅|委|会|办公室|中心|院|校|站|馆|所|队|公司|政府|资金|经费|项目|补助|补贴|奖补|专项|年度?|转移支付|支付|支出|工程|计划"
                   r"|行动|省|自治区|市|县|区|州|旗|盟|乡|镇|街道|的)$")
# 关于2021年度公共图书馆、文化馆: the half of a title that goes on below
GOES_ON = re.compile(r"关于(?!.*(?:通知|意见|办法|方案|批复|函)$)")
# 青石县教育局文件 · 青教〔2023〕5号 · 2023年4月 · 签发人: what stands over a title and is none of it
NO_TITLE = re.compile(r"文件$|\d号$|[〔\[]\d{4}[〕\]]|\d{1,2}月|[一二三四五六七八九十]月|[:：>|／/]|密级|签发|^内部资料|目\s*录|编号|公章|盖章")
# 青石县2022年养护资金绩效自评情况: a title only where a file begins
AT_TOP = re.compile(r"\d{4}.*(?:绩效|自评|评价)[^《》]*(?:情况|材料|说明|公示|公开)" + END)
# …资金绩效自评⏎报告
REST = re.compile(r"(?:自评|评价)?(?:情况|工作|结果)?的?(?:报告|总结)(?:[（(][^（）()]*[）)])?")
CUT = re.compile(r"(?:绩效|自评|评价)(?:情况|工作|结果)?的?$")
ANNEX = re.compile(r"附(?:件|表|录)\s*[\d一二三四五六七八九十]*(?:[-—]\d+)?\s*[:：.]?")
# - 3 - · 第 3 页 · 第3页 共12页 · — 3 —
PAGE_MARK = re.compile(r"[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[，,/／]?\s*共\s*\d{1,4}\s*页)?")
CONTENTS = re.compile(r"[.…·]{3,}|\d$")


class Title(NamedTuple):
    """A title: its span, its text put together, the kind of report it opens, and where that report begins (the 附件 line
    before it included)."""

    span: Span
    text: str
    kind: PartKind
    start: int


def plain_line(text: str, run: Run) -> str | None:
    """The run as a line of a title, None where it cannot be one."""
    line = clean(text, run.span)
    if not line or len(line) > MAX_LINE or STOP.search(line) or run.role != "body":
        return None
    return None if numbered(text, run.span) or CONTENTS.search(line) else line


def kind_of(title: str) -> PartKind | None:
    """The kind of report that a line of a title opens, None where it opens none.

    >>> kind_of("某县2021年农村公路养护项目支出绩效自评报告"), kind_of("一份说明")
    ('self_evaluation', None)
    """
    folded = fold(title)
    if ACCOUNTS.search(folded):
        return "final_accounts"
    if REPORT.search(folded):
        return "department_evaluation" if WHOLE.search(folded) else "self_evaluation"
    return "indicator_table" if FORM.search(folded) else None


def opens_title(line: str | None) -> bool:
    """Whether a line can stand over the telling line of a title and belong to it: a unit, a fund, a year, a half title."""
    return bool(line) and len(line or "") <= MAX_LINE // 2 and not ANNEX.fullmatch(fold(line or "")) and kind_of(line or "") is None \
        and bool(OPENS.search(line or "") or GOES_ON.match(line or "")) and not re.search(r"[>|／/]", line or "")


def topmost(text: str, runs: Sequence[Run], lines: Sequence[str | None], at: int) -> int:
    """The first of the lines above `at` that stand close on it at the top of the file or under its annex line, and could
    belong to a title: that line, or `at` where anything else stands among them."""
    first = at
    while first > 0 and at - first < MAX_LINES:
        line = lines[first - 1]
        if ANNEX.fullmatch(fold(clean(text, runs[first - 1].span))):
            return first
        if not line or len(line) > MAX_LINE // 2 or NO_TITLE.search(line) or kind_of(line) \
                or text.count("\n", runs[first - 1].span[1], runs[first].span[0]) > 1:
            return at
        first -= 1
    return first if first == 0 else at


def extend(text: str, runs: Sequence[Run], lines: Sequence[str | None], at: int) -> tuple[int, int]:
    """First and last line of the title whose telling line is `at`."""
    first = last = at
    if halved(lines, at):
        first -= 1
    while first > 0 and at - first < MAX_LINES - 1 and opens_title(lines[first - 1]):
        first -= 1
    first = min(first, topmost(text, runs, lines, first))
    while last + 1 < len(lines) and BRACKETED.fullmatch(lines[last + 1] or "") and not YEAR.fullmatch(fold(lines[last + 1] or "")):
        last += 1
    return first, last


def halved(lines: Sequence[str | None], at: int) -> bool:
    """Whether `at` is the end of a telling line that begins above it: `…资金绩效自评⏎报告`."""
    return at > 0 and bool(REST.fullmatch(lines[at] or "")) and bool(CUT.search(lines[at - 1] or ""))


def kinds_of(lines: Sequence[str | None]) -> list[PartKind | None]:
    """For each line the kind of report that it opens; a telling line that is cut in two counts at its second half."""
    kinds = [kind_of(line) if line else None for line in lines]
    for at in range(1, len(lines)):
        if halved(lines, at):
            kinds[at - 1], kinds[at] = None, kind_of(f"{lines[at - 1]}{lines[at]}")
    top = list(takewhile(bool, lines[:MAX_LINES]))
    for at in range(len(top)):
        if not any(kinds[:at + 2]) and AT_TOP.search(fold("".join(filter(None, top[:at + 1])))):
            whole: PartKind = "department_evaluation" if WHOLE.search(lines[at] or "") else "self_evaluation"
            kinds[at] = "final_accounts" if "决算" in (lines[at] or "") else whole
    return kinds


def titles_of(text: str, runs: Sequence[Run], tables: Sequence[Span]) -> list[Title]:
    """The titles in `runs`, in order; `tables` tells which forms hang on the report before them."""
    lines = [plain_line(text, run) for run in runs]
    found: list[Title] = []
    taken = 0
    kinds = kinds_of(lines)
    names = Counter(strip_marks(line) for line, kind in zip(lines, kinds, strict=True) if line and kind)
    for at, line in enumerate(lines):
        kind = kinds[at] if at >= taken else None
        if not line or kind is None or announces(line, names):
            continue
        first, last = extend(text, runs, lines, at)
        first = max(first, taken)
        span = (runs[first].span[0], runs[last].span[1])
        whole = "".join(filter(None, lines[first:last + 1]))
        if len(whole) > MAX_TITLE or (kind == "indicator_table" and hangs_on(found, span, tables, forms_from(kinds, at, runs, tables))):
            continue
        kind = "department_evaluation" if kind == "self_evaluation" and kind_of(whole) == "department_evaluation" else kind
        annex = first > 0 and ANNEX.match(fold(clean(text, runs[first - 1].span)))
        start = runs[first - 1].span[0] if annex and len(clean(text, runs[first - 1].span)) < MAX_LINE else span[0]
        title = Title(span, strip_marks(whole), kind, start)
        if found and runs_on(found[-1], title) and first > 0 and PAGE_MARK.fullmatch(fold(clean(text, runs[first - 1].span))):
            taken = last + 1
            continue
        cover = found[-1] if found and told_again(text, found[-1], title, runs, tables) else None
        if cover is not None:
            found[-1] = title._replace(text=max(cover.text, title.text, key=len), start=cover.start)
        else:
            found.append(title)
        taken = last + 1
    return found


def runs_on(report: Title, title: Title) -> bool:
    """Whether `title`, which stands under the number of a page, is the running head of `report`."""
    return re.sub(r"\W", "", fold(title.text)) in re.sub(r"\W", "", fold(report.text))


def told_again(text: str, cover: Title, title: Title, runs: Sequence[Run], tables: Sequence[Span]) -> bool:
    """Whether a title stands on a cover and `title` says it again: nothing but short lines (a name, a date) and a table of
    contents lies between, one line of it at least."""
    one, other = sorted((re.sub(r"\W", "", fold(cover.text)), re.sub(r"\W", "", fold(title.text))), key=len)
    if one not in other or any(cover.span[1] <= start < title.start for start, _ in tables):
        return False
    lines = [clean(text, run.span) for run in runs if run.role == "body" and cover.span[1] <= run.span[0] < title.start]
    return bool(lines) and all(LEADER.search(line) or (len(line) <= MAX_LINE // 2 and not STOP.search(line)) for line in lines)


def forms_from(kinds: Sequence[PartKind | None], at: int, runs: Sequence[Run], tables: Sequence[Span]) -> int:
    """How many forms with a table of their own stand from `at` to the next title of a narrative report."""
    later = [i for i in range(at, len(kinds)) if kinds[i]]
    stop = next((n for n, i in enumerate(later) if kinds[i] != "indicator_table"), len(later))
    edges = [runs[i].span[0] for i in later[:stop]] + [runs[later[stop]].span[0] if stop < len(later) else tables[-1][1] if tables else 0]
    return sum(any(low <= start < high for start, _ in tables) for low, high in pairwise(edges))


def announces(line: str, names: Counter[str]) -> bool:
    """Whether a line only says that a report is annexed: 附件：自评报告, or its title stands again on its own."""
    name = strip_marks(line)
    return name != line and (len(name) <= SHORTEST or names[name] > 1)


def strip_marks(title: str) -> str:
    return re.sub(r"^附(?:件|表)\s*\d*[:：]?", "", title)


def hangs_on(found: Sequence[Title], span: Span, tables: Sequence[Span], forms: int) -> bool:
    """Whether a form at `span` belongs to the report before it: to a narrative one when it is the only form there (`forms`
    counts them up to the next narrative title), to another form when that has no table yet."""
    if not found:
        return False
    last = found[-1]
    if last.kind != "indicator_table":
        return forms < 2
    return not any(last.span[1] <= start < span[0] for start, _ in tables)
