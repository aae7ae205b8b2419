"""The hall: its rules, the acts of the act plane, seats and requests."""

from rakorsus.hall.models.acts import Act
from rakorsus.hall.models.drafts import Draft
from rakorsus.hall.models.hall import Hall
from rakorsus.hall.models.places import Seat, SyncRequest

__all__ = ["Act", "Draft", "Hall", "Seat", "SyncRequest"]
