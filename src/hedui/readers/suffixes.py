"""The names that files of reports and tables bear; what a file is, its content says."""

from __future__ import annotations

from pathlib import PurePosixPath

__all__ = ["SUFFIXES", "is_document_name"]

SUFFIXES = frozenset({
    "", ".txt", ".text", ".md", ".markdown", ".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".ofd",
    ".xlsx", ".xlsm", ".xls", ".et", ".csv", ".tsv", ".ods", ".html", ".htm", ".mht", ".mhtml",
    ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif",
    ".eml", ".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz",
})


def is_document_name(name: str) -> bool:
    """Whether a file of this name may be a report, a table of one, or an archive of them.

    >>> is_document_name("乡/报告.DOCX"), is_document_name("数据.json")
    (True, False)
    """
    return PurePosixPath(name).suffix.lower() in SUFFIXES
