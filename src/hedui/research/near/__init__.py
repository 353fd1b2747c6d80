"""Claims that say something like a given one."""

from hedui.research.near.find import Neighbour, near

__all__ = ["Neighbour", "near"]
