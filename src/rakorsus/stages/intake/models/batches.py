"""A batch: the files that somebody loads in one go, since one file may need another."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """Files loaded together, how far the work is, and what it did to the register.

    `message_id`/`message_en` say in one sentence what goes on or what went wrong. `worker` names
    the process (`host:pid`) that works on the batch, so that a killed one is noticed. `versions`
    is what the register made of it: `[{"number", "document", "address", "added", "changed",
    "removed", "same"}]`. `digest` covers the contents of all files, so that the same set of files
    is recognised.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Menunggu giliran")
        READING = "reading", _("Membaca berkas")
        JOINING = "joining", _("Menggabungkan data")
        WRITING = "writing", _("Menulis ke register")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Gagal")
        INTERRUPTED = "interrupted", _("Terputus")
        CANCELLED = "cancelled", _("Dibatalkan")

    RUNNING = (State.QUEUED, State.READING, State.JOINING, State.WRITING)
    STOPPED = (State.FAILED, State.INTERRUPTED, State.CANCELLED)

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    started_by_name = models.CharField(_("oleh"), max_length=200)
    surface = models.CharField(max_length=20)
    created = models.DateTimeField(_("dibuat"), default=timezone.now, db_index=True)
    began = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    state = models.CharField(
        _("keadaan"), max_length=12, choices=State, default=State.QUEUED, db_index=True
    )
    progress = models.PositiveSmallIntegerField(default=0)
    message_id = models.TextField(blank=True)
    message_en = models.TextField(blank=True)
    stop_asked = models.BooleanField(default=False)
    worker = models.CharField(max_length=120, blank=True)
    runs = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    versions = models.JSONField(default=list)
    corrects = models.ForeignKey(
        "intake.SourceFile", on_delete=models.SET_NULL, null=True, related_name="corrections"
    )
    read = models.PositiveIntegerField(_("dibaca"), default=0)
    accepted = models.PositiveIntegerField(_("diterima"), default=0)
    set_aside = models.PositiveIntegerField(_("disisihkan"), default=0)
    repaired = models.PositiveIntegerField(_("diperbaiki"), default=0)
    file_count = models.PositiveIntegerField(_("berkas"), default=0)

    class Meta:
        ordering = ["-created"]
        verbose_name = _("impor")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.uuid}"

    def get_absolute_url(self) -> str:
        return reverse("intake:batch", args=[self.uuid])

    @property
    def message(self) -> dict[str, str]:
        return {"id": self.message_id, "en": self.message_en}

    @property
    def running(self) -> bool:
        return self.state in self.RUNNING

    @property
    def stopped(self) -> bool:
        return self.state in self.STOPPED
