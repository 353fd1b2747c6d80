"""An opinion -> the sentences on top of it and the cells of its table, the same in every format."""

from __future__ import annotations

from decimal import Decimal

from hedui.opinion.consequence import meaning
from hedui.opinion.settings import setting
from hedui.opinion.stakes import money
from hedui.opinion.types import Item, Operand, Opinion, Place, Tally
from hedui.opinion.words import KINDS, SAID, sureness
from hedui.places import whereabouts
from hedui.values import parse_amount

__all__ = ["SHOWN", "computed", "cut", "english", "headline", "operands", "said", "share", "sure", "tallied", "unread", "weighed", "where"]

Both = tuple[str, str]
SHOWN, NAMED = setting("shown"), setting("named")


def where(place: Place) -> str:
    """第 3 页第 93 行, without the page where there are none."""
    return whereabouts(place.page, place.line)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most - 1]}…"


def share(of: Decimal) -> str:
    """A fraction of the budget as a person reads it.

    >>> share(Decimal("0.3678")), share(Decimal("0.00004")), share(Decimal("1.7"))
    ('占预算 36.8%', '占预算不到 0.1%', '超过全部预算')
    """
    return "超过全部预算" if of > 1 else "占预算不到 0.1%" if of < Decimal("0.001") else f"占预算 {of * 100:.1f}%"


def english(yuan: Decimal) -> str:
    return f"{yuan.quantize(Decimal(1)):,} yuan"


def tallied(tally: Tally) -> Both:
    """How much was read and checked, and how it came out."""
    zh = (f"读出 {tally.figures} 个数，核对 {tally.relations} 个关系：{tally.consistent} 个相符，{tally.rounding} 个只差舍入，"
          f"{tally.conflicts} 个不符")
    en = (f"{tally.figures} figures read, {tally.relations} relations checked: {tally.consistent} close, {tally.rounding} differ by rounding "
          f"only, {tally.conflicts} do not")
    if tally.conflicts:
        of = f"，{share(tally.yuan / tally.budget)}（{money(tally.budget)}）" if tally.yuan and tally.budget else ""
        zh += f"；存疑金额 {money(tally.yuan)}{of}"
        en += f"; {english(tally.yuan)} in doubt"
    if tally.held_back:
        zh += f"；另有 {tally.held_back} 处拿不准，未列"
        en += f"; {tally.held_back} too unsure to show"
    return f"{zh}。", f"{en}."


def unread(tally: Tally) -> Both:
    """What could not be read, by its number."""
    if not tally.issues:
        return "文件各处都读到了。", "All of the file was read."
    return f"有 {len(tally.issues)} 处没能读全，见下。", f"{len(tally.issues)} places were not fully read; see below."


def said(item: Item) -> Both:
    """What is wrong, in a few plain words."""
    if item.kind == "rounding":
        return "只差舍入", "rounding only"
    return SAID.get(f"remark.{item.check}" if item.kind == "remark" else item.check, KINDS[item.kind])


def headline(opinion: Opinion) -> Both:
    """The opinion in one sentence: whether all agrees, else how much does not and the gravest of it."""
    if not opinion.tally.relations:
        return "没有找到可以互相核对的数。", "No figures were found that can be held against one another."
    if not opinion.tally.conflicts:
        asked = sum(item.kind == "remark" for item in opinion.items)
        return (f"没有发现对不上的地方{f'，有 {asked} 处要问' if asked else ''}。",
                f"Nothing was found that does not agree{f'; {asked} questions' if asked else ''}.")
    first = opinion.items[0]
    zh, en = said(first)
    name = cut(first.stated.name, 24) or where(first.stated.place)
    out = f"，{'算得' if first.formula.count('=') else '另处为'} {cut(computed(first), 30)}" if first.computed else ""
    return (f"有 {opinion.tally.conflicts} 处对不上；最要紧的一处：{name}写作“{cut(first.stated.text, 30)}”{out}（{zh}）。",
            f"{opinion.tally.conflicts} findings do not agree; the gravest: {en}.")


def computed(item: Item) -> str:
    """What comes out; amounts in the unit a person would choose."""
    amount = parse_amount(item.computed) if item.computed.endswith("元") else None
    return money(amount.value) if amount is not None and isinstance(amount.value, Decimal) and amount.op is None else item.computed


def operands(item: Item) -> tuple[tuple[Operand, ...], int]:
    """The operands to name, and how many more there are."""
    return item.operands[:NAMED], max(len(item.operands) - NAMED, 0)


def sure(item: Item) -> str:
    return "" if item.confidence is None else f"{round(item.confidence * 100)}%（{' '.join(sureness(item.confidence))}）"


def weighed(item: Item) -> str:
    """What the weight consists of, for who asks why a finding stands where it does."""
    terms = " + ".join(f"{points:g} {meaning(term)}" for term, points in item.points)
    certain = "" if item.confidence is None else f"；× 可信度 confidence {item.confidence:.2f} = {item.score:.2f}"
    return f"分量 weight {item.weight:g} = {terms}{certain}"
