#!/usr/bin/env python3
"""Reports in, the same printed to Word and PDF out, for reading them back against the gold of the originals.

usage: printed.py REPORT... -o OUT      writes OUT/docx/<name>.docx and, where LibreOffice is installed, OUT/pdf/<name>.pdf
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hedui.readers import read
from hedui.synth.render import docx_of, office, pdf_of_many


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("reports", type=Path, nargs="+", metavar="REPORT")
    cli.add_argument("-o", "--out", type=Path, required=True, metavar="OUT")
    args = cli.parse_args()
    files = {path.stem: docx_of(read(path)) for path in args.reports}
    kinds = {"docx": files}
    if office() is not None:
        kinds["pdf"] = dict(zip(files, pdf_of_many(list(files.values()), timeout=300), strict=True))
    for kind, printed in kinds.items():
        (args.out / kind).mkdir(parents=True, exist_ok=True)
        for stem, data in printed.items():
            (args.out / kind / f"{stem}.{kind}").write_bytes(data)


if __name__ == "__main__":
    main()
