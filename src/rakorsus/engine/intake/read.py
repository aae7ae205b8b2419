"""Files and folders in, one reading out; whatever is wrong with a file stays inside its report."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from rakorsus.engine.intake import personal
from rakorsus.engine.intake.cleaning import Cleaned, clean
from rakorsus.engine.intake.continued import continued, without_footer
from rakorsus.engine.intake.fields import Type
from rakorsus.engine.intake.kinds import (
    KINDS,
    MAPPED,
    UNKNOWN,
    UNREADABLE,
    normals_of,
    recognise,
)
from rakorsus.engine.intake.limits import Limits
from rakorsus.engine.intake.mapping import FIELDS, apply, signature
from rakorsus.engine.intake.mapping import Mapping as ColumnMapping
from rakorsus.engine.intake.opening import is_archive, members, open_tables
from rakorsus.engine.intake.reading import FileReport, Reading, SheetReport
from rakorsus.engine.intake.setaside import came_back
from rakorsus.engine.intake.table import Broken, Table
from rakorsus.engine.intake.trouble import Unreadable, broken, no_rows
from rakorsus.engine.intake.workbooks import Grid
from rakorsus.engine.records import Problem, SetAsideRow, Text

Progress = Callable[[str, float], None]
Mappings = Mapping[str, ColumnMapping]

_LOG = logging.getLogger(__name__)
_MENDED = Text("Tanda kutip di dalam isi sel diperbaiki.", "Quotes inside a cell were mended.")


def read_paths(
    paths: Iterable[str | Path],
    *,
    limits: Limits | None = None,
    mappings: Mappings | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read files and folders (with what is below them), each file once.

    Args:
        mappings: remembered mappings of tables that no kind fits, by signature of the header.
        progress: called before each file with its name and the share (0..1) that is done.

    A file that cannot be read is reported as `unreadable`; nothing is raised for it.
    """
    bounds = limits or Limits()
    found = list(_files(paths))
    total = sum(size for _, size in found) or 1
    done = 0
    gathered = _Gathered()
    for path, size in found:
        if progress:
            progress(path.name, done / total)
        gathered.file(str(path), path, bounds, mappings or {})
        done += size
    if progress:
        progress("", 1.0)
    return gathered.reading()


def read_bytes(
    name: str,
    data: bytes,
    *,
    limits: Limits | None = None,
    mappings: Mappings | None = None,
) -> Reading:
    """Read one file that is in memory; `name` stands for its path."""
    gathered = _Gathered()
    gathered.data(name, data, limits or Limits(), mappings or {})
    return gathered.reading()


def first_tables(name: str, data: bytes, *, limits: Limits | None = None) -> list[Table]:
    """The tables of one file as found, without personal columns: for a preview of a mapping.

    Raises:
        Unreadable: the file cannot be read.
    """
    del name
    opened = open_tables(data, limits or Limits())
    return [_without_personal(t) for t in opened if isinstance(t, Table)]


def _files(paths: Iterable[str | Path]) -> Iterator[tuple[Path, int]]:
    for given in paths:
        path = Path(given)
        if not path.is_dir():
            yield path, path.stat().st_size if path.is_file() else 0
            continue
        for inner in sorted(path.rglob("*")):
            below = inner.relative_to(path).parts
            if inner.is_file() and not any(part.startswith((".", "~$")) for part in below):
                yield inner, inner.stat().st_size


