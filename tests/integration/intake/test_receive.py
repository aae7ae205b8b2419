"""Taking files in: what is stored, what is refused, who may."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tests.integration.intake.conftest import upload

from rakorsus.audit.models import Event, OutboxMessage
from rakorsus.stages.intake import actions
from rakorsus.stages.intake.models import ImportBatch, SourceFile

pytestmark = pytest.mark.django_db


def stored() -> list[str]:
    folders, files = default_storage.listdir("") if default_storage.exists("") else ([], [])
    found = list(files)
    for folder in folders:
        for batch in default_storage.listdir(folder)[0]:
            found += default_storage.listdir(f"{folder}/{batch}")[1]
    return found


def test_files_are_stored_under_our_names_and_hashed(acting) -> None:
    content = b"kode;nama\n1;a\n"
    batch = actions.receive(acting("koordinator"), [upload("../../x/Renja 2025.csv", content)])
    file = batch.files.get()
    assert file.name == "Renja 2025.csv"
    assert file.stored == f"intake/{batch.pk}/001-Renja-2025.csv"
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert file.size == len(content)
    with default_storage.open(file.stored) as kept:
        assert kept.read() == content
    assert (batch.state, batch.file_count) == (ImportBatch.State.QUEUED, 1)
    assert Event.objects.get(action="intake.load").object_id == str(batch.pk)
    assert OutboxMessage.objects.get(topic=actions.QUEUED).payload["batch"] == str(batch.pk)


def test_a_zip_counts_as_its_members(acting) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("rup/a.csv", "x;y\n1;2\n")
        archive.writestr("rup/b.csv", "x;y\n3;4\n")
        archive.writestr("rup/kosong.csv", "")
    batch = actions.receive(acting("koordinator"), [upload("rup.zip", target.getvalue())])
    assert [(f.name, f.state) for f in batch.files.all()] == [
        ("a.csv", "waiting"), ("b.csv", "waiting"), ("kosong.csv", "refused"),
    ]  # fmt: skip
    assert batch.files.get(name="kosong.csv").problem == {
        "id": "Berkas kosong.", "en": "The file is empty.",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["pimpinan", "sekretariat", "tamu"])
def test_others_load_nothing(acting, name: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.receive(acting(name), [upload("a.csv", "x")])
    assert not ImportBatch.objects.exists()
    assert stored() == []


def test_what_is_too_large_is_refused_whole(acting, settings) -> None:
    settings.INTAKE = {"batch": 10, "file": 8}
    with pytest.raises(ValidationError, match="muat per bagian"):
        actions.receive(acting("admin"), [upload("a.csv", "x" * 6), upload("b.csv", "x" * 6)])
    with pytest.raises(ValidationError, match=r"a\.csv"):
        actions.receive(acting("admin"), [upload("a.csv", "x" * 9)])
    settings.INTAKE = {"files": 1}
    with pytest.raises(ValidationError, match="Paling banyak 1"):
        actions.receive(acting("admin"), [upload("a.csv", "x"), upload("b.csv", "x")])
    with pytest.raises(ValidationError):
        actions.receive(acting("admin"), [])
    assert not ImportBatch.objects.exists()
    assert not SourceFile.objects.exists()
    assert stored() == []


def test_a_failure_half_way_leaves_no_file(acting) -> None:
    class Torn(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"x"
            raise OSError("connection lost")

    with pytest.raises(OSError, match="connection lost"):
        actions.receive(acting("admin"), [upload("a.csv", "x"), Torn(b"xyz", name="b.csv")])
    assert not ImportBatch.objects.exists()
    assert stored() == []


def test_only_who_may_see_a_batch_may_correct_it(acting) -> None:
    batch = actions.receive(acting("koordinator"), [upload("a.csv", "x;y\n1;2\n")])
    with pytest.raises(PermissionDenied):
        actions.receive(acting("kesehatan"), [upload("b.csv", "x")], corrects=batch.files.get())
