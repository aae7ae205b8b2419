"""A decision: a set of changes of programs, shown before it is taken, and what came of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Outcome, Resolution
from rakorsus.stages.register.models import PlanVersion, Program


class Decision(models.Model):
    """Never erased: what it did is undone by another decision, which `replaces` it.

    `preview` holds what the engine said of the changes before they were taken (see
    actions.preview); `result` what it said afterwards (see actions.judge). `version` grows with
    every change of the draft; whoever takes it says which version was seen.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("Gabungkan")
        SPLIT = "split", _("Bagi wilayah atau sasaran")
        RETIME = "retime", _("Jadwalkan ulang")
        MOVE_MONEY = "move_money", _("Geser anggaran")
        LEAD = "lead", _("Tetapkan utama dan pendukung")
        CANCEL = "cancel", _("Batalkan")
        NEW_PROGRAM = "new", _("Program baru")

    class State(models.TextChoices):
        DRAFT = "draft", _("Rancangan")
        TAKEN = "taken", _("Diputuskan")
        REPLACED = "replaced", _("Diganti keputusan baru")
        DROPPED = "dropped", _("Tidak jadi")

    class Verdict(models.TextChoices):
        """What the engine says once the register has been amended."""

        WAITING = "waiting", _("Menunggu pemeriksaan mesin")
        CLOSED = "closed", _("Temuan tertutup")
        STAYS = "stays", _("Temuan masih ada")
        NONE = "none", _("Tanpa temuan")

    number = models.PositiveIntegerField(_("nomor"), null=True)
    year = models.PositiveIntegerField(_("tahun"))
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.DRAFT)
    title = models.CharField(_("perihal"), max_length=250)
    text = models.TextField(_("bunyi keputusan"), max_length=4000)
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    outcome = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    owner = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("perangkat daerah penanggung jawab"),
    )  # fmt: skip
    owner_post = models.CharField(_("jabatan penanggung jawab"), max_length=200, blank=True)
    due = models.DateField(_("tenggat"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_name = models.CharField(_("disusun oleh"), max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    taken_by_name = models.CharField(_("diputuskan oleh"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("diputuskan"), null=True)
    preview = models.JSONField(default=dict)
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    verdict = models.CharField(max_length=7, choices=Verdict, blank=True)
    result = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-decided_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-decided_at"], name="decision_state"),
            models.Index(fields=["verdict"], name="decision_verdict"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="decision_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"])
                | Q(number__isnull=False, decided_at__isnull=False, plan_version__isnull=False),
                name="a_taken_decision_has_number_and_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("decisions:decision", args=[self.pk])

    @property
    def hidden(self) -> bool:
        """Whether it concerns a line that is not for the reader (`queries.visible`): then only its
        number, kind, state and dates are told."""
        return bool(self.__dict__.get("_hidden", False))

    @hidden.setter
    def hidden(self, value: bool) -> None:
        # What the engine said names other lines too: never for whoever does not see all.
        self.preview, self.result = {}, {}
        if value:
            self.__dict__["_hidden"] = True
            self.text = self.title = str(
                _("Keputusan tentang pekerjaan yang rinciannya dikecualikan")
            )

    @property
    def label(self) -> str:
        """How it is cited: `Keputusan 3/2022`; a draft has no number."""
        if self.number is None:
            return str(_("Rancangan keputusan"))
        return f"Keputusan {self.number}/{self.year}"

    @property
    def in_force(self) -> bool:
        return self.state == self.State.TAKEN


class Change(models.Model):
    """One field of one line: what it said and what it will say (JSON values, dates as ISO text).

    `key` is the line's key in the register. The fields of a new line have no `before`; its line
    exists once the decision is taken.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="changes")
    key = models.CharField(max_length=200)
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, null=True, related_name="decided"
    )
    field = models.CharField(max_length=20)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    fresh = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["program", "field"], name="change_of_decided_line")]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "key", "field"], name="one_change_per_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.field}"

    def plain(self) -> dict[str, Any]:
        """As the API and the open data say it."""
        return {"key": self.key, "field": self.field, "before": self.before, "after": self.after,
                "new": self.fresh}  # fmt: skip
