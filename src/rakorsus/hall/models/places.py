"""Who sits where, and who asks to be heard about a program."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.meeting.models import AgendaItem, Meeting
from rakorsus.stages.register.models import Program


class Seat(models.Model):
    """A person at a synchronisation table; one table at a time."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True)
    label = models.CharField(max_length=200)
    since = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["item", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="one_seat")]

    def __str__(self) -> str:
        return self.label


class SyncRequest(models.Model):
    """ "We work there too": an agency asks to sit down with the one whose program it is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        PLACED = "placed", _("Masuk agenda")
        DECLINED = "declined", _("Tidak diteruskan")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sync_requests")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sync_requests",
                               verbose_name=_("perangkat daerah pemohon"))  # fmt: skip
    text = models.TextField(_("yang dikerjakan di sana"), max_length=1000)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True,
                             related_name="sync_requests")  # fmt: skip

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "program", "agency"], name="one_request_per_program"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.program_id}"
