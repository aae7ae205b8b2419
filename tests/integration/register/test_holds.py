"""What a decision holds fast, against the files that come after it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.integration.register.conftest import line, picture

from rakorsus.engine.levels import undone
from rakorsus.stages.register.actions import amend_program, amend_programs, publish
from rakorsus.stages.register.models import Hold, PlanVersion, Program
from rakorsus.stages.register.queries.frames import decided_frame

pytestmark = pytest.mark.django_db
SAID = "Keputusan 1/2025"


@pytest.fixture
def decided(installation):
    publish(installation, picture(line("dpa:1"), line("dpa:2")))
    changes = {"dpa:1": {"budget": 40_000_000, "start": date(2025, 6, 1)},
               "dpa:2": {"budget": 160_000_000}}  # fmt: skip
    return amend_programs(installation, changes, "Geser", decided=SAID)


def budgets():
    return dict(Program.objects.values_list("key", "budget"))


def test_a_newer_file_does_not_undo_a_decision_and_says_so(installation, decided):
    assert decided_frame().is_empty()
    version = publish(installation, picture(line("dpa:1", volume="2 Unit"), line("dpa:2")))
    assert version.changes.get().diff == {"volume": [None, "2 Unit"]}
    assert budgets() == {"dpa:1": 40_000_000, "dpa:2": 160_000_000}
    first, second = undone(decided_frame())
    assert first.reasons.id == (
        "Keputusan 1/2025 belum masuk RUP 2025 untuk “Pembangunan drainase 1” (1.03.01): pagu "
        "diputuskan Rp40 juta, tertulis Rp100 juta dan mulai diputuskan 1 Juni 2025, tertulis "
        "1 Maret 2025. Register tetap memakai isi keputusan."
    )
    assert (first.rule, first.kind, second.keys) == ("mismatch.decision", "mismatch", ("dpa:2",))


def test_the_same_file_again_says_nothing(installation, decided):
    rows = [line("dpa:1"), line("dpa:2")]
    assert publish(installation, picture(*rows)) is None
    assert decided_frame().is_empty()
    newer = [line("dpa:1", title="Drainase lain"), line("dpa:2")]
    assert publish(installation, picture(*newer)) is not None
    assert publish(installation, picture(*newer)) is None
    assert set(decided_frame()["key"]) == {"dpa:1", "dpa:2"}


def test_a_document_that_follows_ends_the_hold(installation, decided):
    publish(installation, picture(line("dpa:1", volume="x"), line("dpa:2")))
    follows = [line("dpa:1", volume="x", budget=40_000_000, start=date(2025, 6, 1)),
               line("dpa:2", budget=160_000_000)]  # fmt: skip
    version = publish(installation, picture(*follows))
    assert version is not None
    assert decided_frame().is_empty()
    assert not Hold.objects.filter(released=None).exists()
    later = publish(
        installation, picture(line("dpa:1", budget=7), line("dpa:2", budget=160_000_000))
    )
    assert later.changes.get(program__key="dpa:1").diff["budget"] == [40_000_000, 7]


def test_a_file_without_the_line_says_so_and_ends_a_cancellation(installation, decided):
    amend_programs(installation, {"dpa:2": {"status": "cancelled"}}, "Batal", decided="K 2/2025")
    publish(installation, picture(line("dpa:3")))
    assert set(decided_frame()["key"]) == {"dpa:1"}
    (finding,) = undone(decided_frame())
    assert finding.reasons.id.startswith(
        "Keputusan 1/2025 mengubah “Pembangunan drainase 1” (1.03.01), tetapi RUP 2025 tidak memuat"
    )


def test_only_a_decision_changes_what_a_decision_holds(installation, decided):
    drain = Program.objects.get(key="dpa:1")
    with pytest.raises(ValidationError, match="Keputusan 1/2025"):
        amend_program(installation, drain, {"budget": 1}, "Salah")
    amend_program(installation, drain, {"volume": "3 Unit"}, "Volume")
    back = {"dpa:1": {"budget": 100_000_000, "start": date(2025, 3, 1)}}
    amend_programs(installation, back, "Kembali", decided="Keputusan 2/2025")
    assert set(Hold.objects.filter(released=None).values_list("program__key", "label")) == {
        ("dpa:2", SAID)
    }


def test_a_decided_new_line_goes_when_the_file_has_it(installation, decided):
    fresh = picture(line("other:keputusan-1", title="Gedung Posyandu Baraya",
                         document="Keputusan 3/2025")).programs  # fmt: skip
    amend_programs(installation, {}, "Baru", fresh, decided="Keputusan 3/2025")
    publish(installation, picture(line("dpa:1", volume="x"), line("dpa:2")))
    new = Program.objects.get(key="other:keputusan-1")
    assert not new.removed
    assert any("belum memuatnya" in f.reasons.id for f in undone(decided_frame()))
    arrives = line("dpa:9", title="GEDUNG POSYANDU BARAYA")
    version = publish(installation, picture(line("dpa:1", volume="x"), line("dpa:2"), arrives))
    new.refresh_from_db()
    assert new.removed
    assert (version.added, version.removed) == (1, 1)
    assert version.changes.get(program=new).kind == "removed"
    assert not any(f.keys == (new.key,) for f in undone(decided_frame()))


values = st.fixed_dictionaries({}, optional={
    "budget": st.integers(1, 10**12),
    "start": st.dates(date(2025, 1, 1), date(2025, 6, 1)),
    "end": st.dates(date(2025, 6, 2), date(2025, 12, 31)),
    "volume": st.sampled_from(["1 Paket", "120 m"]),
})  # fmt: skip


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # every example has a line of its own
@given(decision=values.filter(bool), files=st.lists(values, max_size=3))
def test_whatever_files_say_the_register_says_the_decision(installation, decision, files):
    """After any sequence of files a decided value stands until a file says it, and what a line says
    now is what its recorded changes add up to."""
    key = f"dpa:{PlanVersion.objects.count()}"
    was = line(key)
    publish(installation, picture(was), whole=False)
    held = {name: value for name, value in decision.items() if value != was[name]}
    if not held:
        return
    amend_programs(installation, {key: held}, "Uji", decided=f"K {key}")
    expected = was | held
    written = was
    for said in files:
        newer = was | said
        publish(installation, picture(newer), whole=False)
        if newer != written:  # the same file again says nothing new
            held = {name: value for name, value in held.items() if newer[name] != value}
            expected, written = newer | held, newer
        row = Program.objects.get(key=key)
        for name in ("budget", "start", "end"):
            assert getattr(row, name) == expected[name]
        assert row.volume == (expected["volume"] or "")
    money = was["budget"]
    for change in Program.objects.get(key=key).changes.order_by("version__number"):
        before, money_after = change.diff.get("budget", [money, money])
        assert before == money
        money = money_after
    assert money == Program.objects.get(key=key).budget
