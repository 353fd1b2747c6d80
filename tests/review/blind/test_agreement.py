"""How far two people agree, held against the worked example of the paper, other implementations, and the formulas written out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.cli import main
from hedui.export import to_json
from hedui.review import acts, pages_agreement
from hedui.review.agreement import JUDGE, agreement_of
from hedui.review.agreement_kappa import Kappa, kappa_of, linked
from hedui.review.agreement_spans import exact_f1, merged, overlap_f1, unitizing
from hedui.review.judging import case_of, judge

# Krippendorff, Content Analysis (2nd ed. 2004), p. 254: a continuum of 300 from 150 on, two observers, categories c and k;
# (begin, length), what the book gives as observed and expected disagreement, and α
C = ([(225, 70), (370, 30)], [(220, 80), (355, 20), (400, 20)], 0.0144, 0.0532, 0.7286)
K = ([(180, 60), (300, 50)], [(180, 60), (300, 50)], 0.0, 0.0490, 1.0)


def spans_of(told):
    return [(begin - 150, begin - 150 + length) for begin, length in told]


@pytest.mark.parametrize("first, second, observed, expected, alpha", [C, K])
def test_the_worked_example_of_krippendorff(first, second, observed, expected, alpha):
    found = unitizing([spans_of(first), spans_of(second)], 300)
    assert (found.observed, found.expected, found.alpha) == pytest.approx((observed, expected, alpha), abs=0.0001)


def test_the_worked_example_over_both_categories():
    both = [unitizing([spans_of(first), spans_of(second)], 300) for first, second, *_ in (C, K)]
    assert (both[0] + both[1]).alpha == pytest.approx(1 - (0.0144 + 0) / (0.0532 + 0.0490), abs=0.001)


LENGTH = 60
SPANS = st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 12)).map(lambda one: (one[0], min(one[0] + one[1], LENGTH))), max_size=7)


def written_out(readers):
    """The formulas of the paper as they stand there: sections (begin, length, whether a unit) of each observer, all pairs of them."""
    sections = []
    for spans in readers:
        at, own = 0, []
        for start, end in merged(spans):
            own += [(at, start - at, 0)] * (start > at) + [(start, end - start, 1)]
            at = end
        sections.append(own + [(at, LENGTH - at, 0)] * (at < LENGTH))
    count, apart = len(sections), 0
    for i, one in enumerate(sections):
        for j, other in enumerate(sections):
            for b, own, v in one if i != j else ():
                for c, their, w in other:
                    if v and w and -own < b - c < their:
                        apart += (b - c) ** 2 + (b + own - c - their) ** 2
                    elif v and not w and their - own >= b - c >= 0:
                        apart += own**2
                    elif not v and w and their - own <= b - c <= 0:
                        apart += their**2
    everything = [section for own in sections for section in own]
    units = [own for _, own, v in everything if v]
    chance = sum((len(units) - 1) / 3 * (2 * own**3 - 3 * own**2 + own) + own**2 * sum(
        gap - own + 1 for _, gap, v in everything if not v and gap >= own) for own in units)
    whole = count * LENGTH
    pairs = whole * (whole - 1) - sum(own * (own - 1) for own in units)
    return apart / (count * (count - 1) * LENGTH**2), 2 / LENGTH * chance / pairs if units and pairs else 0.0


@settings(deadline=None)
@given(readers=st.lists(SPANS, min_size=2, max_size=3))
def test_alpha_is_what_the_formulas_of_the_paper_give(readers):
    found = unitizing(readers, LENGTH)
    assert (found.observed, found.expected) == pytest.approx(written_out(readers))


@settings(deadline=None)
@given(one=SPANS, other=SPANS)
def test_measures_of_spans_are_the_same_both_ways_and_one_for_the_same(one, other):
    for measure in (lambda a, b: exact_f1(a, b).value, lambda a, b: overlap_f1(merged(a), merged(b)).value,
                    lambda a, b: unitizing([a, b], LENGTH).alpha):
        there, back = measure(one, other), measure(other, one)
        assert (there is None and back is None) or there == pytest.approx(back)
        assert measure(one, one) in (None, 1)
    assert overlap_f1(one, other).shared >= exact_f1(set(one), set(other)).shared


@settings(deadline=None)
@given(one=SPANS.map(merged), other=SPANS.map(merged))
def test_overlapping_spans_are_matched_as_far_as_they_can_be(one, other):
    """The greatest number of pairs, found by trying all (Kuhn's algorithm)."""
    taken = {}

    def place(a, seen):
        for b in other:
            if a[0] < b[1] and b[0] < a[1] and b not in seen:
                seen.add(b)
                if b not in taken or place(taken[b], seen):
                    taken[b] = a
                    return True
        return False

    assert overlap_f1(one, other).shared == sum(place(a, set()) for a in one)


ANSWERS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30)


