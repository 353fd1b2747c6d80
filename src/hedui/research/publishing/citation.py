"""A package in, how to cite it out: CITATION.cff (1.2.0) and one line of BibTeX.

https://citation-file-format.github.io
"""

from __future__ import annotations

import json

from hedui.research.publishing.datapackage import Package
from hedui.research.publishing.request import licence_page

__all__ = ["bibtex", "citation_cff"]

MESSAGE = "如果使用这份数据，请这样引用。If you use this data set, please cite it as below."
NOBODY = "（请填写发布者 · name the publisher with --by）"


def citation_cff(package: Package) -> str:
    """The citation file; every text stands in quotes of JSON, which are quotes of YAML too. A licence that is an expression is left to the card."""
    request = package.request
    authors = "".join(f"  - name: {quoted(name)}\n" for name in request.by or (NOBODY,))
    licence = f"license: {quoted(request.licence)}\n" if request.licence and licence_page(request.licence) else ""
    released = f"date-released: {quoted(request.date)}\n" if request.date else ""
    return (f"cff-version: 1.2.0\nmessage: {quoted(MESSAGE)}\ntype: dataset\ntitle: {quoted(request.title)}\n"
            f"version: {quoted(package.version)}\nauthors:\n{authors}identifiers:\n  - type: other\n    value: {quoted(package.id)}\n"
            f"    description: {quoted('SHA-256 of the data files')}\n{licence}{released}")


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def bibtex(package: Package) -> str:
    """One entry of BibTeX."""
    request = package.request
    authors = " and ".join(f"{{{name}}}" for name in request.by or ("hedui",))
    year = f", year = {{{request.date[:4]}}}" if request.date else ""
    return (f"@misc{{hedui-dataset, title = {{{request.title}}}, author = {{{authors}}}{year}, "
            f"note = {{version {package.version}, {package.id}}}}}")
