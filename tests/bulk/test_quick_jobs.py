"""What may wait behind another file: what is read in about a second, not what may take minutes."""

import pytest

from hedui.bulk.jobs import Job, is_quick
from hedui.listing import Entry, Piece


@pytest.mark.parametrize("name, size, stage, quick", [
    ("自评报告.txt", 9_000, "read", True),
    ("自评表.XLSX", 80_000, "read", True),
    ("县.zip!/自评报告.docx", 40_000, "read", True),
    ("全集.txt", 2_000_000, "read", False),
    ("扫描.pdf", 60_000, "read", False),
    ("旧.doc", 60_000, "read", False),
    ("照片.jpg", 60_000, "read", False),
    ("没有后缀", 100, "read", False),
    ("扫描.pdf", 60_000, "weigh", True),
])
def test_what_is_quick(name, size, stage, quick):
    assert is_quick(Job(entry=Entry(name=name, path=name), size=size, stage=stage)) is quick


def test_a_case_of_many_files_is_not():
    parts = tuple(Piece(name=f"{n}.txt", path=f"{n}.txt", sha256=str(n)) for n in range(2))
    assert not is_quick(Job(entry=Entry(name="0.txt", path="0.txt", parts=parts), size=100))
