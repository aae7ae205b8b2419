"""`rakorsus backup`: one file with every row, every uploaded file and the key, while running.

A gzipped tar: `tables/LABEL.jsonl` for each table, `files/…`, `secret.key`, and at the end
`manifest.json` with what each part must hold. The format knows no database: what SQLite wrote,
PostgreSQL reads, and the other way round.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from rakorsus import __version__
from rakorsus.operation import rows, sealing
from rakorsus.operation.snapshot import snapshot

FORMAT = 1


def backup(target: Path, passphrase: str | None = None) -> dict[str, Any]:
    """Write the backup to `target`, sealed when there is a passphrase; returns its manifest.

    The file appears under its name only when it is whole and on disk.

    Raises:
        OSError: the disk is full, or the folder cannot be written; nothing is left behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryFile(dir=target.parent) as plain:
            manifest = _write(plain if passphrase else None, part, target.parent)
            if passphrase:
                plain.seek(0)
                with _private(part) as file:
                    sealing.seal(plain, file, passphrase)
                    _to_disk(file)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write(plain: Any, part: Path, folder: Path) -> dict[str, Any]:
    if plain is not None:
        return _pack(plain, folder)
    with _private(part) as file:
        manifest = _pack(file, folder)
        _to_disk(file)
    return manifest


def _pack(target: BinaryIO, folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "format": FORMAT, "version": __version__, "made": timezone.now().isoformat(),
        "database": connections["default"].vendor, "tables": {}, "files": {},
    }  # fmt: skip
    with tarfile.open(fileobj=target, mode="w:gz", compresslevel=6) as tar, snapshot(folder) as db:
        recorder = MigrationRecorder(connections[db])
        manifest["migrations"] = sorted(f"{a}.{n}" for a, n in recorder.applied_migrations())
        for model in rows.tables():
            label = model._meta.label_lower
            manifest["tables"][label] = {
                "columns": [f.name for f in rows.fields(model)],
                **_table(tar, f"tables/{label}.jsonl", rows.lines(model, db), folder),
            }
        # Files after the rows: whatever a row of the picture names is already there
        for path in _uploads():
            _file(tar, manifest, path)
        key = (settings.HOME / "secret.key").read_bytes()
        _member(tar, "secret.key", io.BytesIO(key), len(key))
        manifest["files"]["secret.key"] = hashlib.sha256(key).hexdigest()
        body = json.dumps(manifest, indent=1, sort_keys=True).encode()
        _member(tar, "manifest.json", io.BytesIO(body), len(body))
    return manifest


def _table(
    tar: tarfile.TarFile, name: str, written: Iterable[bytes], folder: Path
) -> dict[str, Any]:
    total, count = hashlib.sha256(), 0
    with tempfile.TemporaryFile(dir=folder) as spool:
        for line in written:
            spool.write(line)
            total.update(line)
            count += 1
        size = spool.tell()
        spool.seek(0)
        _member(tar, name, spool, size)
    return {"rows": count, "digest": total.hexdigest()}


def _uploads() -> list[Path]:
    folder = uploads()
    found = (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    return sorted(p for p in found if not p.name.startswith("."))  # of an upload that still comes


def uploads() -> Path:
    """The folder of uploaded files."""
    return Path(settings.STORAGES["default"]["OPTIONS"]["location"])


def _file(tar: tarfile.TarFile, manifest: dict[str, Any], path: Path) -> None:
    name = f"files/{path.relative_to(uploads()).as_posix()}"
    try:
        content = path.open("rb")
    except FileNotFoundError:  # deleted since the list was made
        return
    with content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        size = content.seek(0, os.SEEK_END)
        content.seek(0)
        _member(tar, name, content, size)
    manifest["files"][name] = digest


def _member(tar: tarfile.TarFile, name: str, content: Any, size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    tar.addfile(entry, content)


def _private(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    return os.fdopen(descriptor, "w+b")


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
