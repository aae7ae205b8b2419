"""Re-timing: new dates that remove the clashes between works with the least total shift."""

from rakorsus.engine.retime.components import components
from rakorsus.engine.retime.records import Conflict, Move, Retiming, Work
from rakorsus.engine.retime.solve import retime

__all__ = ["Conflict", "Move", "Retiming", "Work", "components", "retime"]
