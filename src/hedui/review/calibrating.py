"""A sample of decisions -> the shipped calibrator put right by them, and how far confidences held before and hold after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from hedui.confidence import shipped_calibrator, weights_json
from hedui.confidence.recalibrating import Held, cross_fitted, held_by, rescaled, scale_of
from hedui.review.decisions import Sample

__all__ = ["Calibrated", "calibrated", "card_lines"]

FAMILIES = ("record", "check")


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibrated:
    """`weights` as `load_calibrator` reads them; `metrics` by family, before and after, the latter by what other reports taught."""

    weights: str
    metrics: Mapping[str, Any]


def calibrated(sample: Sample) -> Calibrated:
    """Records and conflicts are put right apart; the weights of mentions and claims stay as they are."""
    weights, families = shipped_calibrator().weights, {}
    for family in FAMILIES:
        of = [one for one in sample.decisions if one.kind.partition(".")[0] == family]
        if not of:
            continue
        scale = scale_of(of)
        kinds = frozenset(kind for kind in weights if kind.partition(".")[0] == family and (family == "record" or kind == "check.conflict"))
        weights = rescaled(weights, scale, kinds=kinds)
        families[family] = {"before": asdict(held_by(of, [one.told for one in of])), "after": asdict(held_by(of, cross_fitted(of))),
                            "slope": scale.slope, "shift": scale.shift, "kinds": dict(scale.kinds or {})}
    return Calibrated(weights=weights_json(weights), metrics={"families": families, "routed": sample.routed, "decided": sample.decided})


def figures(name: str, one: Mapping[str, Any]) -> str:
    held = Held(**one)
    error = "" if held.error is None else f" ± {held.error:.3f}"
    return f"| {name} | {held.count} | {held.sources} | {held.told:.3f} | {held.right:.3f}{error} | {held.log_loss:.3f} | {held.brier:.3f} |"


def card_lines(metrics: Mapping[str, Any], reasons: Mapping[str, str]) -> Iterator[str]:
    """What a person should know of it, as Markdown."""
    yield "# 人的判断与机器的把握 · what people decided and how sure hedui was\n"
    yield "| 缘由 reason | 安排 routed | 已判断 decided |\n|---|---|---|"
    yield from (f"| {name} | {metrics['routed'].get(key, 0)} | {metrics['decided'].get(key, 0)} |" for key, name in reasons.items())
    yield "\n| | 判断 decisions | 报告 reports | 把握平均 told | 对的比例 right ± SE | log loss | Brier |\n|---|---|---|---|---|---|---|"
    for family, of in metrics["families"].items():
        yield figures(f"{family} 原来 before", of["before"])
        yield figures(f"{family} 校准后 after", of["after"])
    yield ("\n抽查的按抽中概率的倒数计（Horvitz–Thompson）；“校准后”由别的报告的判断得出。What was audited counts one over the probability that it "
           "was drawn; “after” is fitted on other reports than it is measured on.")
    if not metrics["decided"].get("audit"):
        yield ("\n抽查的还没有人判断：这里只说得出送去人看的那些，说不出其余的。Nothing of the random audit was decided yet: this speaks of what was "
               "routed to people, not of the rest.")
