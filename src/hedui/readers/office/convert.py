"""Files of older or other Office programs -> docx or xlsx, by LibreOffice, many files a call."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from hedui.errors import ReadError
from hedui.readers.limits import MAX_OFFICE_SECONDS
from hedui.readers.office.program import MISSING, run, soffice

__all__ = ["Form", "Source", "Target", "as_docx", "as_xlsx", "convert_many"]

Form = Literal["doc", "doc95", "doc6", "rtf", "odt", "wordxml", "ods"]
Target = Literal["docx", "xlsx"]
# what the bytes are -> the suffix and the import filter. Naming the filter keeps LibreOffice from taking what it cannot
# read for plain text.
FORMS: Mapping[Form, tuple[str, str]] = {
    "doc": ("doc", "MS Word 97"), "doc95": ("doc", "MS Word 95"), "doc6": ("doc", "MS WinWord 6.0"),
    "rtf": ("rtf", "Rich Text Format"), "odt": ("odt", "writer8"), "wordxml": ("xml", "MS Word 2003 XML"),
    "ods": ("ods", "calc8")}
TARGETS: Mapping[Target, str] = {"docx": "docx:Office Open XML Text", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
FAILED = ("转换不了：文件不完整、已损坏或不是它自称的格式；请重新取得，或用 Word、WPS 打开后另存为 docx / "
          "could not be converted: truncated, damaged or not what it says it is; fetch it again, or open it in Word or WPS "
          "and save it as docx")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What is to be converted and what it is."""

    data: bytes
    form: Form


def convert_some(program: str, files: Mapping[str, Source], to: Target, form: Form, seconds: float) -> tuple[dict[str, bytes], bool]:
    """`files`, all of one form, in one call; and whether the call came to its own end."""
    suffix, filter_ = FORMS[form]
    with tempfile.TemporaryDirectory(prefix="hedui-office-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        into = folder / "out"
        into.mkdir()
        names = {key: f"{at:06d}" for at, key in enumerate(files)}
        for key, name in names.items():
            (folder / f"{name}.{suffix}").write_bytes(files[key].data)
        words = [f"--infilter={filter_}", "--convert-to", TARGETS[to], "--outdir", str(into),
                 *(str(folder / f"{name}.{suffix}") for name in names.values())]
        ended = run(program, words, folder=folder, done=lambda: sum(1 for _ in into.iterdir()), seconds=seconds)
        made = {key: into / f"{name}.{to}" for key, name in names.items()}
        return {key: path.read_bytes() for key, path in made.items() if path.is_file()}, ended


def convert_many(files: Mapping[str, Source], to: Target, *, seconds: float = MAX_OFFICE_SECONDS) -> dict[str, bytes]:
    """Each of `files` as `to`, by the same keys; one that cannot be converted is left out, and costs the others nothing but
    time. No file may take longer than `seconds`. Raises ReadError where LibreOffice is not installed."""
    program = soffice()
    if program is None:
        raise ReadError(next(iter(files), ""), MISSING)
    made: dict[str, bytes] = {}
    for form, keys in groupby(sorted(files, key=lambda key: files[key].form), key=lambda key: files[key].form):
        wanted = {key: files[key] for key in keys}
        came, ended = convert_some(program, wanted, to, form, seconds)
        left = {key: file for key, file in wanted.items() if key not in came}
        if not ended and len(wanted) > 1:
            for key, file in left.items():
                came |= convert_some(program, {key: file}, to, form, seconds)[0]
        made |= came
    return made


def as_one(data: bytes, form: Form, to: Target, name: str) -> bytes:
    made = convert_many({name: Source(data=data, form=form)}, to)
    if name not in made:
        raise ReadError(name, FAILED)
    return made[name]


def as_docx(data: bytes, form: Form, name: str) -> bytes:
    """`data` as docx. Raises ReadError where LibreOffice is not installed or cannot read it."""
    return as_one(data, form, "docx", name)


def as_xlsx(data: bytes, form: Form, name: str) -> bytes:
    """`data` as xlsx. Raises ReadError where LibreOffice is not installed or cannot read it."""
    return as_one(data, form, "xlsx", name)
