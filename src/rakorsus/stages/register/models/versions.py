"""Frozen versions of the register and what each changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanVersion(models.Model):
    """One accepted state of the register. Never changed after it was made.

    `snapshot` is a parquet file of schema.PROGRAMS in the default storage: every line when `full`,
    otherwise only the lines that this version touched (an amendment), on top of the version before.
    """

    uuid = models.UUIDField(unique=True)
    government = models.CharField(_("pemerintah daerah"), max_length=20, blank=True)
    document = models.CharField(_("dokumen"), max_length=200)
    year = models.IntegerField(_("tahun"), null=True, blank=True)
    number = models.PositiveIntegerField(_("nomor"), unique=True)
    created = models.DateTimeField(_("dibuat"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_name = models.CharField(_("oleh"), max_length=200, blank=True)
    batch = models.UUIDField(_("impor"), null=True, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64)
    added = models.PositiveIntegerField(_("baru"), default=0)
    changed = models.PositiveIntegerField(_("berubah"), default=0)
    removed = models.PositiveIntegerField(_("dihapus"), default=0)
    same = models.PositiveIntegerField(_("tetap"), default=0)
    also = models.JSONField(default=dict)  # reference tables touched: name -> [added, changed]
    snapshot = models.CharField(max_length=200, blank=True)
    full = models.BooleanField(default=True)
    note = models.TextField(_("catatan"), blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("versi")

    def __str__(self) -> str:
        return f"{self.document} · v{self.number}"


class ProgramChange(models.Model):
    """What one version did to one line: `diff` maps each field to [before, after]."""

    class Kind(models.TextChoices):
        ADDED = "added", _("Baru")
        CHANGED = "changed", _("Berubah")
        REMOVED = "removed", _("Dihapus")

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="changes")
    program = models.ForeignKey(
        "register.Program", on_delete=models.PROTECT, related_name="changes"
    )
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind)
    diff = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "program"], name="one_change_per_line_and_version"
            )
        ]
        indexes = [
            models.Index(fields=["version", "kind", "id"], name="change_of_version"),
            models.Index(fields=["program", "version"], name="change_of_program"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind} {self.program_id}"
