"""Letterheads, signatories, settings of each kind of paper, counters, and what was issued."""

from __future__ import annotations

import secrets

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


def new_key() -> str:
    """The unguessable name of a paper on the public page: 59 bits, easy to type."""
    return "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _part in range(3))


class Letterhead(models.Model):
    """The kop: lines in capitals, the last one largest, an address, the place of dates."""

    class Paper(models.TextChoices):
        A4 = "a4", _("A4")
        F4 = "f4", _("F4 (215 × 330 mm)")

    name = models.CharField(_("nama kop"), max_length=120, unique=True)
    lines = models.TextField(_("baris kop"), max_length=500)
    address = models.TextField(_("alamat"), max_length=500, blank=True)
    place = models.CharField(_("kota pada tanggal surat"), max_length=80, blank=True)
    paper = models.CharField(_("kertas"), max_length=2, choices=Paper, default=Paper.A4)

    class Meta:
        ordering = ["name"]
        verbose_name = _("kop")

    def __str__(self) -> str:
        return self.name


class Signatory(models.Model):
    """An official who signs. Name, rank and NIP stand on papers, never on public pages."""

    post = models.CharField(_("jabatan"), max_length=200)
    above = models.CharField(
        _("di atas jabatan"), max_length=200, blank=True, help_text=_("Contoh: a.n. Wali Kota")
    )
    name = models.CharField(_("nama"), max_length=150, blank=True)
    rank = models.CharField(_("pangkat"), max_length=100, blank=True)
    nip = models.CharField(_("NIP"), max_length=30, blank=True)

    class Meta:
        ordering = ["post", "id"]
        verbose_name = _("penanda tangan")

    def __str__(self) -> str:
        return f"{self.above} {self.post}".strip()


class KindSettings(models.Model):
    """What an installation sets for a kind of paper; a kind without a row has its own defaults."""

    kind = models.CharField(max_length=40, unique=True)
    letterhead = models.ForeignKey(
        Letterhead, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("kop")
    )
    signatory = models.ForeignKey(
        Signatory, on_delete=models.SET_NULL, null=True, blank=True,
        verbose_name=_("penanda tangan"),
    )  # fmt: skip
    pattern = models.CharField(_("pola nomor"), max_length=150)
    code = models.CharField(_("kode klasifikasi"), max_length=40)
    unit = models.CharField(_("kode unit"), max_length=40, blank=True)
    width = models.PositiveSmallIntegerField(_("lebar nomor urut"), default=3)
    nature = models.CharField(_("sifat"), max_length=60, blank=True)
    bases = models.TextField(_("dasar hukum, satu baris satu"), max_length=4000, blank=True)
    cc = models.TextField(_("tembusan, satu baris satu"), max_length=2000, blank=True)

    def __str__(self) -> str:
        return self.kind


class Counter(models.Model):
    """The last number given in a scope (`surat/2022`); it only rises."""

    scope = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["scope"]

    def __str__(self) -> str:
        return f"{self.scope}: {self.last}"


class Issued(models.Model):
    """A paper that has its number. The content is frozen; what changes later is only its state."""

    class State(models.TextChoices):
        VALID = "valid", _("Berlaku")
        REPLACED = "replaced", _("Diganti")
        REVOKED = "revoked", _("Dicabut")

    key = models.CharField(max_length=14, unique=True, default=new_key)
    kind = models.CharField(max_length=40)
    number = models.CharField(_("nomor"), max_length=200, unique=True)
    title = models.CharField(_("hal"), max_length=300)
    subject = models.CharField(max_length=120)
    date = models.DateField(_("tanggal"))
    post = models.CharField(_("jabatan penanda tangan"), max_length=200, blank=True)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=300)  # of the public page, as printed on it
    state = models.CharField(max_length=8, choices=State, default=State.VALID)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    signed = models.FileField(upload_to="naskah", blank=True)  # by a certified signature's adapter
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "kind", "-id"], name="paper_of_subject")]

    def __str__(self) -> str:
        return f"{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("documents:check", args=[self.key])


class Copy(models.Model):
    """The digest of a file that was handed out, so that the very same file is known again."""

    issued = models.ForeignKey(Issued, on_delete=models.CASCADE, related_name="copies")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["issued", "sha256"], name="copy_once")]

    def __str__(self) -> str:
        return self.sha256[:16]
