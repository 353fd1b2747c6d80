"""Marked report source in, plain report and its gold out."""

from hedui.synth.marked.build import build_file

__all__ = ["build_file"]
