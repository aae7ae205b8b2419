"""What was decided: at a desk, in the plenary, by vote; and the signed minutes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency, Membership
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models.agenda import AgendaItem
from rakorsus.stages.meeting.models.meetings import Meeting


class Outcome(models.Model):
    """How a desk ended. Only appended: a correction is the next number, and the newest counts."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("Digabung")
        SPLIT = "split", _("Dibagi wilayah atau sasarannya")
        RETIME = "retime", _("Dijadwal ulang")
        LEAD = "lead", _("Satu memimpin, yang lain mendukung")
        WAIVE = "waive", _("Dibiarkan dengan alasan")
        ESCALATE = "escalate", _("Dibawa ke pleno")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="outcomes")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("hasil"), max_length=8, choices=Kind)
    text = models.TextField(_("kesepakatan atau alasan"), max_length=4000)
    owner = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes",
        verbose_name=_("perangkat daerah penanggung jawab"),
    )  # fmt: skip
    owner_post = models.CharField(_("jabatan penanggung jawab"), max_length=200, blank=True)
    due = models.DateField(_("tenggat"), null=True, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["item", "-number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="outcome_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"


class Resolution(models.Model):
    """A decision of the plenary, by the leadership or by its vote."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Diusulkan")
        VOTING = "voting", _("Pemungutan suara")
        ADOPTED = "adopted", _("Diputuskan")
        REFUSED = "refused", _("Tidak diterima")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="resolutions")
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    title = models.CharField(_("perkara"), max_length=250)
    text = models.TextField(_("keputusan"), max_length=4000)
    owner = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="resolutions",
        verbose_name=_("perangkat daerah penanggung jawab"),
    )  # fmt: skip
    owner_post = models.CharField(_("jabatan penanggung jawab"), max_length=200, blank=True)
    due = models.DateField(_("tenggat"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    decided = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    secret = models.BooleanField(
        _("pemungutan suara rahasia"), default=False,
        help_text=_("Yang dicatat hanya siapa yang sudah memberi suara, bukan pilihannya; "
                    "jumlahnya terlihat setelah ditutup."),
    )  # fmt: skip
    secret_yes = models.PositiveIntegerField(default=0)
    secret_no = models.PositiveIntegerField(default=0)
    secret_abstain = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Ballot(models.Model):
    """One vote of one mandate, cast by its holder or by the deputy who holds it by letter; without
    the choice when the vote is secret."""

    class Choice(models.TextChoices):
        YES = "yes", _("Setuju")
        NO = "no", _("Tidak setuju")
        ABSTAIN = "abstain", _("Abstain")

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="ballots")
    mandate = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="ballots")
    choice = models.CharField(max_length=7, choices=Choice, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "mandate"], name="one_vote_per_mandate")
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()}"


class Minutes(models.Model):
    """The signed minutes: their content at the time of signing, and its digest."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=200)
    signed_post = models.CharField(_("jabatan penanda tangan"), max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest
