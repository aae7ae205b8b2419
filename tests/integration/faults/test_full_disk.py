"""No room left: for an upload, for the database in the middle of an import, for a backup. What is
said is clear, nothing is half written, and with room again everything goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.faults.clients import lines
from tests.integration.register.test_kill import ROOT

PROGRAM = """
import json, resource, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from rakorsus.audit import chain
from rakorsus.people import actor
from rakorsus.people.models import Membership, Role, User
from rakorsus.stages.intake import actions
from rakorsus.stages.intake.models import ImportBatch
from rakorsus.stages.register.loading import load
from rakorsus.stages.register.models import PlanVersion, Program

what, content = sys.argv[1], sys.stdin.read()
said = {}

def few(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def upload():
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.force_login(User.objects.get(username="bappeda"))
    file = SimpleUploadedFile("besar.csv", content.encode(), "text/csv")
    few(200_000)
    answer = client.post("/api/v1/imports", {"files": file})
    file.seek(0)
    page = client.post("/impor/", {"files": file})
    few(-1)
    said["statuses"] = [answer.status_code, page.status_code]
    said["code"], said["page"] = answer.json().get("code"), page.content.decode()

def receive():
    return actions.receive(actor.system("cli"), [ContentFile(content.encode(), name="k.csv")],
                           queue=False)

if what == "make":
    user = User.objects.create_user("bappeda", "bappeda@contoh.go.id")
    Membership.objects.create(user=user, role=Role.COORDINATOR)
    load(receive())
elif what == "upload":
    upload()
elif what == "database":
    batch = receive()
    with connection.cursor() as cursor:
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count={pages}")
    load(batch)
elif what == "again":
    batch = ImportBatch.objects.order_by("-created").first()
    actions.run_again(actor.system("cli"), batch, queue=False)
    load(ImportBatch.objects.get(pk=batch.pk))
newest = ImportBatch.objects.order_by("-created").first()
said |= {
    "batches": ImportBatch.objects.count(), "state": newest.state, "message": newest.message_id,
    "titles": Program.objects.filter(removed=False).count(),
    "versions": PlanVersion.objects.count(), "whole": chain.prove().whole,
    "files": sum(p.is_file() for p in (Path(settings.HOME) / "files").rglob("*")),
}
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> dict[str, str]:
    """A SQLite installation of its own, with one import of 30 lines."""
    made = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
        "RAKORSUS_HOME": str(tmp_path_factory.mktemp("full")), "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings",
    }  # fmt: skip
    run(made, "-m", "django", "migrate", "-v0", "--skip-checks")
    run(made, "-m", "django", "collectstatic", "-v0", "--noinput", "--skip-checks")
    assert play(made, "make", lines(1))["titles"] == 30
    return made


def run(own: dict[str, str], *words: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], env=own, input=text, capture_output=True, text=True, check=False
    )


def play(own: dict[str, str], what: str, content: str) -> dict[str, Any]:
    done = run(own, "-c", PROGRAM, what, text=content)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_an_upload_that_does_not_fit_is_refused_and_leaves_nothing(own) -> None:
    before = play(own, "look", "")
    said = play(own, "upload", lines(2) + "x" * 400_000)
    assert said["statuses"] == [507, 507]
    assert said["code"] == "full"
    assert "Cakram server penuh" in said["page"]
    assert {k: said[k] for k in before} == before


def test_an_import_for_which_the_database_has_no_room_changes_nothing(own) -> None:
    before = play(own, "look", "")
    many = "\n".join(
        lines(3).splitlines() + [lines(3).splitlines()[1].replace("1;", f"{n};", 1)
                                 for n in range(100, 3000)]
    )  # fmt: skip
    said = play(own, "database", many)
    assert said["state"] == "failed"
    assert said["message"].startswith("Cakram server penuh; register tidak berubah.")
    assert (said["titles"], said["versions"]) == (before["titles"], before["versions"])
    assert said["whole"] is True
    said = play(own, "again", "")
    assert (said["state"], said["versions"]) == ("done", before["versions"] + 1)


def test_a_backup_that_does_not_fit_leaves_no_file(own, tmp_path: Path) -> None:
    little = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "from rakorsus.cli.main import main\n"
        "sys.argv = ['rakorsus', 'backup', sys.argv[1]]\n"
        "sys.exit(main())\n"
    )
    done = run(own, "-c", little, str(tmp_path / "hari-ini.rakorsus"))
    assert done.returncode == 2, done.stderr
    assert "Cadangan gagal" in done.stderr
    assert list(tmp_path.iterdir()) == []
