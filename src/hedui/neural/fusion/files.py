"""What lies in the folder of a model, and a digest of all that bears on what it reads; torch is not needed for that. Its calibrator bears
on how sure that is, and is told apart (`hedui.version`)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hedui.errors import ReadError
from hedui.neural.manifest import AGAIN, MANIFEST, whole

__all__ = ["CALIBRATOR", "NETWORK", "POLICY", "RANKER", "digest_of"]

# the network in a folder of its own, what it may do, the weights that rank names (not every model has them) and those that tell
# how sure a fused reading is
NETWORK, POLICY, RANKER, CALIBRATOR = "hedui_network", "policy.json", "ranker.json", "calibrator.json"


def digest_of(folder: Path) -> str:
    """The SHA-256 of the model in `folder`; ReadError where a file is missing or is not the one that was written."""
    if not folder.is_dir():
        raise ReadError(str(folder), "没有这个模型文件夹 · no such folder of a model")
    if not (folder / POLICY).is_file():
        raise ReadError(str(folder), f"不是完整的模型，缺少 {POLICY}；{AGAIN} · not a whole model, {POLICY} is missing")
    whole(folder / NETWORK)
    total = hashlib.sha256()
    for path in (folder / POLICY, folder / NETWORK / MANIFEST, folder / RANKER):
        if path.is_file():
            total.update(path.read_bytes())
    return total.hexdigest()
