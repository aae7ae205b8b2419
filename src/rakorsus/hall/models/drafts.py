"""Drafts of the city table: another time or place for one line, judged before anybody adopts it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.register.models import Program


class Draft(models.Model):
    """One trial. The register is not touched.

    `result` has `before` and `after`, each a list of {fingerprint, kind, severity, money, reasons
    {id, en}, programs [{key, title}]}, `gone` and `new` the fingerprints that differ, `seconds`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Sedang dihitung")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Gagal")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    start = models.DateField(_("mulai"), null=True, blank=True)
    end = models.DateField(_("selesai"), null=True, blank=True)
    place = models.CharField(_("lokasi"), max_length=250, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.program}: {self.start}–{self.end} {self.place}"
