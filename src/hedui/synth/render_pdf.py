"""Word files or HTML -> PDF, by the programs that offices use: LibreOffice (soffice) and a browser (chromium).

Each call has a profile folder of its own, since two soffice of one profile fail, and an end after `timeout` seconds.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

__all__ = ["browser", "office", "pdf_of", "pdf_of_html", "pdf_of_many"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def office() -> str | None:
    """Where LibreOffice is, None without it."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def browser() -> str | None:
    """Where chromium is, None without it."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def run(command: Sequence[str], program: str, timeout: float) -> str:
    """What the program says; RuntimeError where it takes too long."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"{program} 超过 {timeout:.0f} 秒 / {program} took over {timeout:.0f} s") from error
    return done.stdout + done.stderr


def pdf_of_many(files: Sequence[bytes], *, timeout: float = 120, extension: str = "docx") -> list[bytes]:
    """The PDF of each file, made in one run of LibreOffice. RuntimeError where it is missing or does not make one."""
    program = office()
    if program is None:
        raise RuntimeError("没有 LibreOffice，请安装 libreoffice-writer / LibreOffice is missing; install libreoffice-writer")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"{index}.{extension}" for index in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        said = run([program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--convert-to", "pdf",
                    "--outdir", name, *map(str, paths)], program, timeout)
        made = [path.with_suffix(".pdf") for path in paths]
        if not all(path.exists() for path in made):
            raise RuntimeError(f"{program} 没有生成 PDF / {program} made no PDF: {said.strip()[-300:]}")
        return [path.read_bytes() for path in made]


def pdf_of(file: bytes, *, timeout: float = 120, extension: str = "docx") -> bytes:
    """The PDF that LibreOffice makes of one file; see `pdf_of_many`."""
    return pdf_of_many([file], timeout=timeout, extension=extension)[0]


def pdf_of_html(html: str, *, timeout: float = 120) -> bytes:
    """The PDF that a browser prints of the page. RuntimeError where it is missing or does not print."""
    program = browser()
    if program is None:
        raise RuntimeError("没有 chromium 浏览器，请安装 chromium / there is no browser; install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        page, made = Path(name) / "page.html", Path(name) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        said = run([program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={name}/profile",
                    "--no-pdf-header-footer", f"--print-to-pdf={made}", page.as_uri()], program, timeout)
        if not made.exists():
            raise RuntimeError(f"{program} 没有生成 PDF / {program} made no PDF: {said.strip()[-300:]}")
        return made.read_bytes()
