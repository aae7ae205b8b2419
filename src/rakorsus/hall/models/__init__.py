"""The hall: its rules, the acts of the act plane, seats, slides and requests."""

from rakorsus.hall.models.acts import Act
from rakorsus.hall.models.drafts import Draft
from rakorsus.hall.models.hall import Hall
from rakorsus.hall.models.places import Seat, Slide, SyncRequest

__all__ = ["Act", "Draft", "Hall", "Seat", "Slide", "SyncRequest"]
