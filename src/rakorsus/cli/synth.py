"""`rakorsus synth nation`: a synthetic country for measurements and learning."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rakorsus.cli.installation import Subparsers


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("synth", help="synthetic planning data in bulk")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    nation = kinds.add_parser("nation", help="governments of the whole country, with planted pairs")
    nation.add_argument("--lines", type=int, required=True, metavar="N")
    nation.add_argument("--out", type=Path, required=True, metavar="DIR")
    nation.add_argument("--seed", type=int, default=1)
    nation.add_argument("--words", choices=("train", "test"), default="train")
    nation.add_argument(
        "--governments",
        type=int,
        metavar="K",
        help="the first K governments (default: as many as have about 9,000 lines, at most 552)",
    )


def run(options: argparse.Namespace) -> int:
    """Write the folder; returns 0, or 2 when the numbers cannot be."""
    from rakorsus.synth.nation import write

    began = time.monotonic()
    lines = governments = 0
    try:
        for code, count in write(
            options.out, options.lines, options.seed, options.words, options.governments
        ):
            lines, governments = lines + count, governments + 1
            if sys.stderr.isatty():
                print(f"{code}  {lines} / {options.lines}", end="\r", file=sys.stderr)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(
        f"{lines} baris / lines, {governments} pemerintah / governments,"
        f" {time.monotonic() - began:.0f} s; {options.out}"
    )
    return 0
