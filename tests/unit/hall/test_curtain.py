"""What guests get of a meeting's state."""

from __future__ import annotations

from types import SimpleNamespace

from rakorsus.hall.curtain import acts_without_findings, without_findings
from rakorsus.hall.gateway.meeting import Meeting

TABLE = {"item": 3, "title": "Dua dinas, satu saluran", "finding": 9, "outcome": "merge",
         "agencies": [1, 2], "seated": []}  # fmt: skip


def test_guests_see_that_there_is_a_table_not_what_it_is_about() -> None:
    meeting = Meeting(1)
    coming = [{"kind": "desk", "title": "Dua dinas"}, {"kind": "talk"}]
    meeting.state = {"queue": [], "findings": [{"id": 9}], "tables": [TABLE], "next": coming}
    told = meeting.state_for(SimpleNamespace(ticket={"f": False}))  # type: ignore[arg-type]
    assert "findings" not in told
    assert told["tables"] == [TABLE | {"title": "", "finding": None, "outcome": None}]
    assert told["next"] == [{"kind": "talk"}]
    whole = meeting.state_for(SimpleNamespace(ticket={"f": True}))  # type: ignore[arg-type]
    assert whole["tables"] == [TABLE]
    assert without_findings({"queue": []}) == {"queue": []}


def test_guests_hear_that_a_table_ended_not_what_it_was_about() -> None:
    about = {"item": 3, "title": "Dua dinas, satu saluran", "desk": True, "kind": "merge"}
    settled = {"n": 1, "name": "settle", "data": about}
    begun = {"n": 2, "name": "begin", "data": {"item": 4, "title": "Paparan Dinas PU"}}
    told = acts_without_findings([settled, begun])
    assert told == [settled | {"data": {"item": 3, "desk": True}}, begun]
    assert settled["data"] is about  # others hear it whole
    meeting = Meeting(1)
    meeting.acts.extend([settled, begun])
    meeting.last = 3
    assert meeting.missed(2, whole=False) is None
    meeting.last = 2
    assert meeting.missed(1, whole=False) == [begun]
