"""The demonstration city goes through the real import, and the engine finds what was planted."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from rakorsus.audit import chain
from rakorsus.engine.reportcard import Quarter
from rakorsus.people import actor as actors
from rakorsus.people.models import Membership, User
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.decisions.proposing import decidable
from rakorsus.stages.findings.models import Finding, Verdict
from rakorsus.stages.followup.models import EarlyWarning
from rakorsus.stages.followup.queries import card_inputs
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow
from rakorsus.stages.meeting.models import AgendaItem
from rakorsus.stages.meeting.queries.agenda import newest
from rakorsus.stages.publication.queries.agreements import visible
from rakorsus.stages.register.models import Program, Region
from rakorsus.synth import city, demo
from rakorsus.synth.makassar.agencies import BY_SHORT, COMPANIES, OFFICES

pytestmark = pytest.mark.django_db


@pytest.fixture
def installed(settings, tmp_path):
    settings.HOME = tmp_path
    settings.TODAY = city.TODAY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
    }
    cache.clear()
    demo.install(lambda words: None)


def test_the_city_is_complete_and_its_plants_are_found(installed) -> None:
    assert len(OFFICES) == 51
    assert len(COMPANIES) == 6
    assert Region.objects.filter(level=3, code__startswith="73.71.").count() == 15
    assert Region.objects.filter(level=4, code__startswith="73.71.").count() == 153
    assert 4800 <= Program.objects.count() <= 5300
    assert ImportBatch.objects.get().state == ImportBatch.State.DONE
    assert not SetAsideRow.objects.exists()
    assert demo.exists()
    assert User.objects.count() == len(demo.ACCOUNT_LIST)
    assert set(Membership.objects.values_list("user", flat=True)) == set(
        User.objects.values_list("pk", flat=True)
    )
    assert Verdict.objects.exists()
    assert chain.verify() is None

    kinds = set(Finding.objects.values_list("kind", flat=True))
    assert kinds == set(Finding.Kind.values)
    _spending_is_told()
    _kelurahan_have_cards()
    _strategic_programs_have_somebody_or_are_warned_of()
    _a_decision_says_what_is_missing()
    _the_plan_is_told_from_the_announcement()
    _desks_end_in_decisions()
    _partners_see_their_own()
    missed = [plant for plant in demo.planted_cases() if not _found(plant)]
    assert missed == []


def _spending_is_told() -> None:
    """Records and payments of own works come in by the files: Public Works is behind its plan."""
    slow = {w.agency.short for w in EarlyWarning.objects.filter(rule="warning.spending")}
    assert slow == {"Dinas PU", "Disperkim", "Disdag"}
    cards = {card.agency: card for card in card_inputs.of_quarter(Quarter(2022, 1))}
    for short, behind in (("Dinas PU", True), ("Dinkes", False)):
        figure = cards[BY_SHORT[short].code].figures["spending"]
        reported = Program.objects.filter(key__in=figure.records)
        assert figure.part == sum(reported.values_list("realised", flat=True)) > 0
        assert (2 * figure.part < figure.whole) is behind


def _kelurahan_have_cards() -> None:
    """Packages of a kelurahan are its own; it is a unit of its kecamatan."""
    cards = [c for c in card_inputs.of_quarter(Quarter(2022, 1)) if c.kind == "kelurahan"]
    assert len(cards) == 153
    assert sum(any(figure.n for figure in card.figures.values()) for card in cards) > 100
    lines = Program.objects.filter(agency__kind="kelurahan")
    assert lines.filter(agency__parent__kind="kecamatan").count() == lines.count() > 100


def _strategic_programs_have_somebody_or_are_warned_of() -> None:
    """The list of strategic programs marks packages of other files and adds no lines."""
    strategic = Program.objects.filter(strategic=True)
    assert strategic.count() == 4
    assert not Program.objects.filter(source="other", title__in=strategic.values("title")).exists()
    warned = EarlyWarning.objects.filter(rule="warning.owner").values_list("program", flat=True)
    assert list(warned) == list(strategic.filter(owner="").values_list("pk", flat=True)) != []


def _a_decision_says_what_is_missing() -> None:
    """Packages that met at one point are apart; the lack of one list of places remains."""
    decision = Decision.objects.get(verdict=Decision.Verdict.STAYS)
    assert 0 < decision.changes.count() <= 6
    assert "satu daftar lokasi" in decision.result["missing"]["id"]


def _partners_see_their_own() -> None:
    """The metaverse company reads its agreement, whose milestones are carried out by programs."""
    for name, words in (("mitra", "Makaverse"), ("tamu", "galian")):
        (agreement,) = visible(actors.of_user(User.objects.get(username=name), "page"))
        assert words in agreement.title
        carried = [m.programs.count() for m in agreement.milestones.all()]
        assert (name == "tamu" or any(carried)) is True


def _the_plan_is_told_from_the_announcement() -> None:
    """The junction at the wrong street: what was announced, and what the plan says instead."""
    warning = EarlyWarning.objects.get(rule="warning.place")
    assert "diumumkan untuk Jl. Perintis Kemerdekaan" in warning.words_id
    assert warning.basis["planned"].startswith("Jl. Andi Pangeran Pettarani")


def _desks_end_in_decisions() -> None:
    """Every desk whose outcome changes programs has its decision, taken."""
    desks = AgendaItem.objects.filter(kind="desk", session__meeting__type="pre")
    outcomes = [newest(list(desk.outcomes.all())) for desk in desks]
    taken = [o for o in outcomes if decidable(o)]
    assert len(taken) >= 4
    assert {o.pk for o in taken} == set(
        Decision.objects.filter(outcome__in=taken, state=Decision.State.TAKEN)
        .values_list("outcome", flat=True)
    )  # fmt: skip


def _found(plant) -> bool:
    """Whether a finding of the planted kind names one of its packages (a question names the
    largest of an agency's only)."""
    numbers = [str(n) for n in plant.numbers]
    lines = [*numbers, *(f"L-{n}" for n in numbers)]
    return Finding.objects.filter(kind=plant.kind).filter(programs__ident__in=lines).exists()


def test_the_same_seed_gives_the_same_city() -> None:
    assert city.build() == city.build()
    assert city.build(1).lines != city.build(2).lines
