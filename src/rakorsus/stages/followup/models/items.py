"""An action item with its owner and date, its evidence, its checkpoints and what was said."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.register.models import Program


class ActionItem(models.Model):
    """Something to be done by a post of an agency until a day.

    `origin` names the record that it came from ("desk:12", "resolution:3", "decision:7"), once
    each; what somebody noted by hand has none. `version` refuses the slower of two writers.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Belum selesai")
        DONE = "done", _("Selesai")
        DROPPED = "dropped", _("Tidak perlu lagi")

    text = models.TextField(_("yang dikerjakan"), max_length=2000)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="action_items",
        verbose_name=_("perangkat daerah penanggung jawab"),
    )  # fmt: skip
    post = models.CharField(_("jabatan penanggung jawab"), max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True,
        related_name="action_items", verbose_name=_("orangnya"),
    )  # fmt: skip
    due = models.DateField(_("tenggat"))
    state = models.CharField(_("keadaan"), max_length=7, choices=State, default=State.OPEN)
    origin = models.CharField(max_length=60, null=True, unique=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="action_items"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="action_items"
    )
    programs = models.ManyToManyField(Program, blank=True, related_name="action_items")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="noted_items"
    )
    noted_by_name = models.CharField(_("dicatat oleh"), max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(_("selesai pada"), null=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    escalated = models.DateField(_("dinaikkan ke Sekda"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due", "id"]
        indexes = [
            models.Index(fields=["state", "due", "id"], name="item_due"),
            models.Index(fields=["agency", "state", "due"], name="item_of_agency"),
            models.Index(fields=["person", "state", "due"], name="item_of_person"),
            models.Index(fields=["noted_by", "state", "due"], name="item_noted_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="done_items_have_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("followup:item", args=[self.pk])

    @property
    def open(self) -> bool:
        return self.state == self.State.OPEN

    def late(self, today: date) -> int:
        """Days past the due date of an open item; 0 when it is not late."""
        return max(0, (today - self.due).days) if self.open else 0


class Evidence(models.Model):
    """A file that shows what was done. Only added."""

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="evidence")
    file = models.CharField(max_length=200)  # in the default storage
    name = models.CharField(_("nama berkas"), max_length=200)
    type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "sha256"], name="evidence_once_per_item")
        ]

    def __str__(self) -> str:
        return self.name


class Checkpoint(models.Model):
    """A date that the register plans for a line of the item, and when it was met."""

    class Kind(models.TextChoices):
        TENDER = "tender", _("Pemilihan penyedia dimulai")
        CONTRACT = "contract", _("Kontrak ditandatangani")
        COMPLETION = "completion", _("Pekerjaan selesai")

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="checkpoints")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="checkpoints")
    kind = models.CharField(max_length=10, choices=Kind)
    planned = models.DateField(_("rencana"))
    met = models.DateField(_("terjadi"), null=True)

    class Meta:
        ordering = ["planned", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "program", "kind"], name="one_checkpoint_per_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.planned}"

    def late(self, today: date) -> int:
        """Days by which it was or is missed."""
        return max(0, ((self.met or today) - self.planned).days)


class Remark(models.Model):
    """What happened to an item, in words. Only appended."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Catatan")
        DONE = "done", _("Dinyatakan selesai")
        REOPENED = "reopened", _("Dibuka lagi")
        CHANGED = "changed", _("Diubah")
        ESCALATED = "escalated", _("Dinaikkan ke Sekda")

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.COMMENT)
    text = models.TextField(_("catatan"), max_length=2000, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
