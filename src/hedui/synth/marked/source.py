"""One marked source file in; its head, its elements (lines, tables, parts) and its blocks of claims out.

@file s01.txt            the file to write (.txt or .docx)
@dialect cells           how tables are written: cells, tabs, pipes, spaces, word
    @encoding gb18030        how a .txt is written, utf-8 if left out
@orgs 财政部 省教育厅      names marked wherever they stand
@regions 贵州省
@part title | kind | unit | region | year | programme      a report begins here
…lines of the report, with marks (see marks.py); `# ` and `## ` before headings and `> ` before page header and footer
   in a .docx alone…
@table t1 … @end         see tables.py
@indicators, @funds, @documents, @scores, @checks           one claim a line, see claims.py and checks.py; `//` comments
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hedui.synth.marked.tables import DIALECTS, Table, read_table

__all__ = ["BLOCKS", "Part", "Source", "read_source"]

BLOCKS = ("indicators", "funds", "documents", "scores", "checks")


@dataclass(frozen=True, kw_only=True)
class Part:
    """What the author says of one report; `number` counts from 0."""

    number: int
    title: str | None
    kind: str
    unit: str | None
    region: str | None
    year: int | None
    programme: str | None


@dataclass(kw_only=True)
class Source:
    """A source file as read; `elements` holds marked lines, tables and parts in order."""

    file: str = ""
    dialect: str = "tabs"
    encoding: str = "utf-8"
    words: dict[str, str] = field(default_factory=dict)
    elements: list[str | Table | Part] = field(default_factory=list)
    blocks: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in BLOCKS})

    @property
    def tables(self) -> dict[str, Table]:
        """The tables by name."""
        return {e.name: e for e in self.elements if isinstance(e, Table)}


def read_part(number: int, rest: str) -> Part:
    title, kind, unit, region, year, programme = [x.strip() or None for x in rest.split("|")]
    return Part(
        number=number,
        title=title,
        kind=kind or "self_evaluation",
        unit=unit,
        region=region,
        year=int(year) if year else None,
        programme=programme,
    )


def read_head(source: Source, word: str, rest: str) -> None:
    if word == "file":
        source.file = rest
    elif word == "dialect":
        if rest not in DIALECTS:
            raise ValueError(f"dialect {rest}: one of {', '.join(DIALECTS)}")
        source.dialect = rest
    elif word == "encoding":
        source.encoding = rest
    elif word in {"orgs", "regions"}:
        source.words |= dict.fromkeys(rest.split(), "O" if word == "orgs" else "G")
    elif word == "part":
        source.elements.append(read_part(sum(isinstance(e, Part) for e in source.elements), rest))
    else:
        raise ValueError(f"unknown line @{word}")


def read_source(text: str) -> Source:
    """The source file `text`."""
    source = Source()
    table: tuple[str, list[str]] | None = None
    block: str | None = None
    for line in text.rstrip("\n").split("\n"):
        word, _, rest = line[1:].partition(" ") if line.startswith("@") else ("", "", "")
        if table and line == "@end":
            source.elements.append(read_table(*table))
            table = None
        elif table:
            table[1].append(line)
        elif word == "table":
            table = (rest.strip(), [])
        elif word in BLOCKS:
            block = word
        elif word:
            block = None
            read_head(source, word, rest.strip())
        elif block:
            if line.strip() and not line.startswith("//"):
                source.blocks[block].append(line.strip())
        elif any(isinstance(e, Part) for e in source.elements):
            source.elements.append(line)
    return source
