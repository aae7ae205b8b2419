"""What the pages of the follow-up share."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import require
from rakorsus.stages.followup import queries
from rakorsus.stages.followup.models import ActionItem


def reader(request: HttpRequest, rule: str = "followup.read") -> Actor:
    """The actor, who must have the right."""
    actor = of_request(request)
    require(actor, rule)
    return actor


def readable(actor: Actor, pk: int) -> ActionItem:
    """The item, when the actor may see it; otherwise as if it were not there."""
    found = queries.visible(actor).select_related("agency", "decision", "meeting", "person")
    return get_object_or_404(found, pk=pk)
