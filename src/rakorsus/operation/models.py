"""Who opened pages that show personal data: for the duty to say, within three days of a breach,
whose data were seen by whom (Law 27/2022 art. 46)."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Reading(models.Model):
    """One answer with personal data: when, to whom, which page of what."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    address = models.GenericIPAddressField(null=True)
    page = models.CharField(max_length=80)  # name of the address: "meeting:people"
    about = models.CharField(max_length=60, blank=True)  # what stands in it: "pk=12"

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.page} {self.about}"
