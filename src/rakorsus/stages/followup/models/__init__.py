"""Who does what by when, how it is proven, and who was reminded."""

from rakorsus.stages.followup.models.items import ActionItem, Checkpoint, Evidence, Remark
from rakorsus.stages.followup.models.reminding import FeedLink, FollowUpRules, Letter, Reminder

__all__ = [
    "ActionItem",
    "Checkpoint",
    "Evidence",
    "FeedLink",
    "FollowUpRules",
    "Letter",
    "Remark",
    "Reminder",
]
