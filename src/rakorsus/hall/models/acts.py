"""The acts of a meeting, numbered without gaps: what is told to everybody, and the recording."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from rakorsus.people.models import Agency
from rakorsus.stages.meeting.models import Meeting


class Act(models.Model):
    """One act. Written in the transaction of the change that it tells; never changed.

    `user` and `agency` are those it concerns (whose hand was raised, who was given the floor);
    `by` did it. `key` is what the sender called it, empty for acts of the meeting's own pages.
    `surface` is where it was done: `page`, `hall-list`, `hall-plan`, `hall-3d`.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="acts")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True,
                           related_name="+")  # fmt: skip
    by_name = models.CharField(max_length=200)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True,
                             related_name="+")  # fmt: skip
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    surface = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="act_number_once"),
            models.UniqueConstraint(
                fields=["meeting", "key"], condition=~models.Q(key=""), name="act_key_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
