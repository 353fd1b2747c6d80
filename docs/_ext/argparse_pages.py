"""The commands of hedui as its own parser tells them: a directive `commands` that gives every command a section with its help."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from hedui.cli import parser


def commands_of(top: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command and command of a command, in the order of the help."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in dict.fromkeys(action.choices.values()):
                yield command.prog, command
                yield from commands_of(command)


class Commands(SphinxDirective):
    """`{commands}`"""

    def run(self) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        for name, command in commands_of(parser()):
            section = nodes.section(ids=[nodes.make_id(name)])
            section += nodes.title(text=name)
            section += nodes.literal_block(text=command.format_help(), language="text")
            found.append(section)
        return found


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True}
