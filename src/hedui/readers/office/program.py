"""Where LibreOffice is, and how it is run: walled off, with a profile and a folder of its own, and ended when it stands still."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from glob import glob
from pathlib import Path

from hedui.readers.limits import MAX_OFFICE_SECONDS

__all__ = ["MISSING", "run", "soffice"]

MISSING = (
    "要读这种文件，须先安装 LibreOffice（Debian、Ubuntu：sudo apt install libreoffice-writer libreoffice-calc；"
    "macOS、Windows：从 zh-cn.libreoffice.org 下载安装），装在别处的用环境变量 HEDUI_SOFFICE 指明；或另存为 docx / "
    "reading this needs LibreOffice (Debian, Ubuntu: sudo apt install libreoffice-writer libreoffice-calc; macOS, Windows: "
    "install it from libreoffice.org); set HEDUI_SOFFICE where it is elsewhere; or save the file as docx")
NAMES = ("soffice", "libreoffice", "soffice.com")
USUAL = (
    "/usr/lib/libreoffice/program/soffice", "/usr/lib64/libreoffice/program/soffice", "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com", "C:/Program Files (x86)/LibreOffice/program/soffice.com")
# Linux only (util-linux): no network but what is in the file itself, and all of it ends with the process that asked
ENDING = ("setpriv", "--pdeathsig", "KILL")
APART = ("--net", "--pid", "--fork", "--kill-child=KILL")
WALLS: tuple[tuple[str, ...], ...] = (
    (*ENDING, "unshare", *APART), (*ENDING, "unshare", "--user", "--map-root-user", *APART),
    ("unshare", "--net"), ("unshare", "--user", "--map-root-user", "--net"))
PROBE_SECONDS = 5.0
NO_PROXY_ANSWERS = "http://127.0.0.1:1"
# LibreOffice, officecfg: 3 = only from trusted places, of which there are none; links: Writer 0 and Calc 1 = never
SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "1"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "1"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
ITEM = ('<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>')
REGISTRY = ('<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
            'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>')
TICK = 0.05


def soffice() -> str | None:
    """The path of LibreOffice: what HEDUI_SOFFICE names, else on PATH, else in the usual places; None where it is not."""
    named = os.environ.get("HEDUI_SOFFICE")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in NAMES)
    placed = (path for pattern in USUAL for path in sorted(glob(pattern), reverse=True))
    return next((path for path in found if path), None) or next((path for path in placed if os.access(path, os.X_OK)), None)


def holds(wall: Sequence[str]) -> bool:
    """Whether a command may be run behind `wall` here."""
    if shutil.which(wall[0]) is None:
        return False
    try:
        done = subprocess.run([*wall, "true"], stdin=subprocess.DEVNULL, capture_output=True, timeout=PROBE_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@cache
def walls() -> tuple[str, ...]:
    """What to put before the command so that it has no network; empty where the system lets nobody do that, and the
    settings and proxies that lead nowhere must do."""
    return next((wall for wall in WALLS if holds(wall)), ()) if sys.platform == "linux" else ()


def lay_profile(folder: Path) -> str:
    """Lays a profile that runs no macro, follows no link and knows no way out; its address."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "".join(ITEM.format(path=path, name=name, value=value) for path, name, value in SETTINGS)
    (user / "registrymodifications.xcu").write_text(REGISTRY.format(items=items), encoding="utf-8")
    return (folder / "profile").as_uri()


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().endswith("_PROXY")}
    for gone in ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONHOME"):
        kept.pop(gone, None)
    proxies = {name: NO_PROXY_ANSWERS for name in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")}
    return kept | proxies | {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"}


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and all that it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run(program: str, words: Sequence[str], *, folder: Path, done: Callable[[], int],
        seconds: float = MAX_OFFICE_SECONDS) -> bool:
    """Runs LibreOffice with `words` in `folder` until it ends; whether it ended by itself and well. `done` counts what it
    has made so far: it is ended when that has not grown for `seconds`."""
    with tempfile.TemporaryDirectory(prefix="run-", dir=folder, ignore_cleanup_errors=True) as place:
        own = Path(place)
        command = [*walls(), program, f"-env:UserInstallation={lay_profile(own)}", "--headless", "--norestore", "--nologo",
                   "--nodefault", "--nolockcheck", *words]
        process = subprocess.Popen(command, cwd=folder, env=environment(own), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            made, moved = done(), time.monotonic()
            while process.poll() is None:
                if done() > made:
                    made, moved = done(), time.monotonic()
                if time.monotonic() - moved > seconds:
                    return False
                time.sleep(TICK)
            return process.returncode == 0
        finally:
            end(process)
