"""The store stays small: a report of the usual length takes less than 22 kB in it, so that its parsed text and raw signals fit into 30."""

from dataclasses import replace
from hashlib import sha256

from hedui.export.json import to_output
from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.store import Store
from hedui.store.packed import packed
from hedui.synth.generate import make_report

SEED, USUAL = 7, 1
MOST_BYTES = 22_000


def test_a_usual_report_takes_less_than_22_kilobytes(tmp_path):
    found = extract(read_bytes(make_report(SEED, USUAL, slips=0.5).page.marked.text.encode(), "a.txt"))
    one, sizes = packed(to_output(found), version="v"), []
    for copies in (20, 60):
        path = tmp_path / f"{copies}.sqlite"
        with Store(path) as store:
            store.keep_many(replace(one, sha256=sha256(str(number).encode()).hexdigest()) for number in range(copies))
        sizes.append(path.stat().st_size)
    assert 3000 < len(found.document.text) < 4200 and len(one.rows["records"]) > 20
    assert (sizes[1] - sizes[0]) / 40 < MOST_BYTES
