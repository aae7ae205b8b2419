"""Publishing: what files say becomes the register's next version, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Protocol
from uuid import UUID, uuid4

import polars as pl
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from rakorsus.audit import actions as audit
from rakorsus.engine import schema
from rakorsus.engine.places import regions_of
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.register import bulk, derive, difference
from rakorsus.stages.register.actions import holding, quality, reference, reports
from rakorsus.stages.register.actions import lines as writing
from rakorsus.stages.register.models import (
    Hold,
    PlanVersion,
    Program,
    ProgramChange,
    ProgramPlace,
    ProgramTag,
    Region,
)
from rakorsus.stages.register.queries.frames import frame, lines_of

Progress = Callable[[int, str], None]
#: A file that speaks for this share of a document's agencies speaks for the whole document.
_WHOLE = 0.9
_BATCH = 20_000


class Picture(Protocol):
    """What files say together (engine.intake): frames in engine.schema."""

    programs: pl.DataFrame
    agencies: pl.DataFrame
    regions: pl.DataFrame
    targets: pl.DataFrame
    nomenclature: pl.DataFrame


@dataclass(frozen=True)
class Frames:
    """A picture put together from frames; what is not given says nothing."""

    programs: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.PROGRAMS))
    agencies: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.AGENCIES))
    regions: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.REGIONS))
    targets: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.TARGETS))
    nomenclature: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.NOMENCLATURE))


def publish(
    actor: Actor,
    picture: Picture,
    *,
    batch: UUID | None = None,
    document: str | None = None,
    progress: Progress | None = None,
    whole: bool | None = None,
    partial: bool = False,
) -> PlanVersion | None:
    """Take a picture into the register as one new version; None when it changes nothing.

    Lines are matched by key. A line that stands under the same document, source and agency and
    is not in the picture any more is removed. Agencies that the picture does not speak for keep
    their lines, unless it is the `whole` document: said by the caller, or taken to be so when it
    speaks for at least nine of ten agencies that the document had. What a decision holds fast
    (models.Hold) stays as decided, and the hold learns what the files say instead.

    Args:
        document: name of the version; by default the documents of the lines.
        partial: the picture holds some lines only (corrected rows): nothing is removed.
        progress: called with 0..100 and a word on the step.

    Raises:
        PermissionDenied: the actor may not publish these lines: a planner only lines of the own
            agencies, never one that stands for another agency, and no reference tables.
        ValueError: a line without key, title or agency.
    """
    lines = derive.clean(picture.programs)
    _allow(actor, picture, set(lines["agency"]))
    tell = progress or (lambda share, step: None)
    lines = lines.with_columns(pl.Series("fingerprint", derive.fingerprints(lines), pl.String))
    with transaction.atomic():
        bulk.lock(Program)
        tell(5, "reference")
        also = _reference(picture, lines)
        standing = _standing()
        _allow(actor, picture, set(standing.join(lines, on="key", how="semi")["agency"]))
        holds = holding.standing()
        held = {one.program.key for one in holds}
        lines = holding.lay(lines, holds)
        fresh = lines.join(standing.filter(~pl.col("removed")), on="key", how="anti")
        other = lines.join(standing.filter(~pl.col("removed")), on=["key"], how="inner").filter(
            pl.col("fingerprint") != pl.col("fingerprint_right")
        ).select(lines.columns)  # fmt: skip
        before = lines_of(other["key"].to_list())
        diffs = difference.between(before, other)
        changed = other.filter(pl.col("key").is_in([*diffs, *held]))
        gone = standing.clear() if partial else _gone(lines, standing, whole)
        same = lines.height - fresh.height - len(diffs)
        if fresh.is_empty() and changed.is_empty() and gone.is_empty() and not also:
            reports.keep(lines)
            return None
        version = _version(actor, lines, batch, document, also)
        version.added, version.changed, version.removed = fresh.height, len(diffs), gone.height
        version.same = same
        version.save()
        gone = _followed(version, lines, fresh, gone, standing, holds)
        tell(15, "lines")
        known = dict(zip(standing["key"], standing["pk"], strict=True))
        quality.keep({known[k] for k in [*fresh["key"], *changed["key"], *gone["key"]]
                      if k in known})  # fmt: skip
        if also.keys() & {"regions", "nomenclature"}:
            writing.derive_again()
        _write(pl.concat([fresh, changed]), version, known, tell)
        _remove(gone, version)
        reports.keep(lines)
        tell(80, "changes")
        _record(version, fresh, diffs, gone)
        freeze(version, frame())
        bulk.measure(Program, ProgramPlace, ProgramTag, ProgramChange)
        tell(95, "done")
        audit.record(
            actor, "register.publish", version,
            summary=f"{version.document}: {version.added} baru, {version.changed} berubah, "
            f"{version.removed} dihapus, {version.same} tetap",
            changes={
                "version": version.number,
                "keys": fresh.height + len(diffs) + gone.height,
                **({"also": also} if also else {}),
            },
            topic="register.published",
        )  # fmt: skip
    tell(100, "done")
    return version


def _followed(
    version: PlanVersion,
    lines: pl.DataFrame,
    fresh: pl.DataFrame,
    gone: pl.DataFrame,
    standing: pl.DataFrame,
    holds: list[Hold],
) -> pl.DataFrame:
    """What decisions hold, held against this version's files; the lines that go, among them
    decided new lines that the files now have under keys of their own."""
    holding.settle(holds, version, set(lines["key"]), set(gone["key"]))
    replaced = [one.program.key for one in holding.arrived(lines, fresh, version)]
    if not replaced:
        return gone
    version.removed += len(replaced)
    version.save(update_fields=["removed"])
    return pl.concat([gone, standing.filter(pl.col("key").is_in(replaced)).select(gone.columns)])


def _allow(actor: Actor, picture: Picture, agencies: set[str]) -> None:
    """Raises PermissionDenied unless the actor may publish lines of these agencies and, when the
    picture has any, reference tables."""
    tables = (picture.agencies, picture.regions, picture.targets, picture.nomenclature)
    plain = all(table.is_empty() for table in tables)
    require(actor, "register.publish", agencies if plain else None)


def freeze(version: PlanVersion, lines: pl.DataFrame) -> None:
    """Store the version's lines as parquet and their digest; the row is not touched afterwards."""
    target = BytesIO()
    lines.write_parquet(target, compression="zstd")
    name = f"register/{version.uuid}.parquet"
    version.snapshot = default_storage.save(name, ContentFile(target.getvalue()))
    version.sha256 = derive.digest(lines)
    version.save(update_fields=["snapshot", "sha256"])


