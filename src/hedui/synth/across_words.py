"""A member of a family in, its text out: the report as `prose` words it, and its section on what ties it to other files."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from decimal import Decimal

from hedui.synth.facts import Facts, Paper
from hedui.synth.generate import source_text
from hedui.synth.marked.page import lay_out
from hedui.synth.marked.source import read_source
from hedui.synth.prose import report_elements
from hedui.synth.tables import with_tables

__all__ = ["Member", "Slip", "background_of", "did_of", "given_text", "goals_of", "member_of", "section_of", "text_of", "visit_of", "wider_of"]

ATTACHED = re.compile(r"^(?:附件|附：|附表)")
TABLE = re.compile(r" \| |\t")


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What does not agree between `files` (names of members; the one that slipped last). Any report that cites one of
    `numbers` may show it as well."""

    kind: str
    files: tuple[str, ...]
    note: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file: its facts, what its own section says (`background`, `wider`, `goals`, `given`, `carried`, `earlier`, `did`, `visit`,
    `basis`), the seed of its prose. `role` is report, table or edition; `of` the member that the latter two belong to."""

    name: str
    facts: Facts
    said: dict[str, str]
    seed: int
    role: str = "report"
    of: str = ""


def wan(value: Decimal) -> str:
    return f"{value:f}万元"


def passed(facts: Facts) -> Paper:
    """The document with which a province hands its money on."""
    return next(p for p in facts.papers if p.role in {"pass", "own"})


def given_text(rng: random.Random, top: Facts, facts: Facts, amount: Decimal, *, year: bool = False) -> str:
    """That the province handed the city its share."""
    paper = passed(top)
    lead = f"{top.year}年，" if year or rng.random() < 0.5 else ""
    who = rng.choice((top.bodies.finance.name, f"{top.region.word}财政厅"))
    verb = rng.choice(("下达", "拨付", "分配"))
    return f"{lead}{who}以《{paper.title}》（{paper.number}）{verb}{facts.region.name}{facts.fund.name}{wan(amount)}。"


def share_of(facts: Facts) -> Decimal:
    return sum((s.budget for s in facts.fund.sources if s.level in {"中央", "省级"}), Decimal(0))


def goals_of(rng: random.Random, facts: Facts) -> str:
    """Goals that are this programme's alone: what is to be done, how much, where."""
    aims = [i for i in facts.indicators if i.kind == "count" and i.target is not None]
    told = [f"{i.verb.rstrip('*')}{i.thing}{i.target_text.lstrip('≥≤=')}" if i.unit in i.target_text else f"{i.name}达到{i.target_text}"
            for i in rng.sample(aims, min(4, len(aims)))]
    places = rng.sample(facts.region.below, min(3, len(facts.region.below)))
    lever, effect = rng.choice(("带动", "撬动", "引导")), rng.choice(("取得实效", "再上台阶", "提质增效"))
    return (f"{facts.fund.name}年度总体目标：在{'、'.join(places) or facts.region.name}等地组织实施，{'；'.join(told)}，"
            f"惠及群众{rng.randint(1200, 98000)}人，{lever}投入{rng.randint(101, 9899)}.{rng.randint(1, 9)}万元，{facts.goal}{effect}。")


def did_of(rng: random.Random, facts: Facts) -> str:
    """What the unit did, in figures nobody else has."""
    unit, places = facts.bodies.unit.name, rng.sample(facts.region.below, min(3, len(facts.region.below)))
    first, when = rng.choice(("成立领导小组", "组建工作专班", "建立联席会议制度")), rng.choice(("先后", "全年"))
    whom, how = rng.choice(("农户", "企业", "家庭", "群众")), rng.choice(("受理", "办结"))
    last = rng.choice(("群众反映的问题逐一销号", "堵点难点逐项打通", "各项任务按节点推进"))
    return (f"{unit}{first}，{when}召开调度会{rng.randint(3, 30)}次，深入{'、'.join(places) or facts.region.name}走访{whom}"
            f"{rng.randint(1001, 9987)}户，发放资料{rng.randint(10011, 99877)}份，{how}来访{rng.randint(111, 987)}件，"
            f"{rng.choice(('整合', '盘活'))}资产{rng.randint(1121, 9879)}.{rng.randint(11, 99)}万元，{last}。")


