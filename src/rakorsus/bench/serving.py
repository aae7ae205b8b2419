"""An installation that serves while a load is put on it, and what its processes cost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: part of a command line -> what that process, with its children, is called in reports
_KINDS: Final = {
    "wsgi": "web", "asginl": "stream", "rakorsus.hall.gateway": "hall", "job_worker": "jobs",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Serving:
    """`rakorsus serve` in a process; pages at `port`, events and hall at the next two."""

    pid: int
    port: int

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def processor(self) -> dict[str, float]:
        """Seconds of processor time by kind of process."""
        return _sum(self.pid, _seconds)

    def memory(self) -> dict[str, float]:
        """Resident megabytes now, by kind of process; shared pages count in each."""
        return _sum(self.pid, _resident)


@contextmanager
def serving(environment: Mapping[str, str], *words: str) -> Iterator[Serving]:
    """Start the installation of an environment; it is stopped when the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "rakorsus.cli.main", "serve", "--port", str(port), *words]
    with subprocess.Popen(command, env=dict(environment)) as process:  # noqa: S603 (ours)
        try:
            until_up(f"http://127.0.0.1:{port}/sehat/")
            until_up(f"http://127.0.0.1:{port + 1}/langsung/sehat/")
            yield Serving(process.pid, port)
        finally:
            process.terminate()
            process.wait(60)


def until_up(address: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 (loopback)
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"{address} does not answer")


def _free_port() -> int:
    """A port that is free together with the next two."""
    for _ in range(50):
        with ExitStack() as held:
            first = held.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                for more in (1, 2):
                    held.enter_context(socket.socket()).bind(("127.0.0.1", port + more))
            except (OSError, OverflowError):
                continue
            return port
    raise RuntimeError("no three free ports")


def _sum(pid: int, measure: Callable[[Path], float]) -> dict[str, float]:
    found: dict[str, float] = {}
    waiting = [(pid, "supervisor")]
    while waiting:
        number, kind = waiting.pop()
        folder = Path("/proc") / str(number)
        try:
            words = (folder / "cmdline").read_bytes().decode().split("\0")
            kind = next((name for word, name in _KINDS.items() if word in words), kind)
            found[kind] = found.get(kind, 0.0) + measure(folder)
            for task in (folder / "task").iterdir():
                waiting += [(int(c), kind) for c in (task / "children").read_text().split()]
        except OSError:  # it has just ended
            continue
    return {kind: round(value, 2) for kind, value in found.items()}


def _seconds(folder: Path) -> float:
    fields = (folder / "stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(folder: Path) -> float:
    pages = int((folder / "statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
