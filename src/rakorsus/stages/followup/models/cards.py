"""Closed quarters with the inputs of their cards, and what an agency says to its own card."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency


class CardQuarter(models.Model):
    """A closed quarter. `inputs` are the rows that its cards rest on (table -> rows in the order of
    engine.reportcard.tables), `digests` the SHA-256 of each unit's rows. Never changed."""

    year = models.PositiveSmallIntegerField(_("tahun"))
    number = models.PositiveSmallIntegerField(_("triwulan"))
    frozen = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=200)
    method = models.PositiveSmallIntegerField()
    inputs = models.JSONField(default=dict)
    digests = models.JSONField(default=dict)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="a_quarter_is_closed_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class KeptCards(models.Model):
    """A quarter's cards as computed last, so that pages need not read the register. `cards` are
    those of queries.kept_cards; a closed quarter's are never outdated."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    method = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    outdated = models.BooleanField(default=False)
    cards = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="cards_of_a_quarter_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class CardComment(models.Model):
    """The agency's own word beside its card; the newest is shown, earlier ones stay."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="card_comments")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("tanggapan"), max_length=2000)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["agency", "year", "number"], name="comment_of_card")]

    def __str__(self) -> str:
        return self.text[:60]
