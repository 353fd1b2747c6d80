"""Document numbers (发文字号) in, their normal form out, after GB/T 9704-2012, 7.2.5: year in 〔〕, no blanks, no 第, 文."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hedui.values.types import Found, Value

__all__ = ["find_docnos", "parse_docno"]

OPEN, CLOSE = r"[〔(（\[【﹝]", r"[〕)）\]】﹞]"
YEAR = r"(?:19|20)\d{2}"
# 18、41号: further serials under one prefix
MORE = r"(?:号?[、,，和及](?:第)?\d{1,5})"
# 财社〔2019〕221号 · 宁财(社)指标(2021)500号 · 某财社〔2023〕5、18、41号 · 某财行2020〕189号, its first bracket lost
NUMBERED = re.compile(
    rf"(?P<prefix>[一-鿿][一-鿿()（）]{{0,15}})(?:{OPEN}|(?<=[一-鿿])(?=\d{{4}}[〕\]】﹞]))(?P<year>{YEAR}){CLOSE}(?:字?第)?"
    rf"(?P<serials>\d{{1,5}}[)）]?{MORE}{{0,20}})号?(?<![、,和及])")
# 2015年第78号政府令 · 国务院令第735号 · 第78号令 · 中央5号文 · 中央一号文件
ORDER = re.compile(
    rf"(?P<order>(?:{YEAR}年)?第\d{{1,4}}号(?:[一-鿿]{{0,6}}令|公告)"
    rf"|[一-鿿]{{0,12}}(?:令|公告)(?:\(?{YEAR}年\)?)?第\d{{1,4}}号"
    r"|(?:中央|国办|国发|省委|市委)(?:\d{1,3}|[一二三四五六七八九十])号文件?)")
# 根据|财社 · 印发的|财社 · 2020年12月|财社 · 某县财政局|某财绩 · 严格执行|国务院令: words that lead up to a number and are no part of it
LEAD = re.compile(r".*(?:根据|按照|依据|依照|参照|遵照|落实|执行|转发|印发|下发|下达|收到|结合|通过|文件|文号|通知|办法|意见|规定"
                  r"|方案|精神|贯彻|接到|[你我该本]局|[以和及与的由为见对在号月日年]|[厅局](?![党办发函字])(?=[一-鿿]{3}))(?=[一-鿿])")
# 严格执行|国务院令
ORDER_LEAD = re.compile(r".*(?:根据|按照|依据|遵照|落实|执行|通过|[以和及与的由为见对])(?=[一-鿿])")


def find_docnos(text: str) -> Iterator[Found]:
    """The document numbers in `text`, each with its normal form; 文 behind 号 stays outside.

    >>> [(f.start, f.end, f.value.value) for f in find_docnos("依据宁财（社）指标（2021）500号文件")]
    [(2, 19, '宁财（社）指标〔2021〕500号')]
    """
    if "号" not in text:
        return
    for match in NUMBERED.finditer(text):
        if not match[0].endswith("号") and "号" not in match["serials"]:
            continue
        start = match.start() + lead(match["prefix"])
        yield found(start, match.end(), normal(text[start:match.end("prefix")], match["year"], match["serials"]))
    for match in ORDER.finditer(text):
        lead_up = ORDER_LEAD.match(match["order"])
        start = match.start() + (lead_up.end() if lead_up else 0)
        yield found(start, match.end(), wide(text[start:match.end()]))


def parse_docno(text: str) -> str | None:
    """The normal form of the document number that the whole of `text` is; several serials are joined by `;`.

    >>> parse_docno("某财社[2023]5、18号")
    '某财社〔2023〕5号;某财社〔2023〕18号'
    """
    hit = next((f for f in find_docnos(text.strip()) if (f.start, f.end) == (0, len(text.strip()))), None)
    return str(hit.value.value) if hit else None


def lead(prefix: str) -> int:
    """How many characters of `prefix` lead up to the issuer's mark: cue words, and a bracket that opens before it."""
    match = LEAD.match(prefix)
    at = match.end() if match else 0
    depth, opened = 0, -1
    for index, char in enumerate(prefix):
        if char in "(（":
            depth, opened = depth + 1, index if depth == 0 else opened
        elif char in ")）":
            depth -= 1
            if depth < 0:
                at, depth = max(at, index + 1), 0
    return max(at, opened + 1) if depth > 0 else at


def wide(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")


def normal(prefix: str, year: str, serials: str) -> str:
    numbers = re.findall(r"\d+", serials)
    return ";".join(f"{wide(prefix)}〔{year}〕{number}号" for number in numbers)


def found(start: int, end: int, value: str) -> Found:
    return Found(start=start, end=end, value=Value(kind="DOCNO", value=value, unit="docno"))
