"""The installation's processes: found by what they run, killed without warning, started again."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from tests import postgresql

#: name -> words of the command line, of which the process has all; children of what is named first
KINDS = {
    "web server": ("granian", "rakorsus.web.wsgi:application"),
    "live stream": ("granian", "rakorsus.stages.meeting.live.app:application"),
    "job worker": ("django", "job_worker"),
    "gateway": ("rakorsus.hall.gateway",),
    "clerk": ("rakorsus.hall.gateway.clerk",),
    "supervisor": ("rakorsus.cli.main", "serve"),
}
#: what a server that starts processes is -> what those are
CHILDREN = {"web server": "web process", "live stream": "stream process"}
#: How often each is killed, beside the others
WEIGHTS = {
    "web server": 5, "web process": 5, "live stream": 2, "stream process": 2,
    "job worker": 8, "gateway": 3, "clerk": 3, "supervisor": 2, "database connection": 4,
    "database server": 2,
}  # fmt: skip


class Installation:
    """`rakorsus serve`, kept running: whoever runs it (systemd, say) starts it again."""

    def __init__(self, port: int, environment: dict[str, str], output: Path) -> None:
        self.port, self.environment, self.output = port, environment, output
        self.serving: subprocess.Popen[bytes] | None = None
        self.starts = 0
        self._stop = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        url = environment.get("DATABASE_URL", "")
        self.base = Path(parse_qs(urlparse(url).query)["host"][0]) if url else None

    def start(self) -> None:
        self._keeper.start()

    def stop(self) -> None:
        self._stop.set()
        self._keeper.join(60)
        if self.serving is not None and self.serving.poll() is None:
            self.serving.terminate()
            self.serving.wait(60)

    def _keep(self) -> None:
        command = [sys.executable, "-m", "rakorsus.cli.main", "serve", "--port", str(self.port)]
        while not self._stop.is_set():
            with self.output.open("ab") as output:
                self.serving = subprocess.Popen(
                    command, env=self.environment, stdout=output, stderr=output
                )
            self.starts += 1
            while self.serving.poll() is None and not self._stop.wait(0.2):
                pass
            self._stop.wait(1.0)

    def running(self) -> dict[str, list[int]]:
        """Kind -> numbers of its processes below the supervisor (or orphaned by it)."""
        found: dict[str, list[int]] = {}
        parents: dict[int, int] = {}
        named: dict[int, str] = {}
        mark = f"RAKORSUS_STORM={self.environment['RAKORSUS_STORM']}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark not in (folder / "environ").read_bytes().split(b"\0"):
                    continue
                pid = int(folder.name)
                parents[pid] = int((folder / "stat").read_text().rpartition(") ")[2].split()[1])
                words = (folder / "cmdline").read_bytes().decode().split("\0")
                for kind, needed in KINDS.items():
                    if all(word in words for word in needed):
                        named[pid] = kind
        for pid, kind in named.items():
            if named.get(parents[pid]) == kind and kind in CHILDREN:
                kind = CHILDREN[kind]
            found.setdefault(kind, []).append(pid)
        if self.base is not None:
            found.update(self._database())
        return found

    def _database(self) -> dict[str, list[int]]:
        assert self.base is not None
        try:
            head = int((self.base / "data" / "postmaster.pid").read_text().split()[0])
            task = Path(f"/proc/{head}/task/{head}/children")
            children = [int(pid) for pid in task.read_text().split()]
        except (OSError, ValueError, IndexError):
            return {}
        backends = [
            pid for pid in children
            if b"rakorsus rakorsus" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]  # fmt: skip
        return {"database server": [head], "database connection": backends}

    def kill(self, kind: str, pid: int) -> bool:
        """End it without warning; a database server is started again after a moment."""
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        if kind == "database server":
            time.sleep(1.0)
            self.start_database()
        return True

    def start_database(self) -> None:
        """What the killed server's connections still hold, they let go of when they notice."""
        assert self.base is not None
        ends = time.monotonic() + 60
        while True:
            try:
                postgresql.start(self.base)
            except subprocess.CalledProcessError:
                if time.monotonic() > ends:
                    raise
                time.sleep(1.0)
            else:
                return

    def up(self) -> bool:
        """Whether every part answers."""
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            for place, path in ((0, "/siap/"), (1, "/langsung/sehat/"), (2, "/balai/ws/sehat")):
                address = f"http://127.0.0.1:{self.port + place}{path}"
                with urllib.request.urlopen(address, timeout=10) as answer:
                    told = json.loads(answer.read())
            if told["ready"]:
                return len(self.running().get("job worker", ())) == 1
        return False

    def wait_until_up(self, seconds: float = 120.0) -> bool:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if self.up():
                return True
            time.sleep(0.3)
        return False
