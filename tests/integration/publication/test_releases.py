"""A release freezes what is public; the next says what changed; what is excluded is in neither."""

from __future__ import annotations

import hashlib
import io
import json

import polars as pl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse
from tests.integration.publication.conftest import DRAIN, LANE, page

from rakorsus.cli.main import main
from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.publication import actions
from rakorsus.stages.publication.models import Release
from rakorsus.stages.publication.queries import classes, releases
from rakorsus.stages.publication.queries.masking import Masker
from rakorsus.stages.register.actions import amend_program
from rakorsus.stages.register.models import Program


def table(release: Release, name: str):
    return release.tables.get(name=name)


def frame(release: Release, name: str) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(releases.content(table(release, name), "parquet")))


def everything(release: Release) -> str:
    """All texts of all files of a release."""
    found = []
    for kept in release.tables.all():
        for kind in kept.files:
            content = releases.content(kept, kind)
            if kind == "parquet":
                content = pl.read_parquet(io.BytesIO(content)).write_json().encode()
            found.append(content.decode())
    return "\n".join(found)


def test_the_files_are_what_their_digests_say(released):
    for kept in released.tables.all():
        for kind, file in kept.files.items():
            content = releases.content(kept, kind)
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
            assert len(content) == file["size"]
    lines = Program.objects.filter(removed=False)
    assert table(released, "program").rows == lines.count() == 2
    assert set(frame(released, "program")["kunci"]) == {DRAIN, LANE}
    assert frame(released, "program")["pagu"].sum() == sum(p.budget for p in lines)


def test_an_old_release_stays_and_the_next_says_what_changed(released, coordinator):
    before = everything(released)
    line = Program.objects.get(key=LANE)
    amend_program(page(coordinator), line, {"budget": 150_000_000}, "Dipotong.")
    second = actions.release(page(coordinator), "Kedua")
    assert everything(Release.objects.get(number=1)) == before
    change = table(second, "program")
    assert (change.added, change.changed, change.removed) == (0, 1, 0)
    assert change.changes == [
        {"key": LANE, "kind": "changed", "title": line.title,
         "fields": {"pagu": [181_000_000, 150_000_000]}}
    ]  # fmt: skip
    assert not table(second, "perangkat_daerah").changed


def test_nothing_new_is_no_release(released, coordinator):
    with pytest.raises(ValidationError, match="rilis 1"):
        actions.release(page(coordinator))
    assert Release.objects.count() == 1
    assert not default_storage.exists("rilis/2")


def test_a_decision_taken_is_in_the_next_release(released, decided, coordinator, client):
    second = actions.release(page(coordinator))
    row = frame(second, "keputusan").row(0, named=True)
    assert row["nomor"] == f"{decided.number}/{decided.year}"
    assert row["bunyi"] == decided.text
    assert table(second, "perubahan_keputusan").rows == decided.changes.count()
    assert table(second, "program").changed + table(second, "program").removed > 0
    assert decided.title in client.get("/publik/keputusan/").content.decode()


@pytest.mark.parametrize("user", ["editor", "leader", "roads", "partner"])
def test_only_the_coordinator_freezes(city, user, request):
    with pytest.raises(PermissionDenied):
        actions.release(page(request.getfixturevalue(user)))


@pytest.fixture
def secret(city, found) -> Program:
    """One side of the finding belongs to an outside body: excluded by rule."""
    line = Program.objects.get(key=LANE)
    Agency.objects.filter(pk=line.agency_id).update(kind="outside")
    return line


def test_the_plan_of_an_outside_body_is_in_no_file(secret, coordinator):
    made = actions.release(page(coordinator))
    assert made.withheld == 1
    text = everything(made)
    assert secret.title not in text
    assert secret.key not in text
    assert set(frame(made, "program")["kunci"]) == {DRAIN}
    assert set(frame(made, "lokasi")["kunci_program"]) <= {DRAIN}


def test_that_a_clash_exists_is_told_not_what_it_is(secret, found):
    masker = Masker.of([found.pk])
    shown = masker.text(found.pk, f"Bentrok dengan {secret.title}")
    assert secret.title not in shown
    assert str(found.get_kind_display()) in shown
    assert secret.agency.code not in masker.agencies(found.pk)
    other = Finding(pk=found.pk + 1)
    assert masker.text(other.pk, "terbuka") == "terbuka"


def test_a_decision_about_an_excluded_line_tells_no_detail(secret, decided, coordinator):
    made = actions.release(page(coordinator))
    row = frame(made, "keputusan").row(0, named=True)
    assert decided.text not in (row["bunyi"], row["perihal"])
    assert "dikecualikan" in row["bunyi"]
    assert row["nilai"] is None  # what is at stake is the amount of the excluded line
    text = everything(made)
    assert secret.title not in text
    assert secret.key not in text
    assert made.withheld >= 2  # the line, and its changes


