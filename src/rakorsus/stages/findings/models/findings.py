"""A finding, the lines it is about, and where each side stands."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from rakorsus.people.models import Agency
from rakorsus.stages.findings.models.runs import Run
from rakorsus.stages.register.models import Program


class Finding(models.Model):
    """What the engine found; `fingerprint` is the engine's id, the same from run to run.

    `reasons`, `options` and `evidence` are the newest run's. A finding is never deleted: the
    engine closes it when its cause is gone, and opens it again when the cause comes back.
    """

    class Kind(models.TextChoices):
        DUPLICATE = "duplicate", _("Duplikasi")
        OVERLAP = "overlap", _("Tumpang tindih")
        FRAGMENTATION = "fragmentation", _("Terpencar")
        CLASH = "clash", _("Bentrok")
        OPPORTUNITY = "opportunity", _("Peluang gabung")
        ORDER = "order", _("Salah urut")
        GAP = "gap", _("Celah")
        MISMATCH = "mismatch", _("Tidak cocok")
        WARNING = "warning", _("Peringatan dini")
        UNCLEAR = "unclear", _("Perlu dilengkapi")
        EXPECTED = "expected", _("Wajar")

    class State(models.TextChoices):
        OPEN = "open", _("Belum dijawab")
        ANSWERED = "answered", _("Sebagian menjawab")
        ACCEPTED = "accepted", _("Diterima semua pihak")
        DISPUTED = "disputed", _("Diperselisihkan")
        REJECTED = "rejected", _("Ditolak semua pihak")
        SETTLED = "settled", _("Selesai antarpihak")
        CLOSED = "closed", _("Ditutup mesin")
        EXPECTED = "expected", _("Wajar")

    class Severity(models.TextChoices):
        HIGH = "high", _("Berat")
        MEDIUM = "medium", _("Sedang")
        LOW = "low", _("Ringan")

    fingerprint = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("jenis"), max_length=14, choices=Kind)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.OPEN)
    severity = models.CharField(_("bobot"), max_length=6, choices=Severity)
    score = models.FloatField(_("nilai urut"))
    sure = models.FloatField(_("keyakinan"))
    money = models.BigIntegerField(_("nilai yang dipertaruhkan"), default=0)
    start = models.DateField(_("mulai"), null=True)
    end = models.DateField(_("selesai"), null=True)
    due = models.DateField(_("tenggat"), null=True)
    rule = models.CharField(_("aturan"), max_length=60)
    reasons_id = models.TextField()
    reasons_en = models.TextField()
    options = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    regions = models.JSONField(default=list)
    place = models.CharField(_("lokasi"), max_length=250, blank=True)
    wanted = models.BooleanField(_("tetap dijadikan temuan"), default=False)
    first_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="began")
    last_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="seen")
    closed_run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, related_name="ended")
    programs = models.ManyToManyField(Program, through="FindingProgram", related_name="findings")

    class Meta:
        ordering = ["-score", "id"]
        indexes = [
            models.Index(fields=["state", "-score", "id"], name="finding_state_score"),
            models.Index(fields=["kind", "state", "-score"], name="finding_kind_state"),
            models.Index(fields=["state", "-money"], name="finding_state_money"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def save(self, *args: Any, **more: Any) -> None:
        """What is concealed from a reader must not be written over what is known."""
        if self.hidden and not set(more.get("update_fields") or ["*"]) <= {"state", "wanted"}:
            raise ValueError("A finding as a veiled reader sees it is not to be saved.")
        super().save(*args, **more)

    def get_absolute_url(self) -> str:
        return reverse("findings:finding", args=[self.pk])

    @property
    def hidden(self) -> bool:
        """Whether a line of it is not for the reader (`queries.veiled`): then only its kind, state,
        place and days are told."""
        return bool(self.__dict__.get("_hidden", False))

    @hidden.setter
    def hidden(self, value: bool) -> None:
        if not value or self.hidden:
            return
        self.__dict__["_hidden"] = True
        self.reasons_id, self.reasons_en = self.concealed("id"), self.concealed("en")
        self.options, self.evidence = [], {}
        self.money, self.score, self.sure, self.rule, self.due = 0, 0.0, 0.0, "", None

    def concealed(self, language: str) -> str:
        """What may be said of it to whoever may not know what it is."""
        with override(language):
            words = CONCEALED % {"kind": self.get_kind_display()}
            return f"{words}{_(' di %(place)s') % {'place': self.place}}" if self.place else words

    @property
    def reasons(self) -> str:
        """The sentences in the page's language."""
        return self.reasons_en if translation.get_language() == "en" else self.reasons_id

    @property
    def alive(self) -> bool:
        """Whether there is still something to settle."""
        return self.state in OPEN_STATES


#: What is said of a finding instead of what it is; a place may follow.
CONCEALED = _("%(kind)s dengan pekerjaan yang rinciannya dikecualikan")

#: States in which a finding waits for somebody.
OPEN_STATES = (
    Finding.State.OPEN,
    Finding.State.ANSWERED,
    Finding.State.ACCEPTED,
    Finding.State.DISPUTED,
)


class FindingProgram(models.Model):
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="lines")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="touched")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "program"], name="line_once_per_finding")
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.program_id}"


class FindingAgency(models.Model):
    """One side of a finding and its newest answer."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("Belum menjawab")
        ACCEPT = "accept", _("Menerima")
        REJECT = "reject", _("Menolak")
        NEED_DATA = "need_data", _("Perlu data")

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="sides")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="findings")
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.WAITING)

    class Meta:
        ordering = ["agency__code"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "agency"], name="side_once_per_finding")
        ]
        indexes = [models.Index(fields=["agency", "answer"], name="side_answer")]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_answer_display()}"
