"""Which hedui read a file: the package version and digests of its code, word lists and models by stage, and what a change of
them makes to be done again.

Each file is in the digest of the earliest stage that it bears on, so that a stage is done again when anything changed that it,
or one before it, was made by; `tests/test_version.py` holds this against what every module imports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from hedui import __version__

__all__ = ["Again", "Stage", "Versions", "stage_of", "touched", "version", "versions"]

Stage = Literal["readers", "rules", "lexicons", "weights"]
Again = Literal["nothing", "weigh", "extract", "read"]
STAGES: tuple[Stage, ...] = ("readers", "rules", "lexicons", "weights")
SUFFIXES = (".py", ".tsv", ".json")
SHIPPED = ("calibrator", "weights.json")
READERS = ("document.py", "errors.py", "progress.py", "view.py", "readers", "cases.py", "opening.py", "listing.py", "sources", "lexicons/__init__.py",
           "lexicons/columns.tsv", "lexicons/glyphs.tsv")
WEIGHTS = ("confidence/calibrator.py", "confidence/probabilities.py")
# what changes no finding of a file: how files are fetched and results are kept, ordered, shown and asked for, what is asked of many files
# together, and how models are made; models and weights have digests of their own
APART = (
    "sources/changes.py",
    "__init__.py", "version.py", "again.py", "kept", "store", "review", "corrections.py", "export", "fields.py", "opinion", "across", "cli.py",
    "commands", "batch.py", "isolation.py", "warm.py",
    "results.py", "spreading.py", "written.py", "summary.py", "inspection.py", "picturing.py", "evaluate", "gold", "pipelines",
    "models", "synth", "training", "bulk", "watching", "research",
    "confidence/fdr.py", "confidence/fitting.py", "confidence/items.py", "confidence/pooling.py",
    "confidence/recalibrating.py", "neural/checkpoints.py", "neural/encoder.py", "neural/export.py", "neural/fitting.py", "neural/fusion/gains.py",
    "neural/fusion/observing.py", "neural/lessons", "neural/lexical.py", "neural/lexical_weights.py", "neural/linker.py",
    "neural/linker_lessons.py", "neural/linker_spans.py", "neural/linker_states.py", "neural/masking.py", "neural/network.py", "neural/saving.py",
    "neural/spacy_network.py", "neural/stem.py", "neural/tagger.py", "neural/weak", "reconcile/repairs/corrected.py",
)
PLACES: Mapping[str, Stage | None] = {**dict.fromkeys(APART), **dict.fromkeys(READERS, "readers"), **dict.fromkeys(WEIGHTS, "weights")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Versions:
    """The package version and twelve hex digits for each stage: `readers` make the Document, `rules` and `lexicons` (and what lies
    beside them as .tsv) the findings and their signals, `weights` the probabilities. `model` is the SHA-256 of the learned model that
    reads beside the rules, None where rules alone do."""

    package: str
    readers: str
    rules: str
    lexicons: str
    weights: str
    model: str | None = None

    def __str__(self) -> str:
        """What results are kept under: `0.1.0+3f2a9c0d1e2f`, with `.` and twelve digits of the model where one reads. It changes
        when any part does."""
        held = sha256_of(self.readers, self.rules, self.lexicons, self.weights)[:12]
        return f"{self.package}+{held}" + (f".{self.model[:12]}" if self.model else "")


def stage_of(path: str) -> Stage | None:
    """The stage that a file (a path under hedui) bears on first; None for what bears on no finding.

    >>> stage_of("readers/pdf/read.py"), stage_of("claims/link.py"), stage_of("reconcile/sense/kinds.tsv"), stage_of("store/log.py")
    ('readers', 'rules', 'lexicons', None)
    """
    place = path
    while place and place not in PLACES:
        place = place.rpartition("/")[0]
    return PLACES[place] if place else "lexicons" if path.endswith(".tsv") else "rules"


def sha256_of(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def tree(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    """Every file of code and data in `folder` that bears on a finding, by its path under hedui, in the order of their names."""
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        inner = f"{path}/{entry.name}" if path else entry.name
        if entry.name.startswith(".") or stage_of(inner) is None:
            continue
        if entry.is_dir():
            yield from tree(entry, inner)
        elif entry.name.endswith(SUFFIXES):
            yield inner, entry


def digests_in(folder: Traversable) -> Mapping[Stage, str]:
    """Twelve hex digits for each stage that change with the name or content of any of its files, and with nothing else."""
    totals = {stage: hashlib.sha256() for stage in STAGES}
    for path, file in tree(folder):
        content, stage = file.read_bytes(), stage_of(path)
        if stage is not None:
            totals[stage].update(f"{path} {len(content)}\n".encode())
            totals[stage].update(content)
    return {stage: total.hexdigest()[:12] for stage, total in totals.items()}


@lru_cache(maxsize=1)
def digests() -> tuple[Mapping[Stage, str], str]:
    """The digests of the code and data that run here, and the SHA-256 of the shipped weights, "" where there are none."""
    shipped = files("hedui.models").joinpath(*SHIPPED)
    return digests_in(files("hedui")), hashlib.sha256(shipped.read_bytes()).hexdigest() if shipped.is_file() else ""


def versions(model: str | None = None, *, weights: str | None = None) -> Versions:
    """The versions that read now: `model` is the SHA-256 of the model beside the rules, `weights` that of the file of weights where
    the shipped ones do not weigh."""
    found, shipped = digests()
    return Versions(package=__version__, readers=found["readers"], rules=found["rules"], lexicons=found["lexicons"],
                    weights=sha256_of(found["weights"], shipped if weights is None else weights)[:12], model=model)


def version(model: str | None = None, *, weights: str | None = None) -> str:
    """What results are kept under; see `versions`."""
    return str(versions(model, weights=weights))


def touched(old: Versions, new: Versions) -> Again:
    """What must be done again of what `old` made so that it is what `new` would make.

    >>> here = versions()
    >>> from dataclasses import replace
    >>> touched(here, here), touched(replace(here, weights="", rules=""), here), touched(replace(here, readers=""), here)
    ('nothing', 'extract', 'read')
    """
    if old.readers != new.readers:
        return "read"
    if (old.rules, old.lexicons, old.model) != (new.rules, new.lexicons, new.model):
        return "extract"
    return "nothing" if old.weights == new.weights else "weigh"
