"""Takes annotations that were made in other tools back into the trail of the review desk."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hedui.commands.arguments import FAILED, OK, Commands, command, one_file, tell
from hedui.errors import ReadError, UsageError

if TYPE_CHECKING:
    from hedui.export.sheet import Sheet

__all__ = ["add"]

IMPORT = """把在别的工具里做的标注读回结果库，记在某人名下，可在核对台撤销：新画的补上，没动的算认可，改过的按改后的记，删掉的算否定。
这里后来改成别的值的不覆盖，逐条说明。同一文件读两次只算一次。
Takes annotations made in other tools back, as acts of one person, which the desk can undo: what is new is added, what was left counts
as accepted, what was changed as edited, what was deleted as rejected. What was changed here meanwhile is not overwritten, and told. The same file
twice adds nothing.

  label-studio   Export › JSON（不是 JSON-MIN）；有人在其中改过或提交过的才算认可 · what was not touched there is not taken for accepted
  doccano        JSONL（含关系） · with relations
  spacy          hedui export 写的 .spacy · what hedui export wrote"""
EXAMPLES = """例 examples:
  hedui import 导出.json --from label-studio out --by 张三
  hedui import admin.jsonl --from doccano out --by 张三 --accept"""
MOST_TOLD = 20


def add(commands: Commands) -> None:
    """The command with its arguments."""
    made = command(commands, "import", do_import, help="读回别处做的标注 · take annotations back", description=IMPORT, epilog=EXAMPLES)
    made.add_argument("file", metavar="FILE", help="别的工具导出的文件 · what the other tool exported")
    made.add_argument("results", metavar="OUT", help="hedui run 的结果文件夹 · the results folder of hedui run")
    made.add_argument("--from", dest="source", required=True, choices=("label-studio", "doccano", "spacy"), help="从哪里 · where from")
    made.add_argument("--by", required=True, metavar="NAME", help="记在谁名下，须有核对台账户 · whose acts they are, an account of the desk")
    made.add_argument("--accept", action="store_true", help="没动的一律算认可 · what was left counts as accepted in any case")
    made.add_argument("--store", metavar="URL", help="结果库，默认 OUT/hedui.sqlite · a database URL instead of OUT/hedui.sqlite")


def do_import(args: argparse.Namespace) -> int:
    from hashlib import sha256

    from hedui.review.leaving import take_in
    from hedui.review.serve import open_store
    from hedui.store.people import everyone, person_named

    path = one_file(args.file)
    data = path.read_bytes()
    with open_store(args.results, args.store) as store:
        person = person_named(store, args.by)
        if person is None or not person.active:
            names = "、".join(one.name for one in everyone(store) if one.active) or "（无 none）"
            raise UsageError(f"{args.by}: 核对台没有这个账户，现有 · no such account, there are: {names}")
        acts: Counter[str] = Counter()
        held: list[str] = []
        reports = 0
        for one in take_in(store, list(sheets(data, args.source, path.name)), person=person.id, source=sha256(data).hexdigest(), accept=args.accept):
            reports += 1
            acts.update(one.acts)
            held += [f"{one.name}: {line}" for line in one.held]
    print(f"报告 reports: {reports} · 记录 acts: {sum(acts.values())}" + "".join(f" · {act} {n}" for act, n in sorted(acts.items())))
    for line in held[:MOST_TOLD]:
        tell(f"未做 not done · {line}")
    if len(held) > MOST_TOLD:
        tell(f"… 另有 and {len(held) - MOST_TOLD} more")
    return FAILED if held else OK


def sheets(data: bytes, source: str, name: str) -> Iterator[Sheet]:
    if source == "spacy":
        from hedui.export.docbin import sheets_of_docbin

        return sheets_of_docbin(data, file=name)
    from hedui.export.doccano import sheets_of_lines
    from hedui.export.label_studio import sheets_of_tasks

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(name, f"不是 UTF-8 文本 · not text in UTF-8 ({error.reason}, {error.start})") from error
    return sheets_of_tasks(text, file=name) if source == "label-studio" else sheets_of_lines(text, file=name)
