"""What the pages of decisions share."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import require
from rakorsus.stages.decisions import queries
from rakorsus.stages.decisions.models import Decision


def reader(request: HttpRequest, rule: str = "decisions.read") -> Actor:
    """The actor, who must have the right."""
    actor = of_request(request)
    require(actor, rule)
    return actor


def readable(actor: Actor, pk: int) -> Decision:
    """The decision, when the actor may see it; otherwise as if it were not there."""
    found = queries.visible(actor).select_related(
        "owner", "finding", "meeting", "item", "outcome", "resolution", "plan_version", "replaces"
    )
    return get_object_or_404(found, pk=pk)
