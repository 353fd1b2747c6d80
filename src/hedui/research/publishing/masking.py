"""Batches of a table in, the same without what tells on people out, or with it and a count; figures and ids stay as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from hedui.research.publishing.personal import SIGNS, hidden
from hedui.research.publishing.shape import Shape

__all__ = ["Masking"]

# ids and digests, and figures as they were read, which are numbers of things and money
NEVER = frozenset({"sha256", "report", "id", "version", "claim_ids", "check_ids", "mention_ids", "yuan_text", "value", "low", "high", "computed",
                   "amounts", "number", "documents", "kind", "type", "label", "unit", "op", "found_by", "split"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Masking:
    """Looks at the texts of tables, and hides what is found where `hide`; `counts` grows by table, column and kind."""

    hide: bool
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def of(self, shape: Shape, batches: Iterator[Any]) -> Iterator[Any]:
        """The batches of a table."""
        looked_at = [name for name in shape.of("text") if name not in NEVER]
        for batch in batches:
            for name in looked_at:
                batch = self.column(shape.name, batch, name)
            yield batch

    def column(self, table: str, batch: Any, name: str) -> Any:
        texts = batch.column(name)
        suspect = pc.fill_null(pc.match_substring_regex(texts, SIGNS.pattern), False)
        if not pc.any(suspect).as_py():
            return batch
        mended = [self.text(table, name, one) for one in texts.filter(suspect).to_pylist()]
        if not self.hide:
            return batch
        return batch.set_column(batch.schema.get_field_index(name), batch.schema.field(name),
                                pc.replace_with_mask(texts, suspect, pa.array(mended, pa.string())))

    def text(self, table: str, column: str, text: str) -> str:
        shown, found = hidden(text)
        for kind, n in found.items():
            self.counts[table, column, kind] += n
        return shown
