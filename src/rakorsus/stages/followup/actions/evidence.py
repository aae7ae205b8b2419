"""Files that show what was done."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.followup import evidence_types
from rakorsus.stages.followup.models import ActionItem, Evidence

_MOST = 30


def add_evidence(actor: Actor, item: ActionItem, file: UploadedFile) -> Evidence:
    """Add a file to an open item; the same file twice is refused.

    Raises:
        PermissionDenied: not one who reports on the item.
        ValidationError: see `evidence_types.check`; the item is not open or has thirty files.
    """
    require(actor, "followup.report", item)
    kind, ending = evidence_types.check(file)
    if not item.open:
        raise ValidationError(_("Tindak lanjut ini sudah tidak terbuka."))
    if item.evidence.count() >= _MOST:
        raise ValidationError(_("Bukti paling banyak 30 berkas."))
    digest = hashlib.sha256()
    for part in file.chunks():
        digest.update(part)
    file.seek(0)
    stored = default_storage.save(f"followup/{uuid4()}.{ending}", file)
    try:
        with transaction.atomic():
            made = Evidence.objects.create(
                item=item, file=stored, name=_name(file.name or "", ending), type=kind,
                size=file.size or 0, sha256=digest.hexdigest(), by_name=actor.name[:200],
            )  # fmt: skip
            audit.record(
                actor, "followup.evidence", item, agency=item.agency.code, summary=made.name,
                changes={"sha256": made.sha256, "type": kind},
            )  # fmt: skip
    except IntegrityError as error:
        default_storage.delete(stored)
        raise ValidationError(_("Berkas yang sama sudah diunggah.")) from error
    except BaseException:
        default_storage.delete(stored)
        raise
    return made


def _name(given: str, ending: str) -> str:
    """The file's own name without folders, with the ending of what it holds."""
    stem = PurePath(given.replace("\\", "/")).stem.strip()[:150]
    return f"{''.join(c for c in stem if c.isprintable()) or 'bukti'}.{ending}"
