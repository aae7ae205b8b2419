"""A batch on its way through the job: begin, say how far, end well, badly or not at all."""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from rakorsus import disk
from rakorsus.audit import actions as audit
from rakorsus.engine.records import Text
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.intake import originals
from rakorsus.stages.intake.actions.receiving import QUEUED
from rakorsus.stages.intake.limits import limits
from rakorsus.stages.intake.models import ImportBatch, SourceFile
from rakorsus.tether import alive

State = ImportBatch.State
Tell = Callable[[int, Text], None]
_LOG = logging.getLogger(__name__)
_PAUSE = 0.5  # seconds between two notes of progress
_SILENT = timedelta(hours=6)  # no batch takes so long: its process is dead, wherever it ran

_FULL = Text(
    "Cakram server penuh; register tidak berubah. Kosongkan ruang, lalu jalankan lagi.",
    "The server's disk is full; the register is unchanged. Make room, then run it again.",
)


class Stopped(Exception):
    """Somebody asked to stop the batch."""


class Unusable(Exception):
    """The batch cannot be loaded; `reason` says why in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.id)
        self.reason = reason


class Work:
    """The running batch: `tell` notes progress at most twice a second and notices a stop."""

    def __init__(self, batch: ImportBatch, also: Tell | None = None) -> None:
        self.batch = batch
        self._also = also
        self._last = 0.0

    def enter(self, state: str, progress: int, text: Text) -> None:
        """Go over to the next state.

        Raises:
            Stopped: somebody asked to stop; not raised any more once the register is written.
        """
        self._last = 0.0
        ImportBatch.objects.filter(pk=self.batch.pk).update(state=state)
        self.batch.state = state
        self.tell(progress, text)

    def tell(self, progress: int, text: Text) -> None:
        if self._also:
            self._also(progress, text)
        now = time.monotonic()
        if now - self._last < _PAUSE or (
            transaction.get_connection().in_atomic_block and (self.batch.state == State.WRITING)
        ):
            return
        self._last = now
        rows = ImportBatch.objects.filter(pk=self.batch.pk)
        if self.batch.state != State.WRITING and rows.filter(stop_asked=True).exists():
            raise Stopped
        rows.update(progress=progress, message_id=text.id, message_en=text.en)


@contextmanager
def working(batch: ImportBatch, tell: Tell | None = None) -> Iterator[Work]:
    """Hold the batch while it is worked on; whatever goes wrong inside ends in its state.

    Args:
        tell: also hears of the progress (0..100 and a sentence).

    Raises:
        ValueError: the batch is worked on already, or has ended.
    """
    _begin(batch)
    try:
        yield Work(batch, tell)
    except Stopped:
        _end(batch, State.CANCELLED, Text("Dibatalkan atas permintaan.", "Stopped on request."))
    except Unusable as error:
        _end(batch, State.FAILED, error.reason)
    except PermissionDenied:
        reason = Text(
            "Pengunggah tidak lagi berhak memuat berkas ini.",
            "Whoever uploaded this may not load it any more.",
        )
        _end(batch, State.FAILED, reason)
    except Exception as error:
        _LOG.exception("batch %s", batch.pk)
        if disk.is_full(error):
            _end(batch, State.FAILED, _FULL)
            return
        reason = Text(
            "Kesalahan pada sistem; register tidak berubah. Coba jalankan lagi; bila terulang, "
            "hubungi pengelola (rincian ada di catatan peladen).",
            "A fault of the system; the register is unchanged. Run it again; if it happens again "
            "ask the operator (details are in the server's log).",
        )
        _end(batch, State.FAILED, reason)


def ask_stop(actor: Actor, batch: ImportBatch) -> bool:
    """Stop a batch that does not write yet; False when it is too late for that."""
    require(actor, "intake.read", batch)
    with transaction.atomic():
        waiting = ImportBatch.objects.filter(pk=batch.pk, state=State.QUEUED).update(
            state=State.CANCELLED,
            stop_asked=True,
            ended=timezone.now(),
            message_id="Dibatalkan sebelum dimulai.",
            message_en="Stopped before it began.",
        )
        early = (State.READING, State.JOINING)
        reading = ImportBatch.objects.filter(pk=batch.pk, state__in=early).update(stop_asked=True)
        if waiting or reading:
            audit.record(actor, "intake.stop", batch, summary="Impor dibatalkan")
    return bool(waiting or reading)


def run_again(actor: Actor, batch: ImportBatch, *, queue: bool = True) -> None:
    """Queue an ended batch once more, from its stored originals.

    Raises:
        Unusable: it still runs, or originals are gone.
    """
    require(actor, "intake.read", batch)
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.running:
            raise Unusable(Text("Impor ini masih berjalan.", "This import is still running."))
        if not has_originals(batch):
            raise Unusable(
                Text(
                    "Berkas aslinya sudah dihapus; unggah lagi.",
                    "The original files are gone; upload them again.",
                )
            )
        batch.state, batch.progress, batch.stop_asked = State.QUEUED, 0, False
        batch.message_id = batch.message_en = ""
        batch.ended = None
        batch.save()
        audit.record(
            actor,
            "intake.run_again",
            batch,
            summary="Impor dijalankan lagi",
            changes={"batch": str(batch.uuid)},
            topic=QUEUED if queue else None,
        )


def has_originals(batch: ImportBatch) -> bool:
    """Whether every file that was taken is still stored."""
    names = batch.files.exclude(sha256="").values_list("stored", flat=True)
    return bool(names) and all(originals.exists(name) for name in names)


def mark_interrupted(*, starting: bool = True) -> int:
    """Mark batches whose process has died; the job worker looks when it starts and all along.

    Args:
        starting: this process has no batch of its own yet: one under its number is a dead one's.

    Returns: how many. The register was not touched by them: it is written in one transaction.
    """
    host, count = socket.gethostname(), 0
    busy = (State.READING, State.JOINING, State.WRITING)
    for batch in ImportBatch.objects.filter(state__in=busy):
        name, _, number = batch.worker.rpartition(":")
        here = name == host
        gone = here and ((starting and int(number) == os.getpid()) or not alive(int(number)))
        if gone or (not here and _silent(batch)):
            reason = Text(
                "Proses terhenti sebelum selesai; register tidak berubah. Jalankan lagi.",
                "The process ended before it was done; the register is unchanged. Run it again.",
            )
            _end(batch, State.INTERRUPTED, reason)
            count += 1
    return count


def forget_old_originals() -> int:
    """Delete originals that nobody waits for any longer; returns how many files."""
    bounds = limits()
    if bounds.keep_originals:
        return 0
    old = SourceFile.objects.filter(
        batch__ended__lt=timezone.now() - timedelta(days=bounds.keep_days)
    ).exclude(stored="")
    return forget(old.values_list("pk", "stored"))


def forget(files: Iterable[tuple[int, str]]) -> int:
    """Delete the originals of (id, stored name) pairs and note that they are gone."""
    pairs = list(files)
    originals.forget(name for _, name in pairs)
    SourceFile.objects.filter(pk__in=[pk for pk, _ in pairs]).update(stored="")
    return len(pairs)


def _begin(batch: ImportBatch) -> None:
    worker = f"{socket.gethostname()}:{os.getpid()}"[-120:]
    taken = ImportBatch.objects.filter(pk=batch.pk, state=State.QUEUED).update(
        state=State.READING,
        worker=worker,
        began=timezone.now(),
        ended=None,
        progress=0,
        runs=batch.runs + 1,
    )
    if not taken:
        raise ValueError(f"batch {batch.pk} does not wait to be run")
    batch.refresh_from_db()


def _end(batch: ImportBatch, state: str, text: Text) -> None:
    """End the batch; what goes wrong after its register was written does not undo it."""
    ImportBatch.objects.filter(pk=batch.pk).exclude(state=State.DONE).update(
        state=state, message_id=text.id, message_en=text.en, ended=timezone.now(), worker=""
    )
    batch.refresh_from_db()


def _silent(batch: ImportBatch) -> bool:
    return batch.began is None or timezone.now() - batch.began > _SILENT
