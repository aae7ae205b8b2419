"""A picture of the whole database at one moment, taken while others write."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections, transaction

ALIAS = "snapshot"


@contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """The alias of a database that does not change while it is read.

    SQLite: a copy by the online backup call, in `folder`, deleted afterwards; writers do not wait.
    PostgreSQL: a connection of its own in one read-only transaction of repeatable reads.

    Raises:
        OSError: no room in `folder` for the copy.
    """
    settings = dict(connections["default"].settings_dict)
    if connections["default"].vendor == "sqlite":
        with tempfile.TemporaryDirectory(dir=folder) as inside:
            copy = Path(inside) / "copy.sqlite3"
            _copy(connections["default"], copy)
            with _opened({**settings, "NAME": copy}) as alias:
                yield alias
        return
    options = {**settings.get("OPTIONS", {})}
    from psycopg import IsolationLevel

    options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    # The name in use, which the test runner may have changed
    with (
        _opened({**settings, "OPTIONS": options, "CONN_MAX_AGE": 0}) as alias,
        transaction.atomic(using=alias),
    ):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield alias


@contextmanager
def _opened(settings: dict[str, object]) -> Iterator[str]:
    connections.databases[ALIAS] = settings
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def _copy(source: object, target: Path) -> None:
    source.ensure_connection()  # type: ignore[attr-defined]
    live: sqlite3.Connection = source.connection  # type: ignore[attr-defined]
    made = sqlite3.connect(target)
    try:
        live.backup(made)
    except sqlite3.OperationalError as error:
        raise OSError(f"{target.parent}: {error}") from error  # no room, or no disk
    finally:
        made.close()
