"""What answers have taught: the model in force, what was taken over, what was set right."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Learnt(models.Model):
    """The model after an event; the newest row is in force, earlier rows stay as history.

    `model` as engine.learning.model.Model.as_dict has it; `own` is the same from this government's
    answers alone, which is what others may take over. `examples` gives for each pair of words
    ("a b") up to three findings (by id) whose answers spoke of it. `heard` is a digest of the
    answers it was made from: the same answers are not learnt again.
    """

    class Cause(models.TextChoices):
        ANSWERS = "answers", _("Jawaban dan hasil meja")
        CORRECTED = "corrected", _("Dikoreksi")
        IMPORTED = "imported", _("Diambil dari pemerintah lain")
        FORGOTTEN = "forgotten", _("Dilupakan")

    at = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=200)
    cause = models.CharField(max_length=9, choices=Cause)
    model = models.JSONField(default=dict)
    own = models.JSONField(default=dict)
    examples = models.JSONField(default=dict)
    heard = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"#{self.pk} {self.get_cause_display()}"


class WordRule(models.Model):
    """What a coordinator says of two words; the newest of a pair counts."""

    class Says(models.TextChoices):
        SAME = "same", _("Sama")
        OTHER = "other", _("Berbeda")
        FORGET = "forget", _("Dilupakan")
        LEARN = "learn", _("Ikuti jawaban")

    left = models.CharField(max_length=40)  # stems, left <= right
    right = models.CharField(max_length=40)
    says = models.CharField(max_length=6, choices=Says)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["left", "right", "-id"], name="word_rule_of_pair")]

    def __str__(self) -> str:
        return f"{self.left} / {self.right}: {self.get_says_display()}"


class Taken(models.Model):
    """What another government has learnt, taken over from its file; in use until it is returned."""

    name = models.CharField(_("dari pemerintah"), max_length=120)
    model = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=models.Q(ended=None), name="taken_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Unheard(models.Model):
    """Answers up to this verdict are not learnt from any more: all was forgotten."""

    upto = models.PositiveBigIntegerField()  # id of a Verdict
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"<= {self.upto}"
