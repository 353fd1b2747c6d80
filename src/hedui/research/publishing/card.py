"""What a package holds and what is known of it in, its data card out, in Chinese and English (`card.md`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from hedui.research.publishing.citation import bibtex
from hedui.research.publishing.datapackage import Package
from hedui.research.publishing.facts import Facts

__all__ = ["card"]


@cache
def template() -> Template:
    told = files("hedui.research.publishing").joinpath("card.md").read_text(encoding="utf-8")
    return Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False).from_string(told)  # it makes Markdown


def card(package: Package, facts: Facts, *, examples: bool) -> str:
    """The README of a package."""
    return template().render(package=package, request=package.request, facts=facts, description=package.description, cite=bibtex(package),
                             examples=examples)
