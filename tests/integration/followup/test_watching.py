"""Early warnings and report cards: rights on every surface, constant queries, frozen quarters,
and the command's figures equal to the pages'."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from tests.integration.findings.conftest import HOUSING, ROADS, line

from rakorsus.audit.models import Event
from rakorsus.cli import main as cli
from rakorsus.engine.reportcard import Quarter
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.followup import tasks_watching
from rakorsus.stages.followup.actions import cards, watching
from rakorsus.stages.followup.models import CardQuarter, EarlyWarning, KeptCards
from rakorsus.stages.followup.queries import card_inputs
from rakorsus.stages.register.actions import Frames, publish
from rakorsus.stages.register.models import PlanVersion, Program

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system("cli")


@pytest.fixture(autouse=True)
def _today(settings, _own_files):
    settings.TODAY = date(2022, 6, 1)


def packages(count: int, **more):
    """Packages whose selection should have begun in March."""
    return [
        line(n, ROADS if n % 2 else HOUSING, f"Pembangunan Jalan Lingkungan {n}", "Kel. Pampang",
             method="Tender", tender_start=date(2022, 3, 1), budget=900_000_000, **more)
        for n in range(1, count + 1)
    ]  # fmt: skip


def load(rows):
    import polars as pl

    from rakorsus.engine import schema

    names = {ROADS: "DINAS PEKERJAAN UMUM", HOUSING: "DINAS PERUMAHAN"}
    agencies = schema.conform(
        pl.DataFrame({"code": list(names), "name": list(names.values()), "kind": "opd"}),
        schema.AGENCIES,
    )
    programs = pl.DataFrame(rows, schema=dict(schema.PROGRAMS), orient="row")
    return publish(SYSTEM, Frames(programs=programs, agencies=agencies), document="RUP 2022")


def person(name: str, role: str, code: str | None = None):
    user = User.objects.create_user(name, f"{name}@x.invalid", "rahasia-sekali-7")
    agency = Agency.objects.get(code=code) if code else None
    Membership.objects.create(user=user, role=role, agency=agency)
    return user


def test_a_warning_says_by_when_and_closes_with_its_cause():
    load(packages(2))
    watching.look(SYSTEM)
    warnings = list(EarlyWarning.objects.order_by("key"))
    assert [w.rule for w in warnings] == ["warning.unbegun"] * 2
    first = warnings[0]
    assert first.by >= first.first == date(2022, 6, 1)
    assert first.basis["selection"]["count"] == 30  # from the committed table of real contracts
    assert first.program.key == first.key
    assert watching.look(SYSTEM) == (0, 2, 0)  # looking again makes no second one
    load(packages(1) + packages(2, announced=date(2022, 5, 30), status="announced")[1:])
    watching.look(SYSTEM)
    assert EarlyWarning.objects.get(key=warnings[1].key).state == "closed"
    assert EarlyWarning.objects.get(key=first.key).state == "open"


def test_only_the_agency_answers_its_warning():
    load(packages(2))
    watching.look(SYSTEM)
    mine = EarlyWarning.objects.get(agency__code=ROADS)
    roads = actors.of_user(person("pu", Role.PLANNER, ROADS), "page")
    other = actors.of_user(person("lain", Role.PLANNER, HOUSING), "page")
    with pytest.raises(PermissionDenied):
        watching.answer(other, mine, "bukan milik saya")
    with pytest.raises(PermissionDenied):
        watching.look(roads)
    with pytest.raises(ValidationError):
        watching.answer(roads, mine, "  ")
    with pytest.raises(ValidationError):
        watching.answer(roads, mine, "segera", date(2022, 5, 1))
    watching.answer(roads, mine, "Diumumkan Senin.", date(2022, 6, 6))
    mine.refresh_from_db()
    assert (mine.state, mine.promised) == ("answered", date(2022, 6, 6))
    assert Event.objects.filter(action="warnings.answer", agency_code=ROADS).count() == 1
    watching.look(SYSTEM)  # still holds: the answer stays
    mine.refresh_from_db()
    assert mine.state == "answered"


def test_pages_keep_strangers_out(client):
    load(packages(2))
    watching.look(SYSTEM)
    warning = EarlyWarning.objects.get(agency__code=ROADS)
    pages = ["/tindak-lanjut/peringatan/", warning.get_absolute_url(), "/tindak-lanjut/rapor/",
             f"/tindak-lanjut/rapor/{ROADS}/", "/tindak-lanjut/rapor/rumus/"]  # fmt: skip
    assert {client.get(p).status_code for p in pages} == {302}
    client.force_login(person("tamu", Role.GUEST, ROADS))
    assert {client.get(p).status_code for p in pages} == {403}
    client.force_login(person("pu", Role.PLANNER, ROADS))
    assert {client.get(p).status_code for p in pages} == {200}
    refused = [
        client.post("/tindak-lanjut/peringatan/periksa/"),
        client.post("/tindak-lanjut/rapor/tutup/", {"triwulan": "2022-1"}),
        client.post(f"/tindak-lanjut/rapor/{HOUSING}/tanggapan/", {"text": "x"}),
        client.post(f"/tindak-lanjut/rapor/{HOUSING}/tanggapan/", {"text": ""}),
    ]
    assert {r.status_code for r in refused} == {403}
    answered = client.post(f"{warning.get_absolute_url()}tanggapi/", {"action": "Kami umumkan"})
    assert answered.status_code == 302
    assert "Kami umumkan" in client.get(warning.get_absolute_url()).content.decode()
    wrong = client.post(f"{warning.get_absolute_url()}tanggapi/", {"action": ""})
    assert wrong.status_code == 422
    assert client.get("/tindak-lanjut/rapor/?triwulan=abc").status_code == 404


def _queries(client, path, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_constant_queries(client, django_assert_max_num_queries):
    load(packages(1))
    watching.look(SYSTEM)
    client.force_login(person("bappeda", Role.COORDINATOR))
    paths = [
        "/tindak-lanjut/peringatan/",
        "/tindak-lanjut/rapor/",
        f"/tindak-lanjut/rapor/{ROADS}/",
    ]
    for path in paths:
        client.get(path)
    few = [_queries(client, p, django_assert_max_num_queries) for p in paths]
    load(packages(9))
    watching.look(SYSTEM)
    assert EarlyWarning.objects.count() == 9
    for path in paths:
        client.get(path)
    assert [_queries(client, p, django_assert_max_num_queries) for p in paths] == few


def test_a_closed_quarter_is_frozen_and_the_command_gives_the_pages_figures(
    tmp_path, settings, capsys
):
    settings.TODAY = date(2022, 3, 20)
    load(packages(14))
    bappeda = actors.of_user(person("bappeda", Role.COORDINATOR), "page")
    first = Quarter(2022, 1)
    with pytest.raises(ValidationError):
        cards.freeze(bappeda, first)  # not over yet
    settings.TODAY = date(2022, 4, 10)
    cards.freeze(bappeda, first)
    with pytest.raises(ValidationError):
        cards.freeze(bappeda, first)
    before = card_inputs.of_quarter(first)
    roads = next(c for c in before if c.agency == ROADS)
    tenders = roads.figures["tenders"]
    assert (tenders.part, tenders.whole, tenders.n) == (0, 7, 7)
    assert set(tenders.records) == set(
        Program.objects.filter(agency__code=ROADS).values_list("key", flat=True)
    )
    assert roads.figures["spending"].value is None  # nothing reported: no data, not zero
    assert len(roads.figures["spending"].missing) in (0, 7)
    # the register changes afterwards: the frozen quarter stays, byte for byte
    load(packages(14, announced=date(2022, 3, 2), status="announced"))
    assert card_inputs.of_quarter(first) == before
    assert CardQuarter.objects.get().digests[ROADS] == roads.digest
    for name, file in card_inputs.files().items():
        file.write_csv(tmp_path / f"{name}.csv")
    assert cli.main(["rapor", str(tmp_path)]) == 0
    assert "Semua angka sama" in capsys.readouterr().out
    text = (tmp_path / "rapor.csv").read_text()
    assert f"2022-1,{ROADS},tenders,7,0,7,0,{roads.digest},1" in text


def test_a_quarter_rests_on_what_the_register_said_then():
    """Lines mended, and one removed, in the second quarter: the first keeps what it had."""
    vague = {"start": date(2022, 1, 1), "end": date(2022, 12, 31)}
    firm = {"start": date(2022, 5, 2), "end": date(2022, 6, 30), "volume": "240 m"}
    version = load([{**row, **vague} for row in packages(4)])
    PlanVersion.objects.filter(pk=version.pk).update(
        created=datetime(2022, 2, 1, 9, tzinfo=timezone.get_current_timezone())
    )
    load([{**row, **firm} for row in packages(3)])
    assert Program.objects.get(ident="4").removed

    def quality(quarter: Quarter) -> dict[str, tuple[int, int]]:
        found = card_inputs.of_quarter(quarter)
        return {c.agency: (c.figures["quality"].part, c.figures["quality"].whole) for c in found}

    assert quality(Quarter(2022, 1)) == {ROADS: (0, 2), HOUSING: (0, 2)}
    assert quality(Quarter(2022, 2)) == {ROADS: (2, 2), HOUSING: (1, 1)}
    first, second = (card_inputs.live() for _ in range(2))
    assert first["quality"].equals(second["quality"])
    assert first["quality"].height == 8  # four lines on two days; the removed one's end is told


def test_cards_that_could_not_be_computed_do_not_stand_as_fresh():
    load(packages(2))
    assert cards.compute() == 1
    assert cards.outdate()  # a change: a job is asked for
    assert not cards.outdate()  # the next one waits for the same job
    broken = CardQuarter.objects.create(year=2021, number=4, method=1, by_name="x", inputs={})
    with pytest.raises(KeyError):
        cards.compute()
    assert not KeptCards.objects.filter(year=2022, number=2).exists()
    assert cards.outdate()  # the next change asks again
    broken.delete()
    assert cards.compute() > 0
    assert not KeptCards.objects.filter(outdated=True).exists()


@pytest.mark.parametrize(("lines_a_second", "waits"), [(1000, None), (1, timedelta(seconds=4))])
def test_the_longer_cards_take_the_longer_a_change_waits_for_others(
    lines_a_second, waits, monkeypatch
):
    load(packages(4))
    monkeypatch.setattr(tasks_watching, "_LINES_A_SECOND", lines_a_second)
    assert tasks_watching.wait_for_more() == waits


def test_the_agencys_own_word(settings):
    load(packages(2))
    roads = actors.of_user(person("pu", Role.PLANNER, ROADS), "page")
    agency = Agency.objects.get(code=ROADS)
    cards.comment(roads, agency, Quarter(2022, 1), "Lahan belum bebas.")
    assert agency.card_comments.get().text == "Lahan belum bebas."
    with pytest.raises(PermissionDenied):
        cards.comment(
            actors.of_user(person("bappeda", Role.COORDINATOR), "page"), agency,
            Quarter(2022, 1), "bukan kami",
        )  # fmt: skip


def test_the_story_warns_before_every_report(client, settings):
    settings.DEMO = True
    from rakorsus.synth.makassar.story import chapters as kept
    from rakorsus.synth.makassar.story import replayed

    chapters = replayed()
    assert kept() == chapters  # else: python -m rakorsus.synth.makassar.story
    assert [c.report.name for c in chapters] == [
        "belanja", "simpang", "drainase", "strategis", "luncur",
    ]  # fmt: skip
    assert all(c.lead > 0 for c in chapters)
    assert all(c.first + timedelta(days=c.lead) == c.report.day for c in chapters)
    page = client.get("/peragaan/tahun-2022/")
    assert page.status_code == 200
    assert "Rekonstruksi" in page.content.decode()
    settings.DEMO = False
    assert client.get("/peragaan/tahun-2022/").status_code == 404


def test_the_year_adds_up_to_what_was_reported():
    import polars as pl

    from rakorsus.synth.makassar import year2022

    events = year2022.events()
    plans = events.filter(pl.col("what") == "planned")

    def total(story: str) -> int:
        return int(plans.filter(pl.col("key").str.starts_with(f"{story}:"))["money"].sum())

    assert total("belanja") == 897_000_000_000
    paid = events.filter((pl.col("what") == "paid") & (pl.col("day") <= date(2022, 5, 28)))
    assert paid["money"].sum() * 1000 == 897_000_000_000 * 18
    assert total("drainase") == 54_500_000_000
    assert plans.filter(pl.col("key").str.starts_with("drainase:")).height == 47
    assert total("simpang") == 15_000_000_000


def test_the_api_asks_the_same_rights(client):
    load(packages(2))
    watching.look(SYSTEM)
    mine = EarlyWarning.objects.get(agency__code=ROADS)
    other = EarlyWarning.objects.get(agency__code=HOUSING)
    paths = ["/api/v1/warnings", "/api/v1/cards/2022-1"]
    assert {client.get(p).status_code for p in paths} == {403}
    client.force_login(person("pu", Role.PLANNER, ROADS))
    told = client.get("/api/v1/warnings").json()
    assert {w["id"] for w in told} == {mine.pk, other.pk}
    assert all(w["by"] >= w["first"] and w["records"] for w in told)
    cards_ = client.get("/api/v1/cards/2022-1").json()
    tenders = {c["agency"]: c["figures"] for c in cards_}[ROADS]
    assert {f["measure"]: f["n"] for f in tenders}["tenders"] == 1
    assert client.get("/api/v1/cards/besok").status_code == 404

    def say(warning):
        body = {"action": "Diumumkan."}
        path = f"/api/v1/warnings/{warning.pk}/answer"
        return client.post(path, body, content_type="application/json").status_code

    assert say(mine) == 200
    assert say(other) == 403
