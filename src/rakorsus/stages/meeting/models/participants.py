"""Who is invited, in order of precedence, and what they answered."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.meeting.models.meetings import Meeting


def new_key() -> str:
    """The unguessable part of an invitation's address."""
    return secrets.token_urlsafe(12)


class Participant(models.Model):
    """One invitation. The key is changed when it is passed on by letter, so that the old address
    opens nothing any more; it carries no personal data."""

    class Group(models.TextChoices):
        LEADERSHIP = "leadership", _("Pimpinan daerah")
        FORKOPIMDA = "forkopimda", _("Forkopimda")
        BANKS = "banks", _("Bank Indonesia dan perbankan")
        MUSPIDA = "muspida", _("Instansi vertikal")
        RECTORS = "rectors", _("Rektor")
        EXPERTS = "experts", _("Tim ahli")
        AGENCIES = "agencies", _("Perangkat daerah")
        COMPANIES = "companies", _("Perusahaan daerah")
        CAMAT = "camat", _("Camat")
        LURAH = "lurah", _("Lurah")
        PKK = "pkk", _("TP PKK")
        PRESS = "press", _("Pers")
        OTHER = "other", _("Lainnya")

    class Reply(models.TextChoices):
        WAITING = "waiting", _("Belum menjawab")
        COMING = "coming", _("Hadir")
        DEPUTY = "deputy", _("Diwakili")
        ABSENT = "absent", _("Tidak hadir")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    group = models.CharField(_("kelompok"), max_length=10, choices=Group)
    rank = models.PositiveIntegerField(_("urutan"), default=0)
    name = models.CharField(_("nama"), max_length=150, blank=True)
    post = models.CharField(_("jabatan"), max_length=200)
    institution = models.CharField(_("instansi"), max_length=250, blank=True)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("nomor WhatsApp"), max_length=30, blank=True)
    key = models.CharField(max_length=24, unique=True, default=new_key)
    reply = models.CharField(_("jawaban"), max_length=8, choices=Reply, default=Reply.WAITING)
    replied = models.DateTimeField(null=True)
    deputy_name = models.CharField(_("nama wakil"), max_length=150, blank=True)
    deputy_post = models.CharField(_("jabatan wakil"), max_length=200, blank=True)
    letter = models.CharField(_("nomor surat tugas"), max_length=120, blank=True)
    invited = models.DateTimeField(null=True)
    reminded = models.DateTimeField(null=True)
    walk_in = models.BooleanField(default=False)

    class Meta:
        ordering = ["rank", "id"]
        indexes = [
            models.Index(fields=["meeting", "group", "rank"], name="participant_group"),
            models.Index(fields=["meeting", "rank", "id"], name="participant_rank"),
        ]

    def __str__(self) -> str:
        return self.name or self.post

    @property
    def who(self) -> str:
        """The one who comes: the deputy where a letter says so."""
        if self.reply == self.Reply.DEPUTY:
            return self.deputy_name or self.deputy_post
        return self.name or self.post
