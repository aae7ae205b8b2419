"""Intake: files of any usual form into accepted rows and set-aside rows with reasons."""

from rakorsus.engine.intake.join import Picture, join
from rakorsus.engine.intake.kinds import TITLES
from rakorsus.engine.intake.limits import Limits
from rakorsus.engine.intake.mapping import FIELDS as MAPPING_FIELDS
from rakorsus.engine.intake.mapping import Mapping, propose, signature
from rakorsus.engine.intake.read import first_tables, read_bytes, read_paths
from rakorsus.engine.intake.reading import FileReport, Reading, SheetReport
from rakorsus.engine.intake.setaside import write_set_aside
from rakorsus.engine.intake.template import write_rows, write_template
from rakorsus.engine.intake.trouble import Unreadable

__all__ = [
    "MAPPING_FIELDS",
    "TITLES",
    "FileReport",
    "Limits",
    "Mapping",
    "Picture",
    "Reading",
    "SheetReport",
    "Unreadable",
    "first_tables",
    "join",
    "propose",
    "read_bytes",
    "read_paths",
    "signature",
    "write_rows",
    "write_set_aside",
    "write_template",
]
