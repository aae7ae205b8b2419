"""Agencies, users, what each may do for which agency, and who stands in for whom."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Agency(models.Model):
    """A perangkat daerah, a unit below one, a city company, or an outside body such as PLN."""

    class Kind(models.TextChoices):
        OPD = "opd", _("Perangkat daerah")
        UNIT = "unit", _("Unit")
        HOSPITAL = "hospital", _("Rumah sakit")
        PUSKESMAS = "puskesmas", _("Puskesmas")
        SCHOOL = "school", _("Sekolah")
        KECAMATAN = "kecamatan", _("Kecamatan")
        KELURAHAN = "kelurahan", _("Kelurahan")
        COMPANY = "company", _("Perusahaan daerah")
        OUTSIDE = "outside", _("Lembaga luar")

    code = models.CharField(_("kode"), max_length=60, unique=True)
    name = models.CharField(_("nama"), max_length=250)
    short = models.CharField(_("nama singkat"), max_length=60, blank=True)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind, default=Kind.OPD)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="units"
    )
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    region_code = models.CharField(_("kode wilayah"), max_length=20, blank=True)
    government = models.CharField(_("pemerintah daerah"), max_length=20, blank=True)
    budget = models.BigIntegerField(_("pagu menurut struktur anggaran"), null=True, blank=True)
    active = models.BooleanField(_("aktif"), default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("perangkat daerah")

    def __str__(self) -> str:
        return self.short or self.name

    @property
    def group(self) -> str:
        """The first digit of the code: 1 basic service, 2 non-basic, 3 optional affairs, 4 and 6
        support and oversight, 5 supporting functions, 7 territorial, 8 kesbangpol."""
        return self.code[:1] if self.code[:1].isdigit() else ""


class User(AbstractUser):
    """Someone who signs in. The display name is shown on public pages only as a post."""

    email = models.EmailField(_("surel"), unique=True)
    display_name = models.CharField(_("nama"), max_length=150)
    post = models.CharField(_("jabatan"), max_length=150, blank=True)

    def __str__(self) -> str:
        return self.display_name or self.username


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    COORDINATOR = "coordinator", _("Koordinator Bappeda")
    PLANNER = "planner", _("Perencana OPD")
    LEADER = "leader", _("Pimpinan")
    SECRETARIAT = "secretariat", _("Sekretariat")
    GUEST = "guest", _("Tamu")


class Membership(models.Model):
    """A role of a user: for one agency (planner, guest), or for the whole government."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("peran"), max_length=16, choices=Role)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    since = models.DateTimeField(_("sejak"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "agency"],
                nulls_distinct=False,
                name="one_membership_per_role_and_agency",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["planner"]) | Q(agency__isnull=False),
                name="a_planner_has_an_agency",
            ),
        ]

    def __str__(self) -> str:
        where = f" {self.agency}" if self.agency else ""
        return f"{self.user}: {self.get_role_display()}{where}"


class Delegation(models.Model):
    """One's rights lent to another for a time, by letter; ends by its date or when revoked."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="delegations")
    deputy = models.ForeignKey(User, on_delete=models.CASCADE, related_name="delegated")
    begins = models.DateTimeField(_("mulai"))
    ends = models.DateTimeField(_("berakhir"))
    letter = models.CharField(_("nomor surat kuasa"), max_length=120, blank=True)
    revoked = models.DateTimeField(_("dicabut"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("begins")), name="a_delegation_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership} -> {self.deputy}"


class ApiKey(models.Model):
    """A key by which a program of the owner's asks the API: what its owner may, within its scopes.

    The secret is shown once; only its digest is kept. `prefix` finds the key and may be shown.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    client = models.CharField(_("dipakai oleh"), max_length=120)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(_("cakupan"), default=list)
    quota = models.PositiveIntegerField(_("permintaan per menit"), default=120)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateField(_("berlaku sampai"))
    revoked = models.DateTimeField(null=True, blank=True)
    used = models.DateField(_("terakhir dipakai"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.client} ({self.prefix}…)"


class ApiMinute(models.Model):
    """How many requests a key made in one minute; old minutes are swept."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="minutes")
    minute = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "minute"], name="one_row_a_minute")]

    def __str__(self) -> str:
        return f"{self.key} {self.minute}: {self.count}"
