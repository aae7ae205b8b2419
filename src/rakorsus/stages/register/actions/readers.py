"""Readers' marks: views saved under an address, and what someone follows."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.register.models import Follow, PlanVersion, SavedView


def save_view(actor: Actor, name: str, query: str, *, shared: bool = False) -> SavedView:
    """Keep the filters of a list under an address that can be sent.

    Raises:
        ValidationError: no name, or more filters than a view can hold.
    """
    require(actor, "register.save_view")
    name = name.strip()[:120]
    if not name:
        raise ValidationError(_("Beri nama tampilan ini."))
    if len(query) > 4000:
        raise ValidationError(_("Saringan terlalu panjang untuk disimpan."))
    with transaction.atomic():
        view = SavedView.objects.create(
            owner=actor.user, name=name, query=query, shared=shared,
            slug=f"{slugify(name)[:48] or 'tampilan'}-{secrets.token_hex(3)}",
        )  # fmt: skip
        audit.record(actor, "register.save_view", view, summary=f"Tampilan disimpan: {name}")
    return view


def delete_view(actor: Actor, view: SavedView) -> None:
    require(actor, "register.change_view", view)
    with transaction.atomic():
        audit.record(
            actor, "register.delete_view", view,
            summary=f"Tampilan dihapus: {view.name}", changes={"query": [view.query, None]},
        )  # fmt: skip
        view.delete()


def follow(actor: Actor, kind: str, value: str) -> Follow:
    """Follow a place, tag, agency, line or code from the newest version on.

    Raises:
        ValidationError: an unknown kind or an empty value.
    """
    require(actor, "register.follow")
    if kind not in Follow.Kind.values or not value.strip() or len(value) > 200:
        raise ValidationError(_("Tidak dapat diikuti."))
    with transaction.atomic():
        made, fresh = Follow.objects.get_or_create(
            user=actor.user, kind=kind, value=value.strip(), defaults={"seen": _newest()}
        )
        if fresh:
            audit.record(actor, "register.follow", made, summary=f"Mengikuti {made}")
    return made


def unfollow(actor: Actor, kind: str, value: str) -> None:
    """Stop following; nothing happens when it was not followed."""
    require(actor, "register.follow")
    with transaction.atomic():
        for made in Follow.objects.filter(user=actor.user, kind=kind, value=value):
            audit.record(actor, "register.unfollow", made, summary=f"Berhenti mengikuti {made}")
            made.delete()


def mark_seen(actor: Actor) -> None:
    """Everything followed counts as looked at up to the newest version."""
    require(actor, "register.follow")
    with transaction.atomic():
        changed = Follow.objects.filter(user=actor.user, seen__lt=_newest())
        count = changed.update(seen=_newest())
        if count:
            audit.record(
                actor, "register.mark_seen", ("register.follow", str(actor.user.pk)),
                summary=f"{count} hal yang diikuti ditandai sudah dilihat",
            )  # fmt: skip


def _newest() -> int:
    return PlanVersion.objects.aggregate(top=Max("number"))["top"] or 0
