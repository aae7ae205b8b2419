"""What is restored equals what was saved: rows, files, key; on either database; whole or not."""

from __future__ import annotations

import gzip
import io
import json
import tarfile

import pytest

SECRET = {"RAKORSUS_BACKUP_PASSPHRASE": "kata sandi cadangan"}


# The installations are processes of their own: this suite's database does not matter to them
pytestmark = pytest.mark.xdist_group("operation")


def test_a_restored_installation_equals_the_saved_one(filled, restored):
    content = restored.content()
    assert content == filled.content()
    assert json.loads(content)["files"]["paparan/satu.pdf"] == b"%PDF-1.7 isi".hex()
    assert "rantai utuh" in restored.rakorsus("audit", "verify").stdout


def test_a_sealed_backup_opens_by_its_passphrase_only_then_search_works(filled, empty, tmp_path):
    file = tmp_path / "sealed"
    assert filled.rakorsus("backup", file, "--encrypt", **SECRET).returncode == 0
    content = file.read_bytes()
    assert b"ani" not in content
    assert content[:2] != b"\x1f\x8b"
    wrong = empty.rakorsus("restore", file, RAKORSUS_BACKUP_PASSPHRASE="salah")
    assert wrong.returncode == 2
    assert "passphrase" in wrong.stderr
    file.write_bytes(content[:-1])
    assert empty.rakorsus("restore", file, **SECRET).returncode == 2
    file.write_bytes(content)
    assert empty.rakorsus("restore", file, **SECRET).returncode == 0
    assert empty.content() == filled.content()
    found = empty.python(
        "from rakorsus.cli.installation import open_installation; open_installation()\n"
        "from rakorsus.stages.register.search import narrow\n"
        "from rakorsus.stages.register.models import Program\n"
        "from rakorsus.synth import bulk\n"
        "before = narrow(Program.objects.all(), 'drainase').count()\n"
        "bulk.fill(600, seed=9)\n"
        "print(before > 0, narrow(Program.objects.all(), 'drainase').count() > before)\n"
    )
    assert found.split() == ["True", "True"]


def test_from_sqlite_to_postgresql_and_back_nothing_is_lost(
    filled, saved, on_postgresql, empty, tmp_path
):
    done = on_postgresql.rakorsus("restore", saved)
    assert done.returncode == 0, done.stderr
    assert on_postgresql.content() == filled.content()
    back = tmp_path / "kembali.rakorsus"
    assert on_postgresql.rakorsus("backup", back).returncode == 0
    assert empty.rakorsus("restore", back).returncode == 0
    assert empty.content() == filled.content()
    more = on_postgresql.python(  # the sequences go on where they stood
        "from rakorsus.cli.installation import open_installation; open_installation()\n"
        "from rakorsus.people.models import User\n"
        "print(User.objects.create_user('budi', 'budi@contoh.go.id').pk)"
    )
    assert int(more) > 1


def test_without_a_passphrase_nothing_is_sealed_by_an_empty_one(filled, tmp_path):
    done = filled.rakorsus("backup", tmp_path / "x", "--encrypt")
    assert done.returncode == 2
    assert not (tmp_path / "x").exists()


def test_data_are_replaced_only_when_asked(filled, saved, restored):
    restored.python(
        "from rakorsus.cli.installation import open_installation; open_installation()\n"
        "from rakorsus.people.models import User; User.objects.create_user('x', 'x@contoh.go.id')"
    )
    changed = restored.digest()
    refused = restored.rakorsus("restore", saved)
    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    assert restored.digest() == changed
    assert restored.rakorsus("restore", saved, "--replace").returncode == 0
    assert restored.content() == filled.content()


def _repacked(saved, target, change):
    """The backup with its parts as `change(name, content)` gives them back."""
    with tarfile.open(saved) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))


def _newer(name, content):
    if name != "manifest.json":
        return content
    manifest = json.loads(content)
    manifest["migrations"].append("register.9999_from_the_future")
    return json.dumps(manifest).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: None if name == "manifest.json" else content,
        lambda name, content: None if name == "tables/people.user.jsonl" else content,
        lambda name, content: content + b"[]\n" if name.startswith("tables/people") else content,
        lambda name, content: b"lain" if name == "files/paparan/satu.pdf" else content,
        _newer,
    ],
    ids=["no manifest", "a table is missing", "a row more", "a changed file", "a newer version"],
)
def test_a_damaged_backup_changes_nothing(saved, restored, tmp_path, change):
    file = tmp_path / "rusak"
    _repacked(saved, file, change)
    before = restored.digest()
    refused = restored.rakorsus("restore", file, "--replace")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert restored.digest() == before


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", gzip.compress(b"no tar", mtime=0)], ids=["empty", "zip", "gzip"]
)
def test_another_file_is_no_backup(restored, tmp_path, content):
    file = tmp_path / "bukan"
    file.write_bytes(content)
    refused = restored.rakorsus("restore", file, "--replace")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


def test_a_failed_backup_leaves_nothing_behind(filled, tmp_path):
    folder = tmp_path / "berkas"
    folder.write_text("not a folder")
    done = filled.rakorsus("backup", folder / "x")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["berkas"]


def test_only_the_owner_can_read_a_backup(saved):
    assert saved.stat().st_mode & 0o077 == 0
