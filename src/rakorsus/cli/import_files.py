"""`rakorsus import`: load files into the register of this installation, as its operator."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rakorsus.cli.installation import Subparsers, open_installation

if TYPE_CHECKING:
    from rakorsus.engine.records import Text
    from rakorsus.stages.intake.models import ImportBatch


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("import", help="load files into the register")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR")
    parser.add_argument("--json", action="store_true", help="the result as JSON on stdout")
    parser.add_argument("--strict", action="store_true", help="end with 1 when rows were set aside")


def run(args: argparse.Namespace) -> int:
    """0 done; 1 rows set aside under --strict; 2 nothing usable, or the import failed."""
    missing = [str(path) for path in args.paths if not path.exists()]
    if missing:
        print(f"tidak ditemukan / not found: {', '.join(missing)}", file=sys.stderr)
        return 2
    open_installation()
    from django.core.exceptions import ValidationError
    from django.core.files.base import File
    from django.core.management import call_command

    from rakorsus.people import actor as actors
    from rakorsus.stages.intake import actions
    from rakorsus.stages.register.loading import load

    call_command("migrate", verbosity=0, interactive=False)
    with ExitStack() as stack:
        uploads = [
            File(stack.enter_context(path.open("rb")), name=name)
            for path, name in _files(args.paths)
        ]
        try:
            batch = actions.receive(actors.system("cli"), uploads, queue=False)
        except ValidationError as error:
            print("\n".join(error.messages), file=sys.stderr)
            return 2
    load(batch, tell=_teller())
    result = _result(batch)
    if args.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        _print(result)
    if batch.state != batch.State.DONE or not any(f["kind"] for f in result["files"]):
        return 2
    return int(bool(args.strict and batch.set_aside))


def _files(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """Every visible file named, or below a folder named, with its name for people."""
    for path in paths:
        if path.is_file():
            yield path, path.name
            continue
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
            if inner.is_file() and not hidden:
                yield inner, inner.name


def _teller() -> Any:
    """Progress on stderr when it is a terminal."""
    if not sys.stderr.isatty():
        return None

    def tell(progress: int, text: Text) -> None:
        print(f"\r\x1b[K{progress:3d} % {text.id} / {text.en}", end="", file=sys.stderr, flush=True)
        if progress >= 100:
            print(file=sys.stderr)

    return tell


def _result(batch: ImportBatch) -> dict[str, Any]:
    from rakorsus.stages.intake.queries.rows import causes

    return {
        "batch": str(batch.pk),
        "state": batch.state,
        "message": batch.message,
        "read": batch.read,
        "accepted": batch.accepted,
        "set_aside": batch.set_aside,
        "repaired": batch.repaired,
        "versions": batch.versions,
        "files": [
            {
                "name": file.name,
                "sha256": file.sha256,
                "state": file.state,
                "kind": file.kind,
                "read": file.read,
                "accepted": file.accepted,
                "set_aside": file.set_aside,
                "structure": file.structure,
                "repaired": file.repaired,
                "problem": file.problem if file.problem_id else None,
                "sheets": file.sheets,
            }
            for file in batch.files.all()
        ],
        "causes": [{"reason": cause.reason, "rows": cause.count} for cause in causes(batch)],
    }


def _print(result: dict[str, Any]) -> None:
    for file in result["files"]:
        words = file["problem"]["id"] if file["problem"] else file["kind"]
        print(
            f"{file['name']}: {words} · {file['read']} dibaca = {file['accepted']} diterima"
            f" + {file['set_aside']} disisihkan"
        )
    for cause in result["causes"]:
        print(f"  {cause['rows']} baris: {cause['reason']['id']}")
    for version in result["versions"]:
        print(
            f"versi {version['number']} ({version['document']}): {version['added']} baru, "
            f"{version['changed']} berubah, {version['removed']} dihapus, {version['same']} tetap"
        )
    if not result["versions"]:
        print(result["message"]["id"] or "Tidak ada yang berubah.")
