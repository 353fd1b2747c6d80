"""A group in (a unit or a region), train, dev or test out: by hash, so that it is the same in every package and no group is in two of them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from hedui.research.publishing.request import Group

__all__ = ["SHARES", "group_sql", "split_of", "split_sql"]

SHARES = {"train": 80, "dev": 10, "test": 10}
SALT = "hedui-split/1 "
# what a group is told by, the first that the table has and that is not empty; a report without one is a group of its own file
GROUPED: dict[Group, tuple[str, ...]] = {"unit": ("unit_id", "report_unit"), "region": ("province", "linked_province", "report_region")}
NOWHERE = "_"


def split_of(group: str) -> str:
    """Where a group goes: 80, 10 and 10 in a hundred groups.

    >>> split_of("江苏省科学技术厅"), split_of("临岚经济开发区管理委员会")
    ('train', 'train')
    """
    share = int(hashlib.sha256((SALT + group).encode()).hexdigest()[:8], 16) % 100
    below = 0
    for name, size in SHARES.items():
        below += size
        if share < below:
            return name
    raise AssertionError(share)


def group_sql(group: Group, columns: Collection[str]) -> str:
    """The group of a report as SQL (DuckDB)."""
    held = [f"nullif({name}, '{NOWHERE}')" for name in GROUPED[group] if name in columns]
    return f"coalesce({', '.join([*held, 'sha256'])})"


def split_sql(group: str) -> str:
    """`split_of` of an expression as SQL (DuckDB)."""
    share = f"(('0x' || substr(sha256('{SALT}' || {group}), 1, 8))::ubigint % 100)"
    train, dev = SHARES["train"], SHARES["train"] + SHARES["dev"]
    return f"case when {share} < {train} then 'train' when {share} < {dev} then 'dev' else 'test' end"
