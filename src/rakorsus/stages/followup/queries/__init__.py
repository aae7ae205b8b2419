"""Reading follow-up."""

from rakorsus.stages.followup.queries.items import listed, open_items, visible

__all__ = ["listed", "open_items", "visible"]
