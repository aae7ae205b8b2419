"""A file of a batch, and the rows of it that were not accepted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.intake.models.batches import ImportBatch


class SourceFile(models.Model):
    """One uploaded file: what it is, what was read from it.

    `report` holds `{"kind_name", "agencies", "repeats", "sheets": [{"name", "kind", "kind_name",
    "read", "accepted", "set_aside", "structure", "repaired", "repairs", "dropped", "headers"}]}`:
    names of personal columns are kept, their content never. `stored` is the original while it is
    needed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Belum dibaca")
        READ = "read", _("Dibaca")
        UNKNOWN = "unknown", _("Perlu pemetaan kolom")
        REFUSED = "refused", _("Ditolak")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("nama berkas"), max_length=250)
    stored = models.CharField(max_length=250, blank=True)  # name in the storage, "" when gone
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("ukuran"))
    kind = models.CharField(_("jenis"), max_length=60, blank=True)
    document = models.CharField(_("dokumen"), max_length=200, blank=True)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.WAITING)
    problem_id = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    report = models.JSONField(default=dict)
    read = models.PositiveIntegerField(_("dibaca"), default=0)
    accepted = models.PositiveIntegerField(_("diterima"), default=0)
    set_aside = models.PositiveIntegerField(_("disisihkan"), default=0)
    structure = models.PositiveIntegerField(_("baris susunan"), default=0)
    repaired = models.PositiveIntegerField(_("diperbaiki"), default=0)
    same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="repeats"
    )

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("berkas")
        indexes = [models.Index(fields=["batch", "name"], name="file_of_batch")]

    def __str__(self) -> str:
        return self.name

    @property
    def problem(self) -> dict[str, str]:
        return {"id": self.problem_id, "en": self.problem_en}

    @property
    def kind_name(self) -> dict[str, str]:
        """What the file is, in both languages; empty while unknown."""
        name: dict[str, str] = self.report.get("kind_name", {"id": "", "en": ""})
        return name

    @property
    def sheets(self) -> list[dict[str, Any]]:
        sheets: list[dict[str, Any]] = self.report.get("sheets", [])
        return sheets

    @property
    def rows_in(self) -> SourceFile:
        """The file that keeps the set-aside rows: an earlier one when this one only repeats it."""
        return self.same_as if self.same_as and self.report.get("repeats") else self

    @property
    def agencies(self) -> list[str]:
        """Codes of the agencies whose lines the file gave."""
        codes: list[str] = self.report.get("agencies", [])
        return codes

    @property
    def repairs(self) -> list[dict[str, Any]]:
        """What was mended: `{"sheet", "reason", "count", "rows": [the first ones]}` by reason."""
        return [{"sheet": s["name"], **r} for s in self.sheets for r in s.get("repairs", [])]

    @property
    def dropped(self) -> list[str]:
        """Names of the personal columns that were dropped."""
        return sorted({name for sheet in self.sheets for name in sheet.get("dropped", [])})


class SetAsideRow(models.Model):
    """A row that was read and not accepted: its place, its content without personal columns, why.

    `family` is the reason without the values in it: rows with one family have one cause.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Menunggu perbaikan")
        RELOADED = "reloaded", _("Sudah diperbaiki")
        REPLACED = "replaced", _("Digantikan impor baru")
        DISMISSED = "dismissed", _("Diabaikan")
        FOREIGN = "foreign", _("Bukan kewenangan pengunggah")

    file = models.ForeignKey(SourceFile, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(_("lembar"), max_length=120, blank=True)
    row = models.PositiveIntegerField(_("baris"))
    column = models.CharField(_("kolom"), max_length=120, blank=True)
    family = models.CharField(max_length=250)
    reason_id = models.TextField(_("alasan"))
    reason_en = models.TextField()
    content = models.JSONField(default=dict)
    state = models.CharField(_("keadaan"), max_length=9, choices=State, default=State.OPEN)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_in = models.ForeignKey(
        ImportBatch, on_delete=models.SET_NULL, null=True, related_name="settles"
    )
    settled = models.DateTimeField(null=True)
    note = models.TextField(_("catatan"), blank=True)

    class Meta:
        ordering = ["file_id", "sheet", "row"]
        verbose_name = _("baris yang disisihkan")
        indexes = [
            models.Index(fields=["file", "state", "family"], name="set_aside_of_file"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.row}"

    @property
    def gist(self) -> str:
        """The row's own words in one line, the longest first, to recognise it by."""
        words = sorted({str(v).strip() for v in self.content.values() if v}, key=len, reverse=True)
        return " · ".join(w[:90] for w in words if not w.replace(".", "").isdigit())[:200]

    @property
    def reason(self) -> dict[str, str]:
        return {"id": self.reason_id, "en": self.reason_en}