class _Gathered:
    """Reports and tables as they come in."""

    def __init__(self) -> None:
        self.files: list[FileReport] = []
        self.tables: dict[str, list[pl.DataFrame]] = {}
        self.titles: dict[tuple[str, str], tuple[str, ...]] = {}
        self.seen: dict[str, str] = {}

    def reading(self) -> Reading:
        return Reading(tuple(self.files), self.tables, self.titles)

    def file(self, name: str, path: Path, limits: Limits, mappings: Mappings) -> None:
        try:
            if path.stat().st_size > limits.file:
                reason = Text(
                    f"Ukuran berkas lebih dari {limits.file >> 20} MB. Bagi menjadi beberapa "
                    "berkas.",
                    f"The file is larger than {limits.file >> 20} MB. Split it.",
                )
                self.files.append(FileReport(name, "", UNREADABLE, reason=reason))
                return
            data = path.read_bytes()
        except OSError as error:
            reason = Text(
                f"Berkas tidak dapat dibuka ({error.strerror}).",
                f"The file cannot be opened ({error.strerror}).",
            )
            self.files.append(FileReport(name, "", UNREADABLE, reason=reason))
            return
        self.data(name, data, limits, mappings)

    def data(self, name: str, data: bytes, limits: Limits, mappings: Mappings) -> None:
        digest = hashlib.sha256(data).hexdigest()
        if digest in self.seen:
            self.files.append(_repeat(name, digest, self._of(digest), self.seen[digest]))
            return
        self.seen[digest] = name
        try:
            if not is_archive(data, limits):
                self._table_file(name, digest, data, limits, mappings)
                return
            count = 0
            for member, content in members(data, limits):
                self.data(f"{name}/{member}", content, limits, mappings)
                count += 1
            if not count:
                raise no_rows()
        except Unreadable as error:
            self.files.append(FileReport(name, digest, UNREADABLE, reason=error.reason))
        except (
            ValueError,
            TypeError,
            LookupError,
            ArithmeticError,
            RuntimeError,
            MemoryError,
            pl.exceptions.PolarsError,
        ) as error:
            _LOG.warning("%s: %s", name, type(error).__name__)
            self.files.append(FileReport(name, digest, UNREADABLE, reason=broken("ini").reason))

    def _of(self, digest: str) -> FileReport | None:
        return next((f for f in self.files if f.sha256 == digest), None)

    def _table_file(
        self, name: str, digest: str, data: bytes, limits: Limits, mappings: Mappings
    ) -> None:
        sheets: list[SheetReport] = []
        aside: list[SetAsideRow] = []
        repaired: list[Problem] = []
        dropped: dict[str, None] = {}
        for opened in open_tables(data, limits):
            if isinstance(opened, Grid):
                kind = "note" if _filled(opened) else "empty"
                sheets.append(SheetReport(opened.sheet, kind, 0, 0, 0, len(opened.rows)))
                continue
            table = came_back(_without_personal(opened))
            dropped.update(dict.fromkeys(table.dropped))
            kind, table, cleaned = _understood(table, mappings)
            sheets.append(_report(kind, table, cleaned))
            aside += cleaned.set_aside
            repaired += [Problem(table.sheet, row, None, _MENDED) for row in table.repaired]
            repaired += cleaned.repaired
            if cleaned.frame.height and kind != UNKNOWN:
                frame = cleaned.frame.with_columns(pl.lit(name).alias("file"))
                self.tables.setdefault(kind, []).append(frame)
                self.titles[name, table.sheet] = (*table.above, *table.header)
        kinds = list(dict.fromkeys(s.kind for s in sheets if s.kind not in ("empty", "note")))
        known = [k for k in kinds if k != UNKNOWN]
        kind = known[0] if len(known) == 1 else "mixed" if known else UNKNOWN
        if not any(s.read for s in sheets):
            reason: Text | None = no_rows().reason
            kind = kind if known else UNREADABLE
        else:
            reason = _UNMAPPED if UNKNOWN in kinds else None
        self.files.append(
            FileReport(
                name, digest, kind, tuple(sheets), tuple(aside), tuple(repaired),
                tuple(dropped), reason,
            )
        )  # fmt: skip


_UNMAPPED = Text(
    "Jenis tabel belum dikenali. Tentukan arti kolomnya di halaman pemetaan, atau salin isinya ke "
    "templat Rakorsus.",
    "This kind of table is not known. Say what its columns mean on the mapping page, or copy its "
    "content into the Rakorsus template.",
)


def _understood(table: Table, mappings: Mappings) -> tuple[str, Table, Cleaned]:
    kind = KINDS[table.hint] if table.hint else recognise(table.frame)
    if kind is not None:
        assigned = kind.assign(normals_of(table.header))
        table = without_footer(table, kind, assigned)
        table = continued(table, kind, assigned)
        return kind.name, table, clean(table, kind.fields, assigned)
    mapping = mappings.get(signature(table.header))
    if mapping is not None and mapping.complete:
        mapped, assigned = apply(table, mapping)
        return MAPPED, table, clean(mapped, FIELDS, assigned)
    waiting = Cleaned(pl.DataFrame(), _waiting(table), ())
    return UNKNOWN, table, waiting


def _waiting(table: Table) -> tuple[SetAsideRow, ...]:
    """Every row of an unknown table waits for its mapping: set aside, nothing lost."""
    table = table.having(broken=table.broken)
    return clean(table, (_NEVER,), {}).set_aside


_NEVER = FIELDS[0].__class__("pemetaan", Type.KEY, ("pemetaan kolom",), required=True)


def _report(kind: str, table: Table, cleaned: Cleaned) -> SheetReport:
    unknown = kind in (UNKNOWN, MAPPED)
    return SheetReport(
        table.sheet,
        kind,
        table.read,
        cleaned.frame.height,
        len(cleaned.set_aside),
        table.structure,
        tuple(table.header) if unknown else (),
        signature(table.header) if unknown else "",
    )


def _without_personal(table: Table) -> Table:
    normals = normals_of(table.header)
    frame, dropped = personal.drop(table.frame, normals)
    gone = set(dropped)
    first = next((i for i, c in enumerate(table.header) if c in gone), None)
    broken = tuple(replace(b, cells=_safe(b, table.header, first)) for b in table.broken)
    return table.having(frame=frame, dropped=dropped, broken=broken)


def _safe(broken: Broken, header: list[str], first: int | None) -> dict[str, str]:
    """The cells of a broken row that cannot come from a personal column: those so far before the
    first one that no missing cell explains them."""
    allowed = set(header if first is None else header[: max(0, first - broken.lacking)])
    return {name: text for name, text in broken.cells.items() if name in allowed}


def _filled(grid: Grid) -> bool:
    return any(cell and re.search(r"\S", cell) for row in grid.rows for cell in row)


def _repeat(name: str, digest: str, first: FileReport | None, path: str) -> FileReport:
    kind = first.kind if first else UNREADABLE
    reason = Text(f"Isinya sama dengan {path}; tidak dibaca dua kali.",
                  f"The same content as {path}; not read twice.")  # fmt: skip
    return FileReport(name, digest, kind, reason=reason, same_as=path)
