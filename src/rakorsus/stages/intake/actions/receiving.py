"""Taking files in: checked, stored, queued. Nothing is read here; the register is untouched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.engine.records import Text
from rakorsus.people.actor import Actor
from rakorsus.people.rules import can, require
from rakorsus.stages.intake import archives, corrections, originals
from rakorsus.stages.intake.limits import MEGABYTE, Limits, limits
from rakorsus.stages.intake.models import ImportBatch, SourceFile

#: Told after the commit; the register's job reads the batch and publishes it.
QUEUED = "intake.queued"


_ALONE = Text(
    "Tabel perbaikan baris yang disisihkan: muat sendiri, dari halaman berkas asalnya.",
    "A table of corrected rows: load it by itself, from the page of the file it belongs to.",
)


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why."""

    name: str
    size: int
    reason: Text


def receive(
    actor: Actor,
    uploads: Iterable[File],
    *,
    corrects: SourceFile | None = None,
    queue: bool = True,
) -> ImportBatch:
    """Make a batch of the uploaded files (zip archives count as their members) and queue it.

    A file that cannot be taken is kept in the batch's list with its reason; the others go on.

    Args:
        corrects: the file whose set-aside rows the upload corrects: it adds and changes lines and
            removes none.
        queue: False when the caller runs the batch itself (command line).

    Raises:
        PermissionDenied: the actor may not load files, or not correct that one.
        ValidationError: nothing to take, or too much at once.
    """
    require(actor, "intake.load")
    if corrects is not None:
        require(actor, "intake.read", corrects.batch)
    bounds = limits()
    with _opened(list(uploads), bounds) as (taken, refused):
        if corrects is None:
            corrects = _corrected(actor, taken, refused)
        if not taken:
            reasons = [f"{r.name}: {_said(r.reason)}" for r in refused]
            raise ValidationError(reasons or [_("Pilih berkas yang akan dimuat.")])
        batch = ImportBatch(
            uuid=uuid4(),
            started_by=actor.user,
            started_by_name=actor.name,
            surface=actor.surface,
            corrects=corrects,
            file_count=len(taken) + len(refused),
        )
        stored: list[str] = []
        try:
            files = list(_stored(batch, taken, stored))
            with transaction.atomic():
                batch.digest = digest_of(f.sha256 for f in files)
                batch.save(force_insert=True)
                SourceFile.objects.bulk_create([*files, *(_refused(batch, r) for r in refused)])
                _tell(actor, batch, queue=queue)
        except BaseException:
            originals.forget(stored)
            raise
    return batch


def _corrected(
    actor: Actor, taken: list[tuple[str, File]], refused: list[Refused]
) -> SourceFile | None:
    """The file that a table of set-aside rows corrects, when it is loaded by itself.

    Beside other files such a table is refused: taken for a whole document, it would remove every
    line that is not in it.
    """
    marked = [(name, content, corrections.origin(content)) for name, content in taken]
    marked = [entry for entry in marked if entry[2] is not None]
    if len(taken) == 1 and marked:
        file = SourceFile.objects.select_related("batch").filter(pk=marked[0][2]).first()
        if file is not None and can(actor, "intake.read", file.batch):
            return file
    for name, content, _origin in marked:
        taken.remove((name, content))
        refused.append(Refused(name, content.size, _ALONE))
    return None


def _said(text: Text) -> str:
    """The sentence in the language of whoever uploads."""
    return text.en if get_language() == "en" else text.id


def digest_of(hashes: Iterable[str]) -> str:
    """SHA-256 of a set of files' SHA-256, whatever their names and order."""
    return hashlib.sha256("\n".join(sorted(set(hashes))).encode()).hexdigest()


def _tell(actor: Actor, batch: ImportBatch, *, queue: bool) -> None:
    audit.record(
        actor,
        "intake.load",
        batch,
        summary=f"{batch.file_count} berkas diunggah untuk dimuat",
        changes={"batch": str(batch.uuid), "files": batch.file_count},
        topic=QUEUED if queue else None,
    )


@contextmanager
def _opened(
    uploads: list[File], bounds: Limits
) -> Iterator[tuple[list[tuple[str, File]], list[Refused]]]:
    """The files that can be taken, archives unpacked, and those that cannot."""
    if len(uploads) > bounds.files:
        raise ValidationError(
            _("Paling banyak %(most)s berkas sekali muat.") % {"most": bounds.files}
        )
    if sum(u.size or 0 for u in uploads) > bounds.batch:
        raise ValidationError(
            _("Unggahan lebih dari %(most)s MB; muat per bagian.")
            % {"most": bounds.batch // MEGABYTE}
        )
    taken: list[tuple[str, File]] = []
    refused: list[Refused] = []
    opened: list[File] = []
    with TemporaryDirectory(prefix="rakorsus-") as folder:
        try:
            for place, upload in enumerate(uploads):
                name = originals.display_name(upload.name or "")
                if not archives.is_archive(upload):
                    _sort(name, upload, bounds, taken, refused)
                    continue
                inner = Path(folder) / str(place)
                inner.mkdir()
                try:
                    members = list(archives.unpack(upload, inner, bounds))
                except archives.BadArchive as error:
                    refused.append(Refused(name, upload.size, error.reason))
                    continue
                for member, path in members:
                    content = File(path.open("rb"), name=member)
                    opened.append(content)
                    _sort(originals.display_name(member), content, bounds, taken, refused)
            yield taken, refused
        finally:
            for content in opened:
                content.close()


def _sort(
    name: str,
    content: File,
    bounds: Limits,
    taken: list[tuple[str, File]],
    refused: list[Refused],
) -> None:
    if not content.size:
        refused.append(Refused(name, 0, Text("Berkas kosong.", "The file is empty.")))
    elif content.size > bounds.file:
        most = bounds.file // MEGABYTE
        reason = Text(
            f"Berkas lebih dari {most} MB; muat per bagian.",
            f"The file is larger than {most} MB; load it in parts.",
        )
        refused.append(Refused(name, content.size, reason))
    else:
        taken.append((name, content))


def _stored(
    batch: ImportBatch, taken: list[tuple[str, File]], stored: list[str]
) -> Iterator[SourceFile]:
    for number, (name, content) in enumerate(taken, 1):
        place, sha256 = originals.keep(str(batch.uuid), number, name, content)
        stored.append(place)
        yield SourceFile(batch=batch, name=name, stored=place, sha256=sha256, size=content.size)


def _refused(batch: ImportBatch, file: Refused) -> SourceFile:
    return SourceFile(
        batch=batch,
        name=file.name,
        size=file.size,
        sha256="",
        state=SourceFile.State.REFUSED,
        problem_id=file.reason.id,
        problem_en=file.reason.en,
    )
