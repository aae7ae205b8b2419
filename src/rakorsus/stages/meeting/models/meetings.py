"""A meeting, the series it belongs to, its sessions and rooms."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """Meetings that follow each other: what one leaves unsettled is the next one's backlog."""

    name = models.CharField(_("nama seri"), max_length=150, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    class Type(models.TextChoices):
        RAKORSUS = "rakorsus", _("Rakorsus")
        PRE = "pre", _("Pra-Rakorsus")
        POST = "post", _("Pasca-Rakorsus")
        CONTROL = "control", _("Rakordal")
        FORUM = "forum", _("Forum perangkat daerah")
        REVIEW = "review", _("Evaluasi akhir tahun")

    class State(models.TextChoices):
        DRAFT = "draft", _("Rancangan")
        PUBLISHED = "published", _("Agenda terbit")
        RUNNING = "running", _("Berlangsung")
        CLOSED = "closed", _("Selesai")

    type = models.CharField(_("jenis"), max_length=10, choices=Type, default=Type.RAKORSUS)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings",
        verbose_name=_("seri"),
    )  # fmt: skip
    title = models.CharField(_("nama rapat"), max_length=250)
    starts = models.DateTimeField(_("mulai"))
    ends = models.DateTimeField(_("harus berakhir"))
    place = models.CharField(_("tempat"), max_length=250)
    number = models.CharField(_("nomor undangan"), max_length=120, blank=True)
    chair = models.CharField(_("pimpinan rapat (jabatan)"), max_length=200, blank=True)
    secretary = models.CharField(_("notulis (jabatan)"), max_length=200, blank=True)
    note = models.TextField(_("keterangan"), blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    pulse = models.PositiveIntegerField(default=0)  # grows with every change; screens follow it
    #: Seconds from the clock to the meeting's own time, when it is rehearsed on another day.
    ahead = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-starts", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meeting:meeting", args=[self.pk])

    @property
    def shift(self) -> timedelta:
        """What to add to a moment of the clock to have the meeting's own time."""
        return timedelta(seconds=self.ahead)

    @property
    def open(self) -> bool:
        """Whether its plan may still change."""
        return self.state != self.State.CLOSED


class Room(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("ruang"), max_length=120)
    capacity = models.PositiveIntegerField(_("kapasitas"), default=0)
    tables = models.PositiveSmallIntegerField(_("jumlah meja"), default=0)
    equipment = models.CharField(_("peralatan"), max_length=250, blank=True)
    rows = models.PositiveSmallIntegerField(_("baris kursi"), default=0)
    seats = models.PositiveSmallIntegerField(_("kursi per baris"), default=0)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "name"], name="room_once")]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    class Kind(models.TextChoices):
        TALK = "talk", _("Ceramah")
        CAPACITY = "capacity", _("Peningkatan kapasitas")
        SIGNING = "signing", _("Penandatanganan")
        DESKS = "desks", _("Meja sinkronisasi")
        PRESENTATIONS = "presentations", _("Paparan")
        PLENARY = "plenary", _("Pleno")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(_("jenis"), max_length=14, choices=Kind)
    title = models.CharField(_("judul"), max_length=250)
    starts = models.DateTimeField(_("mulai"))
    ends = models.DateTimeField(_("berakhir"))
    room = models.ForeignKey(
        Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions",
        verbose_name=_("ruang"),
    )  # fmt: skip
    lead = models.CharField(_("penanggung jawab atau narasumber"), max_length=200, blank=True)
    moderator = models.CharField(_("moderator (jabatan)"), max_length=200, blank=True)
    note = models.TextField(_("keterangan"), blank=True)

    class Meta:
        ordering = ["starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="session_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title
