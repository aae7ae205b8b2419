"""`rakorsus doctor`: check this installation and say what to mend."""

from __future__ import annotations

import argparse
import json

from rakorsus.cli.installation import Subparsers, open_installation

_MARKS = {"good": "  baik    ", "mind": "! rapikan ", "bad": "X perbaiki"}


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("doctor", help="check this installation and say what to mend")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--language", choices=["id", "en"], default="id")


def run(options: argparse.Namespace) -> int:
    """0 when nothing is wrong or only worth minding, 1 when something must be mended."""
    open_installation()
    from django.utils import translation

    from rakorsus.operation import checks

    with translation.override(options.language):
        found = [c._replace(name=str(c.name)) for c in checks.run()]
    if options.json:
        print(json.dumps([c._asdict() for c in found], ensure_ascii=False, indent=1))
    else:
        for check in found:
            print(f"{_MARKS[check.state]}  {check.name}: {check.says}")
            if check.advice:
                print(f"{'':12}{check.advice}")
    return int(checks.worst(found) == checks.State.BAD)
