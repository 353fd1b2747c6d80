"""A trained network, its policy, its calibrator and what was measured -> the folder of the model, whole or not at all."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hedui.confidence import Item, weights_json
from hedui.confidence.fitting import fit
from hedui.neural.fusion.files import CALIBRATOR, NETWORK, POLICY, RANKER
from hedui.neural.fusion.policy import Policy
from hedui.neural.spacy_network import write_spacy
from hedui.training.card import card_of
from hedui.training.steps import Done, read_json, unkept, write_json

__all__ = ["CARD", "METRICS", "PICTURES", "ship", "weights_figures"]

METRICS, CARD, PICTURES, WEIGHTS, MANIFEST = "metrics.json", "card.md", "pictures", "network.safetensors", "manifest.json"


def weights_figures(final: Done) -> dict[str, Any]:
    """The SHA-256 of the weights in a folder, their bytes, and how many numbers they are."""
    network = final.folder / NETWORK
    return {"sha256": read_json(network / MANIFEST)[WEIGHTS], "bytes": (network / WEIGHTS).stat().st_size,
            "parameters": parameters(network / WEIGHTS)}


def parameters(path: Path) -> int:
    """How many numbers a file of safetensors holds, from its header (a length in eight bytes, then JSON)."""
    with path.open("rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    return sum(math.prod(one["shape"]) for name, one in header.items() if name != "__metadata__")


def ship(out: Path, final: Done, policy: Policy, items: Sequence[Item], measured: Done, ranker: Done | None = None) -> Path:
    """Writes the model to a folder beside `out` and puts it in the place of `out`. StoreError where the disk does not take it."""
    draft, old = (out.with_name(f".{out.name}.{end}") for end in ("new", "old"))
    try:
        for path in (draft, old):
            shutil.rmtree(path, ignore_errors=True)
        draft.mkdir(parents=True)
        fill(draft, final, policy, items, measured, ranker)
        if out.exists():
            out.rename(old)
        draft.rename(out)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise unkept(out, error) from error
    return out


def fill(folder: Path, final: Done, policy: Policy, items: Sequence[Item], measured: Done, ranker: Done | None) -> None:
    """The network with its policy, ranker and calibrator, as a pipeline that `spacy.load` opens, and what was measured of it."""
    shutil.copytree(final.folder / NETWORK, folder / NETWORK)
    policy.save(folder / POLICY)
    if ranker is not None and (ranker.folder / RANKER).is_file():
        shutil.copyfile(ranker.folder / RANKER, folder / RANKER)
    (folder / CALIBRATOR).write_text(weights_json(fit(items)), encoding="utf-8", newline="\n")
    write_spacy(folder)
    pictures = sorted((measured.folder / PICTURES).glob("*.png"))
    for picture in pictures:
        shutil.copyfile(picture, folder / picture.name)
    metrics = {**read_json(measured.folder / METRICS), "drawings": [picture.name for picture in pictures]}
    write_json(folder / METRICS, metrics)
    (folder / CARD).write_text(card_of(metrics), encoding="utf-8", newline="\n")
