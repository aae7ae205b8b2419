"""Reminders that went out, personal feeds, the weekly letter, and the rules for all of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.followup.models.items import ActionItem


class FollowUpRules(models.Model):
    """The rules in force are the newest row; earlier rows stay as history.

    Days before the due date on which somebody is reminded, every how many days when it is late,
    after how many late days it goes to the Sekda, and the post that letters name.
    """

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    before = models.JSONField(default=list)
    every = models.PositiveSmallIntegerField(default=7)
    escalate_after = models.PositiveSmallIntegerField(default=7)
    escalate_post = models.CharField(max_length=200, default="Sekretaris Daerah")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Reminder(models.Model):
    """One reminder of one item to one person on one day; the constraint keeps a repeated job from
    sending a second."""

    class Kind(models.TextChoices):
        DUE = "due", _("Menjelang tenggat")
        LATE = "late", _("Lewat tenggat")
        ESCALATION = "escalation", _("Dinaikkan ke Sekda")

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="reminders")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    day = models.DateField(_("hari"))
    kind = models.CharField(max_length=10, choices=Kind)
    sent = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "to", "day"], name="one_reminder_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.day}"


class FeedLink(models.Model):
    """Somebody's personal feed address: only the digest of its secret is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_links"
    )
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(auto_now_add=True)
    revoked = models.DateTimeField(null=True)
    used = models.DateField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(revoked=None), name="one_living_feed_link"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.made:%Y-%m-%d}"


class Letter(models.Model):
    """The weekly letter of what is late, frozen: one for each week (its Monday)."""

    week = models.DateField(_("pekan"), unique=True)
    number = models.CharField(_("nomor surat"), max_length=120, blank=True)
    content = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=200)
    sent = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-week"]

    def __str__(self) -> str:
        return f"{self.week}"
