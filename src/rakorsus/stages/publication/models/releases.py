"""Releases: what was public at one time, frozen in files with their digests."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """One frozen state. `digest` covers the digests of all its files."""

    number = models.PositiveIntegerField(_("nomor"), unique=True)
    at = models.DateTimeField(_("dibuat"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_post = models.CharField(_("oleh"), max_length=200)
    note = models.TextField(_("catatan"), max_length=2000, blank=True)
    register_version = models.PositiveIntegerField(_("versi register"), default=0)
    masked = models.PositiveIntegerField(_("nilai yang disamarkan"), default=0)
    withheld = models.PositiveIntegerField(_("baris yang dikecualikan"), default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("rilis")

    def __str__(self) -> str:
        return f"Rilis {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("public:release", args=[self.number])


class ReleaseTable(models.Model):
    """One table of a release. `files` maps a format to {path, size, sha256}; `changes` holds the
    first changed rows as [{key, kind, title, fields: {name: [before, after]}}]."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="tables")
    name = models.CharField(max_length=40)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    files = models.JSONField(default=dict)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["release", "name"], name="table_once_a_release")
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.name}"
