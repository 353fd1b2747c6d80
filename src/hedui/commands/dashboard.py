"""The pages for looking, as a folder that opens without a server."""

from __future__ import annotations

import argparse

from hedui.commands.arguments import OK, Commands, command, positive, step_bars, tell

__all__ = ["add"]

ABOUT = """把多份报告的图（执行率和不符的地区×年度图、自评得分的分布、资金从预算到支出、文件依据、执行率与得分）写成一个文件夹，双击 index.html 就能看，
不用联网、不用服务器，可以整个发给别人。图上每一处都能点：先到它背后的报告，再到原句。同样的页在 hedui review OUT 的“研究台”里带筛选。
Writes pictures of what all reports claim to one folder: heat maps of execution and conflicts, self-scores, funds from budget to execution,
documents, rate against score. Open index.html; nothing else is needed. Every mark leads to its reports, and on to the sentence. The same pages
stand, with filters, in hedui review OUT under "research".

OUT 是 hedui run 的结果文件夹 · the results folder of hedui run"""
EXAMPLES = """例 examples:
  hedui dashboard out -o 图/                               全部 · everything
  hedui dashboard out -o 新疆2022/ --province 新疆维吾尔自治区 --year 2022
  hedui dashboard out -o 图/ --reports 500                 只放 500 份报告的原句，文件夹小些 · sentences of 500 reports, a smaller folder"""
STEPS = {"tables": "整理 tables", "lists": "图和名单 pictures", "sentences": "原句 sentences"}
DEFAULT = 2_000


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "dashboard", do_dashboard, help="把图写成一个文件夹 · pictures as a folder of pages", description=ABOUT, epilog=EXAMPLES)
    made.add_argument("out", metavar="OUT", help="hedui run 的结果文件夹或结果库的地址 · OUT of hedui run, or the URL of a store")
    made.add_argument("-o", "--output", metavar="DIR", required=True, help="写到这个文件夹；再写一次就换掉上次的 · the folder; a second time replaces the first")
    made.add_argument("--year", type=positive, metavar="2022", help="只看这一年 · of this year alone")
    made.add_argument("--province", metavar="NAME", help="只看这个省（全称） · of this province alone, by its full name")
    made.add_argument("--programme", metavar="TEXT", help="只看名称含这几个字的项目 · programmes whose name holds this")
    made.add_argument("--kind", metavar="KIND", help="只看这一类报告，如 self_evaluation · of this kind alone")
    made.add_argument("--reports", type=positive, default=DEFAULT, metavar=str(DEFAULT),
                      help="至多放几份报告的原句 · so many reports at most get a page with their sentences")


def do_dashboard(args: argparse.Namespace) -> int:
    from pathlib import Path

    from hedui.progress import heard
    from hedui.research.pictures.chosen import Chosen
    from hedui.research.pictures.facts import facts_at
    from hedui.review.dashboard import write_dashboard

    chosen = Chosen(year=args.year, province=args.province, programme=args.programme, kind=args.kind)
    with step_bars(STEPS) as on_step, heard(on_step):
        written = write_dashboard(facts_at(args.out), Path(args.output), chosen=chosen, most=args.reports)
    tell(f"{Path(args.output) / 'index.html'}：{written.reports:,} 份报告 reports，{written.with_sentences:,} 份带原句 with sentences，"
         f"{written.files:,} 个文件 files")
    return OK
