"""The day itself: who came, what was written down, who wants to speak."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.meeting.models.agenda import AgendaItem
from rakorsus.stages.meeting.models.meetings import Meeting
from rakorsus.stages.meeting.models.participants import Participant


class Attendance(models.Model):
    """One arrival. `client` is made by the device that checked in, so that a repeated submission
    after a lost connection is recognised."""

    class Mode(models.TextChoices):
        CODE = "code", _("Kode QR")
        NAME = "name", _("Cari nama")
        BULK = "bulk", _("Serentak")
        WALK_IN = "walk_in", _("Tanpa undangan")
        HALL = "hall", _("Masuk balai")

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="attendance"
    )
    at = models.DateTimeField()
    mode = models.CharField(_("cara"), max_length=7, choices=Mode)
    by_name = models.CharField(max_length=200)
    client = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.participant}"


class Note(models.Model):
    """One field of the notes on an item. `version` counts its changes.

    `state` is the text as a shared document (Yjs), so that several people type in it at once;
    `text` is always what it says. A plain form is refused when somebody was faster.
    """

    class Field(models.TextChoices):
        DISCUSSION = "discussion", _("Pembahasan")
        CONCLUSION = "conclusion", _("Kesimpulan")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="notes")
    field = models.CharField(max_length=10, choices=Field)
    text = models.TextField(_("catatan"), max_length=8000, blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.BinaryField(default=bytes)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)
    logged_at = models.DateTimeField(null=True)  # typing is put on the log once a minute
    logged_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["item", "-field"]
        constraints = [models.UniqueConstraint(fields=["item", "field"], name="note_field_once")]

    def __str__(self) -> str:
        return self.text[:60]


class NoteChange(models.Model):
    """One change of a note, for those who follow it; old ones are dropped, the note has them."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    data = models.BinaryField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["note", "number"]
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="note_change_once")]

    def __str__(self) -> str:
        return f"{self.note_id} #{self.number}"


class SpeakerRequest(models.Model):
    """Someone who wants to speak; the queue is the order of asking."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        GRANTED = "granted", _("Dipersilakan")
        DONE = "done", _("Selesai")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speakers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True)
    label = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "by"],
                condition=models.Q(state__in=["waiting", "granted"]),
                name="one_raised_hand",
            )
        ]

    def __str__(self) -> str:
        return self.label
