"""A run as it goes, for whoever waits: how many inputs are behind it, read from the ledger, whoever reads them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from hedui.bulk.intake import Entered, Request
from hedui.commands.arguments import tell
from hedui.store import Store
from hedui.store.ledger import totals
from hedui.watching.watch import repeatedly

__all__ = ["followed"]

# between two looks where a terminal draws the bar, and where its lines go to a file
ON_SCREEN, IN_FILE = 1.0, 5.0


@contextmanager
def followed(request: Request, entered: Entered) -> Iterator[None]:
    """Draws a bar over the inputs of a run that are still to read, and says when the results are written."""
    from tqdm import tqdm

    with Store(request.address) as store:
        found = totals(store, run=entered.run)
        todo = found["seen"] + found["reading"]
        every = ON_SCREEN if sys.stderr.isatty() else IN_FILE
        bar = tqdm(desc="读取 reading", total=todo, unit="份", file=sys.stderr, mininterval=0.2 if every == ON_SCREEN else 10)

        def update() -> None:
            if bar.disable:  # it has said its last
                return
            now = totals(store, run=entered.run)
            bar.set_postfix({"未读出 failed": now["failed"], "隔离 quarantined": now["quarantined"]}, refresh=False)
            bar.update(todo - now["seen"] - now["reading"] - bar.n)
            if bar.n >= todo:
                bar.close()
                if not written:
                    tell("正在写结果 · writing the results …")

        written: list[bool] = []
        with bar, repeatedly(update, every=every):
            yield
            written.append(True)
