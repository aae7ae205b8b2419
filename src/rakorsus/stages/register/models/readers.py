"""What a reader keeps in the register: views with an address, and things followed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A named list: the address `slug` opens the list with the filters of `query`."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(_("nama tampilan"), max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    query = models.TextField(blank=True)
    shared = models.BooleanField(_("dapat dibuka orang lain"), default=False)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("tampilan tersimpan")

    def __str__(self) -> str:
        return self.name


class Follow(models.Model):
    """Someone follows a place, theme, agency or line; `seen` is the newest version looked at."""

    class Kind(models.TextChoices):
        PLACE = "place", _("Wilayah")
        TAG = "tag", _("Tema")
        AGENCY = "agency", _("Perangkat daerah")
        PROGRAM = "program", _("Program")
        CODE = "code", _("Kode nomenklatur")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind)
    value = models.CharField(max_length=200)  # region code, tag, agency code, program key, code
    seen = models.PositiveIntegerField(default=0)  # number of a PlanVersion
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "value"], name="follow_once")
        ]
        indexes = [models.Index(fields=["kind", "value"], name="followers")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"
