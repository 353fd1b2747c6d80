"""Evidence in, what people see of it out: HTML that stands by itself (a notebook, a page), or text for a terminal.

Each mark has a colour of the palette of Okabe & Ito (jfly.uni-koeln.de/color, 2008), a line of its own kind and its role as a word, so that
none of them is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise

from hedui.research.evidence_types import Excerpt, Mark, Told
from hedui.research.passages import BETWEEN

__all__ = ["as_html", "as_text", "told"]

KINDS = {"mention": "数与名称 mention", "claim": "陈述 claim", "check": "核对 check", "record": "记录 record", "passage": "段落 passage"}
VERDICTS = {"conflict": "不符 conflict", "rounding": "舍入 rounding", "consistent": "相符 consistent"}
INK, PAPER, FAINT = "#1b1b1b", "#ffffff", "#595959"


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    zh: str
    en: str
    colour: str
    line: str


@cache
def roles() -> dict[str, Role]:
    lines = files("hedui.research").joinpath("evidence_roles.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {role: Role(zh=zh, en=en, colour=colour, line=kind) for role, zh, en, colour, kind in rows}


def role_of(mark: Mark) -> Role:
    return roles().get(mark.role) or Role(zh=mark.role, en=mark.role, colour="#0072B2", line="solid")


def told(evidence: Told) -> str:
    """Which report, in a line."""
    parts = (evidence.title or evidence.file, evidence.unit, f"{evidence.year} 年度" if evidence.year else None)
    return "｜".join(part for part in parts if part)


def where(one: Excerpt) -> str:
    parts = (one.section, f"第 {one.page} 页" if one.page else "", f"表 {one.grid} 第 {one.row} 行" if one.grid else "", f"字 {one.start}–{one.end}")
    return " · ".join(part for part in parts if part)


def cut(marks: Sequence[Mark], start: int, end: int) -> list[tuple[int, int, Mark | None]]:
    """A stretch of text in pieces, each under one mark at most: of several the shortest, which says most."""
    edges = sorted({start, end, *(edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end)})
    found = []
    for lo, hi in pairwise(edges):
        over = [mark for mark in marks if mark.start <= lo and hi <= mark.end]
        found.append((lo, hi, min(over, key=lambda mark: (mark.end - mark.start, mark.start), default=None)))
    return found


def as_text(evidence: Told) -> str:
    """For a terminal: marks as 【role：text】."""
    lines = [told(evidence), f"{KINDS[evidence.kind]} {evidence.ref}：{evidence.said}{sureness(evidence)}"]
    for one in evidence.excerpts:
        words = "".join(one.text[lo:hi] if mark is None else f"【{role_of(mark).zh}：{one.text[lo:hi]}】" for lo, hi, mark in
                        cut(one.marks, 0, len(one.text)))
        lines += [f"  {where(one)}", "    " + words.replace("\n", "")]
    return "\n".join(lines)


def sureness(evidence: Told) -> str:
    verdict = f"　{VERDICTS.get(evidence.verdict, evidence.verdict)}" if evidence.verdict else ""
    sure = f"　把握 confidence {evidence.confidence:.0%}" if evidence.confidence is not None else ""
    return verdict + sure


def as_html(evidence: Told) -> str:
    """For notebooks and pages: no script, no style sheet, nothing loaded; all text of reports escaped."""
    used = list(dict.fromkeys(mark.role for one in evidence.excerpts for _, _, mark in cut(one.marks, 0, len(one.text)) if mark))
    shown = "".join(excerpt_html(one) for one in evidence.excerpts)
    legend = " ".join(f'<span style="{line_style(role)};margin-right:.8em">{escape(role.zh)} <span lang="en">{escape(role.en)}</span></span>'
                      for role in (roles().get(name) for name in used) if role)
    return (f'<section lang="zh-CN" style="font:15px/1.7 system-ui,\'Noto Sans CJK SC\',sans-serif;color:{INK};background:{PAPER};'
            f'border:1px solid #767676;border-radius:6px;padding:.8em 1em;max-width:60em">'
            f'<div style="font-weight:600">{escape(told(evidence))}</div>'
            f'<div style="color:{FAINT};font-size:13px">{escape(evidence.file)} · {escape(KINDS[evidence.kind])} '
            f'<code style="color:{FAINT};background:none">{escape(evidence.ref)}</code>{escape(sureness(evidence))}</div>'
            f'<div style="margin:.3em 0">{escape(evidence.said)}</div>{shown}'
            f'<div style="font-size:13px;margin-top:.5em">{legend}</div></section>')


def line_style(role: Role) -> str:
    return f"border-bottom:3px {role.line} {role.colour};padding-bottom:1px"


def marked(text: str, marks: Sequence[Mark], start: int, end: int) -> str:
    pieces = []
    for lo, hi, mark in cut(marks, start, end):
        words = escape(text[lo:hi])
        if mark is None:
            pieces.append(words)
        else:
            role = role_of(mark)
            style = f"background:#fff3c4;color:{INK};{line_style(role)}"
            pieces.append(f'<mark title="{escape(role.zh)} {escape(role.en)}" style="{style}">{words}</mark>')
    return "".join(pieces)


def excerpt_html(one: Excerpt) -> str:
    place = f'<div style="color:{FAINT};font-size:13px;margin-top:.6em">{escape(where(one))}</div>'
    if one.cells:
        return place + row_html(one)
    before, after = (f'<span style="color:{FAINT}">{escape(words)}</span>' if words else "" for words in (one.before, one.after))
    return (f'{place}<blockquote style="margin:.2em 0;padding-left:.8em;border-left:3px solid #767676">'
            f'{before} {marked(one.text, one.marks, 0, len(one.text))} {after}</blockquote>')


def row_html(one: Excerpt) -> str:
    """A row of a table with what stands over its cells."""
    edge = "border:1px solid #767676;padding:.2em .5em;text-align:left;font-weight:normal"
    heads = "".join(f'<th scope="col" style="{edge};color:{FAINT}">{escape(head)}</th>' for head in one.headers) if any(one.headers) else ""
    cells, at = [], 0
    for words in one.cells:
        cells.append(f'<td style="{edge}">{marked(one.text, one.marks, at, at + len(words))}</td>')
        at += len(words) + len(BETWEEN)
    return ('<div style="overflow-x:auto" tabindex="0" role="region" aria-label="表格的一行 row of a table">'
            f'<table style="border-collapse:collapse;color:{INK}">'
            f'{f"<tr>{heads}</tr>" if heads else ""}<tr>{"".join(cells)}</tr></table></div>')
