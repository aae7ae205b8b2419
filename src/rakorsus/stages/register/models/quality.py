"""How good a line's data were before the version that it is of now."""

from __future__ import annotations

from django.db import models

from rakorsus.stages.register.models.lines import Program


class PastQuality(models.Model):
    """What a line said from one day until it was touched again: its place to the village, a period
    narrower than the year, a volume. All three are null where it did not stand. Of several versions
    of one day the last counts."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="past_quality")
    as_of = models.DateField()
    placed = models.BooleanField(null=True)
    dated = models.BooleanField(null=True)
    measured = models.BooleanField(null=True)

    class Meta:
        ordering = ["program", "as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "as_of"], name="one_quality_per_line_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.as_of}"
