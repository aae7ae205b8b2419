"""`rakorsus serve`: the web server, the event stream, the job worker and the hall's gateway,
started and stopped together."""

from __future__ import annotations

import argparse
import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time

from rakorsus import tether
from rakorsus.cli.installation import Subparsers, open_installation, prepare

_PAUSE = 2.0  # seconds between the end of a process and its next start
_TOO_SHORT = 4.0  # a process that ends sooner than this after its first start cannot start at all
_PATIENCE = 15.0  # seconds for a process to end by itself


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("serve", help="run the web server, the job worker and the hall")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--live-port", type=int, help="of the event stream (default: port + 1)")
    parser.add_argument("--workers", type=int, default=1, help="web processes")
    parser.add_argument("--threads", type=int, default=24, help="requests held by one web process")


def run(options: argparse.Namespace) -> int:
    stream = options.live_port or options.port + 1
    announce_live(stream)
    open_installation()
    prepare()
    return supervise([
        web(options.host, options.port, options.workers, options.threads),
        live(options.host, stream), job_worker(), *hall(options.host, options.port),
    ])  # fmt: skip


def announce_live(port: int) -> None:
    """Tell the web server where browsers find the stream, unless the installation has said it:
    behind a proxy that speaks TLS at the same origin, otherwise at its own port."""
    https = os.environ.get("RAKORSUS_HTTPS") == "1"
    os.environ.setdefault("RAKORSUS_LIVE", "/langsung/" if https else f":{port}")


def web(host: str, port: int, workers: int = 1, threads: int = 24) -> list[str]:
    """The command of the web server."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host,
        "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads),
        "--respawn-failed-workers", "--log-level", "error", "--no-ws",  # it warns of many threads
        "rakorsus.web.wsgi:application",
    ]  # fmt: skip


def live(host: str, port: int) -> list[str]:
    """The command of the process that sends events to the screens that follow a meeting."""
    return [
        sys.executable, "-m", "granian", "--interface", "asginl", "--host", host,
        "--port", str(port), "--http", "1", "--no-ws", "--backlog", "8192",
        "--respawn-failed-workers", "--log-level", "warning",
        "rakorsus.stages.meeting.live.app:application",
    ]  # fmt: skip


def hall(host: str, port: int) -> list[list[str]]:
    """The command of the hall's gateway, on the port after the next; none where it cannot run."""
    if importlib.util.find_spec("picows") is None:
        return []
    chosen = os.environ.setdefault("RAKORSUS_HALL_PORT", str(port + 2))
    return [[sys.executable, "-m", "rakorsus.hall.gateway", "--host", host, "--port", chosen]]


def job_worker() -> list[str]:
    """The command of the process that runs imports and analyses."""
    return [sys.executable, "-m", "django", "job_worker", "--queue-name", "*", "--interval", "0.5"]


def supervise(commands: list[list[str]]) -> int:
    """Run the commands until interrupted; one that ends by itself is started again.

    Returns 0 when interrupted, 1 when a process cannot be started (its own words are on screen).
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    children = [_start(command) for command in commands]
    began = time.monotonic()
    broken = False
    while not stop.wait(0.3):
        for place, child in enumerate(children):
            if child.poll() is None:
                continue
            if time.monotonic() - began < _TOO_SHORT:
                broken = True
                stop.set()
            elif not stop.wait(_PAUSE):
                children[place] = _start(commands[place])
    for child in children:
        _end(child)
    return int(broken)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings",
        tether.VARIABLE: str(os.getpid()),
    }  # fmt: skip
    return subprocess.Popen(command, env=environment)  # noqa: S603 (our own commands)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
