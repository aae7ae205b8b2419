"""Runs of the engine, and the government's settings of its rules."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """One run over the register, or (`partial`) over the lines that changed."""

    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    today = models.DateField(_("hari acuan"))
    version = models.IntegerField(_("versi register"), default=0)
    partial = models.BooleanField(_("sebagian"), default=False)
    by_name = models.CharField(_("oleh"), max_length=200)
    seconds = models.FloatField(_("lama"), default=0)
    lines = models.IntegerField(_("baris"), default=0)
    new = models.IntegerField(_("baru"), default=0)
    kept = models.IntegerField(_("tetap"), default=0)
    closed = models.IntegerField(_("hilang"), default=0)
    reopened = models.IntegerField(_("muncul lagi"), default=0)
    counts = models.JSONField(default=dict)  # kind -> findings open after the run

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class RuleSettings(models.Model):
    """The settings in force are the newest row; earlier rows stay as history."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    values = models.JSONField(default=dict)  # see rulebook.THRESHOLDS and `disabled`

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
