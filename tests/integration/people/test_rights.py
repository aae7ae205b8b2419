"""The matrix of rights: every rule of people and log, for every role, on own and others' records.

The expected values are written by hand; a new rule, role or right has to be entered here.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from rakorsus.people import actor as actors
from rakorsus.people.actor import Actor
from rakorsus.people.matrix import rows
from rakorsus.people.models import Membership, Role
from rakorsus.people.rules import REGISTRY, can, require

ROLES = (*[role.value for role in Role], "public")
#: rule -> who may, without a record
OPEN = {
    "people.read": {"administrator", "coordinator"},
    "people.manage": {"administrator"},
    "people.keys": {"administrator"},
    "agencies.manage": {"administrator", "coordinator"},
    "audit.read": {"administrator", "coordinator", "leader"},
}
#: rule -> (who may on the own record, who may on another's)
OF_RECORD = {
    "people.delegate": ({role.value for role in Role}, {"administrator"}),
}


def actor_of(people, name: str) -> Actor:
    return Actor(None, "page") if name == "public" else actors.of_user(people[name], "page")


def test_no_rule_of_people_or_log_is_left_out():
    here = {name for name in REGISTRY if name.split(".")[0] in ("people", "agencies", "audit")}
    assert here == set(OPEN) | set(OF_RECORD)


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize("rule", OPEN)
def test_rules_without_a_record(people, rule, name):
    actor = actor_of(people, name)
    assert can(actor, rule) is (name in OPEN[rule])
    if name not in OPEN[rule]:
        with pytest.raises(PermissionDenied):
            require(actor, rule)


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize("rule", OF_RECORD)
def test_rules_on_a_record(people, rule, name):
    own, others = OF_RECORD[rule]
    actor = actor_of(people, name)
    if name != "public":
        assert can(actor, rule, Membership.objects.get(user=people[name])) is (name in own)
    stranger = "planner" if name != "planner" else "leader"
    record = Membership.objects.get(user=people[stranger])
    assert can(actor, rule, record) is (name in others)


@pytest.mark.parametrize("rule", sorted(REGISTRY))
def test_the_system_may_everything_and_an_account_without_roles_what_the_public_may(db, rule):
    shown = {row.name: row.allowed for row in rows()}[rule]
    assert can(actors.system("job"), rule) is True
    assert len(shown) == len(ROLES)
    if shown[-1] is not None:
        assert can(Actor(None, "page"), rule) is shown[-1]


def test_an_unknown_rule_is_an_error_not_a_yes():
    with pytest.raises(KeyError):
        can(actors.system("job"), "people.mange")
