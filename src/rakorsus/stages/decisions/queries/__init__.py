"""Reading decisions."""

from rakorsus.stages.decisions.queries.listing import listed, visible, waiting

__all__ = ["listed", "visible", "waiting"]
