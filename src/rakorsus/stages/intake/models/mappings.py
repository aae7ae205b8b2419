"""How the columns of a table that no reader knows are to be understood."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ColumnMapping(models.Model):
    """A mapping for every table with the same header, whatever its file is called.

    `signature` is the engine's digest of the header; `columns` maps a program field to a column,
    `constants` a program field to one value for all rows.
    """

    signature = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("nama pemetaan"), max_length=200)
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_name = models.CharField(_("oleh"), max_length=200)
    changed = models.DateTimeField(_("diubah"), default=timezone.now)
    used = models.PositiveIntegerField(_("dipakai"), default=0)
    last_used = models.DateTimeField(_("terakhir dipakai"), null=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("pemetaan kolom")

    def __str__(self) -> str:
        return self.name
