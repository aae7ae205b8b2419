"""`rakorsus restore`: an installation from a backup, on either database, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from rakorsus.operation import rows, sealing
from rakorsus.operation.backup import FORMAT, uploads


class Unusable(ValueError):
    """The file is no backup, is damaged, or comes from a newer version; says which."""


class NotEmpty(ValueError):
    """This installation holds data, and nobody said that they may be replaced."""


def restore(
    source: Path, passphrase: str | None = None, *, replace: bool = False
) -> dict[str, Any]:
    """Check the whole file, then put its content in place; returns its manifest.

    Tables are made as the backup's version had them, filled, and brought to this version. Rows are
    written in one transaction; the uploaded files and the key change places after it.

    Raises:
        Unusable, NotEmpty, sealing.WrongPassphrase: nothing was changed.
    """
    with _opened(source, passphrase) as tar:
        manifest = _checked(tar)
        executor = MigrationExecutor(connection)
        targets = _targets(executor, manifest["migrations"])
        if not replace and _holds_data():
            raise NotEmpty("this installation holds data; --replace throws them away")
        staged = Path(tempfile.mkdtemp(dir=settings.HOME, prefix="restore-"))
        try:
            _unpack(tar, manifest, staged)
            registry = _tables_as_they_were(executor, targets)
            with transaction.atomic():
                _empty(registry)
                for label, table in manifest["tables"].items():
                    member = tar.extractfile(f"tables/{label}.jsonl")
                    assert member is not None
                    rows.load(registry.get_model(label), table["columns"], member)
                _sequences(registry)
            _in_place(staged)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    return manifest


@contextmanager
def _opened(source: Path, passphrase: str | None) -> Iterator[tarfile.TarFile]:
    with tempfile.TemporaryFile(dir=settings.HOME) as plain, source.open("rb") as file:
        content: Any = file
        if sealing.is_sealed(source):
            sealing.unseal(file, plain, passphrase or "")
            plain.seek(0)
            content = plain
        try:
            tar = tarfile.open(fileobj=content, mode="r:gz")  # noqa: SIM115 (closed below)
        except (tarfile.TarError, OSError, EOFError) as error:
            raise Unusable("not a backup of rakorsus") from error
        with tar:
            yield tar


def _checked(tar: tarfile.TarFile) -> dict[str, Any]:
    try:
        body = tar.extractfile("manifest.json")
        assert body is not None
        manifest: dict[str, Any] = json.load(body)
    except (tarfile.TarError, OSError, EOFError, KeyError, ValueError, AssertionError) as error:
        raise Unusable("not a whole backup: its manifest is missing") from error
    if manifest.get("format") != FORMAT:
        raise Unusable(f"format {manifest.get('format')} is not known here")
    expected = {f"tables/{k}.jsonl": v["digest"] for k, v in manifest["tables"].items()}
    expected |= manifest["files"]
    for name, digest in expected.items():
        try:
            member = tar.extractfile(name)
            found = hashlib.file_digest(member, "sha256").hexdigest() if member else ""  # type: ignore[arg-type]
        except (tarfile.TarError, OSError, EOFError, KeyError) as error:
            raise Unusable(f"damaged at {name}") from error
        if found != digest:
            raise Unusable(f"damaged at {name}")
    return manifest


def _targets(executor: MigrationExecutor, applied: list[str]) -> list[tuple[str, str]]:
    """The last migrations of the backup, app by app."""
    graph = executor.loader.graph
    names = {tuple(name.split(".", 1)) for name in applied}
    unknown = names - set(graph.nodes)
    if unknown:
        raise Unusable(
            "made by a newer version; unknown here: " + ", ".join(sorted(map(".".join, unknown)))
        )
    last = [
        node for node in names
        if not any(c.key in names and c.key[0] == node[0] for c in graph.node_map[node].children)
    ]  # fmt: skip
    return sorted(last)  # type: ignore[arg-type]


def _holds_data() -> bool:
    tables = connection.introspection.table_names()
    model = installed.get_model(settings.AUTH_USER_MODEL)
    return model._meta.db_table in tables and model._base_manager.exists()


def _tables_as_they_were(executor: MigrationExecutor, targets: list[tuple[str, str]]) -> Apps:
    """Tables at the backup's migrations; where ours are ahead of it, they are made anew."""
    if set(executor.loader.applied_migrations) - set(executor.loader.graph.nodes):
        raise Unusable("this database was made by a newer version")
    if any(backwards for _, backwards in executor.migration_plan(targets)):
        _drop_everything()
        executor = MigrationExecutor(connection)
    newest = set(executor.loader.graph.leaf_nodes()) == set(targets)
    executor.migrate(targets)
    return installed if newest else executor.loader.project_state(targets).apps


def _drop_everything() -> None:
    """Only reached with `--replace`, when the backup is older than this installation's tables."""
    names = connection.introspection.table_names(include_views=False)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for name in names:
            table = connection.ops.quote_name(name)
            cascade = " CASCADE" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TABLE IF EXISTS {table}{cascade}")


def _empty(registry: Apps) -> None:
    for model in reversed(rows.tables(registry)):
        model._base_manager.all()._raw_delete(using="default")  # type: ignore[attr-defined]


def _sequences(registry: Apps) -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), rows.tables(registry))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _unpack(tar: tarfile.TarFile, manifest: dict[str, Any], staged: Path) -> None:
    for name in manifest["files"]:
        target = (staged / name).resolve()
        if not target.is_relative_to(staged.resolve()):
            raise Unusable(f"a file outside its folder: {name}")
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        member = tar.extractfile(name)
        assert member is not None
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(member, file)


def _in_place(staged: Path) -> None:
    folder = uploads()
    old = staged / "before"
    if folder.exists():
        os.replace(folder, old)
    if (staged / "files").exists():
        os.replace(staged / "files", folder)
    os.replace(staged / "secret.key", settings.HOME / "secret.key")
