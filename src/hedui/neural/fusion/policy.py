"""How sure the learned reading must be before it may add to, mend or drop what rules read: thresholds by label and action.

A threshold is chosen on observations of annotated sources; the model that ships was never tested on a source that chose
its thresholds. What does not beat the rules is off.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from hedui.errors import ReadError

__all__ = ["EVERY", "NOTHING", "RANKED", "SCHEMA", "Action", "Kind", "Observation", "Policy", "choose_policy", "load_policy"]

Action = Literal["add", "mend", "drop", "rename", "fill"]
# what an action is done to: mentions by label, indicators told in prose (elsewhere: not under a heading on results; state:
# told in words; ranked: by the ranker, not by the network), their fields, funds in prose and in tables, what is said of cited
# documents
Kind = Literal["ORG", "REGION", "TITLE", "indicator", "indicator.state", "indicator.elsewhere", "indicator.target",
               "indicator.actual", "indicator.completion", "ranked", "ranked.state", "fund", "fund.table",
               "document.title", "document.issuers"]
SCHEMA = "hedui-policy/1"
# what a ranker proposes
RANKED: tuple[Kind, ...] = ("ranked", "ranked.state")
# fewer cases than this prove nothing: what rested on two or three of unseen reports did harm on others
LEAST_GAIN = 5
# of what matters so much must be righter: a threshold that gains little of much would harm where rules are right more often
LEAST_RIGHT = 0.9
# a threshold lies no further below the least sure case that it was chosen for
MARGIN = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """One action that the model would take in an annotated source: how probable it holds it, and whether it would make the
    reading righter (1), wronger (-1) or neither (0)."""

    kind: Kind
    action: Action
    probability: float
    gained: int
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """The least probability at which the model may act, by kind and action; what is not in `thresholds` is off."""

    thresholds: Mapping[tuple[Kind, Action], float] = field(default_factory=dict)

    def allows(self, kind: Kind, action: Action, probability: float) -> bool:
        """Whether the model may act when it is this sure.

        >>> Policy(thresholds={("ORG", "add"): 0.9}).allows("ORG", "add", 0.95), NOTHING.allows("ORG", "add", 1.0)
        (True, False)
        """
        least = self.thresholds.get((kind, action))
        return least is not None and probability >= least

    @property
    def acts(self) -> bool:
        """Whether anything is used at all."""
        return bool(self.thresholds)

    def save(self, path: Path) -> None:
        """Writes the policy as JSON, thresholds by kind and action."""
        held: dict[str, dict[str, float]] = defaultdict(dict)
        for (kind, action), least in sorted(self.thresholds.items()):
            held[kind][action] = least
        path.write_text(json.dumps({"schema": SCHEMA, "thresholds": held}, indent=1) + "\n", encoding="utf-8", newline="\n")


NOTHING = Policy()
# every action whatever the model's probability, for the ablation that shows what that costs
EVERY = Policy(thresholds={(kind, action): 0.5 for kind in get_args(Kind) for action in get_args(Action)})


def load_policy(path: Path) -> Policy:
    """The policy at `path`; ReadError where it is none."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["schema"] != SCHEMA:
            raise ReadError(path.name, f"应为 {SCHEMA} · expected schema {SCHEMA}, found {held['schema']!r}")
        thresholds = {(kind, action): float(least) for kind, actions in held["thresholds"].items() for action, least in actions.items()}
    except OSError as error:
        raise ReadError(path.name, f"读不出，请重新安装或重新训练 · cannot be read, install or train anew ({error})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(path.name, f"不是用法文件，请重新训练 · not a policy, train anew ({error!r})") from error
    if unknown := [key for key in thresholds if key[0] not in get_args(Kind) or key[1] not in get_args(Action)]:
        raise ReadError(path.name, f"不认识的用法 {unknown[0]}，模型与程序版本不合 · unknown to this version of hedui: {unknown[0]}")
    return Policy(thresholds=thresholds)


class Choice(NamedTuple):
    """What acting from `least` upwards would have gained."""

    gain: int
    least: float


def choose_policy(observations: Iterable[Observation], *, beside: Iterable[Observation] = ()) -> Policy:
    """The thresholds that would have gained most on `observations`, those of each kind and action apart.

    A threshold gains righter less wronger cases; it must gain at least five, and more sources must gain by it than lose;
    of what matters nine in ten must be righter.
    Of equal gains the higher threshold is taken, half-way down to the next case below it. What would lose half as much in
    the reports `beside`, where rules are right more often, as it gains here is off.
    """
    seen: dict[tuple[Kind, Action], list[Observation]] = defaultdict(list)
    for one in observations:
        seen[one.kind, one.action].append(one)
    lost: dict[tuple[Kind, Action], list[Observation]] = defaultdict(list)
    for one in beside:
        lost[one.kind, one.action].append(one)
    chosen = {key: best.least for key in sorted(seen) if (best := best_of(seen[key])) is not None
              and best.gain > -2 * sum(one.gained for one in lost[key] if one.probability >= best.least)}
    return Policy(thresholds=chosen)


def best_of(seen: Sequence[Observation]) -> Choice | None:
    """The threshold that gains most of those from which on enough is righter."""
    ordered = sorted(seen, key=lambda one: -one.probability)
    by_source: dict[str, int] = defaultdict(int)
    best: Choice | None = None
    righter = wronger = 0
    for at, one in enumerate(ordered):
        by_source[one.source] += one.gained
        righter, wronger = righter + (one.gained > 0), wronger + (one.gained < 0)
        below = ordered[at + 1].probability if at + 1 < len(ordered) else 0.0
        if below == one.probability:
            continue
        gain = sum(by_source.values())
        winners, losers = (sum(sign * each > 0 for each in by_source.values()) for sign in (1, -1))
        if gain >= LEAST_GAIN and winners > losers and righter >= LEAST_RIGHT * (righter + wronger) and (best is None or gain > best.gain):
            best = Choice(gain, max((below + one.probability) / 2, one.probability - MARGIN))
    return best

