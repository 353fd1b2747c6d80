"""A finished draft in; the draft with mistakes in it out, each a conflict (or a cut-off figure) in the checks, with a note.

A slip changes one stated figure or word; every other check of what the place states is then worked out anew (`?`). Sums, shares
and differences that only reckon with the place are left out: the slip explains them, and no auditor lists it twice. Kinds are
those of the guidelines, and `cut` for a share cut off instead of rounded.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from hedui.synth.facts import Facts
from hedui.synth.marked.checks import result
from hedui.synth.prose.draft import Check, Draft, Stated, changed

__all__ = ["KINDS", "miswritten", "plain_to_see", "plant", "planted", "sound"]

KINDS = ("sum", "difference", "ratio", "growth", "restated", "table", "target", "unit", "label", "cut")
ARITHMETIC = ("sum", "difference", "ratio", "growth", "restated", "table")
RECKONED = {"sum", "difference", "ratio", "growth"}
FIGURES = {"amount", "rate", "quantity", "score"}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# what is confused in names: as it should stand, as it then stands
NAMES = (("补助资金", "专项资金"), ("专项资金", "补助资金"), ("项目", "工程"), ("建设", "建没"), ("保障", "保险"), ("经费", "资金"),
         ("补助", "补贴"), ("补贴", "补助"), ("资金", "经费"))
TRIES = 8

Planter = Callable[[Draft, Facts, random.Random], Draft | None]


def miswritten(surface: str, rng: random.Random) -> str | None:
    """`surface` with its number mistyped: two digits exchanged, or one another; None where nothing of weight can change."""
    match = NUMBER.search(surface)
    if not match:
        return None
    digits = match[0]
    value = Decimal(digits.replace(",", ""))
    least = Decimal(2).scaleb(int(value.as_tuple().exponent))
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    for _ in range(4 * TRIES):
        new = list(digits)
        if rng.random() < 0.4 and len(places) > 1:
            at = rng.randrange(len(places) - 1)
            one, two = places[at], places[at + 1]
            new[one], new[two] = new[two], new[one]
        else:
            one = rng.choice(places[1:] or places)
            new[one] = rng.choice([d for d in "123456789" if d != new[one]])
        told = "".join(new)
        whole = told.split(".")[0].replace(",", "")
        if abs(Decimal(told.replace(",", "")) - value) > least and (whole == "0" or whole[0] != "0"):
            return surface[:match.start()] + told + surface[match.end():]
    return None


def revised(draft: Draft, place: str, *, keep: Check | None = None, explained: bool = True) -> Draft:
    """`draft` with the checks of what `place` states to be worked out anew, `keep` as it is; without the arithmetic that
    reckons with it, where the slip has `explained` that."""
    def open_again(check: Check) -> Check:
        free = check.computed or check.flag == "!" or check.kind in {"label", "unit", "target"}
        return check if check == keep or place not in check.places or free else replace(check, flag="?")

    def follows(check: Check) -> bool:
        return explained and check != keep and check.flag != "!" and check.kind in RECKONED and place in check.places[:-1]

    return replace(draft, checks=tuple(open_again(c) for c in draft.checks if not follows(c)))


def slipped(draft: Draft, check: Check, told: Stated, surface: str, flag: str = "!") -> Draft:
    """`draft` with `surface` at the stated place of `check`, which then holds `flag` and says what stood there."""
    marked = replace(check, flag=flag, note=f"{check.note or '应'}：应为{told.surface}，写作{surface}")
    checks = tuple(marked if c == check else c for c in draft.checks)
    return revised(replace(changed(draft, told.name, surface), checks=checks), told.name, keep=marked)


def sound(draft: Draft, kind: str) -> list[Check]:
    """Checks of a kind between figures that no slip has touched, and with whose stated figure no slip reckons: two could close again."""
    taken = {place for c in draft.checks if c.flag == "!" for place in c.places}
    return [c for c in draft.checks if c.kind == kind and not (c.flag or c.tier or c.computed) and c.stated not in taken
            and (told := draft.stated.get(c.stated)) and told.kind in FIGURES and told.value is not None]


def arithmetic(kind: str) -> Planter:
    """Slips of one kind: a stated result mistyped."""
    def planter(draft: Draft, facts: Facts, rng: random.Random) -> Draft | None:
        checks = sound(draft, kind)
        for check in rng.sample(checks, min(TRIES, len(checks))):
            told = draft.stated[check.stated]
            surface = miswritten(told.surface, rng)
            if surface and in_reason(told, surface) and plain_to_see(draft, check, surface):
                return slipped(draft, check, told, surface)
        return None

    return planter


def in_reason(told: Stated, surface: str) -> bool:
    """Whether the new figure could stand: no rate above 100 % that was below it."""
    new = NUMBER.search(surface)
    return told.kind != "rate" or (told.value or 0) > 1 or (new is not None and Decimal(new[0].replace(",", "")) <= 100)


def plain_to_see(draft: Draft, check: Check, surface: str) -> bool:
    """Whether `surface` at the stated place lies beyond all that the digits of the operands allow, rounded or cut off: 1.6 of 9.07
    may be 17.74 %, which then is no slip that a reader could see."""
    told = {name: draft.stated[name] for name in check.places if name in draft.stated}
    values = {name: one.value for name, one in told.items()}
    if len(told) < len(set(check.places)) or any(value is None for value in values.values()) or "," in check.left:
        return True
    sides = {name: value for name, value in values.items() if name in check.places[:-1]}
    due, stated = result(check.left, sides), told[check.stated]
    old, new = (Decimal(found[0].replace(",", "")) if (found := NUMBER.search(said)) else Decimal(0) for said in (stated.surface, surface))
    if due is None or not old or stated.value is None:
        return True
    amounts = [one for one in told.values() if one.kind == "amount"]
    finest = {unit_of(one): min((step for other in amounts if unit_of(other) == unit_of(one) and (step := worth(other))), default=Decimal(0))
              for one in amounts}  # beside 24.08万元, 20万元 is 20.00万元, beside 11,500元 it is not
    steps = {name: min(worth(one), finest[unit_of(one)]) if one.kind == "amount" else worth(one) for name, one in told.items()}
    moved = [result(check.left, sides | {name: (value or 0) + steps[name]}) for name, value in sides.items()]
    allowed = sum((abs(one - due) for one in moved if one is not None), steps[check.stated])
    return abs(new * stated.value / old - due) > allowed


def unit_of(told: Stated) -> str:
    """The unit as a figure writes it, without blanks: 万元."""
    return NUMBER.sub("", told.surface).strip()


def worth(told: Stated) -> Decimal:
    """What one in the last stated digit of a figure is worth."""
    found = NUMBER.search(told.surface)
    number = Decimal(found[0].replace(",", "")) if found else Decimal(0)
    return Decimal(1).scaleb(int(number.as_tuple().exponent)) * told.value / number if number and told.value else Decimal(0)


def cut(draft: Draft, facts: Facts, rng: random.Random) -> Draft | None:
    """A share whose further digits were cut off: 18.346 % told as 18.34 %."""
    checks = [c for c in sound(draft, "ratio") if re.fullmatch(r"\w+ / \w+", c.left)]
    rng.shuffle(checks)
    for check in checks:
        one, two = (draft.stated[n] for n in check.left.split(" / "))
        told = draft.stated[check.stated]
        number = NUMBER.search(told.surface)
        if told.kind != "rate" or not number or "." not in number[0] or not two.value or one.value is None:
            continue
        digits = len(number[0].partition(".")[2])
        share, last = one.value / two.value * 100, Decimal(1).scaleb(-digits)
        down = share.quantize(last, rounding=ROUND_DOWN)
        if Decimal(number[0]) - down == last and share - down > last / 2:
            return slipped(draft, check, told, told.surface.replace(number[0], f"{down:f}", 1), "~")
    return None


def unit(draft: Draft, facts: Facts, rng: random.Random) -> Draft | None:
    """元 for 万元 where the same money is told elsewhere, or a neighbour gives it."""
    checks = [c for kind in ("restated", "table") for c in sound(draft, kind)
              if draft.stated[c.stated].surface.endswith("万元") and draft.stated[c.left].value == draft.stated[c.stated].value]
    if not checks:
        return None
    check = rng.choice(checks)
    told = draft.stated[check.stated]
    surface = told.surface.removesuffix("万元") + "元"
    wrong = Check(kind="unit", left=check.left, stated=told.name, flag="!", computed=told.surface.replace(" ", ""),
                  note=f"单位误作元：应为{told.surface}，写作{surface}")
    found = changed(draft, told.name, surface)
    rest = tuple(c for c in found.checks if told.name not in c.places or c.computed)  # the slip of the unit says it all
    return replace(found, checks=(*rest, wrong))


def target(draft: Draft, facts: Facts, rng: random.Random) -> Draft | None:
    """A missed target that keeps all its points, the report giving no reason."""
    missed = [c for c in draft.checks if c.kind == "target" and not c.flag and re.fullmatch(r"\w+zs\d+", c.stated)]
    for check in rng.sample(missed, len(missed)):
        told = draft.stated[check.stated]
        full = draft.stated.get(re.sub(r"s(\d+)$", r"w\1", told.name))
        quiet = unexplained(draft, facts, told.name)
        if full and full.surface != told.surface and quiet is not None:
            marked = replace(check, flag="!", note=f"{check.note.partition('未达标')[0]}未达标，仍得满分{full.surface}分")
            found = changed(replace(quiet, checks=tuple(marked if c == check else c for c in draft.checks)), told.name, full.surface)
            return revised(found, told.name, explained=False)  # the points no longer come to their total, and say so
    return None


def unexplained(draft: Draft, facts: Facts, place: str) -> Draft | None:
    """`draft` without the reason in the row of the score `place`; None where the text gives it as well."""
    reason = facts.indicators[int(place.rpartition("s")[2]) - 1].reason or "\0"
    rows = [i for i, e in enumerate(draft.elements) if isinstance(e, str) and f"#{place}|" in e.replace(" ", "")]
    told = [i for i, e in enumerate(draft.elements) if isinstance(e, str) and reason in e]
    if set(told) - set(rows) and not all(isinstance(e := draft.elements[i], str) and "|" in e and "zs" in e for i in told):
        return None
    return replace(draft, elements=tuple(e.replace(reason, "") if i in rows and isinstance(e, str) else e for i, e in enumerate(draft.elements)))


def label(draft: Draft, facts: Facts, rng: random.Random) -> Draft | None:
    """Last year's heading over this year's table, or another name for the money."""
    options: list[tuple[str, str, str]] = []
    for name, told in draft.stated.items():
        if told.of == "year" and name != "hy" and "hy" in draft.stated and str(facts.year) in told.surface:
            options.append(("hy", name, told.surface.replace(str(facts.year), str(facts.year + rng.choice((-1, -1, 1))))))
        if told.of == "programme" and name != "hp" and "hp" in draft.stated:
            options += [("hp", name, told.surface.replace(good, bad, 1)) for good, bad in NAMES if good in told.surface][:1]
    if not options:
        return None
    first, name, surface = rng.choice(options)
    told = draft.stated[name]
    wrong = Check(kind="label", left=first, stated=name, flag="!", tier="w", computed=told.surface.replace(" ", ""),
                  note=f"应为{told.surface}，误作{surface}")
    found = revised(changed(draft, name, surface), name)
    return replace(found, checks=(*found.checks, wrong))


PLANTERS: dict[str, Planter] = {kind: arithmetic(kind) for kind in ARITHMETIC} | {
    "target": target, "unit": unit, "label": label, "cut": cut}


def plant(draft: Draft, facts: Facts, rng: random.Random, kind: str) -> Draft | None:
    """`draft` with one slip of `kind`; None where it has no place for one."""
    try:
        return PLANTERS[kind](draft, facts, rng)
    except ValueError:  # the place is told in a way that cannot be changed alone
        return None


def planted(draft: Draft, facts: Facts, rng: random.Random, share: float) -> Draft:
    """`draft` with one to four slips of different kinds in `share` of all cases, as it is otherwise."""
    if rng.random() >= share:
        return draft
    wanted, count = rng.sample(KINDS, len(KINDS)), rng.choice((1, 1, 2, 2, 3, 4))
    for kind in wanted:
        if count and (found := plant(draft, facts, rng, kind)):
            draft, count = found, count - 1
    return draft
