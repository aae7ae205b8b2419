"""Loading a batch: read by intake, published here, in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from rakorsus.engine.records import Text
from rakorsus.people import actor as actors
from rakorsus.people.actor import Actor
from rakorsus.stages.intake import actions as intake
from rakorsus.stages.intake import scope
from rakorsus.stages.intake.models import ImportBatch
from rakorsus.stages.intake.results import Reading
from rakorsus.stages.register.actions import publish
from rakorsus.stages.register.models import PlanVersion, Program
from rakorsus.stages.register.queries import regions_frame

Tell = Callable[[int, Text], None]
_WRITING = Text("Menulis ke register.", "Writing to the register.")


def load(batch: ImportBatch, *, tell: Tell | None = None) -> ImportBatch:
    """Run a queued batch to its end; whatever happens is in the batch's state afterwards.

    The actor is whoever uploaded it, with the rights held now; the installation itself when the
    batch came from the command line.

    Args:
        tell: also hears of the progress (0..100 and a sentence).

    Raises:
        ValueError: the batch does not wait to be run.
    """
    actor = (
        actors.of_user(batch.started_by, "import") if batch.started_by else actors.system("import")
    )
    with intake.working(batch, tell) as work:
        reading = intake.read_batch(actor, batch, work, regions=regions_frame())
        work.enter(ImportBatch.State.WRITING, 75, _WRITING)
        with transaction.atomic():
            version = _publish(actor, batch, reading, work)
            intake.finish(actor, batch, reading, [_said(version)] if version else [])
    batch.refresh_from_db()
    return batch


def _publish(
    actor: Actor, batch: ImportBatch, reading: Reading, work: intake.Work
) -> PlanVersion | None:
    if reading.picture is None:
        return None
    if reading.scope is not None:
        keys = reading.picture.programs["key"].to_list()
        held = _held_by_others(keys, reading.scope)
        reading.picture, others = scope.without(reading.picture, held)
        reading.take_out(others)
    return publish(
        actor,
        reading.picture,
        batch=batch.pk,
        progress=lambda share, _: work.tell(75 + share // 4, _WRITING),
        partial=batch.corrects_id is not None,
        whole=False if reading.scope is not None else None,
    )


def _held_by_others(keys: list[str], own: frozenset[str]) -> set[str]:
    """Keys of lines that stand in the register for agencies other than `own`."""
    held: set[str] = set()
    for start in range(0, len(keys), 5000):
        lines = Program.objects.filter(key__in=keys[start : start + 5000])
        held.update(lines.exclude(agency__code__in=own).values_list("key", flat=True))
    return held


_TABLES = {
    "agencies": Text("Perangkat daerah", "Agencies"),
    "regions": Text("Wilayah", "Regions"),
    "nomenclature": Text("Nomenklatur", "Nomenclature"),
    "targets": Text("Sasaran RPJMD", "Targets"),
}


def _said(version: PlanVersion) -> dict[str, object]:
    """What the import page shows of a version."""
    with translation.override("id"):
        address = reverse("register:version", args=[version.number])
    return {
        "number": version.number,
        "document": version.document,
        "address": address,
        "added": version.added,
        "changed": version.changed,
        "removed": version.removed,
        "same": version.same,
        "also": [
            {"name": _TABLES[name].as_dict(), "added": counts[0], "changed": counts[1]}
            for name, counts in version.also.items()
            if name in _TABLES
        ],
    }
