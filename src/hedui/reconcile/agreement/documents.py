"""Cited documents -> one number cited several times: the same number each time, and the same title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from hedui.document import Layout
from hedui.findings import Check, Mention
from hedui.reconcile.agreement.misprints import misprinted
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.agreement.word_lists import likeness
from hedui.reconcile.numerals import one_slip
from hedui.reconcile.phrases import squeezed
from hedui.reconcile.quotes import quote

__all__ = ["document_agreements"]

BETWEEN = re.compile(r"[\s，,、》>]*[（(\[【]?\s*")
# 某政办〔2022〕14号|《城乡公交一体化改革实施方案》
BEHIND = re.compile(r"[）)\]】]?(?:文件?)?[:：]?[《]?")
MAX_GAP, LONG = 4, 8
# 关于下达2022年…补助资金预算的通知
MONEY = re.compile(r"下达|拨付|分配|安排|追加|预算|结算|清算|补助资金的|收回|调整|\d{4}年")


class Cited(NamedTuple):
    """One citation of a document number, with the title beside it where there is one."""

    number: Mention
    title: Mention | None


def citations(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Cited]:
    ordered = sorted((m for m in mentions if m.label in {"DOCNO", "TITLE"}), key=lambda m: m.span)
    text = layout.document.text
    for before, mention, after in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False):
        if mention.label == "DOCNO":
            near = before is not None and before.label == "TITLE" and BETWEEN.fullmatch(text, before.span[1], mention.span[0]) is not None
            close = before if near and mention.span[0] - (before.span[1] if before else 0) <= MAX_GAP else None
            behind = after if after is not None and after.label == "TITLE" and BEHIND.fullmatch(text, mention.span[1], after.span[0]) else None
            yield Cited(mention, close or behind)


def document_agreements(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Check]:
    """Numbers cited again, and titles of one number that read otherwise."""
    by_number: dict[str, list[Cited]] = defaultdict(list)
    for cited in citations(layout, mentions):
        by_number[str(cited.number.value)].append(cited)
    for number, told in by_number.items():
        if len(told) < 2:
            continue
        quotes = [quote(layout, c.number.span) for c in told]
        yield agreement(layout, "restated", quotes[:-1], quotes[-1], verdict="consistent", tier="value", computed=number,
                        note=f"同一文号引用 {len(told)} 次：{number}")
        yield from titles(layout, number, [c.title for c in told if c.title])
    yield from numbers(layout, by_number)


def numbers(layout: Layout, by_number: Mapping[str, Sequence[Cited]]) -> Iterator[Check]:
    """One rule or plan cited under a second number one figure off; notices on money bear one title year after year."""
    by_title: dict[str, list[Cited]] = defaultdict(list)
    for told in by_number.values():
        for cited in told:
            if cited.title:
                by_title[squeezed(str(cited.title.value))].append(cited)
    for name, told in by_title.items():
        if len(name) < LONG or MONEY.search(name):
            continue
        usual = max(told, key=lambda c: (len(by_number[str(c.number.value)]), -c.number.span[0]))
        for cited in told:
            a, b = str(usual.number.value), str(cited.number.value)
            if a != b and len(by_number[b]) == 1 and one_slip(a, b):
                first, second = quote(layout, usual.number.span), quote(layout, cited.number.span)
                yield agreement(layout, "label", [first], second, verdict="conflict", tier="wording", computed=a,
                                note=f"同一文件两个文号：{first.value} ≠ {second.value}")


def titles(layout: Layout, number: str, told: Sequence[Mention]) -> Iterator[Check]:
    """Each title that differs from the one first given for the number."""
    if not told:
        return
    names = [squeezed(str(m.value)) for m in told]
    usual, source = names[0], told[0]
    for mention, name in zip(told, names, strict=True):
        if name != usual and not (name in usual or usual in name) and ratio(name, usual) >= likeness("title_of_number"):
            a, b = quote(layout, source.span), quote(layout, mention.span)
            if misprinted(layout.document.text, usual, name):
                a, b = b, a
            yield agreement(layout, "label", [a], b, verdict="conflict", tier="wording", computed=a.value or a.text,
                            note=f"{number} 两处标题不同：{a.value} ≠ {b.value}")
