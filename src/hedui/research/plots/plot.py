"""A figure with its caption, its words for who cannot see it, and the rows behind each of its marks."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

__all__ = ["Plot"]

DPI = 110


@dataclass(frozen=True, kw_only=True, eq=False)
class Plot:
    """`caption` tells n and what the ranges are, `alt` what is to be seen; `behind[i]` are the `ref`s of the rows that mark i stands for, the
    marks counted in the order they were given, so that `store.evidence(plot.behind[i][0])` shows the sentence."""

    figure: Figure
    caption: str
    alt: str
    behind: Sequence[Sequence[str]] = ()

    def _repr_html_(self) -> str:
        """The figure as a notebook shows it, with its caption; the picture lies in the page itself."""
        data = base64.b64encode(self.picture()).decode()
        return (f'<figure style="margin:0"><img alt="{escape(self.alt)}" src="data:image/png;base64,{data}" style="max-width:100%">'
                f"<figcaption>{escape(self.caption)}</figcaption></figure>")

    def picture(self) -> bytes:
        """The figure as PNG; the same figure gives the same bytes."""
        with BytesIO() as buffer:
            self.figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None, "Description": self.alt})
            return buffer.getvalue()

    def save(self, path: Path | str) -> Path:
        """Writes the figure as .svg or .png by the name of `path`, its words in its metadata; the same figure gives the same bytes."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".png":
            path.write_bytes(self.picture())
        else:
            with matplotlib.rc_context({"svg.hashsalt": "hedui", "svg.fonttype": "path"}):
                self.figure.savefig(path, metadata={"Date": None, "Creator": None, "Title": self.caption, "Description": self.alt})
        return path
