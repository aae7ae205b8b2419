"""How many fit into the hall, and whether everybody may watch."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from rakorsus.audit import actions as audit
from rakorsus.hall.models import Hall
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.meeting.models import Meeting


@transaction.atomic
def save_hall(actor: Actor, meeting: Meeting, cap: int, public: bool) -> Hall:
    """Raises ValidationError when the cap is not between 1 and 2000."""
    require(actor, "hall.manage")
    kept, _made = Hall.objects.select_for_update().get_or_create(meeting=meeting)
    before = {"cap": kept.cap, "public": kept.public}
    kept.cap, kept.public = cap, public
    try:
        kept.full_clean(exclude=["last"])
    except ValidationError as error:
        raise ValidationError(error.messages) from error
    kept.save(update_fields=["cap", "public"])
    after = {"cap": cap, "public": public}
    changes = {k: [before[k], after[k]] for k in after if before[k] != after[k]}
    audit.record(actor, "hall.save", kept, changes=changes)
    return kept
