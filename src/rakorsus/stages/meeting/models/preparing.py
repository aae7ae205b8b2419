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
    slides_kind = models.CharField(max_length=4, blank=True)  # pdf, pptx
    pages = models.PositiveSmallIntegerField(default=0)
    outline = models.JSONField(default=list)  # the text of each slide
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
    answer = models.TextField(_("jawaban"), max_length=2000, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class Material(models.Model):
    """A file of a session, to be read before or taken home: of capacity building, of a talk."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("judul materi"), max_length=200)
    file = models.FileField(upload_to="materi")
    kind = models.CharField(max_length=4)  # pdf, pptx
    pages = models.PositiveSmallIntegerField(default=0)
    outline = models.JSONField(default=list)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["session", "id"]

    def __str__(self) -> str:
        return self.title


class SigningParty(models.Model):
    """One of those who sign at a signing, in the order in which they sign."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="signing")
    institution = models.CharField(_("instansi"), max_length=250)
    post = models.CharField(_("jabatan penanda tangan"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    signed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.post}, {self.institution}"


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
