"""A PostgreSQL server of the tests' own: made, started and removed again, on a Unix socket.

Uses the server programs of the machine (Debian keeps them outside the path). Set
`RAKORSUS_TEST_DATABASE_URL` to use a server that runs already.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, newest version first; None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return folders[-1] if folders else None


@contextmanager
def server() -> Iterator[str | None]:
    """The address of a fresh server with a database `rakorsus`, or None where none can be had."""
    if ready := os.environ.get("RAKORSUS_TEST_DATABASE_URL"):
        yield ready
        return
    folder = programs()
    if folder is None:
        yield None
        return
    base = Path(tempfile.mkdtemp(prefix="rakorsus-pg-", dir="/tmp"))
    owner = _owner()
    if owner:
        shutil.chown(base, owner)
    run = _runner(owner)
    try:
        run(folder / "initdb", "-D", base / "data", "-U", "rakorsus", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8")  # fmt: skip
        start(base)
        try:
            run(folder / "createdb", "-h", base, "-U", "rakorsus", "rakorsus")
            yield f"postgresql://rakorsus@/rakorsus?host={base}"
        finally:
            run(folder / "pg_ctl", "-D", base / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(base, ignore_errors=True)


def start(base: Path) -> None:
    """Start the server whose data are in a folder, as `server` made it; also after it was killed.

    Raises:
        CalledProcessError: it does not start (yet).
    """
    folder = programs()
    assert folder is not None
    settings = f"-k {base} -h '' -c fsync=off -c full_page_writes=off -c max_connections=60"
    _runner(_owner())(folder / "pg_ctl", "-D", base / "data", "-w", "-l", base / "log", "-o",
                      settings, "start")  # fmt: skip


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: then the account that its package made."""
    if os.geteuid() != 0:
        return None
    pwd.getpwnam("postgres")
    return "postgres"


def _runner(owner: str | None):
    def run(*command: object) -> None:
        subprocess.run(
            [str(part) for part in command], check=True, user=owner, cwd="/",
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    return run
