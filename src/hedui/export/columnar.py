"""The outputs of files (`hedui/1`) come in as JSON, Arrow tables go out: records, claims, checks, mentions and reports, a row a thing.

The rows are those of `tables.rows_of`, made without a Python object a row: Arrow's own reader of JSON takes only the fields asked for,
and lists of lists are flattened by their offsets. Figures stay exact: as text with the digits as stated, and beside it (`yuan`,
`value_number`) as decimal128(38, 12), which sums without error; a figure that does not fit there is null and stands in the text alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from hedui.export.provinces import province_of
from hedui.export.tables import COLUMNS, FIELDS, LISTS

__all__ = ["NOWHERE", "NO_YEAR", "TABLES", "Held", "Home", "Kept", "Key", "by_home", "schema_of"]

NO_YEAR, NOWHERE = 0, "_"
NUMBER = pa.decimal128(38, 12)
FITS = r"^-?\d{1,26}(\.\d{1,12})?$"
NUMERIC = ("AMOUNT", "RATE", "QUANTITY")
VERDICTS = ("conflict", "rounding", "consistent")
ITEMS = ("records", "claims", "checks", "mentions")
COUNTED = ("mentions", "claims", "records", "checks", "remarks", "repairs")
REPORTS = ("file", "sha256", "version", "media_type", "pages", "characters", "issues", "report", "report_title", "report_kind", "report_unit",
           "report_region", "report_year", "programme", "start", "end", *COUNTED, *VERDICTS)
BESIDE = {"yuan": "yuan_text", "value": "value_number"}
TABLES: Mapping[str, tuple[str, ...]] = {
    **{table: tuple(name for column in ("version", *COLUMNS[table]) for name in (column, BESIDE.get(column, "")) if name) for table in ITEMS},
    "reports": REPORTS,
}
TYPES = {"start": pa.int64(), "end": pa.int64(), "report_year": pa.int32(), "fund_year": pa.int32(), "pages": pa.int32(),
         "characters": pa.int64(), "confidence": pa.float64(), "model": pa.float64(), "yuan": NUMBER, "value_number": NUMBER,
         **dict.fromkeys((*COUNTED, *VERDICTS), pa.int32())}

TEXT, WHOLE, FLOAT = pa.string(), pa.int64(), pa.float64()
TEXTS, SPAN = pa.list_(TEXT), pa.list_(WHOLE)
QUOTE = pa.struct({"span": SPAN, "text": TEXT})
FIELD_TYPES = pa.struct({"year" if name == "fund_year" else name: TEXTS if name in LISTS else pa.int32() if name == "fund_year" else TEXT
                         for name in FIELDS})
ONLY_COUNTED = pa.list_(pa.struct({"id": TEXT}))
REPORT = pa.struct({
    "id": TEXT, "title": TEXT, "kind": TEXT, "unit": TEXT, "region": TEXT, "year": pa.int32(), "programme": TEXT, "span": SPAN,
    "mentions": pa.list_(pa.struct({"id": TEXT, "span": SPAN, "confidence": FLOAT, "label": TEXT, "text": TEXT, "value": TEXT, "unit": TEXT,
                                    "op": TEXT, "low": TEXT, "high": TEXT, "found_by": TEXT, "model": FLOAT})),
    "claims": pa.list_(pa.struct({"id": TEXT, "span": SPAN, "confidence": FLOAT, "type": TEXT, "origin": TEXT, "fields": FIELD_TYPES,
                                  "mentions": TEXTS, "found_by": TEXT, "model": FLOAT})),
    "checks": pa.list_(pa.struct({"id": TEXT, "kind": TEXT, "verdict": TEXT, "tier": TEXT, "note": TEXT, "stated": QUOTE, "computed": TEXT,
                                  "inputs": pa.list_(pa.struct({"text": TEXT})), "claims": TEXTS, "confidence": FLOAT})),
    "records": pa.list_(pa.struct({"id": TEXT, "type": TEXT, "status": TEXT, "fields": FIELD_TYPES, "claims": TEXTS, "checks": TEXTS,
                                   "confidence": FLOAT})),
    "remarks": ONLY_COUNTED, "repairs": ONLY_COUNTED,
})
OUTPUT = pa.schema({"source": pa.struct({"media_type": TEXT, "pages": pa.int32()}), "text": TEXT,
                    "issues": pa.list_(pa.struct({"where": TEXT, "what": TEXT})), "reports": pa.list_(REPORT)})


class Key(NamedTuple):
    """What a set of rows comes from: a content, the version that read it and the name it goes by."""

    sha256: str
    version: str
    file: str


class Home(NamedTuple):
    """Where the rows of a report lie: its year (0 where it tells none) and its province (`_`)."""

    year: int
    province: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The output of one content as JSON text in UTF-8, and its key."""

    key: Key
    output: bytes

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.output)


