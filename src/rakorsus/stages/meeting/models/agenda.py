"""What is on the agenda, trial agendas, and the versions that were published."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models.meetings import Meeting, Session


class AgendaItem(models.Model):
    """One entry of a session. `start` is empty as long as it has no place on the day.

    `version` grows with every change; whoever changes it says which version was seen, and is
    refused when somebody else was faster.
    """

    class Kind(models.TextChoices):
        PRESENTATION = "presentation", _("Paparan")
        DESK = "desk", _("Meja sinkronisasi")
        TALK = "talk", _("Ceramah")
        SIGNING = "signing", _("Penandatanganan")
        PLENARY = "plenary", _("Pleno")
        BREAK = "break", _("Istirahat")
        PRAYER = "prayer", _("Salat")

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Berlangsung")
        DONE = "done", _("Selesai")
        DROPPED = "dropped", _("Tidak jadi")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    title = models.CharField(_("judul"), max_length=300)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="desks"
    )
    start = models.DateTimeField(_("mulai"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("menit"))
    table = models.PositiveSmallIntegerField(_("meja"), default=0)
    position = models.PositiveIntegerField(default=0)
    pinned = models.BooleanField(_("dikunci"), default=False)
    wanted = models.BooleanField(_("diminta pimpinan"), default=False)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.WAITING)
    screen_page = models.PositiveSmallIntegerField(default=0)  # of its slides, 0 for none
    began = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["start", "table", "position", "id"]
        indexes = [models.Index(fields=["session", "start"], name="item_of_session")]
        constraints = [
            models.UniqueConstraint(fields=["session", "finding"], name="finding_once_a_session")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def end(self) -> datetime | None:
        """When it ends by the plan."""
        return self.start + timedelta(minutes=self.minutes) if self.start else None


class Availability(models.Model):
    """When an agency cannot come, and how long it may sit at desks. Without times and without a
    limit it does not come at all."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="availabilities")
    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, related_name="+", verbose_name=_("perangkat daerah")
    )
    begins = models.DateTimeField(_("tidak dapat hadir sejak"), null=True, blank=True)
    ends = models.DateTimeField(_("tidak dapat hadir sampai"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(
        _("paling lama di meja, seluruhnya (menit)"), null=True, blank=True
    )

    class Meta:
        ordering = ["agency__code", "begins", "id"]

    def __str__(self) -> str:
        return f"{self.agency} @ {self.meeting}"

    @property
    def away(self) -> bool:
        """Whether it says that the agency cannot come, now and then or at all."""
        return self.most is None or self.begins is not None or self.ends is not None

    @property
    def never(self) -> bool:
        """Whether the agency does not come at all."""
        return self.away and self.begins is None and self.ends is None


class Trial(models.Model):
    """A trial agenda: what was asked, and what the solver answered. Kept to be compared.

    `placed` is a list of {item, session, start, minutes, table} with start in minutes after the
    midnight that begins the meeting's day; `left_out` of {item, reason}.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="trials")
    name = models.CharField(_("nama"), max_length=120)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    asked = models.JSONField(default=dict)
    placed = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    objective = models.BigIntegerField()
    bound = models.BigIntegerField()
    seconds = models.FloatField()
    moved = models.PositiveIntegerField(default=0)
    cost = models.JSONField(default=dict)  # what it takes away (`rakorsus.engine.agenda.trials`)
    adopted = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def proven(self) -> bool:
        return self.objective == self.bound

    @property
    def gap(self) -> float:
        """How far the bound lies above it, in percent."""
        return 100 * (self.bound - self.objective) / self.bound if self.bound else 0.0


class AgendaVersion(models.Model):
    """A published agenda, frozen."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting} #{self.number}"
