"""What the register keeps: its reference tables, its lines, its versions, its readers' marks."""

from rakorsus.stages.register.models.holds import Hold
from rakorsus.stages.register.models.lines import Program, ProgramPlace, ProgramTag
from rakorsus.stages.register.models.quality import PastQuality
from rakorsus.stages.register.models.readers import Follow, SavedView
from rakorsus.stages.register.models.reference import Nomenclature, Region, Target
from rakorsus.stages.register.models.spending import SpendingReport
from rakorsus.stages.register.models.versions import PlanVersion, ProgramChange

__all__ = [
    "Follow",
    "Hold",
    "Nomenclature",
    "PastQuality",
    "PlanVersion",
    "Program",
    "ProgramChange",
    "ProgramPlace",
    "ProgramTag",
    "Region",
    "SavedView",
    "SpendingReport",
    "Target",
]
