"""The meeting: its plan, its people, the day, and what the day decided."""

from rakorsus.stages.meeting.models.agenda import AgendaItem, AgendaVersion, Availability, Trial
from rakorsus.stages.meeting.models.day import Attendance, Note, NoteChange, SpeakerRequest
from rakorsus.stages.meeting.models.meetings import Meeting, Room, Series, Session
from rakorsus.stages.meeting.models.outcomes import Ballot, Minutes, Outcome, Resolution
from rakorsus.stages.meeting.models.participants import Participant
from rakorsus.stages.meeting.models.preparing import (
    Brief,
    Feedback,
    Material,
    Question,
    SigningParty,
)

__all__ = [
    "AgendaItem",
    "AgendaVersion",
    "Attendance",
    "Availability",
    "Ballot",
    "Brief",
    "Feedback",
    "Material",
    "Meeting",
    "Minutes",
    "Note",
    "NoteChange",
    "Outcome",
    "Participant",
    "Question",
    "Resolution",
    "Room",
    "Series",
    "Session",
    "SigningParty",
    "SpeakerRequest",
    "Trial",
]
