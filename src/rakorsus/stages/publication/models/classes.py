"""The information class of a record where a coordinator departed from the default rule."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class InformationClass(models.TextChoices):
    """The classes of Law 14/2008 on public information."""

    PERIODIC = "berkala", _("Berkala")
    IMMEDIATE = "serta_merta", _("Serta-merta")
    ALWAYS = "setiap_saat", _("Setiap saat")
    EXCLUDED = "dikecualikan", _("Dikecualikan")


class Classification(models.Model):
    """One departure, with its reason; what is not here follows `publication.classes`."""

    class Kind(models.TextChoices):
        PROGRAM = "program", _("Program")
        ARTICLE = "article", _("Berita")
        DECISION = "decision", _("Keputusan")
        AGREEMENT = "agreement", _("Kerja sama")

    kind = models.CharField(_("jenis catatan"), max_length=10, choices=Kind)
    ident = models.CharField(_("nomor catatan"), max_length=200)  # key of a line, slug, number
    value = models.CharField(_("kelas informasi"), max_length=12, choices=InformationClass)
    reason = models.TextField(_("alasan"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["kind", "ident"]
        verbose_name = _("klasifikasi informasi")
        constraints = [models.UniqueConstraint(fields=["kind", "ident"], name="classified_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.ident} {self.value}"
