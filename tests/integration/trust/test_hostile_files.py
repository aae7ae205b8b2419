"""Files of every intake kind, damaged or made to do harm: each is read, or refused with a reason
in both languages that names the place; the register holds all of a file or nothing; the page of
the import always answers."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from tests.integration.intake.conftest import (  # noqa: F401 (fixtures)
    _files_of_their_own,
    acting,
    agencies,
    people,
    upload,
)
from tests.integration.trust import hostile

from rakorsus.stages.intake import actions
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow, SourceFile
from rakorsus.stages.register.loading import load
from rakorsus.stages.register.models import PlanVersion, Program

pytestmark = pytest.mark.django_db
State = ImportBatch.State
NAMES = (
    "kegiatan_master.json", "lokasi.csv", "master_satker.json", "paket_penyedia.csv",
    "paket_swakelola.csv", "pekerjaan_lembaga_luar.xlsx", "program_master.json",
    "program_strategis.xlsx", "rpjmd_sasaran.xlsx", "subkegiatan_master.json",
    "swakelola_pencatatan.json", "swakelola_realisasi.json", "tender_kontrak.json",
    "tender_pengumuman.json", "wilayah.csv",
)  # fmt: skip


@pytest.fixture
def loaded(acting, client, people) -> ImportBatch:
    """The honest files, in the register."""
    assert set(hostile.honest()) == set(NAMES)
    batch = _loaded(acting, hostile.honest())
    assert batch.set_aside == 0
    assert {f.state for f in batch.files.all()} == {SourceFile.State.READ}
    client.force_login(people["koordinator"])
    return batch


def _loaded(acting, files: dict[str, bytes]) -> ImportBatch:
    return load(actions.receive(acting("koordinator"), [upload(n, d) for n, d in files.items()]))


def _held() -> dict[str, tuple]:
    return dict(Program.objects.values_list("key", "title").order_by("key")) | {
        "versions": PlanVersion.objects.count(),
        "removed": Program.objects.filter(removed=True).count(),
    }


def _judge(acting, client, name: str, content: bytes) -> str:
    """Load one file and undo it; says in a word how it ended."""
    before = _held()
    with transaction.atomic():
        try:
            batch = _loaded(acting, {name: content})
        except ValidationError as error:
            told, ended = " ".join(error.messages), "door"
        else:
            told, ended = name, _told(client, batch, before)
        assert name in told
        if ended != "read":
            assert _held() == before, name
        transaction.set_rollback(True)
    return ended


def _told(client, batch: ImportBatch, before) -> str:
    assert batch.state == State.DONE, batch.message_id
    assert batch.read == batch.accepted + batch.set_aside
    assert len(batch.versions) == PlanVersion.objects.count() - before["versions"]
    for version in batch.versions:
        made = PlanVersion.objects.get(number=version["number"])
        kinds = list(made.changes.values_list("kind", flat=True))
        assert (made.added, made.removed) == (kinds.count("added"), kinds.count("removed"))
    for language in ("id", "en"):
        client.cookies["django_language"] = language
        page = client.get(batch.get_absolute_url())
        assert page.status_code == 200
        assert all(file.name in page.content.decode() for file in batch.files.all())
    for file in batch.files.all():
        if file.state == SourceFile.State.REFUSED:
            assert file.accepted == 0
            assert "" != file.problem["id"] != file.problem["en"] != ""
        assert client.get(reverse("intake:file", args=[file.pk])).status_code == 200
    for row in SetAsideRow.objects.filter(file__batch=batch):
        assert row.row > 0
        assert "" != row.reason_id != row.reason_en != ""
        assert row.sheet or not row.file.name.endswith((".xlsx", ".xlsm"))
    return "read" if batch.versions else "nothing"


def test_a_damaged_file_is_read_or_refused_and_never_half_kept(loaded, acting, client) -> None:
    for name in NAMES:
        damaged = hostile.damaged(name)
        ends = {made: _judge(acting, client, made, content) for made, content in damaged.items()}
        assert ends[f"{name}.pdf"] == _judge(acting, client, name, hostile.honest()[name])


def test_what_means_harm_is_refused(loaded, acting, client) -> None:
    ends = {n: _judge(acting, client, n, content) for n, content in hostile.refused().items()}
    assert {n: end for n, end in ends.items() if end not in ("door", "nothing")} == {}


def test_what_is_only_ugly_is_read_under_a_plain_name(loaded, acting) -> None:
    for name, content in hostile.harmless().items():
        batch = _loaded(acting, {name: content})
        assert (batch.state, batch.accepted > 0) == (State.DONE, True), name
        files = batch.files.all()
        assert {f.state for f in files} == {SourceFile.State.READ}, name
        assert all(f.name.isprintable() and not {*"/\\:"} & {*f.name} for f in files), name


def test_harm_takes_little_memory() -> None:
    """Every refused and harmless file, read by the engine in a process that may hold 1 GB."""
    script = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))\n"
        "from tests.integration.trust import hostile\n"
        "from rakorsus.engine.intake import read_bytes\n"
        "for name, data in {**hostile.refused(), **hostile.harmless()}.items():\n"
        "    for file in read_bytes(name, data).files:\n"
        "        assert file.read == file.accepted + len(file.set_aside), name\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=300,
        cwd=Path(__file__).parents[3], env={**os.environ, "POLARS_MAX_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
