"""The fields of a form of the desk -> the acts that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import get_args

from hedui.corrections import Mark, Saying
from hedui.document import Span
from hedui.errors import UsageError
from hedui.review import acts
from hedui.review.opened import Opened

__all__ = ["BUILDERS", "DECIDING", "sayings_of"]

Form = Mapping[str, str]
Asked = tuple[Saying, ...]
# acts after which a person goes on to the next task
DECIDING = frozenset({"accept", "reject", "mark"})


def whole(form: Form, name: str) -> int:
    told = form.get(name, "")
    if not told.isdecimal():
        raise UsageError(f"{name}: 应为整数，得到“{told[:20]}” · a whole number is wanted")
    return int(told)


def span(form: Form) -> Span:
    return whole(form, "start"), whole(form, "end")


def mark(opened: Opened, form: Form) -> Asked:
    told = form.get("value", "")
    found: Mark | None = next((one for one in get_args(Mark) if one == told), None)
    if told and found is None:
        raise UsageError(f"{told[:20]}: 应为其中之一 one of {' · '.join(get_args(Mark))}")
    return acts.mark(opened.state, form["target"], found)


def accept_all(opened: Opened, form: Form) -> Asked:
    """Accepts every record that nobody has looked at, that is at least as sure as asked for, and that no conflict touches."""
    try:
        least = float(form.get("least", ""))
    except ValueError as error:
        raise UsageError("请填把握下限，如 0.95 · say how sure, such as 0.95") from error
    bad = {one.id for one in opened.state.of("check") if opened.turned.get(one.id, one.data["verdict"]) == "conflict"}
    ids = [one.id for one in opened.state.of("record")
           if one.decision == "open" and one.data.get("confidence", 1.0) >= least and bad.isdisjoint(one.data.get("checks", ()))]
    if not ids:
        raise UsageError("没有这样的记录 · there is no such record")
    return acts.accept(opened.state, ids)


def fields_in(form: Form) -> dict[str, str]:
    return {name.removeprefix("field."): value for name, value in form.items() if name.startswith("field.")}


def ids_in(form: Form, name: str) -> list[str]:
    """The ids in a field, or in the names of boxes that were ticked (`claims.c-1`)."""
    ticked = [one.removeprefix(f"{name}.") for one in form if one.startswith(f"{name}.")]
    return [*(one for one in form.get(name, "").split(",") if one), *ticked]


BUILDERS: Mapping[str, Callable[[Opened, Form, str], Asked]] = {
    "accept": lambda o, f, _: acts.accept(o.state, [f["target"]]),
    "reject": lambda o, f, _: acts.accept(o.state, [f["target"]], decision="rejected"),
    "reopen": lambda o, f, _: acts.accept(o.state, [f["target"]], decision="open"),
    "accept_all": lambda o, f, _: accept_all(o, f),
    "mark": lambda o, f, _: mark(o, f),
    "note": lambda o, f, _: acts.note(o.state, f["target"], f.get("value", "")),
    "edit": lambda o, f, _: acts.edit(o.state, f["target"], f.get("field", ""), f.get("value", "")),
    "span": lambda o, f, _: acts.move(o.state, o.read.text, f["target"], span(f)),
    "label": lambda o, f, _: acts.relabel(o.state, f["target"], f.get("value", "")),
    "add_mention": lambda o, f, _: acts.add_mention(o.read.text, span(f), f.get("value", "")),
    "add_claim": lambda o, f, _: acts.add_claim(o.read.text, span(f), f.get("value", ""), fields_in(f), origin=f.get("origin", "narrative"),
                                                mentions=ids_in(f, "mentions")),
    "add_record": lambda o, f, _: acts.add_record(o.state, ids_in(f, "claims")),
    "link": lambda o, f, _: acts.link(o.state, f["target"], f.get("other", "")),
    "unlink": lambda o, f, _: acts.link(o.state, f["target"], f.get("other", ""), off=True),
    "undo": lambda o, f, person: acts.undo(o.state, o.events, person),
    "redo": lambda o, f, person: acts.redo(o.state, o.events, person),
}


def sayings_of(opened: Opened, form: Form, person: str) -> Asked:
    """The acts that a form asks for. UsageError, in words for the person, where it asks for what cannot be done.

    Of the finding that the form is about, `seen` says up to which event the person had seen it; of others that change with it what stands.
    """
    target = form.get("target", "")
    found = BUILDERS[form["act"]](opened, {**form, "target": target}, person)
    if form["act"] in ("undo", "redo") or not form.get("seen", "").isdecimal():
        return found
    return tuple(replace(one, seen=min(int(form["seen"]), one.seen)) if one.target == target else one for one in found)
