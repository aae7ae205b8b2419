"""What intake keeps: batches of files, what each file gave, rows set aside, column mappings."""

from rakorsus.stages.intake.models.batches import ImportBatch
from rakorsus.stages.intake.models.files import SetAsideRow, SourceFile
from rakorsus.stages.intake.models.mappings import ColumnMapping

__all__ = ["ColumnMapping", "ImportBatch", "SetAsideRow", "SourceFile"]
