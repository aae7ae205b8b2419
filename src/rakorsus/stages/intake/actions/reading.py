"""Reading a batch: its files to the engine, the engine's report to what this stage keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from rakorsus.engine import intake as engine
from rakorsus.engine.intake import kinds
from rakorsus.engine.records import Problem, Text
from rakorsus.engine.records import SetAsideRow as Aside
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.intake import corrections, originals, scope
from rakorsus.stages.intake.actions.running import Unusable, Work
from rakorsus.stages.intake.limits import limits
from rakorsus.stages.intake.models import ColumnMapping, ImportBatch, SourceFile
from rakorsus.stages.intake.queries.mappings import by_signature
from rakorsus.stages.intake.results import FileResult, Reading, SheetResult, grouped

State = SourceFile.State
_UNMAPPED = Text(
    "Tabel belum dikenali: tunjukkan arti kolomnya.",
    "The table is not known: say what its columns mean.",
)


_COUNTS = (
    "name", "kind", "read", "accepted", "structure", "repaired", "repairs", "dropped", "headers",
)  # fmt: skip


@dataclass(frozen=True)
class _Input:
    """A path that the engine reads, and the file of the batch that it stands for."""

    path: Path
    source: SourceFile
    corrected: corrections.Corrected | None = None


def read_batch(
    actor: Actor, batch: ImportBatch, work: Work, *, regions: pl.DataFrame | None = None
) -> Reading:
    """Read and join the batch's files, and take out what the actor may not load.

    Writes nothing but progress. The same set of files as in an earlier batch, with nothing loaded
    since, is not read again.

    Args:
        regions: schema.REGIONS that the installation knows already.

    Raises:
        PermissionDenied: the actor may not load files.
        Unusable: an original is gone.
        Stopped: somebody asked to stop.
    """
    require(actor, "intake.load")
    own = scope.own_codes(actor)
    if (earlier := _same_before(batch)) is not None:
        return _repeated(batch, earlier, own)
    with TemporaryDirectory(prefix="rakorsus-") as folder:
        inputs = _fetch(batch, Path(folder))
        found = engine.read_paths(
            [i.path for i in inputs],
            limits=engine.Limits(file=limits().file, unpacked=limits().unpacked),
            mappings=_mappings(),
            progress=lambda name, share: work.tell(round(60 * share), _reading(name)),
        )
    results = _results(batch, inputs, found)
    work.enter(
        ImportBatch.State.JOINING, 62, Text("Menggabungkan isi berkas.", "Joining the files.")
    )
    used = {s.signature for f in found.files for s in f.sheets if s.kind == kinds.MAPPED}
    rows = scope.rows_of(found, own)
    picture, others = scope.picture_of(engine.join(rows.kept, regions=regions), own)
    paths = {f.path: results[input_of(f.path, inputs).source.pk] for f in found.files}
    reading = Reading(picture, list(results.values()), own, signatures=used, paths=paths)
    reading.take_out([*rows.others, *others])
    spoken = picture.programs.group_by("file").agg(
        pl.col("agency", "document").drop_nulls().unique().sort()
    )
    for path, codes, documents in spoken.drop_nulls("file").iter_rows():
        paths[path].agencies, paths[path].document = codes, ", ".join(documents)
    return reading


def _fetch(batch: ImportBatch, folder: Path) -> list[_Input]:
    """Put the originals where the engine can read them, each in a folder of its own."""
    made: list[_Input] = []
    for file in batch.files.exclude(sha256="").order_by("pk"):
        if not originals.exists(file.stored):
            raise Unusable(
                Text(
                    f"Berkas asli {file.name} tidak ada lagi; unggah lagi.",
                    f"The original of {file.name} is gone; upload it again.",
                )
            )
        place = folder / str(file.pk)
        place.mkdir()
        path = place / (file.name if file.name.strip(".") else "berkas")
        originals.copy_to(file.stored, path)
        parts = corrections.unfold(path, place) if batch.corrects_id else None
        made += [_Input(part.path, file, part) for part in parts] if parts else [_Input(path, file)]
    return made


def _mappings() -> dict[str, engine.Mapping]:
    return {
        signature: engine.Mapping(signature, mapping.columns, mapping.constants)
        for signature, mapping in by_signature().items()
    }


def _reading(name: str) -> Text:
    return Text(f"Membaca {name}.", f"Reading {name}.") if name else Text("Membaca.", "Reading.")


def _results(
    batch: ImportBatch, inputs: list[_Input], found: engine.Reading
) -> dict[int, FileResult]:
    """What each file of the batch gave, by its primary key."""
    results: dict[int, FileResult] = {}
    for report in found.files:
        given = input_of(report.path, inputs)
        result = results.setdefault(given.source.pk, _empty(given.source))
        _add(result, report, given)
    for refused in batch.files.filter(sha256=""):
        results[refused.pk] = FileResult(
            refused, State.REFUSED, kinds.UNREADABLE, kinds.TITLES[kinds.UNREADABLE],
            problem=Text(refused.problem_id, refused.problem_en),
        )  # fmt: skip
    hashes = [r.source.sha256 for r in results.values()]
    before = {
        f.sha256: f
        for f in SourceFile.objects.filter(sha256__in=hashes, state=State.READ)
        .exclude(batch=batch)
        .order_by("pk")
    }
    for result in results.values():
        result.source.same_as = before.get(result.source.sha256)
    return results


def input_of(path: str, inputs: list[_Input]) -> _Input:
    """The input that a path of the engine names; members of an archive belong to the archive."""
    return next(i for i in inputs if path == str(i.path) or path.startswith(f"{i.path}/"))


def _empty(source: SourceFile) -> FileResult:
    return FileResult(source, State.READ, kinds.UNKNOWN, kinds.TITLES[kinds.UNKNOWN])


def _add(result: FileResult, report: engine.FileReport, given: _Input) -> None:
    """Put one report of the engine into the result of its file."""
    result.kind, result.kind_name = report.kind, kinds.TITLES[report.kind]
    if report.kind == kinds.UNREADABLE:
        result.state = State.REFUSED
        result.problem = report.reason
    elif any(s.kind == kinds.UNKNOWN and s.read for s in report.sheets):
        result.state = State.UNKNOWN
    elif report.same_as:
        name = Path(report.same_as).name
        result.problem = Text(
            f"Isinya sama dengan {name}; tidak dibaca dua kali.",
            f"The same content as {name}; not read twice.",
        )
    mended: dict[str, list[Problem]] = {}
    for problem in report.repaired:
        mended.setdefault(problem.sheet, []).append(problem)
    aside: dict[str, list[Aside]] = {}
    for row in report.set_aside:
        aside.setdefault(row.problem.sheet, []).append(row)
    for sheet in report.sheets:
        if sheet.kind == "empty" and not sheet.read:
            continue
        rows = aside.pop(sheet.sheet, [])
        if sheet.kind == kinds.UNKNOWN:
            rows = [_with(r, r.problem.sheet, r.problem.row, _UNMAPPED, None) for r in rows]
        made = SheetResult(
            name=sheet.sheet,
            kind=sheet.kind,
            kind_name=kinds.TITLES.get(sheet.kind, kinds.TITLES[kinds.UNKNOWN]),
            read=sheet.read,
            accepted=sheet.accepted,
            structure=sheet.structure,
            repaired=len({p.row for p in mended.get(sheet.sheet, ())}),
            repairs=grouped(mended.get(sheet.sheet, ())),
            dropped=list(report.dropped),
            headers=list(sheet.header),
            aside=rows,
        )
        if given.corrected is not None:
            _place(made, given.corrected, result)
        if not made.headers:
            made.headers = list(dict.fromkeys(c for row in rows for c in row.content))
        result.sheets.append(made)


def _place(sheet: SheetResult, corrected: corrections.Corrected, result: FileResult) -> None:
    """Name the rows of a corrected table by the places that they had in the file it corrects."""
    places = corrected.places
    result.came |= {place for place in places if place is not None}
    moved = []
    for row in sheet.aside:
        at = row.problem.row - 2
        place = places[at] if 0 <= at < len(places) else None
        name, number = place or (sheet.name, row.problem.row)
        moved.append(_with(row, name, number, row.problem.reason, row.problem.column))
    sheet.aside = moved
    sheet.name = next((p[0] for p in places if p), sheet.name)


def _with(row: Aside, sheet: str, number: int, reason: Text, column: str | None) -> Aside:
    return Aside(Problem(sheet, number, column, reason), row.content, row.repaired)


def _same_before(batch: ImportBatch) -> ImportBatch | None:
    """An earlier batch of the same files by somebody with the same rights, if nothing that could
    make a difference happened since: no other import, no mapping, no wish to run it again."""
    if batch.runs > 1 or batch.corrects_id:
        return None
    done = ImportBatch.objects.filter(state=ImportBatch.State.DONE)
    last = (
        done.filter(digest=batch.digest, started_by=batch.started_by, corrects=None)
        .exclude(pk=batch.pk)
        .order_by("-ended")
        .first()
    )
    if last is None or last.files.filter(state=State.UNKNOWN).exists():
        return None
    later = done.filter(ended__gt=last.ended).exclude(versions=[]).exists()
    mapped = ColumnMapping.objects.filter(changed__gt=last.ended).exists()
    return None if later or mapped else last


def _repeated(batch: ImportBatch, earlier: ImportBatch, own: frozenset[str] | None) -> Reading:
    """What the earlier batch gave, said of the same files anew; its set-aside rows stay there."""
    known = {f.sha256: f for f in earlier.files.all()}
    results = []
    for file in batch.files.all():
        same = known.get(file.sha256)
        if same is None:
            continue
        file.same_as = same
        results.append(
            FileResult(
                file, same.state, same.kind, Text(**same.kind_name), same.document,
                Text(same.problem_id, same.problem_en) if same.problem_id else None,
                [_sheet_again(sheet) for sheet in same.sheets],
            )
        )  # fmt: skip
    return Reading(None, results, own, nothing_new=True)


def _sheet_again(report: dict[str, Any]) -> SheetResult:
    named = {name: report[name] for name in _COUNTS}
    kind_name = Text(**report["kind_name"])
    return SheetResult(**named, kind_name=kind_name, elsewhere=report["set_aside"])
