"""A meeting of two agencies about one planted duplicate, and everybody it needs."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.integration.findings.conftest import (  # noqa: F401 (fixtures)
    HEALTH,
    HOUSING,
    ROADS,
    _own_files,
    city,
    found,
    health,
    housing,
    person,
    roads,
)

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Role
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session
from rakorsus.stages.meeting.planning import Wishes

WITA = ZoneInfo("Asia/Makassar")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2022, 3, 15, hour, minute, tzinfo=WITA)


def page(user):
    return actors.of_user(user, "page")


@pytest.fixture
def coordinator(person):  # noqa: F811
    return person("bappeda", Role.COORDINATOR)


@pytest.fixture
def secretary(person):  # noqa: F811
    return person("sekretariat", Role.SECRETARIAT)


@pytest.fixture
def leader(person):  # noqa: F811
    return person("pimpinan", Role.LEADER)


@pytest.fixture
def meeting(found, coordinator) -> Meeting:  # noqa: F811
    """Desks from 13 to 15, presentations from 19 to 20; one desk, three presentations, planned."""
    by = page(coordinator)
    made = actions.create_meeting(
        by, "Rakorsus", usual=False, type="rakorsus", title="Rakorsus 2022", starts=at(8),
        ends=at(22), place="Makassar",
    )  # fmt: skip
    desks = actions.save_session(
        by, made, None, kind=Session.Kind.DESKS, title="Meja", starts=at(13), ends=at(15)
    )
    stage = actions.save_session(
        by, made, None, kind=Session.Kind.PRESENTATIONS, title="Paparan", starts=at(19),
        ends=at(20),
    )  # fmt: skip
    actions.add_cases(by, desks, Finding.objects.prefetch_related("sides__agency"), 30)
    actions.add_presenters(by, stage, Agency.objects.filter(code__in=[ROADS, HOUSING, HEALTH]), 7)
    trial = actions.try_agenda(by, made, "Pertama", Wishes(tables=2, limit=10.0))
    actions.adopt(by, trial)
    made.refresh_from_db()
    return made


@pytest.fixture
def desk(meeting) -> AgendaItem:
    return AgendaItem.objects.get(session__meeting=meeting, kind="desk")


@pytest.fixture
def guest(meeting, secretary):
    row = {"group": "rectors", "rank": 400, "post": "Rektor", "institution": "Universitas contoh"}
    actions.add_participants(page(secretary), meeting, [row])
    return meeting.participants.get()
