"""Keeping a picture: encoded anew, once for equal content."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.publication import pictures
from rakorsus.stages.publication.models import Picture


def store_picture(actor: Actor, content: bytes) -> Picture:
    """Raises ValidationError when the content is no picture."""
    require(actor, "publication.write")
    made = pictures.encode(content)
    digest = hashlib.sha256(made.large).hexdigest()
    with transaction.atomic():
        known = Picture.objects.filter(sha256=digest).first()
        if known is not None:
            return known
        kept = Picture.objects.create(
            sha256=digest, width=made.width, height=made.height, by_name=actor.name,
            file=default_storage.save(f"gambar/{digest}.jpg", ContentFile(made.large)),
            small=default_storage.save(f"gambar/{digest}.kecil.jpg", ContentFile(made.small)),
        )  # fmt: skip
        audit.record(actor, "publication.picture", kept, changes={"sha256": digest})
    return kept
