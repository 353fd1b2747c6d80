"""A font with Chinese letters for figures: one that the system has, else the one that comes with the package mplfonts."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib import font_manager

from hedui.errors import UsageError
from hedui.lexicons import rows

__all__ = ["chinese_font"]

MISSING = ("没有中文字体，图上的汉字会是方框：请装一种（Debian、Ubuntu：apt install fonts-noto-cjk），或 pip install mplfonts · "
           "no font with Chinese letters; install one, or the package mplfonts")


@cache
def chinese_font() -> str:
    """The name of a font with Chinese letters as matplotlib knows it. UsageError with what to install where there is none."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    for name, _ in rows("fonts", "hedui.research.plots"):
        if name in known:
            return str(name)
    for path in shipped():
        font_manager.fontManager.addfont(path)
        return str(font_manager.FontProperties(fname=path).get_name())
    raise UsageError(MISSING)


def shipped() -> list[Path]:
    """The fonts that mplfonts brings along (SIL Open Font License), where it is installed."""
    found = find_spec("mplfonts")
    folder = Path(found.origin).with_name("fonts") if found is not None and found.origin else None
    return sorted(folder.glob("*SansCJKsc*Regular*")) if folder else []
