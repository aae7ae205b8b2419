"""Voice through Janus: a table of twenty open microphones, one speaker to two hundred; no peer.

rakorsus bench voice        # needs the Debian package janus, and aiortc (the extra `voice`)
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from rakorsus.bench.measure import Report, Target, Timing
from rakorsus.bench.process_times import memory, processor

#: Name, speakers, listeners, those of them by plain RTP
_CASES: Final = (
    ("table of 20 open microphones", 20, 0, 0), ("one speaker to 200", 1, 200, 190),
)  # fmt: skip
#: A packet holds 20 milliseconds
_FULL: Final = 50.0


def run(repeats: int = 1) -> Report:
    """Both cases, one after the other."""
    if shutil.which("janus") is None:
        raise FileNotFoundError("Janus is not installed: apt-get install janus")
    found = {name: _measured(*people) for name, *people in _CASES}
    return Report(
        "voice", {"cases": len(_CASES)},
        tuple(_timing(name, f) for name, f in found.items()),
        notes=(
            "packets a second of whoever gets least, of 50 that are sent; sound is the root of the "
            "mean square of 16-bit samples at one listener; the people share the machine's cores "
            "with Janus; of the 200 listeners 190 come by plain RTP: Janus mixes, encodes, sends "
            "for each of them as for the others, without encrypting",
        ),
        targets=tuple(
            target for name, f in found.items() for target in (
                Target(f"{name}: everybody gets the sound whole (49 packets a second, none lost)",
                       f"least {f['packets_s_least']}, lost {f['lost']}",
                       f["packets_s_least"] >= _FULL - 1 and not f["lost"]),
                Target(f"{name}: heard while open, nothing after muting by the server",
                       f"{f['sound_open']} and {f['sound_muted']}",
                       f["sound_open"] > 500 and 0 <= f["sound_muted"] < 5),
            )
        ),
    )  # fmt: skip


def _timing(name: str, found: dict[str, Any]) -> Timing:
    wall, cpu = found.pop("janus_wall_s"), found.pop("janus_cpu_s")
    return Timing(name, wall=wall, cpu=cpu, walls=(wall,), cpus=(cpu,),
                  peak_mb=found.pop("janus_mb"), result=found)  # fmt: skip


def _measured(speakers: int, listeners: int, plain: int) -> dict[str, Any]:
    with _janus() as (process, port):
        load = subprocess.Popen(  # noqa: S603 (our own load)
            [sys.executable, "-m", "rakorsus.bench.voice_load", "--socket",
             f"ws://127.0.0.1:{port}", "--speakers", str(speakers), "--listeners", str(listeners),
             "--plain", str(plain)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert load.stdout is not None
        used = []
        for line in load.stdout:
            if line.strip() in {"ready", "measured"}:
                used.append((processor(process.pid), time.monotonic()))
            else:
                found: dict[str, Any] = json.loads(line)
        if load.wait(60):
            raise RuntimeError(f"the load generator ended with {load.returncode}")
        (before, start), (after, end) = used
        return found | {
            "janus_cpu_s": round(after - before, 2), "janus_mb": memory(process.pid),
            "janus_wall_s": round(end - start, 2),
            "janus_core": round((after - before) / (end - start), 3),
        }  # fmt: skip


@contextmanager
def _janus() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    process = subprocess.Popen(  # noqa: S603 (our own command, which becomes Janus)
        [sys.executable, "-m", "rakorsus.cli.main", "voice", "--port", str(port),
         "--media-ports", "22000-23999"],
        env=os.environ, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield process, port
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    print(json.dumps(run().as_dict(), indent=1))