class Held(Protocol):
    """An output that is at hand, or read when it is asked for."""

    @property
    def key(self) -> Key: ...
    @property
    def size(self) -> int: ...
    @property
    def output(self) -> bytes: ...


def schema_of(table: str) -> Any:
    """The columns of `table` with their types."""
    return pa.schema([(name, TEXTS if name in LISTS else TYPES.get(name, TEXT)) for name in TABLES[table]])


def by_home(kept: Sequence[Held]) -> dict[Home, dict[str, Any]]:
    """The tables of outputs by the home of their reports, rows in the order of `kept`. A file without a report has one row in `reports`,
    without a report. ValueError where an output is not of `hedui/1`."""
    outputs = read_outputs([one.output for one in kept])
    keys = {"file": [one.key.file for one in kept], "sha256": [one.key.sha256 for one in kept], "version": [one.key.version for one in kept]}
    files = pa.table({name: pa.array(held, TEXT) for name, held in keys.items()})
    reports, file_of = flat(outputs["reports"])
    homes, home_of = homes_of(reports)
    tables = {"reports": reports_table(outputs, files, reports, file_of)}
    home_rows = {"reports": with_nowhere(home_of, homes, tables["reports"].num_rows)}
    places = place_columns(files, reports, file_of)
    for table in ITEMS:
        items, report_of = flat(pc.struct_field(reports, table))
        tables[table] = items_table(table, items, {name: column.take(report_of) for name, column in places.items()})
        home_rows[table] = home_of.take(report_of)
    found: dict[Home, dict[str, Any]] = {home: {} for home in homes}
    for table, rows in tables.items():
        for at, part in parted(rows, home_rows[table]):
            found[homes[at]][table] = part
    return {home: held for home, held in found.items() if held}


def read_outputs(texts: Sequence[bytes]) -> dict[str, Any]:
    data = b"".join(text if text.endswith(b"\n") else text + b"\n" for text in texts)
    try:
        read = pj.read_json(pa.BufferReader(data), read_options=pj.ReadOptions(use_threads=False, block_size=len(data) + 1),
                            parse_options=pj.ParseOptions(explicit_schema=OUTPUT, unexpected_field_behavior="ignore"))
    except pa.ArrowInvalid as error:
        raise ValueError(str(error)) from error
    return {name: read[name].chunk(0) for name in read.column_names}


def flat(lists: Any) -> tuple[Any, Any]:
    """What lists hold, one behind the other, and for each the list it lies in."""
    return pc.list_flatten(lists), pc.list_parent_indices(lists)


def homes_of(reports: Any) -> tuple[list[Home], Any]:
    """The homes there are, that of what has no report last, and for each report which is its."""
    told = zip(*(pc.struct_field(reports, name).to_pylist() for name in ("year", "region", "unit", "title")), strict=True)
    each = [Home(year or NO_YEAR, province_of(*places) or NOWHERE) for year, *places in told]
    homes = sorted({*each, Home(NO_YEAR, NOWHERE)})
    at = {home: n for n, home in enumerate(homes)}
    return homes, pa.array([at[home] for home in each], pa.int32())


def with_nowhere(home_of: Any, homes: Sequence[Home], rows: int) -> Any:
    """`home_of` of every report, with that of the rows behind them which are files without a report."""
    nowhere = homes.index(Home(NO_YEAR, NOWHERE))
    return pa.concat_arrays([home_of, pa.array([nowhere] * (rows - len(home_of)), pa.int32())])


def parted(table: Any, home_of: Any) -> list[tuple[int, Any]]:
    """The rows of every home, in their order."""
    order = pc.sort_indices(home_of)
    rows, found = table.take(order), list[tuple[int, Any]]()
    start = 0
    for at, length in sorted((one["values"], one["counts"]) for one in pc.value_counts(home_of).to_pylist()):
        found.append((at, rows.slice(start, length)))
        start += length
    return found


def place_columns(files: Any, reports: Any, file_of: Any) -> dict[str, Any]:
    """The columns that every thing of a report shares, a row a report."""
    told = {"report": "id", "report_title": "title", "report_unit": "unit", "report_year": "year", "programme": "programme"}
    return {**{name: files[name].combine_chunks().take(file_of) for name in ("version", "file", "sha256")},
            **{name: pc.struct_field(reports, field) for name, field in told.items()}}


