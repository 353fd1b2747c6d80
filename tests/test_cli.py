"""The command line as people meet it: help at once, one clear line for what is wrong, exit codes that mean something."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hedui import __version__, cli
from hedui.errors import ReadError, StoreError
from hedui.export import load_output, to_json
from hedui.extract import extract
from hedui.readers import read

REPORT = """青岚县农村供水工程补助资金绩效自评报告
一、项目资金情况
全年预算数1000万元，全年执行数950万元，执行率97%。
"""


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def call(*args, **options):
    return subprocess.run([sys.executable, "-m", "hedui.cli", *map(str, args)], capture_output=True, text=True,
                          encoding="utf-8", **options)


def test_help_comes_at_once_and_teaches():
    told = call("--help")
    assert told.returncode == 0 and "hedui run" in told.stdout and "out/report.html" in told.stdout
    loaded = subprocess.run([sys.executable, "-c", "import hedui.cli, sys; print(len(sys.modules))"], capture_output=True)
    assert int(loaded.stdout) < 250


@pytest.mark.parametrize("command", ["run", "extract", "mentions", "evaluate"])
def test_every_command_has_help_in_two_languages(command, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main([command, "--help"])
    text = capsys.readouterr().out
    assert left.value.code == 0 and " · " in text and any("\u4e00" <= char <= "\u9fff" for char in text)


def test_version(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["--version"])
    assert left.value.code == 0 and capsys.readouterr().out.strip() == f"hedui {__version__}"


@pytest.mark.parametrize("args", [
    [], ["nosuch"], ["run", "x"], ["run", "-o", "out"], ["run", ".", "-o", "out", "--workers", "0"],
    ["run", "/no/such/folder", "-o", "out"], ["extract", "/no/such/file"], ["evaluate", "/no/a", "/no/b"],
    ["mentions", "/no/such/file"],
])
def test_wrong_usage_is_two(args, capsys):
    try:
        code = cli.main(args)
    except SystemExit as left:
        code = left.code
    told = capsys.readouterr()
    assert code == 2 and told.out == "" and told.err and "Traceback" not in told.err


def test_extract_writes_the_findings(report, tmp_path, capsys):
    assert cli.main(["extract", str(report), "--model", "none", "-o", str(tmp_path / "a.json")]) == 0
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == to_json(extract(read(report)))
    assert load_output(tmp_path / "a.json")["source"]["name"] == "报告.txt"
    assert cli.main(["extract", str(report), "--model", "none"]) == 0
    told = capsys.readouterr()
    assert told.out == (tmp_path / "a.json").read_text(encoding="utf-8") and told.err.count("rules alone") == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", bytes(range(256)) * 20])
def test_bad_input_is_one_line(tmp_path, capsys, content):
    (tmp_path / "坏.docx").write_bytes(content)
    assert cli.main(["extract", str(tmp_path / "坏.docx"), "-o", str(tmp_path / "a.json")]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "坏.docx" in told and not (tmp_path / "a.json").exists()


def test_a_place_that_cannot_be_written_is_one_line(report, tmp_path, capsys):
    assert cli.main(["extract", str(report), "-o", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_extract_loads_no_more_than_it_needs(report, tmp_path):
    program = (f"import sys; from hedui.cli import main; main(['extract', {str(report)!r}, '-o', {str(tmp_path / 'a')!r}]);"
               "print(*[name for name in ('prefect', 'pandas', 'transformers', 'sqlalchemy', 'pyarrow', 'xlsxwriter')"
               " if name in sys.modules])")
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []


def test_status_loads_nothing_that_reads(tmp_path):
    program = (f"import sys; from hedui.cli import main; print(main(['status', {str(tmp_path)!r}]),"
               "*[name for name in ('hedui.extract', 'hedui.batch', 'prefect', 'pandas') if name in sys.modules])")
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["2"] and "没有结果库" in told.stderr


def test_mentions_of_lines(tmp_path):
    told = call("mentions", "-", input="全年预算数1000万元。\n\n执行率95%\n")
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.returncode == 0 and [line["text"] for line in lines] == ["全年预算数1000万元。", "执行率95%"]
    (amount,), (rate,) = (line["mentions"] for line in lines)
    assert (amount["label"], amount["value"], amount["text"]) == ("AMOUNT", "10000000", "1000万元")
    assert (rate["label"], rate["value"]) == ("RATE", "0.95")
    start, end = amount["span"]
    assert lines[0]["text"][start:end] == "1000万元"


def test_mentions_load_no_engine(tmp_path):
    program = ("import io, sys; sys.stdin = io.StringIO('预算1000万元\\n'); from hedui.cli import main;"
               "main(['mentions', '-']);"
               "print(*[name for name in ('prefect', 'pandas', 'transformers', 'sqlalchemy') if name in sys.modules])")
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == ""


@pytest.mark.parametrize("error, code, told", [
    (ReadError("a.docx", "截断"), 1, "a.docx: 截断"), (StoreError("磁盘已满"), 1, "磁盘已满"),
    (KeyboardInterrupt(), 1, "已停下"),
])
def test_errors_are_one_line(monkeypatch, capsys, report, error, code, told):
    def broken(_args):
        raise error

    monkeypatch.setattr("hedui.commands.extract.do_extract", broken)
    assert cli.main(["extract", str(report)]) == code
    said = capsys.readouterr().err
    assert told in said and said.count("\n") == 1


def test_evaluate_prints_a_table_and_writes_figures(tmp_path, capsys):
    samples = Path(__file__).parents[1] / "annotations"
    source = json.loads((samples / "gold" / "s01.json").read_text(encoding="utf-8"))["source"]
    (tmp_path / "out").mkdir()
    report = next((samples / "samples").rglob(Path(source).name))
    assert cli.main(["extract", str(report), "-o", str(tmp_path / "out" / "s01.json")]) == 0
    assert cli.main(["evaluate", str(samples / "gold"), str(tmp_path / "out"), "--json", str(tmp_path / "f.json")]) == 0
    figures = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))["figures"]
    assert figures["bad_spans"] == 0 and "mentions.AMOUNT" in capsys.readouterr().out
