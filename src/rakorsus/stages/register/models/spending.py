"""What was reported as spent, by day: a later report does not wipe out an earlier one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.register.models.lines import Program


class SpendingReport(models.Model):
    """One line's spending as files said it on one day, with the plan of that day. The last file of
    a day counts. Never changed afterwards."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="reports")
    as_of = models.DateField(_("per"))
    budget = models.BigIntegerField(_("pagu"), null=True)
    realised = models.BigIntegerField(_("realisasi"))
    start = models.DateField(_("mulai"), null=True)
    end = models.DateField(_("selesai"), null=True)

    class Meta:
        ordering = ["program", "as_of"]
        constraints = [
            models.UniqueConstraint(fields=["program", "as_of"], name="one_report_per_line_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.as_of}: {self.realised}"
