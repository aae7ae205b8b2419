"""What the sides say: answers, talk, and the settlement between them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.findings.models.findings import Finding, FindingAgency


class Verdict(models.Model):
    """An answer of one side. Only appended; the newest of a side counts."""

    class Cause(models.TextChoices):
        NORMAL = "normal", _("Memang berulang wajar")
        OTHER_PLACE = "other_place", _("Bukan tempat yang sama")
        OTHER_OBJECT = "other_object", _("Bukan objek atau penerima yang sama")
        OTHER_TIME = "other_time", _("Waktunya tidak bertemu")
        DONE = "done", _("Sudah diselesaikan")
        WRONG_DATA = "wrong_data", _("Data pada berkas keliru")
        OTHER = "other", _("Lainnya")

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="verdicts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="verdicts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=9, choices=FindingAgency.Answer)
    cause = models.CharField(_("sebab"), max_length=12, choices=Cause, blank=True)
    reason = models.TextField(_("penjelasan"), blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["finding", "-id"], name="verdict_of_finding")]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_answer_display()}"


class Comment(models.Model):
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(null=True)
    text = models.TextField(_("tanggapan"))

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["finding", "id"], name="comment_of_finding")]

    def __str__(self) -> str:
        return self.text[:60]


class Settlement(models.Model):
    """A way out that one side proposes; settled when every side has agreed.

    `changes` is a list of {key, field, before, after}: what will change on which line.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Diusulkan")
        AGREED = "agreed", _("Disepakati")
        DECLINED = "declined", _("Tidak disetujui")
        WITHDRAWN = "withdrawn", _("Ditarik")

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="settlements")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    by_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="proposals")
    at = models.DateTimeField(auto_now_add=True)
    option = models.CharField(max_length=40, blank=True)
    text = models.TextField(_("kesepakatan"))
    changes = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding"],
                condition=models.Q(state="proposed"),
                name="one_open_proposal_per_finding",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class SettlementSide(models.Model):
    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="sides")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["agency__code"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "agency"], name="one_side_per_proposal")
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.agreed}"
