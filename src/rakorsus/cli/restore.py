"""`rakorsus restore FILE`: an installation from its backup."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rakorsus.cli.backup import PASSPHRASE, passphrase
from rakorsus.cli.installation import Subparsers, open_installation


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("restore", help="an installation from its backup")
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--replace", action="store_true", help="throw away what this installation holds"
    )


def run(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        print(f"{options.file}: tidak ada / not found", file=sys.stderr)
        return 2
    open_installation()
    from rakorsus.operation import restore, sealing

    phrase = passphrase(twice=False) if sealing.is_sealed(options.file) else ""
    try:
        manifest = restore.restore(options.file, phrase, replace=options.replace)
    except sealing.WrongPassphrase:
        print(
            "Kata sandi salah atau berkas berubah. / Wrong passphrase, or the file was changed "
            f"(${PASSPHRASE}).",
            file=sys.stderr,
        )
        return 2
    except restore.NotEmpty:
        print(
            "Instalasi ini sudah berisi data; --replace menghapusnya lebih dahulu. "
            "/ This installation holds data; --replace throws them away first.",
            file=sys.stderr,
        )
        return 2
    except restore.Unusable as error:
        print(f"Cadangan tidak dapat dipakai / unusable backup: {error}", file=sys.stderr)
        return 2
    rows = sum(table["rows"] for table in manifest["tables"].values())
    print(f"{manifest['made']}: {rows} baris / rows, {len(manifest['files']) - 1} berkas / files")
    return 0
