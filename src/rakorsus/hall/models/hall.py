"""One hall per meeting: how many bodies fit, who may watch, the number of its newest act."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.meeting.models import Meeting


class Hall(models.Model):
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="hall")
    cap = models.PositiveIntegerField(
        _("tempat di balai"), default=300,
        validators=[MinValueValidator(1), MaxValueValidator(2000)],
        help_text=_("Yang datang sesudah penuh menjadi hadirin: tanpa tubuh di balai, dengan "
                    "antrean bicara yang sama."),
    )  # fmt: skip
    public = models.BooleanField(
        _("halaman tonton terbuka untuk umum"), default=False,
        help_text=_("Acara yang berlangsung, pewaktu, paparan dan keputusan; tanpa temuan."),
    )  # fmt: skip
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.meeting}"
