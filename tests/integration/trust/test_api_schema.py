"""The whole API against its own description: every operation, with data that fit and data that do
not, answered without an inner error and only as described. Each request is undone, so that every
one meets the same register."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from ninja import Schema
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from tests.integration.intake.test_loading import BAD
from tests.integration.publication.conftest import (  # noqa: F401 (fixtures)
    DRAIN,
    LANE,
    ROADS,
    _own_files,
    article,
    city,
    coordinator,
    desk,
    draft,
    drafted,
    editor,
    found,
    in_force,
    leader,
    lines,
    meeting,
    outcome,
    outside,
    page,
    person,
    prepared,
    released,
    secretary,
    signed,
)

from rakorsus.people import actor as actors
from rakorsus.people import apikeys, gate
from rakorsus.people.models import Agency, Membership, Role
from rakorsus.stages.followup import actions as followup
from rakorsus.stages.followup.actions import watching
from rakorsus.stages.followup.models import ActionItem, EarlyWarning
from rakorsus.stages.intake import actions as intake
from rakorsus.stages.register.loading import load
from rakorsus.stages.register.models import Program
from rakorsus.web.api import api

pytestmark = pytest.mark.django_db
load_all_checks()
KINDS = tuple(CHECKS.get_by_names([
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_schema_conformance", "response_headers_conformance",
]))  # fmt: skip
EXAMPLES = 8
#: Changes that the data must reach, not only be refused at
CHANGES = {
    "POST /api/v1/imports", "POST /api/v1/findings/{pk}/comments",
    "POST /api/v1/action-items/{pk}/comments", "POST /api/v1/warnings/{pk}/answer",
    "POST /api/v1/decisions/{pk}/preview",
}  # fmt: skip


def described() -> dict:
    return api.get_openapi_schema(path_prefix="/api/v1/")


@pytest.fixture
def server(db):
    """The installation as a WSGI server sees it, on the test's own connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(coordinator) -> str:
    """The secret of a key with every scope, of somebody with every role."""
    roads = Agency.objects.get(code=ROADS)
    for role in Role.values:
        own = roads if role == Role.PLANNER else None
        Membership.objects.get_or_create(user=coordinator, role=role, agency=own)
    return apikeys.give(
        page(coordinator), owner=coordinator, client="uji", scopes=apikeys.SCOPES,
        expires=timezone.localdate() + timedelta(days=1), quota=10**9,
    ).secret  # fmt: skip


@pytest.fixture
def known(
    article,
    released,
    in_force,
    drafted,
    found,
    coordinator,
    settings,
) -> dict[str, list]:
    """What stands in the register, by the name under which the API asks for it."""
    batch = intake.receive(page(coordinator), [SimpleUploadedFile("kerja.csv", BAD.encode())])
    load(batch)
    roads = Agency.objects.get(code=ROADS)
    followup.note(page(coordinator), "Kirim berita acara", roads, "Kepala Dinas", date(2022, 4, 1))
    settings.TODAY = date(2022, 8, 15)
    Program.objects.filter(key=DRAIN).update(  # its selection should have begun
        method="Tender", tender_start=date(2022, 3, 1), budget=900_000_000
    )
    watching.look(actors.system("cli"))
    pks = {
        "findings": [found.pk], "decisions": [drafted.pk],
        "action-items": list(ActionItem.objects.values_list("pk", flat=True)),
        "warnings": list(EarlyWarning.objects.values_list("pk", flat=True)),
    }  # fmt: skip
    assert all(pks.values())
    return {
        **{f"{area}.pk": known for area, known in pks.items()},
        "programs.key": [DRAIN, LANE], "versions.number": [1], "imports.uuid": [str(batch.pk)],
        "publication.slug": [article.slug], "publication.number": [released.number],
        "cards.quarter": ["2022-1", "2022-2"],
        "agency": [ROADS], "owner": [ROADS, ""], "left": [DRAIN], "right": [LANE],
        "key": [DRAIN], "finding": [found.pk], "version": [1, 2], "due": ["2022-09-01"],
        "answer": ["agree", "disagree"],
        "file": [batch.files.get().pk], "decisions.kind": ["merge"],
        "field": ["budget", "title", "start"],
        "family": [batch.files.get().rows.first().family],
    }  # fmt: skip


