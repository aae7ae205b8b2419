"""Start the demonstration city from an installed wheel and fetch its pages: `wheel_smoke.py
PATH-TO-RAKORSUS HOME`. Run by the CI script in an environment that holds nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

PAGES = ("/", "/program/", "/program/peta/", "/sehat/", "/api/v1/openapi.json")


def main(rakorsus: str, home: str) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8"}
    server = subprocess.Popen(
        [rakorsus, "demo", "--home", home, "--port", str(port)], env=environment
    )
    try:
        wait(port, server)
        for page in PAGES:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=20) as answer:
                body = answer.read()
                print(f"{answer.status} {page} {len(body)} bytes")
                assert answer.status == 200, page
                assert body, page
    finally:
        server.terminate()
        server.wait(30)
    return 0


def wait(port: int, server: subprocess.Popen[bytes], seconds: float = 300) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit(f"rakorsus demo ended with {server.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(1)
    raise SystemExit("rakorsus demo did not answer in time")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