@settings(deadline=None)
@given(pairs=ANSWERS)
def test_kappa_is_that_of_scikit_learn(pairs):
    metrics = pytest.importorskip("sklearn.metrics")
    found = kappa_of(pairs).value
    if found is None:
        assert len({answer for pair in pairs for answer in pair}) == 1
    else:
        assert found == pytest.approx(metrics.cohen_kappa_score(*zip(*pairs, strict=True)))


def test_kappa_by_hand():
    """20 of 25 · 10 of 25 … the usual textbook table: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: (0.70 − 0.50) / 0.50."""
    found = Kappa(answers={("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    assert (found.observed, found.expected, found.value) == pytest.approx((0.7, 0.5, 0.4))
    assert found.of("yes").value == pytest.approx(0.4)
    assert Kappa().value is None


TIES = st.sets(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")))


@settings(deadline=None)
@given(first=TIES, second=TIES)
def test_ties_are_answers_over_all_that_could_be_tied(first, second):
    everything = [(a, x) for a in "ab" for x in "xyz"]
    assert linked(first, second, 6).value == kappa_of([("tie" if one in first else "", "tie" if one in second else "") for one in everything]).value


def finish(case, who, *, reject=(), **marks):
    """Decides everything in `who`'s reading: what is in `reject` is wrong, all else right."""
    for one in case.open(who.id).state.items.values():
        if one.kind == "record":
            case.do(who, lambda state, one=one: acts.accept(state, [one.id], decision="rejected" if one.id in reject else "accepted"))
        elif one.kind == "check" and one.data["verdict"] == "conflict":
            case.do(who, lambda state, one=one: acts.mark(state, one.id, marks.get("mark", "real")))


def mention(case, label):
    return next(one for one in case.open().state.of("mention") if one.data["label"] == label)


def test_nothing_is_told_before_both_are_done(twice, store):
    case = twice()
    finish(case, case.a)
    assert (agreement_of(store).reports, agreement_of(store).waiting, agreement_of(store).labels) == (0, 1, ())


def test_two_who_changed_nothing_agree_on_all_that_stands_and_on_nothing_touched(twice, store):
    case = twice()
    finish(case, case.a)
    finish(case, case.b)
    found = agreement_of(store)
    assert found.reports == 1 and {row.name for row in found.labels} >= {"AMOUNT", "RATE", "DOCNO", "fund", "indicator"}
    assert all((row.all.exact.value, row.all.overlap.value, row.all.units.alpha) == (1, 1, 1) for row in found.labels)
    assert all(row.touched.exact.first == 0 for row in found.labels)
    assert {row.name: row.all.decisions.observed for row in found.whole if row.name in ("record", "check")} == {"record": 1, "check": 1}


def test_what_two_have_otherwise_is_told_by_label_person_and_kind(twice, store):
    case = twice()
    amount, rate = mention(case, "AMOUNT"), mention(case, "RATE")
    start, end = amount.data["span"]
    case.do(case.a, lambda state: acts.move(state, case.open().read.text, amount.id, (start - 2, end)))
    case.do(case.b, lambda state: acts.relabel(state, rate.id, "QUANTITY"))
    record = case.findings.reports[0].records[0].id
    finish(case, case.a, reject=[record])
    finish(case, case.b, mark="wrong")
    found = agreement_of(store)
    rows = {row.name: row.all for row in found.labels}
    assert (rows["AMOUNT"].exact.value, rows["AMOUNT"].overlap.value) == (0, 1) and 0 < rows["AMOUNT"].units.alpha < 1
    assert (rows["RATE"].exact.first, rows["RATE"].exact.second, rows["QUANTITY"].exact.second) == (1, 0, 1)
    assert rows["DOCNO"].exact.value == 1 == rows["DOCNO"].units.alpha
    kinds = {row.name: row for row in found.whole}
    assert kinds["mention"].all.labels.answers == {("AMOUNT", "AMOUNT"): 1, ("RATE", "QUANTITY"): 1, ("DOCNO", "DOCNO"): 1}
    assert kinds["record"].all.decisions.answers == {("rejected", "accepted"): 1, ("accepted", "accepted"): 1}
    assert kinds["check"].all.decisions.answers == {("real", "wrong"): 1}
    assert kinds["mention"].touched.exact.first == 2 and kinds["mention"].all.exact.first == 3
    assert [(row.name, row.other) for row in found.pairs] == [(case.a.id, case.b.id)]
    assert {row.name: row.all.labels.observed for row in found.people} == pytest.approx({case.a.id: 6 / 7, case.b.id: 6 / 7})


def test_what_one_rejected_does_not_stand_with_them(twice, store):
    case = twice()
    case.do(case.a, lambda state: acts.accept(state, [mention(case, "DOCNO").id], decision="rejected"))
    finish(case, case.a)
    finish(case, case.b)
    found = next(row.all for row in agreement_of(store).labels if row.name == "DOCNO")
    assert (found.exact.first, found.exact.second, found.exact.value) == (0, 1, 0) and found.units.alpha < 0.1


def test_ties_that_one_cut_are_told(twice, store):
    case = twice()
    claim = case.open().state.of("claim")[0].id
    for who in (case.a, case.b):
        case.do(who, lambda state: acts.link(state, claim, mention(case, "AMOUNT").id))
    case.do(case.b, lambda state: acts.link(state, claim, mention(case, "AMOUNT").id, off=True))
    finish(case, case.a)
    finish(case, case.b)
    ties = next(row.all.ties for row in agreement_of(store).whole if row.name == "claim")
    assert ties.answers == {("tie", ""): 1, ("", ""): 4 * 3 - 1} and ties.value == 0


def test_after_judging_each_reader_is_held_against_the_judge(twice, store):
    case = twice()
    record = case.findings.reports[0].records[0].id
    finish(case, case.a, reject=[record])
    finish(case, case.b)
    held = case_of(store, case.sha256, case.report, person=case.judge.id)
    judge(store, held, "left", target=record, told={}, person=case.judge.id, group="group-judge-1")
    held = case_of(store, case.sha256, case.report, person=case.judge.id)
    judge(store, held, "finish", target="", told={}, person=case.judge.id, group="group-judge-2")
    rows = {row.name: row.all.decisions.observed for row in agreement_of(store).people if row.other == JUDGE}
    assert rows == {case.a.id: 1.0, case.b.id: pytest.approx(2 / 3)}


def test_the_command_and_the_page_tell_the_same(twice, store, client_of, capsys):
    case = twice()
    finish(case, case.a, reject=[case.findings.reports[0].records[0].id])
    finish(case, case.b)
    assert main(["review", "agreement", str(store.address)]) == 0
    told = capsys.readouterr().out
    assert "reports that both have read: 1" in told and "金额 amount" in told and case.a.name in told
    for scope in ("", "?scope=touched"):
        page = client_of(case.judge).get(f"/agreement{scope}").text
        assert "<svg" in page and "金额 amount" in page and "style=" not in page
    assert client_of(case.c).get("/agreement").status_code == 403


def test_it_is_worked_out_anew_only_when_a_reading_that_is_done_changes(twice, store, client_of, monkeypatch):
    case, other = twice(), twice()
    asked = []
    monkeypatch.setattr(pages_agreement, "agreement_of", lambda of: asked.append(1) or agreement_of(of))
    client, record = client_of(case.judge), case.findings.reports[0].records[0].id

    def reckoned():
        assert client.get("/agreement").status_code == 200
        return len(asked)

    finish(case, case.a)
    finish(case, case.b)
    first = reckoned()
    case.do(case.judge, lambda state: acts.note(state, record, "共用的读法里"))
    other.do(other.a, lambda state: acts.note(state, other.findings.reports[0].records[0].id, "还没读完"))
    assert reckoned() == first
    case.do(case.a, lambda state: acts.note(state, record, "再看一眼"))
    assert reckoned() == first + 1
    judge(store, case_of(store, case.sha256, case.report, person=case.judge.id), "finish", target="", told={}, person=case.judge.id,
          group="group-finish")
    assert reckoned() == first + 2
    case.do(case.judge, lambda state: acts.note(state, record, "裁定之后"))
    assert reckoned() == first + 3
    store.keep(to_json(case.findings), version="0.2.0+newer")
    assert reckoned() == first + 4 == reckoned()


def test_a_store_without_double_readings_says_so(kept, store, capsys, client_of, people):
    kept()
    assert main(["review", "agreement", str(store.address)]) == 0
    assert "reports that both have read: 0" in capsys.readouterr().out
    assert "No report was read by two people yet" in client_of(people[3]).get("/agreement").text
