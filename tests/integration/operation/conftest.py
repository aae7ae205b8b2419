"""Installations of their own, each in a folder and a database that nothing else uses."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlparse

import pytest
from tests import postgresql

MAKE = """
from rakorsus.cli.installation import open_installation, prepare
open_installation()
prepare()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from rakorsus.people import actor
from rakorsus.people.models import Membership, Role, User
from rakorsus.synth import bulk
bulk.fill(300)
user = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia-sekali", display_name="Ani")
Membership.objects.create(user=user, role=Role.COORDINATOR)
default_storage.save("paparan/satu.pdf", ContentFile(b"%PDF-1.7 isi"))
"""
PRINT = """
from rakorsus.cli.installation import open_installation
open_installation()
import json
from rakorsus.operation.rows import fingerprint
from rakorsus.operation.backup import uploads
from django.conf import settings
print(json.dumps({
    "rows": fingerprint(),
    "files": {p.relative_to(uploads()).as_posix(): p.read_bytes().hex()
              for p in uploads().rglob("*") if p.is_file()},
    "key": (settings.HOME / "secret.key").read_text(),
}))
"""


class Installation:
    """A folder, perhaps a database of its own, and the commands run on it as an operator would."""

    def __init__(self, home: Path, url: str = "") -> None:
        self.home = home
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("RAKORSUS_")},
            "RAKORSUS_HOME": str(home), "DATABASE_URL": url, "CI": "",
        }  # fmt: skip

    def rakorsus(self, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return self._run(["-m", "rakorsus.cli.main", *map(str, words)], environment)

    def python(self, code: str) -> str:
        done = self._run(["-W", "error", "-c", code], {})
        assert done.returncode == 0, done.stderr
        return done.stdout

    def content(self) -> str:
        return self.python(PRINT)

    def digest(self) -> str:
        """Of the database's file, while no process has it open: cheaper than its content."""
        assert not list(self.home.glob("*-wal"))
        return hashlib.sha256((self.home / "rakorsus.sqlite3").read_bytes()).hexdigest()

    def _run(self, words: list[str], extra: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], env={**self.environment, **extra}, capture_output=True,
            text=True, timeout=180, stdin=subprocess.DEVNULL,
        )  # fmt: skip


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Installation:
    """300 lines, an account, an uploaded file, on SQLite. Tests only read it."""
    made = Installation(tmp_path_factory.mktemp("filled"))
    made.python(MAKE)
    return made


@pytest.fixture(scope="module")
def saved(filled, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("saved") / "hari-ini.rakorsus"
    done = filled.rakorsus("backup", file)
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture(scope="module")
def restored(saved, tmp_path_factory) -> Installation:
    """Restored once; tests leave it as it is."""
    made = Installation(tmp_path_factory.mktemp("restored"))
    done = made.rakorsus("restore", saved)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def empty(tmp_path) -> Installation:
    return Installation(tmp_path / "empty")


@pytest.fixture(scope="session")
def postgres():
    with postgresql.server() as url:
        if url is None:
            pytest.skip("no PostgreSQL server programs on this machine")
        yield url


@pytest.fixture
def on_postgresql(tmp_path, postgres, request) -> Installation:
    """An empty database of its own on a PostgreSQL server."""
    import psycopg

    name = f"pindah_{abs(hash(request.node.nodeid)) % 10**8}_{os.getpid()}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    parts = urlparse(postgres)
    yield Installation(tmp_path / "pg", parts._replace(path=f"/{name}").geturl())
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
