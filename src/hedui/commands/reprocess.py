"""Does again what a store holds, as far as another version asks."""

from __future__ import annotations

import argparse

from hedui.commands.arguments import OK, Commands, command, one_file, positive, tell
from hedui.commands.ledger import add_place, address_of

__all__ = ["add"]

ABOUT = """程序、模型或权重换了之后，把结果库里的报告按新的再做一遍，只做变动所及的那几步：只换权重，不重读也不重新提取；
换了模型或规则，用保存的正文重新提取；读取程序变了才重读原件，原件已不在的保留旧结果并说明。
After a new version, model or weights: does again what is in the store, only as far as the change reaches. New weights open
no file, a new model extracts again from what was kept, and only changed readers read the files; where one is gone its
earlier result is kept and told."""
EXAMPLES = """例 examples:
  hedui reprocess out --dry-run                 只看要做多少 · how much would be done
  hedui reprocess out                           升级之后 · after an upgrade
  hedui reprocess out --weights 新权重.json      换权重 · other weights
  hedui reprocess out --model models/新模型      换模型 · another model"""


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "reprocess", do_reprocess, help="按新版本再做，只做变动所及 · do again what a new version changes",
                   description=ABOUT, epilog=EXAMPLES)
    add_place(made)
    made.add_argument("--model", metavar="DIR|none", help="与规则一起读的模型；none 只用规则；默认同上次 · the model beside the rules, by default "
                      "that of the last run")
    made.add_argument("--weights", metavar="FILE|none", help="把握度所用的权重；none 用模型自带的；默认同上次 · "
                      "weights, by default those of the last run")
    made.add_argument("--workers", type=positive, metavar="N", help="同时做几份，默认同上次 · processes side by side")
    made.add_argument("--dry-run", action="store_true", help="只说要做多少，不做 · say how much, and do nothing")


def do_reprocess(args: argparse.Namespace) -> int:
    from hedui.bulk.reprocessing import begin_again, plan_again, plan_lines, request_again
    from hedui.commands.run import done
    from hedui.neural.loading import NONE
    from hedui.store import Store

    weights = args.weights if args.weights in (None, NONE) else str(one_file(args.weights))
    with Store(address_of(args)) as store:
        request = request_again(store, out=args.out, address=args.store, model=args.model, weights=weights, workers=args.workers)
        plan = plan_again(request, store)
        for line in plan_lines(plan):
            print(line) if args.dry_run else tell(line)
        if args.dry_run:
            return OK
        entered = begin_again(request, plan, store)
    return done(request, entered)