def put(data: st.DataObject, known: dict[str, list], values, area: str, *, sure: bool) -> None:
    """Names of a part of the request get a value that the register has: all of them, or some."""
    if not isinstance(values, dict):
        return
    for name in sorted(values, key=str):
        real = known.get(f"{area}.{name}") or known.get(str(name))
        if real and (sure or data.draw(st.booleans())):
            values[name] = data.draw(st.sampled_from(real))
        elif isinstance(values[name], list):
            for part in values[name]:
                put(data, known, part, area, sure=sure)


@dataclass
class Seen:
    asked: Counter[str] = field(default_factory=Counter)
    good: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)


def try_out(operation, mode: GenerationMode, known: dict[str, list], key: str, seen: Seen) -> None:
    """Ask one operation with data of one mode; what was wrong is in `seen.failed` afterwards."""
    area = operation.path.removeprefix(gate.ROOT).split("/", 1)[0]
    headers = {"Authorization": f"Bearer {key}", "Host": "testserver",
               "Accept-Encoding": "identity"}  # fmt: skip

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def ask(case, data) -> None:
        sure = seen.asked[operation.label] % 2 == 0
        for part in (case.path_parameters, case.query, case.body):
            put(data, known, part, area, sure=sure)
        with transaction.atomic():
            answer = case.call(headers=headers)
            transaction.set_rollback(True)
        seen.asked[operation.label] += 1
        if answer.status_code < 300:
            seen.good.add(operation.label)
        try:
            case.validate_response(answer, checks=KINDS, headers=headers)
        except FailureGroup as group:
            what = " ".join(sorted(type(one).__name__ for one in group.exceptions))
            seen.failed.setdefault(f"{operation.label} {what}", str(group))

    try:
        ask()
    except Unsatisfiable:  # nothing can be wrong with an operation that takes nothing
        assert mode == GenerationMode.NEGATIVE


def test_every_operation_answers_as_it_says(known, key, server) -> None:
    schema = schemathesis.openapi.from_dict(described())
    schema.app = server
    operations = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    assert len(operations) == sum(len(ops) for ops in described()["paths"].values())
    seen = Seen()
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try_out(operation, mode, known, key, seen)
    assert not seen.failed, "\n\n".join(f"{label}\n{why}" for label, why in seen.failed.items())
    assert set(seen.asked) == {operation.label for operation in operations}
    reads = {label for label in seen.asked if label.startswith("GET ")}
    assert reads <= seen.good
    assert seen.good - reads >= CHANGES


def test_every_address_belongs_to_one_area_and_no_area_is_empty() -> None:
    areas: Counter[str | None] = Counter()
    for path, operations in described()["paths"].items():
        areas[gate.area_of(path)] += len(operations)
    assert set(areas) == set(apikeys.AREAS)  # None would be an address that no key opens
    assert gate.area_of(f"{gate.ROOT}openapi.json") == "register"
    assert gate.area_of(f"{gate.ROOT}baru") is None


def test_no_two_shapes_share_a_name() -> None:
    """The description knows shapes by their names: one of two would be told for the other."""

    def below(shape: type) -> set[type]:
        return {shape}.union(*(below(s) for s in shape.__subclasses__()))

    names = Counter(s.__name__ for s in below(Schema) if s.__module__.startswith("rakorsus."))
    assert names
    assert [name for name, count in names.items() if count > 1] == []


def test_refusals_are_json_in_both_languages(client) -> None:
    for path, method, status in (
        ("programs", "delete", 405), ("tidak-ada", "get", 404), ("findings/x", "get", 404),
    ):  # fmt: skip
        client.handler.enforce_csrf_checks = False
        answer = getattr(client, method)(gate.ROOT + path)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/json"), path
        assert answer.json()["detail"]["id"] != answer.json()["detail"]["en"]
