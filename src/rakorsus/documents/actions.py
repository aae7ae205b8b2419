"""Changes: letterheads, signatories, settings; issuing a paper and taking one back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.clock import today
from rakorsus.documents import numbering, signing
from rakorsus.documents.content import data_of, digest_of
from rakorsus.documents.drafts import Compose, frame_of, settings_of
from rakorsus.documents.kinds import kind_of
from rakorsus.documents.models import Counter, Issued, KindSettings, Letterhead, Signatory, new_key
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require

_TRIES = 1000


def subject_of(record: models.Model) -> str:
    """The name of a record by which its papers are found."""
    return f"{record._meta.label_lower}:{record.pk}"


@transaction.atomic
def save(actor: Actor, record: Letterhead | Signatory, data: dict[str, Any]) -> models.Model:
    """Add or change a letterhead or a signatory. Issued papers keep what they were issued with."""
    require(actor, "documents.manage")
    for name, value in data.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()
    audit.record(actor, "documents.save", record, summary=str(record)[:200])
    return record


@transaction.atomic
def remove(actor: Actor, record: Letterhead | Signatory) -> None:
    require(actor, "documents.manage")
    audit.record(actor, "documents.remove", record, summary=str(record)[:200])
    record.delete()


@transaction.atomic
def save_settings(actor: Actor, kind: str, data: dict[str, Any]) -> KindSettings:
    """Set letterhead, signatory and the pattern of numbers of a kind."""
    require(actor, "documents.manage")
    numbering.check_pattern(data["pattern"])
    kept, _made = KindSettings.objects.update_or_create(kind=kind_of(kind).key, defaults=data)
    audit.record(actor, "documents.settings", kept, summary=kind,
                 changes={"pattern": data["pattern"]})  # fmt: skip
    return kept


@transaction.atomic
def raise_counter(actor: Actor, scope: str, last: int) -> Counter:
    """Say which number was given last outside (in the agenda book). A counter only rises."""
    require(actor, "documents.manage")
    counter, _made = Counter.objects.select_for_update().get_or_create(scope=scope[:80])
    if last < counter.last:
        raise ValidationError(
            _("Nomor urut %d sudah terpakai; penghitung hanya dapat dinaikkan.") % counter.last
        )
    before, counter.last = counter.last, last
    counter.save(update_fields=["last"])
    audit.record(actor, "documents.counter", counter, summary=scope,
                 changes={"last": [before, last]})  # fmt: skip
    return counter


@transaction.atomic
def issue(
    actor: Actor,
    kind: str,
    subject: str,
    title: str,
    compose: Compose,
    base: str,
    *,
    on: date | None = None,
    number: str = "",
) -> Issued:
    """Give a paper its number and freeze it; an earlier one of this subject and kind is replaced.

    Args:
        base: address of this installation; the public page below it is printed on the paper.
        on: the paper's date, today if not given.
        number: a number from the agenda book instead of the counter's next.

    Raises:
        ValidationError: the number was given to another paper.
    """
    require(actor, "documents.issue")
    day = on or today()
    chosen = settings_of(kind)
    given = number.strip() or _next(kind_of(kind).series, chosen, day)
    data = data_of(compose(frame_of(kind, day, given)))
    key = new_key()
    made = Issued(
        key=key, kind=kind, number=given[:200], title=title[:300], subject=subject, date=day,
        post=data["signer"][:200], content=data, digest=digest_of(data), by_name=actor.name,
        address=(base.rstrip("/") + reverse("documents:check", args=[key]))[:300],
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(_("Nomor %s sudah dipakai naskah lain.") % given) from error
    earlier = Issued.objects.filter(subject=subject, kind=kind, state=Issued.State.VALID)
    earlier.exclude(pk=made.pk).update(state=Issued.State.REPLACED, replaced_by=made)
    signing.sign(made)
    audit.record(
        actor, "documents.issue", made, summary=f"{kind_of(kind).name} {given}"[:200],
        changes={"digest": made.digest, "subject": subject}, topic="documents.issued",
    )  # fmt: skip
    return made


@transaction.atomic
def revoke(actor: Actor, issued: Issued, reason: str) -> None:
    """Take a paper back; its number is not given again."""
    require(actor, "documents.issue")
    fresh = Issued.objects.select_for_update().get(pk=issued.pk)
    if fresh.state != Issued.State.VALID:
        raise ValidationError(_("Naskah ini sudah tidak berlaku."))
    if not reason.strip():
        raise ValidationError(_("Tulis alasannya."))
    fresh.state, fresh.reason = Issued.State.REVOKED, reason.strip()[:300]
    fresh.save(update_fields=["state", "reason"])
    audit.record(actor, "documents.revoke", fresh, summary=fresh.reason[:200])


def _next(series: str, chosen: KindSettings, day: date) -> str:
    """The next number that no paper has; numbers given by hand are passed over."""
    scope = numbering.scope_of(series, chosen.pattern, day)
    Counter.objects.get_or_create(scope=scope)
    counter = Counter.objects.select_for_update().get(scope=scope)
    for _try in range(_TRIES):
        counter.last += 1
        given = numbering.fill(
            chosen.pattern, day, code=chosen.code, unit=chosen.unit,
            count=str(counter.last).zfill(chosen.width),
        )  # fmt: skip
        if not Issued.objects.filter(number=given[:200]).exists():
            counter.save(update_fields=["last"])
            return given
    raise ValidationError(_("Nomor berikutnya tidak ditemukan; naikkan penghitungnya."))
