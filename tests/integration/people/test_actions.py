"""Accounts, roles, agencies, delegation: what each action changes, refuses and writes down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from rakorsus.audit.models import Event
from rakorsus.people import actions
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Delegation, Membership, Role, User


@pytest.fixture
def admin(people):
    return actors.of_user(people["administrator"], "page")


def logged() -> list[str]:
    return list(Event.objects.order_by("id").values_list("action", flat=True))


def test_a_new_account_has_a_password_nobody_chose(admin):
    user, password = actions.add_user(
        admin, username="rina", email="rina@contoh.go.id", display_name="Rina"
    )
    assert user.check_password(password)
    assert logged() == ["people.add"]
    assert password not in str(Event.objects.values_list("summary", "changes"))
    fresh = actions.renew_password(admin, user)
    assert fresh != password
    assert User.objects.get(pk=user.pk).check_password(fresh)


@pytest.mark.parametrize("name", ["coordinator", "planner", "leader", "secretariat", "guest"])
def test_only_administrators_manage_people(people, offices, name):
    actor, other = actors.of_user(people[name], "page"), people["administrator"]
    membership = Membership.objects.get(user=other)
    attempts = (
        lambda: actions.add_user(actor, username="x", email="x@contoh.go.id", display_name="X"),
        lambda: actions.change_user(actor, other, {"display_name": "Y"}),
        lambda: actions.set_active(actor, other, False),
        lambda: actions.renew_password(actor, other),
        lambda: actions.remove_factors(actor, other),
        lambda: actions.grant(actor, people[name], Role.ADMINISTRATOR),
        lambda: actions.take_back(actor, membership),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert logged() == []


def test_a_changed_address_closes_the_old_one(people):
    user = people["planner"]
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    actor = actors.of_user(user, "page")
    actions.change_user(actor, user, {"email": "baru@contoh.go.id"})
    assert not EmailAddress.objects.filter(user=user).exists()
    assert User.objects.get(pk=user.pk).email == "baru@contoh.go.id"
    assert Event.objects.get().changes == {"email": "diubah"}  # no personal data in the log
    actions.change_user(actor, user, {"email": "baru@contoh.go.id"})
    assert len(logged()) == 1


def test_an_address_belongs_to_one_account(people):
    user, taken = people["planner"], people["leader"].email
    with pytest.raises(ValidationError):
        actions.change_user(actors.of_user(user, "page"), user, {"email": taken})


def test_the_last_administrator_stays(admin, people):
    membership = Membership.objects.get(role=Role.ADMINISTRATOR)
    with pytest.raises(ValidationError):
        actions.take_back(admin, membership)
    with pytest.raises(ValidationError):
        actions.set_active(admin, people["administrator"], False)
    actions.grant(admin, people["leader"], Role.ADMINISTRATOR)
    actions.take_back(admin, membership)
    assert not actors.of_user(people["administrator"], "page").has(Role.ADMINISTRATOR)


def test_a_closed_account_has_no_rights(admin, people):
    actions.set_active(admin, people["planner"], False)
    assert actors.of_user(User.objects.get(pk=people["planner"].pk), "api").grants == frozenset()
    actions.set_active(admin, people["planner"], True)
    actions.set_active(admin, people["planner"], True)
    assert logged() == ["people.close", "people.open"]


def test_roles_are_given_once(admin, people, offices):
    for _again in range(2):
        actions.grant(admin, people["leader"], Role.PLANNER, offices["other"])
    assert Membership.objects.filter(user=people["leader"], role=Role.PLANNER).count() == 1
    assert logged() == ["people.grant"]
    with pytest.raises(ValidationError):
        actions.grant(admin, people["leader"], Role.PLANNER)


def test_a_delegation_lends_the_role_for_its_time(people, offices):
    now = timezone.now()
    owner, deputy = people["planner"], people["guest"]
    actor = actors.of_user(owner, "page")
    membership = Membership.objects.get(user=owner)
    loan = actions.delegate(
        actor, membership, deputy, now - timedelta(hours=1), now + timedelta(hours=1), "800/12"
    )
    assert actors.of_user(deputy, "page").plans_for(offices["own"].pk)
    assert not actors.of_user(deputy, "page").plans_for(offices["other"].pk)
    with pytest.raises(PermissionDenied):  # what was lent cannot be lent on, nor given back
        actions.delegate(
            actors.of_user(deputy, "page"), membership, people["leader"], now, now + timedelta(1)
        )
    with pytest.raises(PermissionDenied):
        actions.end_delegation(actors.of_user(deputy, "page"), loan)
    actions.end_delegation(actor, loan)
    actions.end_delegation(actor, loan)
    assert not actors.of_user(deputy, "page").plans_for(offices["own"].pk)
    assert logged() == ["people.delegate", "people.end_delegation"]


@pytest.mark.parametrize(
    ("begins", "ends", "closed"), [(1, 2, False), (-2, -1, False), (-1, 1, True)]
)
def test_a_delegation_is_void_outside_its_time_or_when_its_owner_is_gone(
    people, offices, begins, ends, closed
):
    now = timezone.now()
    Delegation.objects.create(
        membership=Membership.objects.get(user=people["planner"]), deputy=people["guest"],
        begins=now + timedelta(hours=begins), ends=now + timedelta(hours=ends),
    )  # fmt: skip
    User.objects.filter(pk=people["planner"].pk).update(is_active=not closed)
    assert not actors.of_user(people["guest"], "page").plans_for(offices["own"].pk)


def test_delegation_refuses_oneself_and_backward_time(people):
    now = timezone.now()
    actor = actors.of_user(people["planner"], "page")
    membership = Membership.objects.get(user=people["planner"])
    for deputy, ends in ((people["planner"], now + timedelta(1)), (people["guest"], now)):
        with pytest.raises(ValidationError):
            actions.delegate(actor, membership, deputy, now, ends)
    assert not Delegation.objects.exists()


def test_agencies_do_not_point_in_a_circle(people, offices):
    actor = actors.of_user(people["coordinator"], "page")
    own, other = offices["own"], offices["other"]
    actions.change_agency(actor, own, {"parent": other, "short": "Dinas PU"})
    assert Event.objects.get().changes == {
        "short": ["PU", "Dinas PU"],
        "parent": [None, str(other)],
    }
    for agency, values in ((other, {"parent": own}), (own, {"successor": own})):
        with pytest.raises(ValidationError):
            actions.change_agency(actor, Agency.objects.get(pk=agency.pk), values)
    assert Agency.objects.get(pk=other.pk).parent is None
