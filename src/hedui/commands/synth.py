"""Makes reports with a known truth."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from hedui.commands.arguments import OK, Commands, command, positive, share

__all__ = ["add"]

SYNTH = """造出真相已知的绩效自评报告：正文、自评表、得分表中的数都由同一组事实算出，再按比例埋入差错和噪声，逐一写进标注。
Makes performance reports whose truth is known: all figures follow from one set of facts; slips and noise are put in at a
set rate, and everything is written into the gold.
  OUT/reports/r00001.txt   报告（.docx .pdf .scan.pdf） · the reports
  OUT/gold/r00001.json     标注，行号按第一种格式的文本 · the gold; its lines count the text of the first format
同一种子同一编号，文件逐字节相同，与份数无关 · the same seed and number give the same bytes, however many are made.
机构、数字、文号均为虚构 · bodies, figures and document numbers are invented."""
SYNTH_EXAMPLES = """例 examples:
  hedui synth -n 1000 --seed 7 -o 练习            一千份文本 · a thousand text files
  hedui synth -n 20 -o 样张 --formats txt,docx    每份两种格式 · both formats of each
  hedui synth -n 50 -o 干净 --slips 0 --noise 0   没有差错和噪声 · without slips and noise
  hedui synth --families 20 -o 成套               省、市、连年成套，文件之间埋有差错，见 truth.json · files that belong together

pdf 和 scan 需要 LibreOffice · pdf and scan need LibreOffice"""


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "synth", do_synth, help="造出带标注的报告 · make reports with gold", description=SYNTH,
                   epilog=SYNTH_EXAMPLES)
    made.add_argument("-n", "--count", type=positive, default=100, metavar="N", help="份数，默认 100 · how many, 100 if left out")
    made.add_argument("--seed", type=int, default=7, metavar="S", help="种子，默认 7 · the seed, 7 if left out")
    made.add_argument("-o", "--out", required=True, metavar="OUT", help="新的或空的文件夹 · a new or empty folder")
    made.add_argument("--formats", default="txt", metavar="txt,docx,pdf,scan", help="格式，默认 txt · formats, txt if left out")
    made.add_argument("--slips", type=share, default=0.3, metavar="R", help="埋有差错的报告占比，默认 0.3 · share of reports with slips")
    made.add_argument("--noise", type=share, default=0.1, metavar="R", help="噪声强度，默认 0.1 · how much noise")
    made.add_argument("--families", type=positive, metavar="N", help="改造 N 套互相关联的文本报告，文件之间埋差错 · N families of text "
                      "reports with slips between files instead")


def do_synth(args: argparse.Namespace) -> int:
    from tqdm import tqdm

    from hedui.synth.generate import write_reports

    formats = tuple(dict.fromkeys(f.strip() for f in args.formats.replace("，", ",").split(",") if f.strip()))
    with ExitStack() as stack:
        bars: list[tqdm[Any]] = []

        def on_step(_what: str, done: int, total: int) -> None:
            if not bars:
                bars.append(stack.enter_context(tqdm(desc="生成 making", total=total, unit="份", file=sys.stderr, mininterval=0.2)))
            bars[0].update(done - bars[0].n)

        if args.families:
            from hedui.synth.across import write_families

            slips = write_families(Path(args.out), count=args.families, seed=args.seed, slips=args.slips, on_step=on_step)
            print(f"已写出 {args.families} 套，文件间差错 {len(slips)} 处 · written: {args.out}/reports, {args.out}/truth.json")
            return OK
        write_reports(Path(args.out), count=args.count, seed=args.seed, formats=formats, slips=args.slips, noise=args.noise,
                      on_step=on_step)
    print(f"已写出 {args.count} 份 · written: {args.out}/reports, {args.out}/gold")
    return OK
