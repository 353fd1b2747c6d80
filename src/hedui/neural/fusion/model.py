"""A folder in, the learned reading out: what `extract` takes as tagger, linker and calibrator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hedui.confidence import Calibrator, load_calibrator
from hedui.document import Layout
from hedui.findings import Claim, Mention
from hedui.mentions import Candidate
from hedui.neural.engine import Engine
from hedui.neural.fusion.claims import asked_of_claims, fused_claims
from hedui.neural.fusion.files import CALIBRATOR, NETWORK, POLICY, RANKER, digest_of
from hedui.neural.fusion.indicators import named_by_rules
from hedui.neural.fusion.learned import Learned
from hedui.neural.fusion.mentions import asked_of, fused_mentions
from hedui.neural.fusion.policy import Policy, load_policy
from hedui.neural.fusion.ranker import Ranker, load_ranker
from hedui.neural.fusion.reader import Reader
from hedui.neural.stored import load_engine

__all__ = ["FusedLinker", "FusedTagger", "Model", "model_in", "model_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FusedTagger:
    """The tagger hook of `find_mentions`: candidates of the rules in, those of both readings out."""

    reader: Reader
    policy: Policy
    sha256: str | None = None

    def __call__(self, layout: Layout, candidates: Sequence[Candidate]) -> list[Candidate]:
        return fused_mentions(layout, candidates, self.read(layout, candidates), self.policy)

    def read(self, layout: Layout, candidates: Sequence[Candidate]) -> Learned:
        """What the network reads beside these candidates."""
        return self.reader.names(layout, candidates, asked_of(candidates))


@dataclass(frozen=True, kw_only=True, slots=True)
class FusedLinker:
    """The linker hook of `link_claims`: claims of the rules in, those of both readings out; `ranker` weighs names beside the
    network, None where the model has none."""

    reader: Reader
    policy: Policy
    ranker: Ranker | None = None
    sha256: str | None = None

    def __call__(self, layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> tuple[Claim, ...]:
        return fused_claims(layout, mentions, claims, self.read(layout, mentions, claims), self.policy, self.ranker)

    def read(self, layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> Learned:
        """What the network reads beside these mentions and claims."""
        return self.reader.claims(layout, mentions, asked_of_claims(mentions, claims), named_by_rules(claims))


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """The learned reading: `extract(document, tagger=model.tagger, linker=model.linker, calibrator=model.calibrator)`.

    `calibrator` is None where none was fitted for it (the shipped one then weighs), `sha256` that of all that bears on
    what it reads. It keeps what it read of the last layout: one document at a time.
    """

    tagger: FusedTagger
    linker: FusedLinker
    calibrator: Calibrator | None
    policy: Policy
    sha256: str | None = None


def model_of(network: Engine, policy: Policy, *, ranker: Ranker | None = None, calibrator: Calibrator | None = None,
             sha256: str | None = None) -> Model:
    """The model of a network and a ranker that are in memory, used as `policy` says."""
    reader = Reader(network)
    return Model(tagger=FusedTagger(reader=reader, policy=policy, sha256=sha256), policy=policy, sha256=sha256,
                 linker=FusedLinker(reader=reader, policy=policy, ranker=ranker, sha256=sha256), calibrator=calibrator)


def model_in(folder: Path, *, threads: int | None = None) -> Model:
    """The model in `folder`; ReadError where it is not whole or of another version."""
    sha256 = digest_of(folder)
    calibrator = load_calibrator(folder / CALIBRATOR) if (folder / CALIBRATOR).is_file() else None
    ranker = load_ranker(folder / RANKER) if (folder / RANKER).is_file() else None
    return model_of(load_engine(folder / NETWORK, threads=threads), load_policy(folder / POLICY), ranker=ranker, calibrator=calibrator,
                    sha256=sha256)
