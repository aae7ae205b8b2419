"""The lines of the register as they stand now, with their places and tags."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.register.models.reference import Region
from rakorsus.stages.register.models.versions import PlanVersion

_STANDING = models.Q(removed=False)


class Program(models.Model):
    """One line of a planning or procurement file: the columns of engine.schema.PROGRAMS.

    The columns after `row` are derived when a line is written and carry no content of their own:
    `money` is the best known amount (0 when none is), `begins` and `ends` the best known period
    with its grade (engine.records.DateGrade), `place` and `place_grade` the firmest place,
    `search` the stemmed words of everything that is searched.
    """

    class Level(models.TextChoices):
        PROGRAM = "program", _("Program")
        KEGIATAN = "kegiatan", _("Kegiatan")
        SUB_KEGIATAN = "sub_kegiatan", _("Sub kegiatan")
        PAKET = "paket", _("Paket")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        ANNOUNCED = "announced", _("Diumumkan")
        FAILED = "failed", _("Gagal")
        CANCELLED = "cancelled", _("Dibatalkan")
        CONTRACTED = "contracted", _("Berkontrak")
        DONE = "done", _("Selesai")

    class Source(models.TextChoices):
        SUB_KEGIATAN = "subkegiatan", _("Sub kegiatan")
        KEGIATAN = "kegiatan", _("Kegiatan")
        PROGRAM = "program", _("Program")
        PAKET_SWAKELOLA = "paket_swakelola", _("Paket swakelola")
        PAKET_PENYEDIA = "paket_penyedia", _("Paket penyedia")
        TENDER = "tender", _("Tender")
        NON_TENDER = "nontender", _("Non-tender")
        RENJA = "renja", _("Renja")
        RKPD = "rkpd", _("RKPD")
        DPA = "dpa", _("DPA")
        OTHER = "other", _("Lainnya")

    key = models.CharField(max_length=200, unique=True)
    source = models.CharField(_("sumber"), max_length=20, choices=Source)
    ident = models.CharField(_("nomor pada berkas"), max_length=180)
    level = models.CharField(_("tingkat"), max_length=14, choices=Level)
    government = models.CharField(_("pemerintah daerah"), max_length=20, blank=True)
    year = models.IntegerField(_("tahun"), null=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="programs")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    parent_key = models.CharField(max_length=200, blank=True)
    package = models.CharField(_("kode RUP"), max_length=60, blank=True)
    code = models.CharField(_("kode"), max_length=60, blank=True)
    account = models.CharField(_("rekening"), max_length=60, blank=True)
    fund = models.CharField(_("sumber dana"), max_length=250, blank=True)
    method = models.CharField(_("cara pengadaan"), max_length=120, blank=True)
    title = models.TextField(_("nama"))
    description = models.TextField(_("uraian"), blank=True)
    output = models.TextField(_("keluaran"), blank=True)
    target = models.FloatField(_("target"), null=True)
    unit = models.CharField(_("satuan"), max_length=250, blank=True)
    volume = models.TextField(_("volume"), blank=True)
    beneficiaries = models.TextField(_("sasaran"), blank=True)
    budget = models.BigIntegerField(_("pagu"), null=True)
    contract_value = models.BigIntegerField(_("nilai kontrak"), null=True)
    realised = models.BigIntegerField(_("realisasi"), null=True)
    start = models.DateField(_("mulai"), null=True)
    end = models.DateField(_("selesai"), null=True)
    tender_start = models.DateField(_("pemilihan mulai"), null=True)
    tender_end = models.DateField(_("pemilihan selesai"), null=True)
    announced = models.DateField(_("diumumkan"), null=True)
    contract_date = models.DateField(_("tanggal kontrak"), null=True)
    contract_start = models.DateField(_("kontrak mulai"), null=True)
    contract_end = models.DateField(_("kontrak selesai"), null=True)
    status = models.CharField(_("keadaan"), max_length=12, choices=Status, blank=True)
    status_text = models.CharField(_("keadaan menurut berkas"), max_length=250, blank=True)
    places = models.JSONField(_("lokasi menurut berkas"), null=True)
    geometry = models.TextField(_("bentuk"), blank=True)  # WKT in degrees
    tags = models.JSONField(_("tag"), null=True)
    strategic = models.BooleanField(_("strategis"), null=True)
    owner = models.CharField(_("penanggung jawab"), max_length=250, blank=True)
    document = models.CharField(_("dokumen"), max_length=200, blank=True)
    file = models.CharField(_("berkas"), max_length=250, blank=True)
    sheet = models.CharField(_("lembar"), max_length=120, blank=True)
    row = models.IntegerField(_("baris"), null=True)

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="programs")
    removed = models.BooleanField(_("dihapus"), default=False)
    fingerprint = models.CharField(max_length=32)
    search = models.TextField()
    affair = models.CharField(_("urusan"), max_length=8, blank=True)
    money = models.BigIntegerField(_("nilai"), default=0)
    sort_title = models.CharField(max_length=120)
    begins = models.DateField(_("mulai"), null=True)
    ends = models.DateField(_("selesai"), null=True)
    date_grade = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(_("lokasi"), max_length=250, blank=True)
    place_grade = models.PositiveSmallIntegerField(default=0)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    min_lon = models.FloatField(null=True)
    min_lat = models.FloatField(null=True)
    max_lon = models.FloatField(null=True)
    max_lat = models.FloatField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("program")
        # Lists show what stands: partial indexes, since databases do not take `NOT removed` for a
        # value that an index could begin with. The order of a list is then read off an index.
        indexes = [
            models.Index(fields=[*columns, "id"], name=f"program_{name}", condition=_STANDING)
            for name, columns in {
                "money": ["money"],
                "level": ["level", "money"],
                "agency_money": ["agency", "level", "money"],
                "begins": ["begins"],
                "ends": ["ends"],
                "title": ["sort_title"],
                "code": ["code", "money"],
                "fund": ["fund", "money"],
            }.items()
        ] + [
            models.Index(
                fields=["money", "id"], name="program_point",
                condition=_STANDING & models.Q(lon__isnull=False),
            ),
            models.Index(fields=["package"], name="program_package"),
            models.Index(fields=["document", "source"], name="program_document"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("register:program", args=[self.key])


class ProgramPlace(models.Model):
    """One place of a line as the engine understood it (engine.schema.PLACES)."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="located")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="located")
    grade = models.PositiveSmallIntegerField(_("derajat bukti"))
    rw = models.CharField(max_length=120, blank=True)  # numbers, separated by commas
    rt = models.CharField(max_length=120, blank=True)
    hamlet = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=200, blank=True)
    facility = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["region", "program"], name="place_of_region")]

    def __str__(self) -> str:
        return self.text


class ProgramTag(models.Model):
    """A theme of a line: from its file, or from the nomenclature of its code."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="themes")
    tag = models.CharField(max_length=120)

    class Meta:
        ordering = ["tag"]
        constraints = [models.UniqueConstraint(fields=["tag", "program"], name="tag_once")]

    def __str__(self) -> str:
        return self.tag
