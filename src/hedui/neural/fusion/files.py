"""What lies in the folder of a model, and a digest of all that bears on what it reads; torch is not needed for that."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from hedui.errors import ReadError

__all__ = ["CALIBRATOR", "NETWORK", "POLICY", "digest_of"]

# the network in a folder of its own, what it may do, and the weights that tell how sure a fused reading is
NETWORK, POLICY, CALIBRATOR = "hedui_network", "policy.json", "calibrator.json"
MANIFEST = "manifest.json"
AGAIN = "请重新安装或重新训练 · install or train it anew"


def digest_of(folder: Path) -> str:
    """The SHA-256 of the model in `folder`; ReadError where a file is missing or is not the one that was written."""
    if not folder.is_dir():
        raise ReadError(str(folder), "没有这个模型文件夹 · no such folder of a model")
    total = hashlib.sha256()
    for name in (POLICY, f"{NETWORK}/{MANIFEST}"):
        if not (folder / name).is_file():
            raise ReadError(str(folder), f"不是完整的模型，缺少 {name}；{AGAIN} · not a whole model, {name} is missing")
        total.update((folder / name).read_bytes())
    if (folder / CALIBRATOR).is_file():
        total.update((folder / CALIBRATOR).read_bytes())
    for name, expected in hashes_in(folder).items():
        path = folder / NETWORK / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ReadError(str(folder), f"{name} 缺失或已改动；{AGAIN} · {name} is missing or was changed")
    return total.hexdigest()


def hashes_in(folder: Path) -> dict[str, str]:
    try:
        held = json.loads((folder / NETWORK / MANIFEST).read_text(encoding="utf-8"))
        return {str(name): str(expected) for name, expected in held.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise ReadError(str(folder), f"{MANIFEST} 读不出；{AGAIN} · {MANIFEST} cannot be read") from error