def reports_table(outputs: Mapping[str, Any], files: Any, reports: Any, file_of: Any) -> Any:
    """The rows of `reports`, behind them those of files without one."""
    without = sorted(set(range(files.num_rows)) - set(file_of.to_pylist()))
    file_rows = pa.concat_arrays([file_of.cast(WHOLE), pa.array(without, WHOLE)])
    issues = pa.array(["；".join(f"{one['where']} {one['what']}".strip() for one in some or ()) for some in outputs["issues"].to_pylist()], TEXT)
    of_file = {**{name: files[name].combine_chunks() for name in ("file", "sha256", "version")}, "issues": issues,
               **{name: pc.struct_field(outputs["source"], name) for name in ("media_type", "pages")},
               "characters": pc.utf8_length(outputs["text"])}
    told = {"report": "id", "report_title": "title", "report_kind": "kind", "report_unit": "unit", "report_region": "region",
            "report_year": "year", "programme": "programme"}
    verdicts, report_of = flat(pc.struct_field(reports, "checks"))
    of_report = {
        **{name: pc.struct_field(reports, field) for name, field in told.items()},
        "start": pc.list_element(pc.struct_field(reports, "span"), 0), "end": pc.list_element(pc.struct_field(reports, "span"), 1),
        **{name: pc.fill_null(pc.list_value_length(pc.struct_field(reports, name)), 0) for name in COUNTED},
        **{verdict: counted(report_of.filter(pc.equal(pc.struct_field(verdicts, "verdict"), verdict)), len(reports)) for verdict in VERDICTS},
    }
    columns = {**{name: column.take(file_rows) for name, column in of_file.items()},
               **{name: pa.concat_arrays([column, pa.nulls(len(without), column.type)]) for name, column in of_report.items()}}
    return pa.table([columns[name] for name in REPORTS], names=list(REPORTS)).cast(schema_of("reports"))


def counted(at: Any, length: int) -> Any:
    """How often each of 0 … length - 1 stands in `at`."""
    found = {one["values"]: one["counts"] for one in pc.value_counts(at).to_pylist()}
    return pa.array([found.get(n, 0) for n in range(length)], pa.int32())


def items_table(table: str, items: Any, places: Mapping[str, Any]) -> Any:
    columns = [places[name] if name in places else SPECIAL.get((table, name), SPECIAL.get(name, plainly(name)))(items) for name in TABLES[table]]
    return pa.table(columns, schema=schema_of(table))


def plainly(name: str) -> Callable[[Any], Any]:
    """The column of a thing's own field, or of one in its `fields`."""
    return lambda items: pc.struct_field(items, name if has(items, name) else ["fields", name]) if told(items, name) else pa.nulls(
        len(items), TYPES.get(name, TEXT))


def has(items: Any, name: str) -> bool:
    return bool(items.type.get_field_index(name) >= 0)


def told(items: Any, name: str) -> bool:
    return has(items, name) or (has(items, "fields") and has(pc.struct_field(items, "fields"), name))


def exact(text: Any) -> Any:
    """Decimal strings as decimal128(38, 12), null where that would lose a digit."""
    return pc.cast(pc.if_else(pc.match_substring_regex(text, FITS), text, pa.scalar(None, TEXT)), NUMBER)


def number_of_mention(items: Any) -> Any:
    figure = pc.is_in(pc.struct_field(items, "label"), pa.array(NUMERIC))
    return exact(pc.if_else(figure, pc.struct_field(items, "value"), pa.scalar(None, TEXT)))


def joined_inputs(items: Any) -> Any:
    inputs = pc.struct_field(items, "inputs")
    texts, _ = flat(inputs)
    lengths = pc.fill_null(pc.list_value_length(inputs), 0).to_pylist()
    offsets = [0]
    for length in lengths:
        offsets.append(offsets[-1] + length)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pc.struct_field(texts, "text")), "；")


def edge(at: int, *path: str) -> Callable[[Any], Any]:
    return lambda items: pc.list_element(pc.struct_field(items, [*path, "span"]), at)


def field(*path: str) -> Callable[[Any], Any]:
    return lambda items: pc.struct_field(items, list(path))


SPECIAL: Mapping[Any, Callable[[Any], Any]] = {
    "start": edge(0), "end": edge(1), ("checks", "start"): edge(0, "stated"), ("checks", "end"): edge(1, "stated"),
    ("checks", "stated"): field("stated", "text"), ("checks", "inputs"): joined_inputs,
    "claim_ids": field("claims"), "check_ids": field("checks"), "mention_ids": field("mentions"), "fund_year": field("fields", "year"),
    "yuan_text": field("fields", "yuan"), "yuan": lambda items: exact(pc.struct_field(items, ["fields", "yuan"])),
    "value_number": number_of_mention, "found_by": lambda items: pc.fill_null(pc.struct_field(items, "found_by"), "rules"),
}