def test_a_coordinator_departs_from_the_rule_with_a_reason(secret, coordinator, editor):
    with pytest.raises(ValidationError, match="alasan"):
        actions.classify(page(coordinator), "program", secret.key, "berkala", " ")
    with pytest.raises(PermissionDenied):
        actions.classify(page(editor), "program", secret.key, "berkala", "Diumumkan.")
    kept = actions.classify(page(coordinator), "program", secret.key, "berkala", "Diumumkan.")
    assert classes.of_program(secret) == "berkala"
    assert classes.public_lines().count() == 2
    actions.follow_rule(page(coordinator), kept)
    assert classes.public_lines().count() == 1
    actions.classify(page(coordinator), "program", DRAIN, "dikecualikan", "Uji konsekuensi 1.")
    assert not classes.public_lines().exists()


def test_what_is_not_there_is_not_classified(coordinator):
    with pytest.raises(ValidationError):
        actions.classify(page(coordinator), "program", "tidak:ada", "berkala", "x")


def test_a_release_that_fails_leaves_nothing_behind(city, coordinator, monkeypatch):
    from rakorsus.stages.publication.opendata import freezing

    whole, written = freezing.encoded, []

    def broken(table, frame):
        written.append(table.name)
        if len(written) == 3:
            raise RuntimeError("the disk is full")
        return whole(table, frame)

    monkeypatch.setattr(freezing, "encoded", broken)
    with pytest.raises(RuntimeError):
        actions.release(page(coordinator))
    assert not Release.objects.exists()
    assert default_storage.listdir("rilis/1")[1] == []


def test_a_register_that_keeps_changing_is_not_waited_for_without_end(city, coordinator):
    def meanwhile(share, step):
        if share == 90:
            line = Program.objects.get(key=DRAIN)
            amend_program(page(coordinator), line, {"budget": line.budget + 1}, "Koreksi")

    with pytest.raises(ValidationError, match="terus berubah"):
        actions.release(page(coordinator), "", meanwhile)
    assert not Release.objects.exists()


def test_the_map_of_a_release_has_no_excluded_point(secret, coordinator):
    Program.objects.update(lon=119.4, lat=-5.1)
    made = actions.release(page(coordinator))
    shown = json.loads(releases.content(table(made, "peta"), "geojson"))
    titles = {f["properties"].get("title") for f in shown["features"]}
    assert titles & {p.title for p in Program.objects.filter(key=DRAIN)} or len(titles) == 1
    assert secret.title not in titles


def test_report_cards_are_computed_anew_from_the_release(released, tmp_path, capsys):
    """The command finds in the published files the figures that are published beside them."""
    folder = tmp_path / "unduhan"
    folder.mkdir()
    for kept in released.tables.filter(name__startswith="rapor"):
        (folder / f"{kept.name}.csv").write_bytes(releases.content(kept, "csv"))
    assert len(list(folder.iterdir())) == 8
    assert main(["rapor", str(folder)]) == 0
    assert "Semua angka sama" in capsys.readouterr().out


def test_a_release_is_a_job_with_its_progress(client, city, coordinator, monkeypatch):
    """Asked for on the page, done by the worker, its steps told meanwhile."""
    from rakorsus.stages.publication.actions import jobs
    from rakorsus.stages.publication.models import ReleaseJob

    client.force_login(coordinator)
    address = reverse("publication:releases")
    assert "belum dihitung" in client.get(address).content.decode()
    seen = []
    update = ReleaseJob.objects.filter

    def noting(*args, **more):
        found = update(*args, **more)
        seen.extend(found.values_list("share", flat=True))
        return found

    looked = jobs.ask(page(coordinator), "look")
    assert jobs.ask(page(coordinator), "look") == looked  # not twice
    waiting = client.get(address).content.decode()
    assert "Menunggu pekerja tugas" in waiting
    assert "Bekukan rilis" not in waiting
    monkeypatch.setattr(ReleaseJob.objects, "filter", noting)
    done = jobs.run(looked.pk)
    monkeypatch.undo()
    assert done.state == "done"
    assert seen == sorted(seen)
    assert len(set(seen)) > 5
    assert {row["name"] for row in done.rows} >= {"program", "rapor_belanja"}
    assert "Hitung lagi" in client.get(address).content.decode()
    assert not Release.objects.exists()

    client.post(address, {"note": "Pertama"})
    asked = ReleaseJob.objects.first()
    assert asked.kind == "release"
    with pytest.raises(ValidationError):
        jobs.ask(page(coordinator), "release")
    made = jobs.run(asked.pk).release
    assert made.note == "Pertama"
    assert jobs.run(asked.pk).state == "done"  # a job that comes twice does nothing
    assert Release.objects.count() == 1
    client.post(address, {"note": "Lagi"})
    again = jobs.run(ReleaseJob.objects.first().pk)
    assert again.state == "failed"
    assert "Tidak ada yang berubah" in client.get(address).content.decode()


def test_who_may_not_release_may_not_ask_for_it(request, city, roads):
    from rakorsus.stages.publication.actions import jobs

    for kind in ("look", "release"):
        with pytest.raises(PermissionDenied):
            jobs.ask(page(roads), kind)
