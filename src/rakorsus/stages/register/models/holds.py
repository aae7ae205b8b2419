"""What a decision holds fast: values of lines that files loaded later do not undo."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.register.models.lines import Program
from rakorsus.stages.register.models.versions import PlanVersion

#: The field of a hold on a whole line that no file knows yet.
WHOLE = "*"


class Hold(models.Model):
    """One decided value of one line (JSON; dates as ISO text), until a file says the same.

    `said` is what the files say instead, `seen` the newest version whose files said so after the
    decision: from then on the document is behind. `gone`: they do not have the line any more.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="holds")
    field = models.CharField(max_length=20)
    value = models.JSONField(null=True)
    said = models.JSONField(null=True)
    label = models.CharField(_("ditetapkan oleh"), max_length=120)
    since = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="held")
    seen = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, null=True, related_name="+")
    gone = models.BooleanField(default=False)
    released = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, related_name="released_holds"
    )

    class Meta:
        ordering = ["program", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "field"], condition=Q(released=None), name="one_hold_per_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.program_id} {self.field}"