def next_number() -> int:
    return int(PlanVersion.objects.aggregate(top=Max("number"))["top"] or 0) + 1


def _reference(picture: Picture, lines: pl.DataFrame) -> dict[str, list[int]]:
    """Take the reference tables in; names the tables that changed."""
    regions = pl.concat([_national(lines, picture.regions), picture.regions])
    taken = {
        "agencies": reference.take_agencies(picture.agencies, set(lines["agency"])),
        "regions": reference.take_regions(regions),
        "nomenclature": reference.take_nomenclature(picture.nomenclature),
        "targets": reference.take_targets(picture.targets),
    }
    return {name: list(counts) for name, counts in taken.items() if any(counts)}


def _national(lines: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """The national table's regions of governments that neither the register nor the files know."""
    known = set(
        Region.objects.filter(level__lte=Region.Level.REGENCY).values_list("code", flat=True)
    )
    known |= set(said["code"])
    missing = sorted(set(lines["government"].drop_nulls()) - known)
    return pl.concat([schema.empty(schema.REGIONS), *(regions_of(code) for code in missing)])


def _standing() -> pl.DataFrame:
    """Every known line: primary key, fingerprint, whether removed, and its scope of removal."""
    rows = Program.objects.values_list(
        "key", "pk", "fingerprint", "removed", "document", "source", "agency__code"
    ).order_by()
    return pl.DataFrame(
        list(rows),
        {"key": pl.String, "pk": pl.Int64, "fingerprint": pl.String, "removed": pl.Boolean,
         "document": pl.String, "source": pl.String, "agency": pl.String},
        orient="row",
    )  # fmt: skip


def _gone(lines: pl.DataFrame, standing: pl.DataFrame, whole: bool | None) -> pl.DataFrame:
    """Lines of the picture's documents that it does not hold any more."""
    scope = ["document", "source"]
    said = lines.select(pl.col("document").fill_null(""), "source", "agency").unique()
    absent = standing.filter(~pl.col("removed")).join(lines, on="key", how="anti")
    if absent.is_empty() or said.is_empty():
        return absent.clear()
    if whole is not None:
        return absent.join(said, on=scope if whole else [*scope, "agency"], how="semi")
    had = standing.filter(~pl.col("removed")).select(*scope, "agency").unique()
    spoken = said.with_columns(pl.lit(1).alias("spoken"))
    share = (
        had.join(spoken, on=[*scope, "agency"], how="left")
        .group_by(scope)
        .agg(pl.col("spoken").fill_null(0).mean())
    )
    entire = share.filter(pl.col("spoken") >= _WHOLE)
    of_document = absent.join(entire, on=scope, how="semi")
    of_agency = absent.join(said, on=[*scope, "agency"], how="semi")
    return pl.concat([of_document, of_agency]).unique("key").sort("key")


def _version(
    actor: Actor,
    lines: pl.DataFrame,
    batch: UUID | None,
    document: str | None,
    also: dict[str, list[int]],
) -> PlanVersion:
    years = lines["year"].drop_nulls()
    governments = lines["government"].drop_nulls().value_counts(sort=True)
    named = document or ", ".join(lines["document"].drop_nulls().unique().sort().to_list())
    return PlanVersion(
        uuid=uuid4(),
        government=governments["government"][0] if governments.height else "",
        document=(named or "Tabel acuan")[:200],
        year=int(years.mode().max()) if len(years) else None,
        number=next_number(),
        created=timezone.now(),
        by=actor.user,
        by_name=actor.name[:200],
        batch=batch,
        also=also,
    )


def _write(
    lines: pl.DataFrame, version: PlanVersion, known: dict[str, int], tell: Progress
) -> None:
    for start in range(0, lines.height, _BATCH):
        part = lines.slice(start, _BATCH)
        writing.write(part, version, {k: known[k] for k in part["key"] if k in known})
        tell(15 + 65 * min(start + _BATCH, lines.height) // lines.height, "lines")


def _remove(gone: pl.DataFrame, version: PlanVersion) -> None:
    ids = gone["pk"].to_list()
    for start in range(0, len(ids), 5000):
        Program.objects.filter(pk__in=ids[start : start + 5000]).update(
            removed=True, version=version
        )


def _record(
    version: PlanVersion, fresh: pl.DataFrame, diffs: dict[str, Any], gone: pl.DataFrame
) -> None:
    """One ProgramChange for each touched line."""
    keys = [*fresh["key"], *diffs, *gone["key"]]
    ids: dict[str, int] = {}
    for start in range(0, len(keys), 5000):
        ids.update(
            Program.objects.filter(key__in=keys[start : start + 5000]).values_list("key", "pk")
        )
    kinds = ProgramChange.Kind
    rows = [
        *((version.pk, ids[k], kinds.ADDED.value, {}) for k in fresh["key"]),
        *((version.pk, ids[k], kinds.CHANGED.value, diff) for k, diff in diffs.items()),
        *((version.pk, ids[k], kinds.REMOVED.value, {}) for k in gone["key"]),
    ]
    bulk.insert(ProgramChange, ("version_id", "program_id", "kind", "diff"), rows)
