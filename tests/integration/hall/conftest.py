"""The meeting of the meeting tests, with people who may enter its hall."""

from __future__ import annotations

import pytest
from tests.integration.meeting.conftest import (  # noqa: F401 (fixtures)
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

from rakorsus.people import actor as actors
from rakorsus.people.models import Role


@pytest.fixture
def guest(person):  # noqa: F811
    return person("tamu", Role.GUEST)


@pytest.fixture
def by():
    """`by(user)`: the actor in the hall's list."""
    return lambda user, view="list": actors.of_user(user, f"hall-{view}")
