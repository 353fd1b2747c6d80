"""A report in plain text read by rules, and what a network is said to read in it, by quoted words."""

from __future__ import annotations

from dataclasses import dataclass

from hedui.claims import link_claims
from hedui.document import Layout, Span
from hedui.findings import Claim, Mention
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.neural.fusion.learned import Learned, Tie, Told
from hedui.readers import read_bytes

REPORT = """青岚县农村供水工程补助资金绩效自评报告
一、项目资金情况
全年预算数1000万元，县水利局拿出950万元用于管网，执行率95%。
二、绩效目标完成情况分析
（一）产出指标
1.数量指标
新建供水管网118公里，惠及群众3.2万人。
2.质量指标
工程质量明显改善，群众反映良好。
"""


@dataclass(frozen=True)
class Toy:
    """A text with its layout and the rules' reading."""

    layout: Layout
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]

    def at(self, words: str, nth: int = 1) -> Span:
        """Where the nth `words` stand."""
        start = -1
        for _ in range(nth):
            start = self.layout.document.text.index(words, start + 1)
        return start, start + len(words)

    def tag(self, words: str, label: str, probability: float = 0.9) -> Told:
        return Told(self.at(words), label, probability)

    def tie(self, relation: str, head: str, tail: str, probability: float = 0.9) -> Tie:
        return Tie(relation, self.at(head), self.at(tail), probability)


def toy(text: str = REPORT) -> Toy:
    layout = arrange(read_bytes(text.encode(), "a.txt"))
    mentions = find_mentions(layout)
    return Toy(layout, mentions, link_claims(layout, mentions))


def learned(*read: Told | Tie, asked: dict | None = None) -> Learned:
    """What a network reads, in the order of the text."""
    tags = sorted(one for one in read if isinstance(one, Told))
    return Learned(tags=tuple(tags), ties=tuple(one for one in read if isinstance(one, Tie)), asked=asked or {})
