"""Document -> Layout: paragraphs over line breaks, parts, outline, grids. Nothing here reads a figure."""

from hedui.layout.arrange import arrange
from hedui.layout.columns import bare, column_role, is_value, money_unit

__all__ = ["arrange", "bare", "column_role", "is_value", "money_unit"]
