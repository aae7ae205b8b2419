"""The log of every change, chained by hash, the outbox of what others wait to hear, and what has
run by the clock."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One change: who, when, what, to which record, from which surface. Only ever appended.

    `digest` covers this event's content and the `digest` of the event before it, so that a change
    of the past shows (`rakorsus.audit.chain.verify`).
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_name = models.CharField(max_length=200)
    surface = models.CharField(max_length=20)  # page, api, cli, import, job
    address = models.GenericIPAddressField(null=True)
    action = models.CharField(max_length=80, db_index=True)  # "findings.verdict"
    kind = models.CharField(max_length=60)  # "findings.finding"
    object_id = models.CharField(max_length=120)
    agency_code = models.CharField(max_length=60, blank=True, db_index=True)
    summary = models.TextField(blank=True)
    changes = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "object_id", "-id"], name="audit_of_record")]

    def __str__(self) -> str:
        return f"{self.action} {self.kind}:{self.object_id}"


class ChainHead(models.Model):
    """The newest digest: one row, locked while an event is appended."""

    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.digest


class OutboxMessage(models.Model):
    """Something that happened and that later stages wait for; delivered once per topic reader."""

    topic = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)
    delivered = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.topic} #{self.pk}"


class DailyRun(models.Model):
    """One period (a day, or a week by its first day) of one task of the clock (audit.daily)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        RUNNING = "running", _("sedang berjalan")
        DONE = "done", _("selesai")
        FAILED = "failed", _("gagal")

    task = models.CharField(max_length=60)
    period = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-period", "task"]
        constraints = [
            models.UniqueConstraint(fields=["task", "period"], name="a_period_is_run_once")
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.period}"
