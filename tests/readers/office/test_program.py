"""LibreOffice as a program: found, missing, walled off, ended when it stands still."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from hedui.errors import ReadError
from hedui.readers import read_bytes
from hedui.readers.office import Source, convert_many, program

unix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


def stand_in(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_without_it_the_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rtf: Callable[..., bytes]) -> None:
    monkeypatch.setenv("HEDUI_SOFFICE", str(tmp_path / "none"))
    with pytest.raises(ReadError, match=r"^年报\.rtf: .*apt install libreoffice-writer.* / .*libreoffice\.org"):
        read_bytes(rtf("一"), "年报.rtf")


@unix
def test_the_one_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named = stand_in(tmp_path, "exit 0")
    monkeypatch.setenv("HEDUI_SOFFICE", named)
    assert program.soffice() == named


@unix
def test_one_that_stands_still_is_ended_with_all_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mark = tmp_path / "alive"
    monkeypatch.setenv("HEDUI_SOFFICE", stand_in(tmp_path, f"(while :; do date +%N > {mark}; sleep 0.05; done) & sleep 60"))
    assert convert_many({"a": Source(data=b"x", form="rtf")}, "docx", seconds=0.6) == {}
    time.sleep(0.2)
    last = mark.read_text()
    time.sleep(0.3)
    assert mark.read_text() == last


@unix
def test_a_crash_costs_only_its_own_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = """for word in "$@"; do case $word in --outdir) next=1;; *) [ "$next" = 1 ] && { out=$word; next=; };; esac; done
for word in "$@"; do case $word in */[0-9]*.rtf)
  grep -q bad "$word" && kill -SEGV $$
  cp "$word" "$out/$(basename "$word" .rtf).docx";; esac; done"""
    monkeypatch.setattr(program, "walls", lambda: ())  # behind them the script is process 1, which no signal of its own ends
    monkeypatch.setenv("HEDUI_SOFFICE", stand_in(tmp_path, script))
    files = {name: Source(data=name.encode(), form="rtf") for name in ("one", "bad", "two", "three")}
    assert convert_many(files, "docx") == {"one": b"one", "two": b"two", "three": b"three"}


@unix
def test_its_profile_runs_no_macro_and_its_folder_is_gone_after(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = f"""for word in "$@"; do case $word in -env:*) cp "${{word#*://}}/user/registrymodifications.xcu" {tmp_path}/seen;; esac; done
echo "$HOME" > {tmp_path}/home; echo "$https_proxy" > {tmp_path}/proxy"""
    monkeypatch.setenv("HEDUI_SOFFICE", stand_in(tmp_path, script))
    convert_many({"a": Source(data=b"x", form="doc")}, "docx")
    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    assert 'name="MacroSecurityLevel" oor:op="fuse"><value>3<' in seen and 'name="DisableMacrosExecution" oor:op="fuse"><value>true<' in seen
    assert not Path((tmp_path / "home").read_text().strip()).exists()
    assert (tmp_path / "proxy").read_text().strip() == "http://127.0.0.1:1"


@contextmanager
def counted_requests() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_error(404)

        do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_nothing_is_fetched_even_without_walls(office: str, odf: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "walls", lambda: ())
    with counted_requests() as (address, asked):
        body = (f'<text:p>甲<draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{address}/a.png" '
                'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
                f'<text:section text:name="S"><text:section-source xlink:href="{address}/b.odt"/><text:p>乙</text:p></text:section>'
                '<text:section text:name="T"><text:section-source xlink:href="file:///etc/passwd"/><text:p>丙</text:p>'
                "</text:section>")
        document = read_bytes(odf(body), "a.odt")
    assert asked == [] and document.text == "甲\n乙\n丙"
