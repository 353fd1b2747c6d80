"""How long the pages for looking take over the results of a run: OUT in, seconds of CPU and bytes for each page out, cold and warm; then the
folder of `hedui dashboard`.

    python benchmarks/research_pages.py OUT
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from starlette.testclient import TestClient

from hedui.research.pictures.facts import facts_at, held_at
from hedui.review.app import application
from hedui.review.dashboard import write_dashboard
from hedui.review.pages_research import picture_in
from hedui.review.research_views import VIEWS
from hedui.review.security import LASTS, digest_of
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.people import add_person, open_session

ROUNDS = 5


def timed(work):
    wall, cpu = perf_counter(), process_time()
    made = work()
    return made, process_time() - cpu, perf_counter() - wall


def asked(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    told.add_argument("out", help="OUT of hedui run, or what else hedui.research opens")
    out = told.parse_args().out
    facts_at(out).store.arrow("select count(*) from records")
    held_at.cache_clear()
    held, cpu, wall = timed(lambda: facts_at(out))
    print(f"facts of {len(held.facts):,} reports: {cpu:.2f} s CPU, {wall:.2f} s")
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "people.sqlite") as store:
        open_session(store, digest_of("token"), add_person(store, name="甲", role="annotator", secret="x").id, csrf="csrf", lasts=LASTS)
        client = TestClient(application(Desk(store=store, out=out)), cookies={"hedui": "token"})
        asked(client, "/research")
        for path in (*(f"/research/{name}" for name in VIEWS), "/research/scores?year=2022", "/research/behind/scores?mark=95"):
            picture_in.cache_clear()
            answer, cold, _ = timed(lambda path=path: asked(client, path))
            warm = min(timed(lambda path=path: asked(client, path))[1] for _ in range(ROUNDS))
            print(f"{path:36} cold {cold * 1000:6.0f} ms, warm {warm * 1000:5.0f} ms CPU, {len(answer.content) / 1024:6.0f} KiB")
        written, cpu, wall = timed(lambda: write_dashboard(held, Path(folder) / "dashboard"))
        size = sum(path.stat().st_size for path in (Path(folder) / "dashboard").rglob("*") if path.is_file())
        print(f"dashboard: {cpu:.1f} s CPU, {wall:.1f} s, {written.files:,} files, {written.with_sentences:,} with sentences, {size / 2**20:.0f} MiB")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
