"""What agencies said to the questions that they were asked, one at a time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.findings.models.runs import Run
from rakorsus.stages.register.models import Program


class Reply(models.Model):
    """An answer to one question about one line, or that it must wait. Only appended.

    `run` is the newest run that asked: an answer holds until the next run has judged the line.
    """

    class Kind(models.TextChoices):
        ANSWERED = "answered", _("Dijawab")
        LATER = "later", _("Tanya lagi nanti")
        UNKNOWN = "unknown", _("Tidak tahu")

    class Missing(models.TextChoices):
        PLACE = "place", _("Lokasi")
        DATES = "dates", _("Jadwal")
        VOLUME = "volume", _("Volume")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="replies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="replies")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    missing = models.CharField(max_length=6, choices=Missing)
    kind = models.CharField(max_length=8, choices=Kind)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["program", "missing", "-id"], name="reply_of_line")]

    def __str__(self) -> str:
        return f"{self.program_id} {self.missing}: {self.get_kind_display()}"
