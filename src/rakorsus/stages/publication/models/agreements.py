"""Agreements with others: parties, articles, documents that must be in order, milestones."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.register.models import Program


class Agreement(models.Model):
    class Kind(models.TextChoices):
        MOU = "mou", _("Kesepakatan bersama (MoU)")
        PKS = "pks", _("Perjanjian kerja sama (PKS)")
        NOTE = "nota", _("Nota kesepakatan")

    class Scheme(models.TextChoices):
        THIRD = "ksdpk", _("Dengan pihak ketiga (KSDPK)")
        REGION = "ksdd", _("Dengan daerah lain (KSDD)")
        CENTRAL = "sinergi", _("Sinergi dengan pemerintah pusat")

    class State(models.TextChoices):
        DRAFT = "draft", _("Disiapkan")
        SIGNED = "signed", _("Ditandatangani")
        ENDED = "ended", _("Berakhir")
        DROPPED = "dropped", _("Batal")

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(_("jenis"), max_length=4, choices=Kind)
    scheme = models.CharField(_("bentuk kerja sama"), max_length=7, choices=Scheme)
    title = models.CharField(_("tentang"), max_length=250)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("melaksanakan kesepakatan"),
    )  # fmt: skip
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements",
        verbose_name=_("ditandatangani dalam rapat"),
    )  # fmt: skip
    purpose = models.TextField(_("maksud dan tujuan"), max_length=4000, blank=True)
    scope = models.TextField(
        _("ruang lingkup"), max_length=4000, blank=True, help_text=_("Satu butir satu baris.")
    )
    money = models.BigIntegerField(_("nilai"), null=True, blank=True)
    funding = models.CharField(_("pembiayaan"), max_length=250, blank=True)
    place = models.CharField(_("tempat penandatanganan"), max_length=150, blank=True)
    signed = models.DateField(_("tanggal penandatanganan"), null=True, blank=True)
    starts = models.DateField(_("berlaku mulai"), null=True, blank=True)
    ends = models.DateField(_("berakhir"), null=True, blank=True)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.DRAFT)
    note = models.TextField(_("keterangan"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-signed", "-id"]
        verbose_name = _("kerja sama")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=models.F("starts")),
                name="an_agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(money=None) | Q(money__gte=0), name="money_of_an_agreement"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:agreement", args=[self.slug])

    @property
    def items(self) -> list[str]:
        """The scope, line by line."""
        return [line.strip() for line in self.scope.splitlines() if line.strip()]

    def state_on(self, today: date) -> str:
        """The state with the expiry date taken into account."""
        if self.state == self.State.SIGNED and self.ends and self.ends < today:
            return self.State.ENDED
        return self.state


class Party(models.Model):
    """One side: its number for the document, who signs and by which authority."""

    class Authority(models.TextChoices):
        POST = "post", _("Karena jabatan")
        POWER = "power", _("Surat kuasa")
        STATUTE = "statute", _("Anggaran dasar atau akta")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField(_("urutan"), default=1)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements",
        verbose_name=_("lembaga terdaftar"),
    )  # fmt: skip
    name = models.CharField(_("nama pihak"), max_length=250)
    own = models.BooleanField(_("pihak pemerintah daerah"), default=False)
    number = models.CharField(_("nomor naskah pihak ini"), max_length=120, blank=True)
    signatory = models.CharField(_("nama penanda tangan"), max_length=150, blank=True)
    post = models.CharField(_("jabatan penanda tangan"), max_length=200)
    authority = models.CharField(
        _("dasar kewenangan"), max_length=7, choices=Authority, default=Authority.POST
    )
    letter = models.CharField(_("nomor surat kuasa atau akta"), max_length=150, blank=True)
    letter_date = models.DateField(_("tanggalnya"), null=True, blank=True)
    address = models.CharField(_("kedudukan"), max_length=250, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("pihak")

    def __str__(self) -> str:
        return self.name


class Clause(models.Model):
    """One pasal."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField(_("pasal"))
    title = models.CharField(_("judul pasal"), max_length=150)
    text = models.TextField(_("isi pasal"), max_length=6000, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("pasal")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="clause_once")
        ]

    def __str__(self) -> str:
        return f"Pasal {self.position} {self.title}"


class Requirement(models.Model):
    """One document that must be in order (`publication.requirements` has the usual ones)."""

    class State(models.TextChoices):
        MISSING = "missing", _("Belum ada")
        PRESENT = "present", _("Ada")
        WAIVED = "waived", _("Tidak diperlukan")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="requirements")
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("dokumen"), max_length=250)
    source = models.CharField(_("dasar"), max_length=250, blank=True)
    needed_to_sign = models.BooleanField(_("harus ada sebelum ditandatangani"), default=False)
    state = models.CharField(_("keadaan"), max_length=7, choices=State, default=State.MISSING)
    number = models.CharField(_("nomor dan tanggal"), max_length=200, blank=True)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("dokumen")

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A promise with a date; `programs` are the lines of the register that carry it out."""

    class State(models.TextChoices):
        OPEN = "open", _("Belum")
        DONE = "done", _("Tercapai")
        DROPPED = "dropped", _("Tidak dilanjutkan")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("tonggak"), max_length=250)
    due = models.DateField(_("tenggat"))
    party = models.ForeignKey(
        Party, on_delete=models.SET_NULL, null=True, blank=True, related_name="milestones",
        verbose_name=_("pihak penanggung jawab"),
    )  # fmt: skip
    owner = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="milestones",
        verbose_name=_("perangkat daerah penanggung jawab"),
    )  # fmt: skip
    programs = models.ManyToManyField(Program, blank=True, related_name="milestones")
    state = models.CharField(_("keadaan"), max_length=7, choices=State, default=State.OPEN)
    done = models.DateField(_("tercapai pada"), null=True, blank=True)
    evidence = models.CharField(_("bukti"), max_length=500, blank=True)

    class Meta:
        ordering = ["due", "id"]
        verbose_name = _("tonggak")

    def __str__(self) -> str:
        return self.title

    def late(self, today: date) -> bool:
        return self.state == self.State.OPEN and self.due < today


class Reminder(models.Model):
    """A reminder that went out, so that none goes out twice."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reminders")
    subject = models.CharField(max_length=80)  # "milestone:3", "expiry"
    step = models.CharField(max_length=12)  # "14", "late"
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "subject", "step"], name="reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.step}"
