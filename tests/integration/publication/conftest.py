"""A city with a decided duplicate, its meeting with signed minutes, and the people of the desk."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from tests.integration.decisions.conftest import (  # noqa: F401 (fixtures)
    DRAIN,
    HEALTH,
    HOUSING,
    LANE,
    ROADS,
    _own_files,
    city,
    coordinator,
    desk,
    drafted,
    found,
    health,
    housing,
    leader,
    lines,
    meeting,
    outcome,
    page,
    person,
    roads,
    secretary,
)
from tests.integration.decisions.helper import taken as taken_by

from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.models import Meeting, Minutes
from rakorsus.stages.publication import actions
from rakorsus.stages.publication.models import Agreement, Article, Release, Requirement


@pytest.fixture
def editor(secretary) -> User:  # noqa: F811
    secretary.post = "Sekretaris Rakorsus"
    secretary.save()
    return secretary


@pytest.fixture
def signed(outcome, coordinator, leader, meeting) -> Minutes:  # noqa: F811
    meeting.refresh_from_db()
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.PUBLISHED)
    return meetings.sign(page(leader), Meeting.objects.get(pk=meeting.pk), "Sekretaris Daerah")


@pytest.fixture
def decided(drafted, coordinator, leader):  # noqa: F811
    return taken_by(page(leader), drafted)


@pytest.fixture
def draft(signed, editor, meeting) -> Article:  # noqa: F811
    return actions.begin_from_meeting(page(editor), Meeting.objects.get(pk=meeting.pk))


def publish_article(article: Article, editor: User, approver: User) -> Article:
    last = article.revisions.first()
    actions.submit(page(editor), article, last.number)
    return actions.approve(page(approver), article, last.number)


@pytest.fixture
def article(draft, editor, leader) -> Article:  # noqa: F811
    return publish_article(draft, editor, leader)


@pytest.fixture
def released(city, coordinator) -> Release:  # noqa: F811
    return actions.release(page(coordinator), "Pertama")


def photo(kind: str = "JPEG", size: tuple[int, int] = (900, 600), **more) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#336699").save(target, kind, **more)
    return target.getvalue()


@pytest.fixture
def outside(db) -> Agency:
    return Agency.objects.create(code="L.09", name="Perusahaan contoh", kind="outside")


@pytest.fixture
def partner(outside) -> User:
    user = User.objects.create_user("mitra", "mitra@x.invalid", "s", display_name="mitra")
    Membership.objects.create(user=user, role=Role.GUEST, agency=outside)
    return user


@pytest.fixture
def stranger(db) -> User:
    other = Agency.objects.create(code="L.10", name="Perusahaan lain", kind="outside")
    user = User.objects.create_user("asing", "asing@x.invalid", "s", display_name="asing")
    Membership.objects.create(user=user, role=Role.GUEST, agency=other)
    return user


def agreement_of(editor: User, outside: Agency, **more) -> Agreement:
    """A memorandum with everything in order but the signature."""
    from datetime import date

    by = page(editor)
    data = {
        "kind": "mou", "scheme": "ksdpk", "title": "Layanan kota di ruang virtual",
        "scope": "Layanan\nPariwisata", "starts": date(2022, 3, 15), "ends": date(2023, 3, 14),
    } | more  # fmt: skip
    made = actions.save_agreement(by, None, **data)
    actions.save_party(by, made, None, position=1, own=True, name="Pemerintah Kota",
                       post="Wali Kota", number="1/2022")  # fmt: skip
    actions.save_party(by, made, None, position=2, agency=outside, name="Perusahaan contoh",
                       signatory="Nama Orang", post="Direktur", authority="statute",
                       number="2/2022")  # fmt: skip
    for row in made.requirements.filter(needed_to_sign=True):
        actions.set_requirement(by, row, Requirement.State.PRESENT, "contoh")
    return made


@pytest.fixture
def prepared(editor, outside, city) -> Agreement:  # noqa: F811
    return agreement_of(editor, outside)


@pytest.fixture
def in_force(prepared, editor) -> Agreement:
    from datetime import date

    by = page(editor)
    party = prepared.parties.get(position=2)
    actions.save_milestone(
        by, prepared, None, [LANE], title="Purwarupa", due=date(2022, 6, 30), party=party
    )
    actions.sign_agreement(by, prepared, date(2022, 3, 15), "Makassar")
    return Agreement.objects.get(pk=prepared.pk)
