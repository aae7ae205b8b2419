"""Personal feed addresses: made, shown once, taken back."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import User
from rakorsus.people.rules import require
from rakorsus.stages.followup.models import FeedLink


@transaction.atomic
def make_link(actor: Actor) -> str:
    """A new secret for the actor's own feed; an older one ends. It is not kept and cannot be shown
    again."""
    require(actor, "followup.feed")
    _end(actor)
    secret = secrets.token_urlsafe(32)
    made = FeedLink.objects.create(user=actor.user, digest=digest_of(secret))
    audit.record(actor, "followup.feed", made)
    return secret


@transaction.atomic
def revoke_link(actor: Actor) -> bool:
    """End the actor's own feed; whether there was one."""
    require(actor, "followup.feed")
    ended = _end(actor)
    if ended:
        audit.record(actor, "followup.feed_revoked", ("followup.feedlink", str(ended)))
    return bool(ended)


def _end(actor: Actor) -> int | None:
    living = FeedLink.objects.select_for_update().filter(user=actor.user, revoked=None).first()
    if living is None:
        return None
    living.revoked = timezone.now()
    living.save(update_fields=["revoked"])
    return living.pk


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def owner_of(secret: str) -> User | None:
    """Whose feed a secret opens; None when it is unknown, revoked or the account is closed."""
    link = (
        FeedLink.objects.filter(digest=digest_of(secret), revoked=None, user__is_active=True)
        .select_related("user")
        .first()
    )
    if link is None:
        return None
    if link.used != timezone.localdate():
        FeedLink.objects.filter(pk=link.pk).update(used=timezone.localdate())
    return link.user
