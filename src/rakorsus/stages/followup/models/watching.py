"""Early warnings as the register keeps them, and what an agency does about each."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.register.models import Program


class EarlyWarning(models.Model):
    """One warning of one rule about one line (or `agency:CODE`); never deleted.

    `first` is the day it was first given. It closes when its cause is gone and opens again, as a
    new warning, when the cause comes back: what was promised before does not count for it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Belum ditanggapi")
        ANSWERED = "answered", _("Ditanggapi")
        CLOSED = "closed", _("Tidak berlaku lagi")

    class Rule(models.TextChoices):
        UNBEGUN = "warning.unbegun", _("Pemilihan belum dimulai")
        LATE = "warning.late", _("Terlambat untuk selesai tahun ini")
        STUCK = "warning.stuck", _("Diumumkan tanpa kontrak")
        SCHEDULE = "warning.schedule", _("Jadwal sendiri terlewati")
        FAILED = "warning.failed", _("Pemilihan gagal, belum diulang")
        BEYOND = "warning.beyond_year", _("Kontrak melewati tahun anggaran")
        OVERDUE = "warning.overdue", _("Masa kontrak habis")
        SPENDING = "warning.spending", _("Realisasi di bawah rencana")
        PLACE = "warning.place", _("Lokasi berbeda dari rencana")
        OWNER = "warning.owner", _("Program strategis tanpa penanggung jawab")

    rule = models.CharField(_("jenis"), max_length=24, choices=Rule)
    key = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="warnings")
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, null=True, related_name="warnings"
    )
    first = models.DateField(_("sejak"))
    seen = models.DateField(_("terakhir berlaku"))
    by = models.DateField(_("paling lambat"))
    last = models.DateField(_("kontrak paling lambat"), null=True)
    past = models.BooleanField(default=False)
    money = models.BigIntegerField(_("nilai"), default=0)
    words_id = models.TextField()
    words_en = models.TextField()
    basis = models.JSONField(default=dict)
    keys = models.JSONField(default=list)  # the lines it rests on
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.OPEN)
    closed = models.DateField(_("ditutup"), null=True)
    action = models.TextField(_("tindakan"), blank=True)
    promised = models.DateField(_("akan selesai"), null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["by", "-money", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "key"], condition=~models.Q(state="closed"),
                name="one_open_warning_per_rule_and_line",
            ),
            models.CheckConstraint(
                condition=models.Q(by__gte=models.F("first")), name="a_warning_leads_its_deadline"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["state", "by", "id"], name="warning_by"),
            models.Index(fields=["agency", "state", "by"], name="warning_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()}: {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("watching:warning", args=[self.pk])

    @property
    def words(self) -> str:
        """The sentences in the page's language."""
        return self.words_en if translation.get_language() == "en" else self.words_id

    def days(self, today: date) -> int:
        """Days until the deadline; negative when it has passed."""
        return (self.by - today).days
