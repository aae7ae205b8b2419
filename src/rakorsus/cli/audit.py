"""`rakorsus audit verify`: whether the log of changes is as it was written."""

from __future__ import annotations

import argparse
import json

from rakorsus.cli.installation import Subparsers, open_installation


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("audit", help="prove the log of changes")
    parser.add_argument("what", choices=["verify"], help="verify: check every link of the chain")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    open_installation()
    from rakorsus.audit import chain

    proof = chain.prove()
    if options.json:
        print(json.dumps(proof._asdict()))
    elif proof.broken is None and proof.whole:
        print(f"{proof.events} peristiwa, rantai utuh. / {proof.events} events, chain unbroken.")
    elif proof.broken is None:
        print(
            f"Peristiwa terakhir hilang sesudah #{proof.last}. "
            f"/ The newest events after #{proof.last} are missing."
        )
    else:
        print(
            f"Rantai putus pada peristiwa #{proof.broken}. / The chain breaks at #{proof.broken}."
        )
    return 0 if proof.broken is None and proof.whole else 1
