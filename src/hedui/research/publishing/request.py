"""What is asked of a data package, checked before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from hedui.errors import UsageError
from hedui.research.publishing.shape import known_tables

__all__ = ["FORMATS", "Format", "Group", "Request", "TextLevel", "licence_of", "licence_page"]

Format = Literal["parquet", "csv", "sqlite"]
TextLevel = Literal["none", "sentences", "full"]
Group = Literal["unit", "region"]
FORMATS: tuple[Format, ...] = get_args(Format)
TITLE = "财政绩效自评报告读出的数据 · Data read from fiscal performance self-evaluation reports"


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What goes into a package and how it is told of.

    `tables` are wanted beside `files` and `reports`, which are always there; `query` the words people search with; `min_confidence` 0 to 1;
    `text` how much of the reports' own text goes with it; `mask` hides what tells on people; `split` by which group rows go to train, dev or
    test; `licence` an SPDX expression; `by` who publishes; `date` (ISO) alone makes a package tell a date.
    """

    tables: tuple[str, ...] = ()
    query: str = ""
    min_confidence: float | None = None
    text: TextLevel = "none"
    mask: bool = False
    split: Group | None = None
    formats: tuple[Format, ...] = FORMATS
    licence: str | None = None
    title: str = TITLE
    by: tuple[str, ...] = ()
    date: str | None = None

    def __post_init__(self) -> None:
        for name in self.tables:
            if name not in known_tables():
                raise UsageError(f"--tables {name}: 没有这张表，有 {'、'.join(known_tables())} · no such table")
        for form in self.formats:
            if form not in FORMATS:
                raise UsageError(f"--format {form}: 没有这种格式，有 {'、'.join(FORMATS)} · no such format")
        if not self.formats:
            raise UsageError(f"--format: 至少要一种：{'、'.join(FORMATS)} · at least one format is wanted")


def licence_page(licence: str) -> str | None:
    """Where SPDX tells of a licence; None for an expression of several and for one's own.

    >>> licence_page("CC-BY-4.0"), licence_page("LicenseRef-internal")
    ('https://spdx.org/licenses/CC-BY-4.0.html', None)
    """
    return None if " " in licence or licence.startswith("LicenseRef-") else f"https://spdx.org/licenses/{licence}.html"


def licence_of(given: str) -> str:
    """An SPDX licence expression as SPDX spells it. UsageError where it is none.

    >>> licence_of("cc-by-4.0")
    'CC-BY-4.0'
    """
    try:
        return str(canonicalize_license_expression(given))
    except InvalidLicenseExpression as error:
        raise UsageError(f"--license {given}: 不是 SPDX 许可证标识，如 CC-BY-4.0、ODbL-1.0、CC0-1.0，自定的写 LicenseRef-名称；全部见 "
                         "https://spdx.org/licenses/ · not an SPDX licence expression") from error
