"""Findings in, files out: JSON here; Parquet and Excel in `tables`, the report page in `page` (they load more)."""

from hedui.export.json import SCHEMA, Output, dumps, load_output, mention_output, to_json, to_output

__all__ = ["SCHEMA", "Output", "dumps", "load_output", "mention_output", "to_json", "to_output"]
