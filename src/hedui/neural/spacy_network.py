"""The learned reading as a spaCy component: behind the rules of `hedui.mentions.pipeline` it adds, mends and drops names by policy.

`spacy.load("models/hedui_zh")` gives the whole pipeline; its parts are found by the entry points of hedui. A Doc is read by
itself, each of its lines as a paragraph, so that a report is better read with `hedui.extract`, which knows its headings and tables.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from hedui import __version__
from hedui.document import Block, Document, Layout
from hedui.errors import ReadError
from hedui.layout import arrange
from hedui.mentions.candidates import settle
from hedui.mentions.pipeline import of_doc, pipeline, set_span, split_words
from hedui.neural.fusion.files import CALIBRATOR, NETWORK, POLICY
from hedui.neural.fusion.model import Model
from hedui.neural.loading import load_model

__all__ = ["NetworkPipe", "create_network", "write_spacy"]

LINE = re.compile(r"[^\n]*\S[^\n]*")


class NetworkPipe:
    """The component: `doc.spans["hedui"]` and `doc.ents` of the rules in, those of both readings out."""

    def __init__(self, model: Model | None = None, folder: Path | None = None) -> None:
        self.model = model
        self.folder = folder

    def __call__(self, doc: Doc) -> Doc:
        if self.model is None:
            raise ReadError(NETWORK, "还没有装入模型，请用 spacy.load 打开模型文件夹 · no model is loaded yet; open its folder with spacy.load")
        text = doc.text
        rules = settle((c for c in of_doc(doc) if not c.weak or any(name in text for name in c.weak)), len(text))
        found = settle(self.model.tagger(layout_of(text), rules), len(text)) if text.strip() else []
        cut = split_words(doc, {edge for c in found for edge in (c.start, c.end)})
        cut.spans["hedui"] = [set_span(cut, candidate) for candidate in found]
        cut.spans["hedui_weak"] = []
        cut.set_ents(list(cut.spans["hedui"]))
        return cut

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Copies the model's own files into the folder of the pipeline, of which `path` is the network's part."""
        home = Path(path).parent
        if self.folder is None or self.folder.resolve() == home.resolve():
            return
        shutil.copytree(self.folder / NETWORK, path, dirs_exist_ok=True)
        for name in (POLICY, CALIBRATOR):
            if (self.folder / name).is_file():
                shutil.copy(self.folder / name, home / name)

    def from_disk(self, path: str | Path, **_: Any) -> NetworkPipe:
        self.folder = Path(path).parent
        self.model = load_model(self.folder)
        return self

    def to_bytes(self, **_: Any) -> bytes:
        return str(self.folder or "").encode()

    def from_bytes(self, held: bytes, **_: Any) -> NetworkPipe:
        return self.from_disk(Path(held.decode()) / NETWORK) if held else self


@Language.factory(NETWORK)
def create_network(nlp: Language, name: str) -> NetworkPipe:
    """The component without a model, which `spacy.load` gives it."""
    return NetworkPipe()


def layout_of(text: str) -> Layout:
    """A layout of plain text: a paragraph a line."""
    blocks = tuple(Block(kind="paragraph", span=span) for span in lines(text))
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return arrange(Document(name="text", sha256=sha256, media_type="text/plain", text=text, blocks=blocks))


def lines(text: str) -> Iterator[tuple[int, int]]:
    for line in LINE.finditer(text):
        yield line.span()


def write_spacy(folder: Path) -> None:
    """Makes the folder of a model, which holds its network and policy already, one that `spacy.load` opens."""
    nlp = pipeline()
    nlp.meta.update(name="hedui_zh", version=__version__, license="Apache-2.0", spacy_version=">=3.8,<4",
                    description="Mentions of Chinese fiscal performance reports: rules of hedui and a learned tagger")
    nlp.add_pipe(NETWORK)
    nlp.get_pipe(NETWORK).folder = folder  # type: ignore[attr-defined]
    nlp.to_disk(folder, exclude=["vocab"])
