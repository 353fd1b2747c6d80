"""Lessons and texts -> vocabulary, encoder, tagger and linker: what no annotated report has touched, and what is tuned on gold."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hedui.neural.config import TrainingConfig, for_hub
from hedui.neural.encoder import borrow_encoder, train_encoder
from hedui.neural.fusion.files import NETWORK
from hedui.neural.linker import train_linker
from hedui.neural.saving import load_network, save_model
from hedui.neural.tagger import train_tagger
from hedui.neural.types import Lesson
from hedui.neural.vocabulary import Vocabulary
from hedui.training.lesson_store import load_lessons
from hedui.training.run import Run
from hedui.training.steps import Done, Workshop
from hedui.training.texts import texts_of

__all__ = ["CODE", "Texts", "base", "configured", "encoder", "tuned", "vocabulary", "weights_of"]

CODE = ("neural.encoder", "neural.tagger", "neural.linker", "neural.export", "training/networks.py")
ENCODER, TAGGER, LINKER, VOCABULARY = "encoder", "tagger", "linker", "vocabulary.txt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """The steps that a run learns from."""

    made: Done
    unlabelled: Done
    gold: Done

    @property
    def untested(self) -> tuple[Done, Done]:
        """What no source that is tested is part of."""
        return self.made, self.unlabelled


def vocabulary(run: Run, texts: Texts) -> Done:
    """The characters that the network knows, from texts that are not tested."""
    def make(folder: Path) -> None:
        Vocabulary.of([text for done in texts.untested for text in texts_of(done)]).save(folder / VOCABULARY)
    return run.workshop.step(5, "vocabulary", make, after=texts.untested, code=("neural.vocabulary",))


def encoder(run: Run, texts: Texts, words: Done) -> Done:
    """An encoder that has read made and unlabelled texts, or the one that was asked for."""
    config, name = configured(run, run.request.plan.base), run.request.encoder

    def make(folder: Path) -> None:
        if name is not None:
            borrow_encoder(name, config, work=folder).rename(folder / ENCODER)
            return
        read = [text for done in texts.untested for text in texts_of(done)]
        train_encoder(read or ["核对"], Vocabulary.load(words.folder / VOCABULARY), config, work=folder, on_step=run.heard(ENCODER))
    return run.workshop.step(6, ENCODER, make, settings=[name, asdict(config.network), asdict(config.encoder), config.seed],
                             after=[words, *texts.untested], code=CODE, resumes=name is None)


def base(run: Run, texts: Texts, start: Done, config: TrainingConfig, *, name: str = "base") -> Done:
    """Tagger and linker that have seen made and weakly labelled reports alone."""
    settings = configured(run, config)

    def make(folder: Path) -> None:
        made, weak = (load_lessons(done.folder) for done in texts.untested)
        apart = every(made, run.request.plan.held)
        held = [made[at] for at in apart]
        learnt = [lesson for at, lesson in enumerate(made) if at not in apart] + weak
        if learnt:
            taught(learnt, start.folder / ENCODER, folder, settings, held=held, run=run)
    return run.workshop.step(7, name, make, settings=[asdict(settings), run.request.plan.held], after=[start, *texts.untested],
                             code=CODE, resumes=True)


def every(lessons: Sequence[Lesson], share: int) -> frozenset[int]:
    """The places of `share` in a hundred lessons, spread evenly; none of fewer than ten."""
    count = len(lessons) * share // 100 if len(lessons) >= 10 else 0
    return frozenset(len(lessons) * at // count for at in range(count))


def taught(lessons: Sequence[Lesson], start: Path, work: Path, config: TrainingConfig, *, held: Sequence[Lesson] = (),
           run: Run | None = None) -> Path:
    """The folder of the whole network, trained from the weights in `start`; goes on where an earlier call was killed."""
    told = {} if run is None else {"on_step": run.heard(TAGGER)}
    tagger = train_tagger(lessons, start, held=held, config=config, work=work, **told)
    return train_linker(lessons, tagger, held=held, config=config, work=work, **told)


def tuned(workshop: Workshop, number: int, name: str, *, start: Path, lessons: Sequence[Lesson], config: TrainingConfig,
          after: Sequence[Done], settings: object) -> Done:
    """A network tuned on `lessons` from the weights in `start`, with weights and graphs as they would ship; on none it is `start`."""
    def make(folder: Path) -> None:
        whole = taught(lessons, start, folder, config) if lessons else start
        save_model(load_network(whole), folder / NETWORK, graphs=True)
        for rest in (TAGGER, LINKER):
            shutil.rmtree(folder / rest, ignore_errors=True)
    return workshop.step(number, name, make, settings=[asdict(config), settings], after=after, code=CODE, resumes=True)


def weights_of(trained: Done, start: Done) -> Path:
    """The weights that a step of `base` trained; where it had nothing to learn from, those of the encoder before it."""
    here = trained.folder / LINKER
    return here if here.is_dir() else start.folder / ENCODER


def configured(run: Run, config: TrainingConfig) -> TrainingConfig:
    return config if run.request.encoder is None else for_hub(config)
