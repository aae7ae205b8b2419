"""The engine: pure Python, no Django, no network, no clock, no global state.

The public face is `rakorsus.engine.analyse` (findings), `rakorsus.engine.intake` (files to tables)
and `rakorsus.engine.places` (text to region); the records are in `rakorsus.engine.records`, the
columns of the tables in `rakorsus.engine.schema`, the file format of findings in
`rakorsus.engine.contract`.
"""

from rakorsus.engine.analysis import analyse
from rakorsus.engine.findings import Findings

__all__ = ["Findings", "analyse"]
