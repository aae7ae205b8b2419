"""Undoing a decision: by the draft of another one that gives the lines back what they said.

Who was in charge of the old decision is in charge of undoing it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rakorsus.people.actor import Actor
from rakorsus.stages.decisions.actions.drafting import Draft, draft
from rakorsus.stages.decisions.composing import CANCELLED, Step
from rakorsus.stages.decisions.models import Decision


def undo(actor: Actor, decision: Decision, reason: str) -> Decision:
    """A draft that would replace the decision; lines that it made are cancelled.

    Raises:
        ValidationError: the decision is not in force, no reason, or a draft to the same end waits.
    """
    if not decision.in_force:
        raise ValidationError(_("Yang diganti harus keputusan yang berlaku."))
    if not reason.strip():
        raise ValidationError(_("Tulis alasan perubahan."))
    if decision.replaced_by.filter(state=Decision.State.DRAFT).exists():
        raise ValidationError(_("Rancangan penggantinya sudah ada."))
    changes = list(decision.changes.all())
    steps = [Step(c.key, c.field, c.before) for c in changes if not c.fresh]
    made = {c.key for c in changes if c.fresh}
    steps += [Step(key, "status", CANCELLED) for key in sorted(made)]
    return draft(actor, Draft(
        decision.kind if not made else Decision.Kind.CANCEL,
        _("Mengurungkan %s") % decision.label, reason, steps, finding=decision.finding,
        meeting=decision.meeting, owner=decision.owner, owner_post=decision.owner_post,
        replaces=decision,
    ))  # fmt: skip
