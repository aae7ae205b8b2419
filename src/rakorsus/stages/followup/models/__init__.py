"""Who does what by when, how it is proven, and who was reminded."""

from rakorsus.stages.followup.models.cards import CardComment, CardQuarter, KeptCards
from rakorsus.stages.followup.models.items import ActionItem, Checkpoint, Evidence, Remark
from rakorsus.stages.followup.models.reminding import FeedLink, FollowUpRules, Letter, Reminder
from rakorsus.stages.followup.models.watching import EarlyWarning

__all__ = [
    "ActionItem",
    "CardComment",
    "CardQuarter",
    "Checkpoint",
    "EarlyWarning",
    "Evidence",
    "FeedLink",
    "FollowUpRules",
    "KeptCards",
    "Letter",
    "Remark",
    "Reminder",
]
