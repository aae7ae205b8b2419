# ruff: noqa: S608 (names come from our own models, values are bound or copied)
"""Writing many rows at once: executemany on SQLite, COPY on PostgreSQL.

Column and table names come from our own models, values are always bound or copied, never pasted.
Call inside a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

Row = Sequence[Any]


def lock(model: type[models.Model]) -> None:
    """Keep other writers of the table out until the transaction ends.

    SQLite's IMMEDIATE transaction has done so already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {_table(model)} IN SHARE ROW EXCLUSIVE MODE")


def alone(name: str) -> None:
    """Let one transaction of this name go on at a time, whatever machine it runs on; the others
    wait, and whoever writes without the name does not.

    SQLite's IMMEDIATE transaction is alone already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])


def measure(*models_: type[models.Model]) -> None:
    """Tell the database's planner how the tables look after many rows were written."""
    with connection.cursor() as cursor:
        for model in models_:
            cursor.execute(f"ANALYZE {_table(model)}")


def next_id(model: type[models.Model]) -> int:
    """The first free primary key; hold `lock` while handing out keys from it."""
    return int(model._default_manager.aggregate(top=models.Max("pk"))["top"] or 0) + 1


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Add rows. `columns` are column names; JSON columns take Python values."""
    if connection.vendor == "postgresql":
        _copy(_table(model), columns, _ready(model, columns, rows))
        if "id" in columns:
            _set_sequence(model)
        return
    _many(f"INSERT INTO {_table(model)} ({_list(columns)}) VALUES ({_marks(columns)})",
          _ready(model, columns, rows))  # fmt: skip


def upsert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Row], unique: Sequence[str]
) -> None:
    """Add rows; where a row with the same `unique` columns stands, overwrite its other columns.

    The primary key of a standing row is kept.
    """
    changed = [c for c in columns if c not in {*unique, "id"}]
    update = ", ".join(f'"{c}" = excluded."{c}"' for c in changed)
    clause = f"ON CONFLICT ({_list(unique)}) DO UPDATE SET {update}"
    ready = _ready(model, columns, rows)
    if connection.vendor != "postgresql":
        _many(f"INSERT INTO {_table(model)} ({_list(columns)}) VALUES ({_marks(columns)}) {clause}",
              ready)  # fmt: skip
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT {_list(columns)} "
            f"FROM {_table(model)} WITH NO DATA"
        )
        _copy("incoming", columns, ready)
        cursor.execute(
            f"INSERT INTO {_table(model)} ({_list(columns)}) "
            f"SELECT {_list(columns)} FROM incoming {clause}"
        )
        cursor.execute("DROP TABLE incoming")
    if "id" in columns:
        _set_sequence(model)


def delete(model: type[models.Model], column: str, values: Iterable[Any]) -> None:
    """Delete the rows whose column holds one of the values, without asking other tables."""
    waiting = iter(values)
    while part := list(islice(waiting, 5000)):
        rows = model._default_manager.filter(**{f"{column}__in": part})
        rows._raw_delete(rows.db)


def _ready(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with JSON columns as text and, for SQLite, dates as text."""
    by_column = {f.column: f for f in model._meta.concrete_fields}
    as_json = [i for i, c in enumerate(columns) if isinstance(by_column[c], models.JSONField)]
    as_day = [
        i for i, c in enumerate(columns)
        if connection.vendor == "sqlite" and isinstance(by_column[c], models.DateField)
    ]  # fmt: skip
    for row in rows:
        ready = list(row)
        for i in as_json:
            if ready[i] is not None:
                ready[i] = json.dumps(ready[i], ensure_ascii=False)
        for i in as_day:
            if ready[i] is not None:
                ready[i] = ready[i].isoformat()
        yield ready


def _many(statement: str, rows: Iterable[Row]) -> None:
    connection.ensure_connection()
    connection.connection.executemany(statement, rows)


def _copy(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({_list(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _set_sequence(model: type[models.Model]) -> None:
    table = _table(model)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
            f"(SELECT max(id) FROM {table}) + 1, false)"
        )


def _table(model: type[models.Model]) -> str:
    return str(model._meta.db_table)


def _list(columns: Sequence[str]) -> str:
    return ", ".join(f'"{c}"' for c in columns)


def _marks(columns: Sequence[str]) -> str:
    return ", ".join("?" * len(columns))


def update(
    model: type[models.Model], columns: Sequence[str], key: str, rows: Iterable[Row]
) -> None:
    """Overwrite columns of standing rows; each row holds the columns' values, then its key's."""
    ready = _ready(model, [*columns, key], rows)
    if connection.vendor != "postgresql":
        pairs = ", ".join(f'"{c}" = ?' for c in columns)
        _many(f'UPDATE {_table(model)} SET {pairs} WHERE "{key}" = ?', ready)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT {_list([*columns, key])} "
            f"FROM {_table(model)} WITH NO DATA"
        )
        _copy("incoming", [*columns, key], ready)
        pairs = ", ".join(f'"{c}" = i."{c}"' for c in columns)
        cursor.execute(
            f'UPDATE {_table(model)} t SET {pairs} FROM incoming i WHERE t."{key}" = i."{key}"'
        )
        cursor.execute("DROP TABLE incoming")
