"""Regions, the national nomenclature, the targets of the medium-term plan."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency


class Region(models.Model):
    """An area of the national table of regions; `geometry` is GeoJSON in degrees, when known."""

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("Provinsi")
        REGENCY = 2, _("Kabupaten/Kota")
        DISTRICT = 3, _("Kecamatan")
        VILLAGE = 4, _("Kelurahan/Desa")

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    level = models.PositiveSmallIntegerField(_("tingkat"), choices=Level)
    parent_code = models.CharField(_("kode wilayah induk"), max_length=20, blank=True)
    kind = models.CharField(_("jenis"), max_length=20, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    min_lon = models.FloatField(null=True, blank=True)
    min_lat = models.FloatField(null=True, blank=True)
    max_lon = models.FloatField(null=True, blank=True)
    max_lat = models.FloatField(null=True, blank=True)
    geometry = models.TextField(null=True, blank=True)
    outline = models.TextField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("wilayah")
        indexes = [
            models.Index(fields=["parent_code"], name="region_parent"),
            models.Index(fields=["level", "name"], name="region_level_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Nomenclature(models.Model):
    """A row of the nomenclature (Kepmendagri 900.1-2850/2025 and its predecessors)."""

    government_kind = models.CharField(max_length=8)  # PROV | KABKOT
    code = models.CharField(_("kode"), max_length=40)
    level = models.CharField(_("tingkat"), max_length=16)  # affair, program, kegiatan, sub_kegiatan
    title = models.TextField(_("nomenklatur"))
    output = models.TextField(_("kinerja"), blank=True)
    indicator = models.TextField(_("indikator"), blank=True)
    unit = models.CharField(_("satuan"), max_length=120, blank=True)
    tags = models.JSONField(_("tag"), default=list)
    definition = models.TextField(_("definisi operasional"), blank=True)
    executor = models.TextField(_("pelaksana"), blank=True)
    spm = models.BooleanField(_("standar pelayanan minimal"), default=False)
    kind = models.CharField(max_length=60, blank=True)
    predecessor = models.TextField(_("nomenklatur pendahulu"), blank=True)
    search = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["government_kind", "code"], name="one_code_per_kind_of_government"
            )
        ]
        indexes = [models.Index(fields=["code"], name="nomenclature_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Target(models.Model):
    """An indicator of the medium-term plan for one year, and the code that serves it."""

    key = models.CharField(max_length=200, unique=True)
    title = models.TextField(_("sasaran"))
    indicator = models.TextField(_("indikator"), blank=True)
    unit = models.CharField(_("satuan"), max_length=120, blank=True)
    baseline = models.FloatField(_("kondisi awal"), null=True, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    year = models.IntegerField(_("tahun"), null=True, blank=True)
    budget = models.BigIntegerField(_("pagu"), null=True, blank=True)
    code = models.CharField(_("kode"), max_length=40, blank=True)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="targets"
    )
    document = models.CharField(_("dokumen"), max_length=200, blank=True)

    class Meta:
        ordering = ["title", "indicator", "year", "key"]
        indexes = [models.Index(fields=["code"], name="target_code")]

    def __str__(self) -> str:
        return self.indicator or self.title
