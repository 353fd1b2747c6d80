#!/usr/bin/env python3
"""The sample reports, printed, scanned and read back: how much of their text, tables and findings survives.

usage: fidelity.py [REPORT...] [--formats pdf,scan200] [--readers hedui,tesseract] [--pages N] [--look office]
                   [--each] [--show N] [--keep FOLDER] [--json FIGURES.json]

Each report is made a Word file, a PDF by LibreOffice and one by a browser, and scans: 200 and 300 dpi with 0.8° of
tilt, blur, noise and JPEG 60; 150 dpi with 2° of tilt, shadow, salt and pepper, JPEG 35 and a red seal over text. What
is read is held against what was printed:

错字率 CER     characters wrong of those wanted, NFKC, without white space, in order
形近不计        the same, brackets, quotes and dashes of one kind each (〔2022〕 and [2022])
乱序不计 bag    the same as CER whatever their order: what remains of CER is order
TEDS, 结构     tables as trees (Zhong et al. 2020), with and without their texts; a table not found counts 0
单元格 cells   cells with the right column, extent and text
要素 F1        mentions found in what was read, against those found in the text itself; 指标 the same for the fields of
               indicator tables; 矛盾, 准 recall
               of its provable conflicts and precision of all that are said
秒/页, 引擎     seconds of one core a page, and the share of them inside the recogniser
MB             peak memory of the reader's process

Peers read the same files in the same run, as far as they are installed; nothing is installed by this script. They know
no page footers, so lines like "- 3 -" are taken out of what they read.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from fidelity_make import FORMATS, LOOKS, Made, made_files, truths_of
from fidelity_read import READERS, READS, Answer, Job, missing
from fidelity_score import FileScore, Truth, pooled, scored, truth_of
from fidelity_show import each_table, refusal_lines, summary_table
from fidelity_text import body_of, differences
from tqdm import tqdm

ROOT = Path(__file__).parents[1]
READER = Path(__file__).with_name("fidelity_read.py")
EXTENSIONS = {"docx": ".docx", "tiff200": ".tif"}


def file_name(made: Made) -> str:
    return f"{made.name or 'warm'}-{made.format}{EXTENSIONS.get(made.format, '.pdf')}"


def settings(threads: int) -> dict[str, str]:
    return os.environ | {"HEDUI_OCR_THREADS": str(threads), "OMP_NUM_THREADS": str(threads), "OMP_THREAD_LIMIT": str(threads)}


def answers(reader: str, files: Sequence[Made], threads: int) -> Iterator[tuple[Made, Answer]]:
    """What one reader reads in each of the files, in a process of its own; the first file only warms it up."""
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / f"{index}.job" for index in range(len(files))]
        for path, made in zip(paths, files, strict=True):
            path.write_bytes(pickle.dumps(Job(data=made.data, name=file_name(made), format=made.format, dpi=made.dpi)))
        with subprocess.Popen([sys.executable, str(READER), reader, *map(str, paths)], stdout=subprocess.PIPE, text=True,
                              env=settings(threads)) as process:
            assert process.stdout is not None
            done = 0
            for line in process.stdout:
                if line.strip().endswith(".job"):
                    answer: Answer = pickle.loads(paths[done].with_suffix(".read").read_bytes())
                    yield files[done], answer
                    done += 1
        for made in files[done:]:
            yield made, Answer(refused=f"进程中断 / the process ended ({process.returncode})")


def measured(files: Sequence[Made], truths: dict[str, Truth], readers: Sequence[str], threads: int,
             progress: tqdm[None]) -> Iterator[tuple[FileScore, Answer]]:
    for format in dict.fromkeys(made.format for made in files):
        chosen = [made for made in files if made.format == format]
        for reader in readers:
            if format not in READS[reader]:
                continue
            for made, answer in answers(reader, chosen, threads):
                progress.set_postfix_str(f"{format} {reader} {made.name}")
                if made.name:
                    yield scored(made, reader, answer, truths[made.name]), answer
                progress.update()


def steps(files: Sequence[Made], readers: Sequence[str]) -> int:
    return sum(made.format in READS[reader] for made in files for reader in readers)


def chosen_readers(told: str) -> list[str]:
    """The readers asked for that run here; of the others it is said why not."""
    present = []
    for reader in told.split(",") if told else READERS:
        reason = missing(reader)
        if reason:
            print(f"{reader}: {reason}，略过 / left out", file=sys.stderr)
        else:
            present.append(reader)
    return present


def arguments() -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("reports", type=Path, nargs="*", help="the project's samples, if left out")
    cli.add_argument("--formats", default=",".join(FORMATS[:-1]), help=f"of {','.join(FORMATS)}")
    cli.add_argument("--readers", default="", help=f"of {','.join(READERS)}; all that are installed, if left out")
    cli.add_argument("--pages", type=int, help="shorten each report to so many pages; its tables are kept first")
    cli.add_argument("--look", choices=tuple(LOOKS), default="plain",
                     help="office: labels merged downwards, header rows repeated on each page, a line at the top; bare: tables "
                          "without rules; across: wide tables on pages across")
    cli.add_argument("--threads", type=int, default=1, help="threads of the recognisers")
    cli.add_argument("--each", action="store_true", help="also a line for each report")
    cli.add_argument("--show", type=int, default=0, metavar="N", help="also the N largest differences of each reading by hedui")
    cli.add_argument("--keep", type=Path, help="also write the files made and the texts read here")
    cli.add_argument("--json", type=Path, help="also write the figures here")
    args = cli.parse_args()
    args.formats = args.formats.split(",")
    if unknown := set(args.formats) - set(FORMATS):
        cli.error(f"没有这种格式 / no such format: {'、'.join(sorted(unknown))}")
    if unknown := set(args.readers.split(",")) - {"", *READERS}:
        cli.error(f"没有这种读法 / no such reader: {'、'.join(sorted(unknown))}")
    return args


def shown(score: FileScore, answer: Answer, truth: Truth, most: int) -> Iterator[str]:
    yield f"\n{score.format} {score.name}"
    yield from (f"    {line}" for line in differences(body_of(truth.document), answer.text, most))
    yield from (f"    表 table {index + 1}: TEDS {table.teds:.3f} 结构 {table.structure:.3f} 单元格 {table.cells}/{table.size}"
                for index, table in enumerate(score.tables) if table.teds < 1)


def main() -> int:
    args = arguments()
    paths = args.reports or sorted((ROOT / "annotations" / "samples").glob("s*.*"))
    look = LOOKS[args.look]
    readers = chosen_readers(args.readers)
    truths = truths_of(paths, pages=args.pages, look=look)
    with tqdm(total=len(truths) * len(args.formats), desc="制作 making", unit="份", disable=None) as progress:
        files = made_files(truths, args.formats, look, progress.update)
    known = {name: truth_of(document) for name, document in truths if name}
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        for made in files:
            (args.keep / file_name(made)).write_bytes(made.data)
    scores: list[FileScore] = []
    with tqdm(total=steps(files, readers), desc="读取 reading", unit="份", disable=None) as progress:
        for score, answer in measured(files, known, readers, args.threads, progress):
            scores.append(score)
            if args.keep:
                (args.keep / f"{score.name}.{score.format}.{score.reader}.txt").write_text(answer.text, encoding="utf-8")
            if args.show and score.reader == "hedui":
                tqdm.write("\n".join(shown(score, answer, known[score.name], args.show)))
    pools = pooled(scores)
    if args.each:
        print(each_table(scores) + "\n")
    print(summary_table(pools))
    print(*refusal_lines(scores), sep="\n")
    if args.json:
        figures = {"look": args.look, "pages": args.pages, "threads": args.threads, "pooled": [pool.plain() for pool in pools],
                   "each": [one.plain() for score in scores for one in pooled([score])]}
        args.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
