"""A desk about a planted duplicate that was settled, and drafts of decisions about it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.integration.meeting.conftest import (  # noqa: F401 (fixtures)
    HEALTH,
    HOUSING,
    ROADS,
    _own_files,
    city,
    coordinator,
    desk,
    found,
    health,
    housing,
    leader,
    meeting,
    page,
    person,
    roads,
    secretary,
)

from rakorsus.people.models import Agency
from rakorsus.stages.decisions import actions, composing
from rakorsus.stages.decisions.actions import Draft
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.models import AgendaItem, Outcome
from rakorsus.stages.register.models import Program

DRAIN, LANE = "paket_penyedia:1001", "paket_penyedia:2001"


@pytest.fixture
def outcome(desk, coordinator) -> Outcome:  # noqa: F811
    item = AgendaItem.objects.get(pk=desk.pk)
    return meetings.settle(page(coordinator), item, item.version, {
        "kind": "merge", "text": "Satu paket oleh Dinas PU.",
        "owner": Agency.objects.get(code=ROADS), "owner_post": "Kepala Dinas PU",
        "due": date(2022, 3, 31),
    })  # fmt: skip


@pytest.fixture
def lines(city) -> dict[str, Program]:  # noqa: F811
    return {line.key: line for line in Program.objects.all()}


def merging(lines, **more) -> Draft:
    steps = composing.merge(lines[DRAIN], [lines[LANE]])
    return Draft("merge", "Drainase Pampang", "Digabung di Dinas PU.", steps, year=2022, **more)


@pytest.fixture
def drafted(lines, outcome, found, coordinator) -> Decision:  # noqa: F811
    return actions.draft(page(coordinator), merging(lines, outcome=outcome, finding=found))
