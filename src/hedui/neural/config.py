"""How large the network is and how it is trained: what a person sets goes in, what the stages read comes out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

__all__ = ["QUICK", "NetworkConfig", "StageConfig", "TrainingConfig", "for_hub", "network_config"]


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkConfig:
    """The shape of the network.

    `length` is the most characters it reads at once. `hub`, when given, is the JSON of a Hugging Face encoder's
    configuration, which then replaces `layers`, `width`, `heads`, `feed_forward` and `dropout` inside the encoder. `lexical`
    begins it with what LAC knows of words, which a published encoder does not need.
    """

    layers: int = 2
    width: int = 256
    heads: int = 4
    feed_forward: int = 1024
    length: int = 256
    dropout: float = 0.1
    head_dropout: float = 0.2
    span_width: int = 128
    hub: str | None = None
    lexical: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StageConfig:
    """How one stage is trained.

    `rate` is the learning rate of the encoder (of the linker's own layer in that stage), `head_rate` that of what stands
    on it. `characters` bounds one batch with its padding. `steps` ends the stage early. `patience` is the number of
    epochs without a better score on held lessons after which it stops; `save_every` the steps between two checkpoints.
    """

    epochs: int
    rate: float
    head_rate: float
    characters: int = 4096
    steps: int | None = None
    warm_up: float = 0.06
    decay: float = 0.01
    clip: float = 1.0
    patience: int = 3
    save_every: int = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingConfig:
    """The network and its three stages; everything random follows from `seed`."""

    network: NetworkConfig = field(default_factory=NetworkConfig)
    seed: int = 0
    encoder: StageConfig = field(default_factory=lambda: StageConfig(epochs=6, rate=1e-3, head_rate=1e-3, characters=8192))
    tagger: StageConfig = field(default_factory=lambda: StageConfig(epochs=6, rate=3e-4, head_rate=1e-3))
    linker: StageConfig = field(default_factory=lambda: StageConfig(epochs=4, rate=5e-4, head_rate=1e-3))


def network_config(values: Mapping[str, Any]) -> NetworkConfig:
    """The shape written as `dataclasses.asdict`; TypeError where a name is unknown.

    >>> network_config({"layers": 2}).layers
    2
    """
    return NetworkConfig(**values)


def for_hub(config: TrainingConfig, *, rate: float = 5e-5) -> TrainingConfig:
    """`config` for an encoder that was trained by others: a learning rate that does not undo what it knows.

    The rate is the one of BERT's authors (Devlin et al. 2019, appendix A.3).
    """
    return replace(config, network=replace(config.network, lexical=False), encoder=replace(config.encoder, rate=rate, head_rate=rate),
                   tagger=replace(config.tagger, rate=rate))


def as_json(config: NetworkConfig | StageConfig | TrainingConfig) -> str:
    """One line that two equal configurations share.

    >>> as_json(NetworkConfig()) == as_json(NetworkConfig())
    True
    """
    return json.dumps(asdict(config), sort_keys=True)


# a network for tests: from nothing to tags in seconds
QUICK = TrainingConfig(
    network=NetworkConfig(layers=1, width=64, heads=2, feed_forward=128, span_width=32),
    encoder=StageConfig(epochs=1, rate=2e-3, head_rate=2e-3, steps=30, save_every=10),
    tagger=StageConfig(epochs=8, rate=3e-3, head_rate=3e-3, characters=2048, steps=120, save_every=20),
    linker=StageConfig(epochs=8, rate=3e-3, head_rate=3e-3, characters=2048, steps=60, save_every=20),
)
