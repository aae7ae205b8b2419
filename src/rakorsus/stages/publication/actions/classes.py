"""Departing from the class that a record has by rule."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.publication.models import (
    Agreement,
    Article,
    Classification,
    InformationClass,
)
from rakorsus.stages.register.models import Program

_FIND = {
    Classification.Kind.PROGRAM: lambda i: Program.objects.filter(key=i),
    Classification.Kind.ARTICLE: lambda i: Article.objects.filter(slug=i),
    Classification.Kind.AGREEMENT: lambda i: Agreement.objects.filter(slug=i),
}


@transaction.atomic
def classify(actor: Actor, kind: str, ident: str, value: str, reason: str) -> Classification:
    """Give a record another class, with a reason. It counts for pages at once, and for the open
    data from the next release on."""
    require(actor, "publication.classify")
    ident, reason = ident.strip(), reason.strip()
    if value not in InformationClass.values:
        raise ValidationError(_("Kelas informasi itu tidak ada."))
    if not reason:
        raise ValidationError(_("Tulis alasannya; pengecualian perlu uji konsekuensi."))
    find = _FIND.get(Classification.Kind(kind))
    if find is not None and not find(ident).exists():
        raise ValidationError(_("Catatan dengan nomor itu tidak ada."))
    before = Classification.objects.filter(kind=kind, ident=ident).first()
    kept, _made = Classification.objects.update_or_create(
        kind=kind, ident=ident,
        defaults={"value": value, "reason": reason, "by": actor.user, "by_name": actor.name},
    )  # fmt: skip
    audit.record(
        actor, "publication.classify", (f"publication.{kind}", ident),
        summary=f"{InformationClass(value).label}: {reason}"[:200],
        changes={"class": [before.value if before else None, value]},
    )  # fmt: skip
    return kept


@transaction.atomic
def follow_rule(actor: Actor, kept: Classification) -> None:
    """Take a departure back; the record has the class of the rule again."""
    require(actor, "publication.classify")
    audit.record(
        actor, "publication.follow_rule", (f"publication.{kept.kind}", kept.ident),
        changes={"class": [kept.value, None]},
    )  # fmt: skip
    kept.delete()
