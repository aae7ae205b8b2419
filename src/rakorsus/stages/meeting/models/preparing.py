"""What is prepared before the day, and what guests say of it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.meeting.models.agenda import AgendaItem
from rakorsus.stages.meeting.models.meetings import Session
from rakorsus.stages.meeting.models.participants import Participant


class Brief(models.Model):
    """The presentation form: issue, solution, innovation, what does not run and why."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="brief")
    issue = models.TextField(_("isu"), max_length=2000)
    solution = models.TextField(_("solusi"), max_length=2000)
    innovation = models.TextField(_("inovasi"), max_length=2000, blank=True)
    stuck = models.TextField(_("yang tidak berjalan dan sebabnya"), max_length=2000, blank=True)
    in_charge = models.CharField(_("penanggung jawab (jabatan)"), max_length=200)
    slides = models.FileField(upload_to="paparan", blank=True)
    slides_name = models.CharField(max_length=150, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.item}"


class Question(models.Model):
    """A question for a presentation, asked before or during the day."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="questions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField(_("pertanyaan"), max_length=1000)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class Feedback(models.Model):
    """What a guest thought of a session; one per invitation and session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="feedback")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="feedback")
    useful = models.PositiveSmallIntegerField(
        _("manfaat"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    text = models.TextField(_("saran"), max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "participant"], name="one_feedback")
        ]

    def __str__(self) -> str:
        return f"{self.useful}"
