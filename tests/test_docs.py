"""What README says of commands, files and code is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hedui.export.json import to_json, to_output
from hedui.extract import extract
from hedui.readers import read
from hedui.version import version

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "annotations" / "samples" / "s03.txt"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_every_command_is_documented() -> None:
    shown = subprocess.run([sys.executable, "-m", "hedui.cli", "--help"], capture_output=True, text=True, check=True).stdout
    commands = set(re.findall(r"^    (\w+)(?: |$)", shown, re.MULTILINE))
    assert commands, shown
    assert commands == set(re.findall(r"^(?:echo .*\| )?hedui (\w+)", "\n".join(blocks("sh")), re.MULTILINE))


def test_every_make_target_is_one() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", "\n".join(blocks("sh")), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_code_of_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = next(block for block in blocks("python") if "extract" in block)
    exec(compile(code.replace("报告.docx", str(SAMPLE)), "README.md", "exec"), {})
    assert "≠" in capsys.readouterr().out


def test_shown_check_has_the_fields_of_a_real_one() -> None:
    shown = set(re.findall(r'"(\w+)":', blocks("json")[0]))
    found = to_output(extract(read(SAMPLE)))
    check = next(check for report in found["reports"] for check in report["checks"])
    real = {*check, *check["stated"]}
    assert shown <= real


def test_linked_files_are_there() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


def test_tables_open_in_pandas(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    from hedui.export.columnar import Kept, Key
    from hedui.export.lake import append, open_lake

    found = extract(read(SAMPLE))
    key = Key(found.document.sha256, version(), found.document.name)
    append(open_lake(str(tmp_path)), [Kept(key=key, output=to_json(found).encode())])
    code = next(block for block in blocks("python") if "pandas" in block)
    checks = pandas.read_parquet(tmp_path / "checks")
    assert {"file", "kind", "note", "confidence", "verdict"} <= set(checks.columns), code
    assert (checks.verdict == "conflict").any()
