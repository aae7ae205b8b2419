"""Work on releases that takes longer than a page may: what runs, how far it is, what came out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.publication.models.releases import Release


class ReleaseJob(models.Model):
    """A look at what the next release would change, or the release itself. `rows` is what
    actions.releases.preview gives; `base` the number of the release that it was compared with."""

    class Kind(models.TextChoices):
        LOOK = "look", _("Perhitungan perubahan")
        RELEASE = "release", _("Pembekuan rilis")

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        RUNNING = "running", _("berjalan")
        DONE = "done", _("selesai")
        FAILED = "failed", _("gagal")

    kind = models.CharField(max_length=7, choices=Kind)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(max_length=2000, blank=True)
    asked = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)
    share = models.PositiveSmallIntegerField(default=0)  # percent
    step = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)  # why it failed
    rows = models.JSONField(default=list)
    base = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)  # of the register
    release = models.ForeignKey(Release, on_delete=models.SET_NULL, null=True, related_name="jobs")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"

    @property
    def open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def any(self) -> bool:
        """Whether something would change."""
        return any(row["added"] or row["changed"] or row["removed"] for row in self.rows)
