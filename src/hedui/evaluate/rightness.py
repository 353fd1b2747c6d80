"""What was read in a file and the annotations of it -> whether each mention, claim and record is right, one by one.

A mention is right when its place, label and value are; an indicator when all its fields are; a fund when its line, amount and
measure are; a document when its number and title are; a score when its name and points are. A record is right when what it
brings together is: every field of an indicator stands in an annotated telling of it and none of these tells a field that
it lacks, every claim of any other is right; and it `differ`s exactly where an annotated conflict touches it.

Annotations read with the text of their source have spans and are matched by place; of the same report printed or scanned,
whose text is another, things are matched by what they say, as many of each as are annotated.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from hedui.document import Span
from hedui.evaluate.claims import indicator_closeness
from hedui.evaluate.compare import NUMBERS, number, pair, same_value, similar, squeeze
from hedui.evaluate.reading import Reading, ToldIndicator, reading_of_gold, told_indicator
from hedui.evaluate.rightness_checks import right_checks, unfound_conflicts
from hedui.fields import plain_fields
from hedui.findings import Check, CitedDocument, Claim, Fund, Indicator, Mention, Record
from hedui.gold import Gold, GoldCheck
from hedui.gold.lines import Lines

__all__ = ["right_claims", "right_mentions", "right_records"]

Key = TypeVar("Key", bound=Hashable)
SAME_TITLE = 0.95


def placed(golds: Sequence[Gold]) -> bool:
    """Whether the quotes have spans."""
    return any(m.quote.span for gold in golds for m in gold.mentions) or any(c.span for gold in golds for c in gold.claims)


def right_mentions(mentions: Sequence[Mention], golds: Sequence[Gold]) -> list[bool]:
    if not placed(golds):
        left = Counter((m.label, squeeze(m.quote.full or m.quote.text), plain(m.label, m.value)) for g in golds for m in g.mentions)
        return [taken(left, (m.label, squeeze(m.text), plain(m.label, m.value))) for m in mentions]
    wanted: dict[tuple[str, str], list[tuple[Span, str | None]]] = defaultdict(list)
    for gold in golds:
        for m in gold.mentions:
            if m.quote.span:
                wanted[m.label, squeeze(m.quote.full or m.quote.text)].append((m.quote.span, m.value))
    return [any(span[0] < m.span[1] and m.span[0] < span[1] and same_value(m.label, m.value, value)
                for span, value in wanted[m.label, squeeze(m.text)]) for m in mentions]


def plain(label: str, value: object) -> str:
    return str(number(value)) if label in NUMBERS else squeeze(value)


def right_claims(claims: Sequence[Claim], golds: Sequence[Gold], text: str) -> list[bool]:
    """`text` is that of the source that was read."""
    wanted, fund_key = reading_of_gold(golds), fund_keys(golds, text)
    answers, titles = answered(claims, wanted), titles_told(golds)
    funds = Counter(fund_key(c.line, c.fields) for gold in golds for c in gold.claims if isinstance(c.fields, Fund))
    scores = Counter(wanted.scores)
    lines = Lines(text)
    found = []
    for claim in claims:
        said = claim.fields
        if isinstance(said, Indicator):
            answer = answers.get(claim.id)
            right = answer is not None and answer.fields == told_indicator(claim.origin, plain_fields(said)).fields
        elif isinstance(said, Fund):
            right = taken(funds, fund_key(lines.quote(claim.spans.get("yuan", claim.span)).line, said))
        elif isinstance(said, CitedDocument):
            right = all(right_title(said.title, titles.get(squeeze(one), ())) for one in said.number.split(";"))
        else:
            right = taken(scores, (squeeze(said.name), number(said.score)))
        found.append(right)
    return found


def fund_keys(golds: Sequence[Gold], text: str) -> Callable[[int, Fund], tuple[object, ...]]:
    """What tells funds apart: line, amount and measure, without the line where the text is not the annotated one."""
    by_line = placed(golds)
    return lambda line, said: ((line,) if by_line else ()) + (said.yuan.normalize(), said.measure)


def taken(left: Counter[Key], key: Key) -> bool:
    """Whether one of `key` is left, which is then used up."""
    if left[key] <= 0:
        return False
    left[key] -= 1
    return True


def right_title(title: str | None, told: Collection[str]) -> bool:
    """Whether a number bears one of the titles that annotations tell of it (none, where they tell of none)."""
    return any(not one or similar(one, squeeze(title)) > SAME_TITLE for one in told)


def titles_told(golds: Sequence[Gold]) -> Mapping[str, Collection[str]]:
    """Every title that is told of a document, by its number; "" where one is cited without."""
    found: dict[str, set[str]] = defaultdict(set)
    for said in (claim.fields for gold in golds for claim in gold.claims):
        if isinstance(said, CitedDocument):
            for one in said.number.split(";"):
                found[squeeze(one)].add(squeeze(said.title))
    return found


def answered(claims: Iterable[Claim], wanted: Reading) -> Mapping[str, ToldIndicator]:
    """The annotated indicator that each indicator claimed tells, by the id of the claim."""
    found: dict[str, ToldIndicator] = {}
    claimed = [c for c in claims if c.type == "indicator"]
    for origin in ("narrative", "table"):
        of = [c for c in claimed if c.origin == origin]
        said = [told_indicator(origin, plain_fields(c.fields)) for c in of]
        asked = [i for i in wanted.indicators if i.origin == origin]
        found |= {of[j].id: asked[i] for i, j in pair(asked, said, indicator_closeness).items()}
    return found


def right_records(records: Sequence[Record], claims: Sequence[Claim], checks: Sequence[Check], golds: Sequence[Gold],
                  text: str) -> list[bool]:
    """`claims` and `checks` are those that the records were put together of."""
    answers = answered(claims, reading_of_gold(golds))
    right = dict(zip((c.id for c in claims), right_claims(claims, golds, text), strict=True))
    confirmed = {c.id for c, good in zip(checks, right_checks(checks, golds), strict=True) if good and c.verdict == "conflict"}
    unfound, by_id = located(unfound_conflicts(checks, golds), text), {c.id: c for c in claims}
    found = []
    for record in records:
        of = [by_id[id_] for id_ in record.claims]
        said = record.fields
        good = right_fields(said, of, answers) if isinstance(said, Indicator) else all(right[claim.id] for claim in of)
        disputed = bool(confirmed.intersection(record.checks)) or any(touches(check, of, text) for check in unfound)
        found.append(good and (record.status == "differ") == (disputed or scores_differ(record, of)))
    return found


def right_fields(said: Indicator, of: Sequence[Claim], answers: Mapping[str, ToldIndicator]) -> bool:
    told = told_indicator(of[0].origin, plain_fields(said)).fields
    asked = [answers[claim.id].fields for claim in of if claim.id in answers]
    return (of[0].id in answers and all(any(one.get(key) == value for one in asked) for key, value in told.items())
            and all(key in told for one in asked for key in one))


def located(checks: Sequence[GoldCheck], text: str) -> list[GoldCheck]:
    """Those of annotated checks whose place can be told: they have it, or all they quote stands in the text (which may hold a
    part of the annotated pages only), and what they are stated of stands there once."""
    whole = squeeze(text)
    return [check for check in checks if check.stated.span or (
        whole.count(squeeze(check.stated.text)) == 1 and all(squeeze(quote.text) in whole for quote in check.inputs))]


def touches(check: GoldCheck, of: Sequence[Claim], text: str) -> bool:
    """Whether what an annotated check is stated of stands in one of the claims: at its place, or in so many words."""
    at = check.stated.span
    spans = [span for claim in of for span in claim.spans.values()]
    if at is None:
        return squeeze(check.stated.text) in {squeeze(text[start:end]) for start, end in spans}
    return any(start < at[1] and at[0] < end for start, end in spans)


def scores_differ(record: Record, of: Sequence[Claim]) -> bool:
    """Scores of one name with different points differ by themselves, whatever the checks say."""
    return record.type == "score" and len({getattr(claim.fields, "score", None) for claim in of}) > 1
