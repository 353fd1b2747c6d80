"""What a person asks of a training run, checked as far as it can be before anything is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from hedui.errors import UsageError
from hedui.training.plan import Plan

__all__ = ["Kind", "Request", "request_of", "work_folder"]

Kind = Literal["synthetic", "weak", "gold"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# what a finished model has; a folder with other things in it is not written over
OURS = frozenset({"metrics.json", "card.md", "meta.json"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """`pairs` are folders of annotations, each with that of its reports; `without` kinds of text that are left out;
    `encoder` the name or path of a Hugging Face encoder that takes the place of our own; `tuned` those folders of annotations
    that rules were written to: what the model may do is not chosen on them, as rules hardly err there."""

    pairs: tuple[tuple[Path, Path], ...]
    out: Path
    plan: Plan
    unlabelled: tuple[Path, ...] = ()
    encoder: str | None = None
    without: frozenset[Kind] = frozenset()
    ablation: bool = False
    tuned: frozenset[Path] = frozenset()


def request_of(folders: Sequence[str], out: str, plan: Plan, *, unlabelled: Sequence[str] = (), encoder: str | None = None,
               without: Sequence[Kind] = (), ablation: bool = False, tuned: Sequence[str] = ()) -> Request:
    """The request in `folders` (annotations, reports, annotations, reports …). UsageError where it cannot be met."""
    if not folders or len(folders) % 2:
        raise UsageError("文件夹要成对给出：标注 报告 · folders come in pairs: GOLD_DIR REPORT_DIR")
    paths = [existing(folder) for folder in folders]
    goals = Path(out)
    if goals.exists() and not goals.is_dir():
        raise UsageError(f"{out}: 是文件，不是文件夹 · is a file, not a folder")
    if goals.is_dir() and any(goals.iterdir()) and not any((goals / name).exists() for name in OURS):
        raise UsageError(f"{out}: 里面有别的东西，不会覆盖；请换一个文件夹 · holds something else, choose another folder")
    if set(without) >= {"synthetic", "gold"} and ("weak" in without or not unlabelled):
        raise UsageError("什么都不学就没有模型 · nothing is left to learn from")
    if strange := [folder for folder in tuned if Path(folder) not in paths[::2]]:
        raise UsageError(f"{strange[0]}: 不在给出的标注文件夹之中 · is not among the folders of annotations")
    return Request(pairs=tuple(zip(paths[::2], paths[1::2], strict=True)), out=goals, plan=plan, encoder=encoder, tuned=frozenset(map(Path, tuned)),
                   unlabelled=tuple(existing(folder) for folder in unlabelled), without=frozenset(without), ablation=ablation)


def existing(folder: str) -> Path:
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(f"{folder}: 没有这个文件夹 · no such folder")
    return path


def work_folder(out: Path) -> Path:
    """Where the steps of a run to `out` are kept: beside it, so that `out` itself is either whole or not there.

    >>> work_folder(Path("models/hedui_zh")).as_posix()
    'models/.hedui_zh.work'
    """
    whole = out.resolve() if out.name in ("", "..") else out
    return whole.with_name(f".{whole.name}.work")
