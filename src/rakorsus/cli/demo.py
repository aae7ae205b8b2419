"""`rakorsus demo`: the demonstration city, made once and served on loopback."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from rakorsus.cli import serve
from rakorsus.cli.installation import Subparsers, open_installation, prepare

_BANNER = """
  rakorsus — kota peragaan / demonstration city
  {address}

  Akun / accounts (kata sandi / password: {password})
{accounts}

  Ctrl+C untuk berhenti / to stop
"""


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("demo", help="make and run the demonstration city")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--home", type=Path, help="folder of the demonstration's data")
    parser.add_argument("--no-serve", action="store_true", help="make the city and stop")
    parser.add_argument("--fresh", action="store_true", help="throw the old city away first")


def run(options: argparse.Namespace) -> int:
    default = Path.home() / ".local" / "share" / "rakorsus-demo"
    home: Path = options.home or default
    os.environ.setdefault("RAKORSUS_TODAY", "2022-03-14")
    serve.announce_live(options.port + 1)
    open_installation(home, demo=True)
    from rakorsus.synth import demo

    if options.fresh:
        demo.forget()
    began = time.monotonic()
    prepare()
    if not demo.exists():
        print("Membuat kota peragaan / making the demonstration city", file=sys.stderr, flush=True)
        demo.install(lambda words: print(f"  {words}", file=sys.stderr, flush=True))
        print(f"  {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    accounts = "\n".join(f"    {name:<12} {what}" for name, what in demo.ACCOUNT_LIST)
    address = f"http://127.0.0.1:{options.port}/"
    print(_BANNER.format(address=address, password=demo.PASSWORD, accounts=accounts), flush=True)
    if options.no_serve:
        return 0
    return serve.supervise([
        serve.web("127.0.0.1", options.port), serve.live("127.0.0.1", options.port + 1),
        serve.job_worker(), *serve.hall("127.0.0.1", options.port),
    ])  # fmt: skip
