"""Scores -> tables for the terminal, Chinese first, English beside."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from fidelity_make import TITLES
from fidelity_score import FileScore, Pool, pool_of

HEAD = (("读法", "reader"), ("页", "pages"), ("错字率%", "CER%"), ("形近不计%", "folded%"), ("乱序不计%", "bag%"), ("TEDS", ""), ("结构", "TEDS-S"),
        ("单元格", "cells"), ("表 多余", "found extra"), ("要素F1", "mentions"), ("指标F1", "fields"), ("矛盾", "recall"), ("准", "precision"),
        ("秒/页", "s/page"), ("引擎", "engine"), ("MB", ""))


def width(text: str) -> int:
    """Columns of a terminal that the text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def set_in(text: str, columns: int, left: bool) -> str:
    blank = " " * (columns - width(text))
    return text + blank if left else blank + text


def number(value: float | None, form: str = ".3f") -> str:
    return "–" if value is None else format(value, form)


def percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f}"


def row_of(pool: Pool, first: str) -> list[str]:
    found = f"{pool.tables_read}/{pool.tables} +{pool.surplus}" if pool.tables else "–"
    return [first, str(pool.pages or "–"), percent(pool.cer), percent(pool.folded), percent(pool.bag), number(pool.teds), number(pool.structure),
            number(pool.cells), found, number(pool.mentions), number(pool.fields), number(pool.conflicts), number(pool.precision),
            number(pool.seconds, ".2f"), "–" if pool.engine is None else f"{100 * pool.engine:.0f}%", f"{pool.memory:.0f}"]


def laid(rows: Sequence[Sequence[str]]) -> list[str]:
    columns = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  ".join(set_in(cell, columns[at], at == 0) for at, cell in enumerate(row)).rstrip() for row in rows]


def under_titles(rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Rows with a head, and a title wherever the format changes."""
    lines = laid([[first for first, _ in HEAD], [second for _, second in HEAD], *(row for _, row in rows)])
    out, last = lines[:2], ""
    for (format, _), line in zip(rows, lines[2:], strict=True):
        if format != last:
            out.append(f"── {TITLES[format]}")
            last = format
        out.append(line)
    return "\n".join(out)


def refusal_lines(scores: Sequence[FileScore]) -> list[str]:
    """What could not be read: a line for each format, reader and reason."""
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for score in scores:
        if score.refused:
            reasons.setdefault((score.format, score.reader, score.refused.partition(": ")[2]), []).append(score.name)
    return [f"没读成 / not read: {format} {reader} {'、'.join(names)}: {reason}" for (format, reader, reason), names in reasons.items()]


def summary_table(pools: Sequence[Pool]) -> str:
    """A line for each format and reader."""
    return under_titles([(pool.format, row_of(pool, pool.reader)) for pool in pools])


def each_table(scores: Sequence[FileScore]) -> str:
    """A line for each file and reader."""
    return under_titles([(score.format, row_of(pool_of([score]), f"{score.name} {score.reader}")) for score in scores])