def background_of(rng: random.Random, facts: Facts) -> str:
    """How large the place and its unit are: told in the same words year after year, and no slip."""
    word = facts.region.word[-1]
    return rng.choice((
        f"全{word}国土面积{rng.randint(1211, 29877)}.{rng.randint(1, 9)}平方公里，户籍人口{rng.randint(101, 897)}.{rng.randint(11, 99)}万人，"
        f"辖{rng.randint(3, 14)}个县（区），耕地面积{rng.randint(101, 899)}.{rng.randint(1, 9)}万亩。",
        f"{facts.bodies.unit.name}内设科室{rng.randint(8, 26)}个，核定编制{rng.randint(111, 397)}名，在职人员{rng.randint(111, 397)}人，"
        f"离退休人员{rng.randint(111, 288)}人，下属事业单位{rng.randint(2, 19)}个。",
        f"项目概算总投资{rng.randint(10111, 89877)}.{rng.randint(11, 99)}万元，总建筑面积{rng.randint(11111, 98765)}平方米，"
        f"设计年处理能力{rng.randint(111, 987)}吨，施工合同金额{rng.randint(1011, 9877)}.{rng.randint(11, 99)}万元。"))


def wider_of(rng: random.Random, top: Facts) -> str:
    """What was done in the whole province: told by the province and taken over by its cities, and no slip."""
    return (f"全{top.region.word[-1]}共安排{top.fund.name}{top.fund.budget:f}万元，惠及群众{rng.randint(101111, 987654)}人，"
            f"覆盖乡镇（街道）{rng.randint(311, 1987)}个，带动社会投入{rng.randint(10111, 98765)}.{rng.randint(11, 99)}万元。")


def visit_of(rng: random.Random, facts: Facts, other: Facts) -> str:
    """That one unit learned from another, which is named and meant."""
    how = rng.choice(("先后两次赴{}学习考察", "派员到{}跟班学习，并与{}签订对口协作协议", "主动向{}请教"))
    return f"为提高管理水平，{facts.bodies.unit.name}{how.replace('{}', other.bodies.unit.name)}，借鉴其在项目公示和绩效监控方面的做法。"


def member_of(facts: Facts, name: str, rng: random.Random, *, top: Facts | None, before: Member | None) -> Member:
    """The report of `facts`, beside that of its province (None for the province's own) and its own of the year before."""
    said = {"goals": goals_of(rng, facts), "did": did_of(rng, facts)}
    if top is not None and rng.random() < 0.7:
        said["given"] = given_text(rng, top, facts, share_of(facts))
    if before is not None and before.facts.fund.left > 0:
        left = before.facts.fund.left
        said["carried"] = rng.choice((f"{facts.year}年上年结转资金{wan(left)}。", f"年初结转{wan(left)}，已全部纳入{facts.year}年度管理。",
                                      f"上年结余资金{wan(left)}，继续用于本项目。"))
    if facts.fund.left > 0:
        left = facts.fund.left
        said["left"] = rng.choice((f"{facts.year}年末结转{wan(left)}，结转下年继续使用。", f"年末结余资金{wan(left)}。",
                                   f"结转下年使用资金{wan(left)}。"))
    return Member(name=name, facts=facts, said=said, seed=rng.randrange(2**32))


def body_of(facts: Facts, seed: int) -> str:
    """The report as it is worded; prose that draws what its slots do not allow is drawn again."""
    for more in range(20):
        rng = random.Random(seed + more)
        try:
            draft = with_tables(report_elements(facts, rng), facts, rng, dialect="cells")
            return lay_out(read_source(source_text(draft, facts, "r.txt", "cells"))).marked.text
        except ValueError as error:
            last = error
    raise ValueError(f"{facts.title}: {last}") from last


def section_of(said: dict[str, str]) -> list[str]:
    """The section on what ties the report to others."""
    money = "".join(said[name] for name in ("given", "earlier", "carried", "left") if name in said)
    size = said.get("background", "") + said.get("wider", "")
    parts = [("基本情况", size), ("年度绩效目标", said.get("goals", "")), ("资金下达与结转情况", money), ("项目依据", said.get("basis", "")),
             ("组织实施情况", "\n".join(said[name] for name in ("did", "visit") if name in said))]
    told = [(title, text) for title, text in parts if text]
    return ["其他需要说明的情况", *(line for n, (title, text) in enumerate(told) for line in (f"（{'一二三四五'[n]}）{title}", text))] if told else []


def text_of(member: Member) -> str:
    """The text of a member's file."""
    lines = body_of(member.facts, member.seed).rstrip("\n").split("\n")
    end = next((i for i, line in enumerate(lines) if i > 3 and (TABLE.search(line) or ATTACHED.match(line.strip()))), len(lines))
    while end > 1 and end < len(lines) and len(lines[end - 1]) < 30 and not lines[end - 1].endswith("。"):
        end -= 1  # the caption of the table
    return "\n".join([*lines[:end], *section_of(member.said), *lines[end:]]) + "\n"
