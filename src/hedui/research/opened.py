"""What a store gives to those who ask of all its tables, as they see it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from hedui.export.columnar import Key
from hedui.research.table import Table
from hedui.research.texts import Texts

if TYPE_CHECKING:
    from hedui.store import Store

__all__ = ["Opened"]


class Opened(Protocol):
    """A `ResearchStore`, seen from below: where it was opened, its folder of derived files, its contents, texts and tables; `full_text` is
    the database whose own index is searched."""

    place: str
    home: Path
    keys: tuple[Key, ...]
    texts: Texts | None
    full_text: Store | None

    @property
    def claims(self) -> Table: ...

    @property
    def checks(self) -> Table: ...

    @property
    def passages(self) -> Table: ...

    def table(self, name: str) -> Table: ...

    def there(self, name: str) -> tuple[str, ...]: ...

    def cursor(self) -> Any: ...

    def arrow(self, question: str, values: Any = None) -> Any: ...
