"""A word list of the code as a table of the page: `{tsv-table} hedui.research columns` with `:where: table=claims` for some of its rows."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from hedui.lexicons import rows


class TsvTable(SphinxDirective):
    """The rows of `<package> <name>` whose first column is `:first:`, under `:header:` (names parted by `|`)."""

    required_arguments = 2
    option_spec: ClassVar = {"header": directives.unchanged_required, "first": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        package, name = self.arguments
        header, first = self.options["header"].split("|"), self.options.get("first")
        held = [row[1:] if first else row for row in rows(name, package) if first in (None, row[0])]
        if not held:
            raise self.error(f"no rows of {first} in {name}.tsv")
        table, group = nodes.table(), nodes.tgroup(cols=len(header))
        table += group
        group += [nodes.colspec(colwidth=1) for _ in header]
        group += nodes.thead("", self.row(header))
        group += nodes.tbody("", *(self.row((*row, *[""] * len(header))[:len(header)]) for row in held))
        return [table]

    def row(self, cells: list[str]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", nodes.paragraph(text=cell.strip())) for cell in cells))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("tsv-table", TsvTable)
    return {"parallel_read_safe": True}
