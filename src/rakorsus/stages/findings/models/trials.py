"""A trial of other settings: what it would change, kept until it is saved or discarded."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Trial(models.Model):
    """`values` as RuleSettings has them; `result` is empty until the trial is done, see
    actions.trial. A trial touches no finding."""

    class State(models.TextChoices):
        RUNNING = "running", _("Berjalan")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Gagal")

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=7, choices=State, default=State.RUNNING)
    progress = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
