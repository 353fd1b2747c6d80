"""How far a stage has come, written so that it can be killed at any moment and go on as if nothing had been."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import torch

from hedui.errors import ReadError, StoreError, UsageError
from hedui.neural.types import Lesson

__all__ = ["VERSION", "Checkpoint", "fingerprint", "lesson_marks", "load_checkpoint", "save_checkpoint"]

# raised whenever weights or training change so that an older checkpoint cannot go on
VERSION = 2


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """All that the rest of a stage depends on. `step` counts batches over all epochs, `done` those of this epoch;
    `best` and `kept` are the best score on held lessons and its weights, `stale` the epochs since then."""

    epoch: int
    done: int
    step: int
    stale: int
    best: float | None
    figures: Mapping[str, float]
    module: Mapping[str, torch.Tensor]
    kept: Mapping[str, torch.Tensor] | None
    optimizer: Mapping[str, Any]
    scheduler: Mapping[str, Any]
    random: Mapping[str, torch.Tensor]


def fingerprint(*parts: object) -> str:
    """A hash of what a stage starts from: two runs that share it may go on from one another's checkpoints."""
    made = hashlib.sha256(str(VERSION).encode())
    for part in parts:
        for piece in part if isinstance(part, Iterable) and not isinstance(part, str) else (part,):
            made.update(f"{piece}\0".encode())
    return made.hexdigest()


def lesson_marks(lessons: Iterable[Lesson]) -> Iterable[str]:
    """What the training reads of each lesson, for `fingerprint`."""
    for lesson in lessons:
        texts = "\n".join(window.text for window in lesson.windows)
        yield repr((lesson.source, texts, lesson.tags, lesson.anchors, lesson.links, lesson.unsure, lesson.weight))


def save_checkpoint(path: Path, checkpoint: Checkpoint, *, mark: str) -> None:
    """Writes `path` whole or not at all; StoreError where the disk does not take it."""
    draft = path.with_name(f"{path.name}.part")
    values = {field.name: getattr(checkpoint, field.name) for field in fields(checkpoint)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as stream:
            torch.save({"version": VERSION, "mark": mark, "checkpoint": values}, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, path)
    except OSError as error:
        raise StoreError(f"{path}: 检查点写入失败：{error.strerror} · the checkpoint could not be written") from error


def load_checkpoint(path: Path, *, mark: str) -> Checkpoint | None:
    """The checkpoint at `path`, None where there is none; UsageError where it belongs to another version or run."""
    if not path.exists():
        return None
    try:
        held = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # a broken pickle raises whatever it likes
        raise ReadError(str(path), "检查点损坏，请删除后重新训练 · broken checkpoint: remove it and train again") from error
    if not isinstance(held, dict) or held.get("version") != VERSION:
        found = held.get("version") if isinstance(held, dict) else None
        raise UsageError(f"{path}: 检查点版本为 {found}，需要 {VERSION}，请删除后重新训练 · "
                         "checkpoint of another version: remove it and train again")
    if held["mark"] != mark:
        raise UsageError(f"{path}: 检查点来自其他设置或数据，请换一个工作目录或删除该文件 · "
                         "checkpoint of other settings or data: choose another working folder or remove it")
    return Checkpoint(**held["checkpoint"])
