"""How much is trained on what: the settings of a run as one frozen Plan, with the reasons for them.

The settings fit an hour on two cores: about a third of it for the encoder and for tags and links of made reports, half for the
folds, the rest for the network that ships, figures and room to spare.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from hedui.neural.config import QUICK as QUICK_NETWORK
from hedui.neural.config import NetworkConfig, StageConfig, TrainingConfig

__all__ = ["QUICK", "SHIPPED", "Plan", "chosen_plan", "plan_json"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What one run does.

    `reports` are made (of some 5,000 characters each), with slips planted in a share `slips` of them and `noise` as
    `hedui synth` takes it. `base` trains the encoder, and tagger and linker on made and weakly labelled reports;
    `fine` trains them further on gold, in every fold and for the shipped model. `cheap` takes the place of `base` in the
    runs of the ablation, which are compared with one another alone. `held` of a hundred made reports are kept from
    training and tell when it stops; `replay` of them are seen again beside gold, so that little is forgotten. Reports of a
    folder of more than `single` are left out in `parts` groups, of others one by one. `draws` are those of the
    bootstrap, `unlabelled` the most characters of unlabelled text that are read.
    """

    name: str
    reports: int
    base: TrainingConfig
    fine: TrainingConfig
    cheap: TrainingConfig
    seed: int = 7
    slips: float = 0.3
    noise: float = 0.1
    held: int = 2
    replay: int = 5
    single: int = 6
    parts: int = 2
    draws: int = 2000
    unlabelled: int = 2_000_000


# from scratch it is the number of steps that teaches: small batches; masked text teaches little at this size and gets little time;
# heads learn at many times the rate of what is below them (by pilots on sources left out: links in prose .16 -> .53)
BASE = TrainingConfig(
    network=NetworkConfig(lexical=True),
    encoder=StageConfig(epochs=1, rate=1e-3, head_rate=1e-3, characters=2048, steps=300),
    tagger=StageConfig(epochs=1, rate=1e-3, head_rate=1e-2, characters=1280, save_every=1000),
    linker=StageConfig(epochs=1, rate=1e-3, head_rate=2e-2, characters=2048, save_every=1000),
)
# gold is small and true: more passes at a lower rate, so that little of what was learned before is lost
FINE = TrainingConfig(
    network=BASE.network,
    encoder=BASE.encoder,
    tagger=StageConfig(epochs=2, rate=5e-4, head_rate=5e-3, characters=1280, warm_up=0.1, save_every=1000),
    linker=StageConfig(epochs=2, rate=5e-4, head_rate=1e-2, characters=2048, warm_up=0.1, save_every=1000),
)
CHEAP = replace(BASE, tagger=replace(BASE.tagger, epochs=1, steps=600), linker=replace(BASE.linker, steps=300))
SHIPPED = Plan(name="shipped", reports=250, base=BASE, fine=FINE, cheap=CHEAP)
QUICK = Plan(
    name="quick", reports=10, replay=2, parts=2, draws=200, unlabelled=100_000,
    base=replace(QUICK_NETWORK, encoder=replace(QUICK_NETWORK.encoder, steps=10),
                 tagger=replace(QUICK_NETWORK.tagger, steps=24), linker=replace(QUICK_NETWORK.linker, steps=12)),
    fine=replace(QUICK_NETWORK, tagger=replace(QUICK_NETWORK.tagger, steps=12, epochs=2),
                 linker=replace(QUICK_NETWORK.linker, steps=6, epochs=2)),
    cheap=replace(QUICK_NETWORK, tagger=replace(QUICK_NETWORK.tagger, steps=10), linker=replace(QUICK_NETWORK.linker, steps=5)),
)
FULL_MINUTES = 50


def chosen_plan(*, quick: bool = False, seed: int = 7, reports: int | None = None, minutes: int | None = None) -> Plan:
    """The plan that a person asks for. `minutes` on two processors allow so many made reports (at least ten) unless
    `reports` says how many; everything random follows from `seed`.

    >>> chosen_plan(minutes=25).reports, chosen_plan(quick=True, reports=3).reports
    (125, 3)
    """
    plan = QUICK if quick else SHIPPED
    allowed = plan.reports if minutes is None else max(10, round(plan.reports * minutes / FULL_MINUTES))
    return replace(plan, reports=reports or allowed, seed=seed, base=replace(plan.base, seed=seed),
                   fine=replace(plan.fine, seed=seed), cheap=replace(plan.cheap, seed=seed))


def plan_json(plan: Plan) -> dict[str, Any]:
    """Everything a plan says, fit for JSON; two equal plans say the same."""
    return asdict(plan)
