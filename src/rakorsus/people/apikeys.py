"""Keys of the API: given out, taken back, recognised, counted."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit.actions import record
from rakorsus.people.actor import Actor
from rakorsus.people.models import ApiKey, ApiMinute, User
from rakorsus.people.rules import require

MARK = "rk"
#: Area -> first parts of its addresses below /api/v1/. An address of no area opens to no key.
ADDRESSES = {
    "register": ("programs", "agencies", "regions", "versions", "openapi.json"),
    "imports": ("imports",),
    "findings": ("findings",),
    "decisions": ("decisions",),
    "followup": ("action-items", "warnings", "cards"),
    "publication": ("publication",),
}
AREAS = tuple(ADDRESSES)
AREA_OF = {first: area for area, addresses in ADDRESSES.items() for first in addresses}
SCOPES = tuple(f"{area}:{what}" for area in AREAS for what in ("read", "write"))
_LONGEST = 366  # days


class Given(NamedTuple):
    key: ApiKey
    secret: str


@transaction.atomic
def give(
    actor: Actor,
    *,
    owner: User,
    client: str,
    scopes: Sequence[str],
    expires: date,
    quota: int = 120,
) -> Given:
    """A new key; its secret is in the answer and nowhere else."""
    require(actor, "people.keys")
    unknown = set(scopes) - set(SCOPES)
    if not scopes or unknown:
        raise ValidationError(_("Pilih cakupan yang dikenal."))
    days = (expires - timezone.localdate()).days
    if not 0 <= days <= _LONGEST:
        raise ValidationError(_("Kunci berlaku paling lama setahun."))
    prefix = secrets.token_hex(6)
    secret = f"{MARK}_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey(
        owner=owner, client=client.strip(), prefix=prefix, digest=_digest(secret),
        scopes=sorted(scopes), quota=quota, expires=expires,
    )  # fmt: skip
    key.full_clean()
    key.save()
    record(
        actor, "people.give_key", key, summary=f"kunci API {prefix} untuk {owner.username}",
        changes={"scopes": key.scopes, "expires": expires.isoformat(), "quota": quota},
    )  # fmt: skip
    return Given(key, secret)


@transaction.atomic
def revoke(actor: Actor, key: ApiKey) -> None:
    """The key opens nothing any more, at once."""
    require(actor, "people.keys")
    if ApiKey.objects.filter(pk=key.pk, revoked=None).update(revoked=timezone.now()):
        record(actor, "people.revoke_key", key, summary=f"kunci API {key.prefix} dicabut")


def keys(actor: Actor) -> QuerySet[ApiKey]:
    require(actor, "people.keys")
    return ApiKey.objects.select_related("owner")


def recognise(secret: str) -> ApiKey | None:
    """The key of this secret, if it opens anything today. One query."""
    parts = secret.split("_", 2)
    if len(parts) != 3 or parts[0] != MARK or not parts[1].isalnum():
        return None
    key = ApiKey.objects.select_related("owner").filter(prefix=parts[1][:12]).first()
    if key is None or not hmac.compare_digest(key.digest, _digest(secret)):
        return None
    open_today = key.revoked is None and key.expires >= timezone.localdate()
    return key if open_today and key.owner.is_active else None


def count(key: ApiKey, now: float) -> int:
    """Count one request; returns how many this minute has had. Old minutes are swept at times."""
    minute = int(now // 60)
    mine = ApiMinute.objects.filter(key=key, minute=minute)
    if not mine.update(count=F("count") + 1):
        try:
            with transaction.atomic():
                ApiMinute.objects.create(key=key, minute=minute)
        except IntegrityError:  # another process was first
            mine.update(count=F("count") + 1)
        ApiMinute.objects.filter(key=key, minute__lt=minute - 60).delete()
        ApiKey.objects.filter(pk=key.pk).update(used=timezone.localdate())
    return mine.values_list("count", flat=True).first() or 1


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
