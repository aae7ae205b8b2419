"""`rakorsus backup` and `rakorsus restore`."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from datetime import datetime
from pathlib import Path

from rakorsus.cli.installation import Subparsers, open_installation

PASSPHRASE = "RAKORSUS_BACKUP_PASSPHRASE"  # noqa: S105 (a variable's name)  # nosec B105


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("backup", help="one file with everything, while running")
    parser.add_argument("file", type=Path, nargs="?", help="default: HOME/backups/DATE.rakorsus")
    parser.add_argument(
        "--encrypt", action="store_true", help=f"seal by a passphrase (asked, or ${PASSPHRASE})"
    )


def run(options: argparse.Namespace) -> int:
    open_installation()
    from django.conf import settings

    from rakorsus.operation.backup import backup

    now = datetime.now().astimezone()
    target = options.file or settings.HOME / "backups" / f"{now:%Y-%m-%d-%H%M%S}.rakorsus"
    phrase = passphrase(twice=True) if options.encrypt else ""
    if options.encrypt and not phrase:
        print("Kata sandi kosong atau tidak sama. / Empty or different.", file=sys.stderr)
        return 2
    try:
        manifest = backup(target, phrase)
    except OSError as error:
        print(f"Cadangan gagal / backup failed: {error}", file=sys.stderr)
        return 2
    rows = sum(table["rows"] for table in manifest["tables"].values())
    print(f"{target}: {rows} baris / rows, {len(manifest['files']) - 1} berkas / files")
    return 0


def passphrase(*, twice: bool) -> str:
    given = os.environ.get(PASSPHRASE, "")
    if given or not sys.stdin.isatty():
        return given
    first = getpass.getpass("Kata sandi cadangan / passphrase: ")
    if twice and getpass.getpass("Sekali lagi / again: ") != first:
        return ""
    return first
