"""A SQLite database as text, and back: what a released version leaves for all later ones.

Only what was written is text: the index of words (FTS5) is made anew from what it indexes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

Rows = dict[str, dict[tuple[object, ...], dict[str, object]]]
_LINE = "-- rakorsus "


def dump(database: Path) -> Iterator[str]:
    """The statements that make it, one a line where no text breaks it."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as held:
        found = held.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        ).fetchall()
        words = [name for _, name, _, sql in found if _virtual(sql)]
        shadows = {f"{name}_{part}" for name in words
                   for part in ("config", "data", "docsize", "idx", "content")}  # fmt: skip
        tables = [name for kind, name, _, sql in found
                  if kind == "table" and name not in (*words, *shadows)]  # fmt: skip
        for kind, name, _, sql in found:
            if kind == "table" and name in tables:
                yield f"{sql};"
        for table in tables:
            yield from _filled(held, table)
        yield "DELETE FROM sqlite_sequence;"
        yield from _filled(held, "sqlite_sequence")
        for name in words:
            yield f"{next(sql for _, n, _, sql in found if n == name)};"
            yield f"INSERT INTO {name}({name}) VALUES('rebuild');"
        for kind, _, table, sql in found:
            if kind != "table" and table not in shadows:
                yield f"{sql};"
    held.close()


def _virtual(sql: str) -> bool:
    return sql.upper().startswith("CREATE VIRTUAL")


def _filled(held: sqlite3.Connection, table: str) -> Iterator[str]:
    names = [row[1] for row in held.execute(f'PRAGMA table_info("{table}")')]
    quoted = " || ',' || ".join(f'quote("{name}")' for name in names)
    columns = ",".join(f'"{name}"' for name in names)
    for (values,) in held.execute(f'SELECT {quoted} FROM "{table}" ORDER BY 1'):
        yield f'INSERT INTO "{table}"({columns}) VALUES({values});'


def load(text: str, database: Path) -> None:
    """Make a database of what `dump` gave."""
    with sqlite3.connect(database) as made:
        made.executescript(f"BEGIN;\n{text}\nCOMMIT;")
    made.close()


def rows_of(database: Path) -> Rows:
    """Every row of every table by its primary key, as column -> value."""
    found: Rows = {}
    with sqlite3.connect(database) as held:
        held.row_factory = sqlite3.Row
        names = [name for name, sql in held.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
        ) if not _virtual(sql) and "_fts_" not in name]  # fmt: skip
        for table in names:
            keys = [r["name"] for r in held.execute(f'PRAGMA table_info("{table}")') if r["pk"]]
            found[table] = {
                tuple(row[key] for key in keys): dict(row)
                for row in held.execute(f'SELECT * FROM "{table}"')
            }
    held.close()
    return found


def columns_of(database: Path) -> dict[str, dict[str, tuple[object, ...]]]:
    """Table -> column -> type, whether it may be empty, part of the key."""
    with sqlite3.connect(database) as held:
        tables = [n for (n,) in held.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        made = {t: {r[1]: (r[2], r[3], r[5]) for r in held.execute(f'PRAGMA table_info("{t}")')}
                for t in tables}  # fmt: skip
    held.close()
    return made


def lost(before: Rows, after: Rows, moved: dict[str, str | None] | None = None) -> list[str]:
    """What a migration has lost or changed.

    Args:
        moved: what a migration means to change: `table` -> its new name, or None where it is
            gone on purpose; `table.column` -> None where its values are rewritten on purpose.
    """
    moved, found = moved or {}, []
    for table, rows in before.items():
        name = moved.get(table, table)
        if name is None:
            continue
        now = after.get(name)
        if now is None:
            found.append(f"{table}: the table is gone")
            continue
        for key, row in rows.items():
            if key not in now:
                found.append(f"{table} {key}: the row is gone")
                continue
            found += [
                f"{table} {key}: {column} was {value!r}, is {now[key].get(column)!r}"
                for column, value in row.items()
                if f"{table}.{column}" not in moved and now[key].get(column, ...) != value
            ]
    return found
