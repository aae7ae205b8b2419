"""The database of every released version, brought to today's: nothing is lost, the log is whole,
the tables are those of a fresh installation, and the pages open."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.integration.register.test_kill import ROOT
from tests.integration.upgrade import text

HERE = Path(__file__).parent
VERSIONS = sorted(HERE.glob("*.sql"))
#: What migrations after a version mean to change, with the reason; see `text.lost`
MOVED: dict[str, dict[str, str | None]] = {}
#: Filled by `migrate` itself
OF_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}
PAGES = """
import django; django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
from django.test import Client
from rakorsus.people.models import User
from rakorsus.stages.meeting.models import Meeting
browser = Client()
browser.force_login(User.objects.get(username="coordinator"),
                    backend="allauth.account.auth_backends.AuthenticationBackend")
meeting = Meeting.objects.first()
for path in ("/", "/program/", "/program/?q=drainase", "/temuan/", "/keputusan/", "/tindak-lanjut/",
             "/audit/", f"/rapat/{meeting.pk}/", f"/balai/{meeting.pk}/"):
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    if "q=" in path:
        assert "Drainase" in answer.content.decode()
print("all open")
"""


def run(home: Path, *words: str) -> str:
    own = {k: v for k, v in os.environ.items() if not k.startswith(("RAKORSUS_", "DATABASE_"))}
    own |= {"RAKORSUS_HOME": str(home), "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings",
            "RAKORSUS_TODAY": "2022-03-14", "PYTHONPATH": f"{ROOT / 'src'}"}  # fmt: skip
    done = subprocess.run([sys.executable, *words], env=own, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-3000:]
    return done.stdout


def migrate(home: Path) -> Path:
    run(home, "-m", "django", "migrate", "-v0", "--skip-checks")
    return home / "rakorsus.sqlite3"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Path:
    return migrate(tmp_path_factory.mktemp("fresh"))


def test_every_released_version_has_left_its_database() -> None:
    """`## [1.2.0]` in the change log asks for `1.2.0.sql` here."""
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = set(re.findall(r"^## \[(\d+\.\d+\.\d+)\]", log, re.M))
    assert released <= {path.stem for path in VERSIONS}
    assert VERSIONS


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.stem)
def test_an_upgrade_keeps_every_row(version, tmp_path, fresh) -> None:
    database = tmp_path / "rakorsus.sqlite3"
    text.load(version.read_text(encoding="utf-8"), database)
    before = text.rows_of(database)
    events = len(before["audit_event"])
    assert events > 30
    assert min(len(rows) for name, rows in before.items() if name in FILLED) > 0
    migrate(tmp_path)
    after = text.rows_of(database)
    kept = {name: rows for name, rows in before.items() if name not in OF_DJANGO}
    assert text.lost(kept, after, MOVED.get(version.stem)) == []
    assert before["django_migrations"].keys() <= after["django_migrations"].keys()
    assert text.columns_of(database) == text.columns_of(fresh)
    with sqlite3.connect(database) as held:
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []
        assert held.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    held.close()
    said = run(tmp_path, "-m", "rakorsus.cli.main", "audit", "verify")
    assert f"{events} peristiwa, rantai utuh" in said
    assert "all open" in run(tmp_path, "-c", PAGES)


#: Kinds of record that a kept database must hold, or it proves little
FILLED = frozenset({
    "register_program", "findings_finding", "meeting_meeting", "meeting_agendaitem",
    "meeting_outcome", "meeting_resolution", "meeting_participant", "decisions_decision",
    "followup_actionitem", "publication_article", "publication_release", "intake_importbatch",
    "hall_act", "people_user", "people_membership", "people_delegation", "audit_outboxmessage",
})  # fmt: skip


def test_what_a_migration_loses_is_seen(fresh, tmp_path) -> None:
    """The comparison itself: a row less, a value other, a column or a table gone."""
    version = VERSIONS[-1]
    database = tmp_path / "rakorsus.sqlite3"
    text.load(version.read_text(encoding="utf-8"), database)
    before = text.rows_of(database)
    assert text.lost(before, before) == []
    with sqlite3.connect(database) as held:
        held.execute("DELETE FROM meeting_outcome")
        held.execute("UPDATE people_user SET post = 'lain' WHERE username = 'own'")
        held.execute("ALTER TABLE meeting_meeting DROP COLUMN place")
        held.execute("DROP TABLE hall_act")
    held.close()
    found = text.lost(before, text.rows_of(database))
    for words in ("meeting_outcome (1,): the row is gone", "post was '', is 'lain'",
                  "place was 'Makassar'", "hall_act: the table is gone"):  # fmt: skip
        assert any(words in said for said in found), words
    meant = {"hall_act": None, "meeting_meeting.place": None, "people_user.post": None,
             "meeting_outcome": None}  # fmt: skip
    assert text.lost(before, text.rows_of(database), meant) == []
