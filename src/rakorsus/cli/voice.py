"""`rakorsus voice`: Janus, set up for the hall's voice, in the foreground.

Needs the Debian package `janus`. Its control socket listens on loopback only, for the hall's
gateway; browsers send sound over UDP to the media ports.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import shutil
import sys
import tempfile
from pathlib import Path

from rakorsus.cli.installation import Subparsers

_PLUGIN = "libjanus_audiobridge.so"
_TRANSPORT = "libjanus_websockets.so"


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("voice", help="run Janus for the voice of the hall")
    parser.add_argument("--port", type=int, default=8188, help="of the control socket, on loopback")
    parser.add_argument("--media-ports", default="20000-20999", help="UDP ports for sound")
    parser.add_argument("--address", type=ipaddress.ip_address,
                        help="public address, where the machine has another one")  # fmt: skip
    parser.add_argument("--interface", help="only this network interface, by name (never loopback)")


def run(options: argparse.Namespace) -> int:
    """Becomes Janus; 2 where it is not installed."""
    program = shutil.which("janus")
    if program is None:
        print("Janus belum terpasang / is not installed: apt-get install janus", file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="rakorsus-janus-"))
    configure(folder, options.port, options.media_ports, options.address, options.interface)
    print(f"RAKORSUS_JANUS=ws://127.0.0.1:{options.port}", flush=True)
    words = [program, f"--configs-folder={folder}", "--disable-colors", "--debug-level=3"]
    os.execv(program, words)  # noqa: S606 (Janus, found on the path)  # nosec B606


def configure(
    folder: Path, port: int, media: str, address: object = None, interface: str | None = None
) -> None:
    """Write what Janus reads: one plugin, one transport on loopback, no admin interface."""
    nat = "ice_lite = true\n"
    if address is not None:
        nat += f'nat_1_1_mapping = "{address}"\n'
    if interface is not None:
        nat += f'ice_enforce_list = "{interface}"\n'
    parts = {
        "janus": (
            f'general: {{\ndebug_level = 3\nserver_name = "rakorsus"\n}}\nmedia: {{\n'
            f'rtp_port_range = "{media}"\n}}\nnat: {{\n{nat}}}\n'
            f'plugins: {{\ndisable = "{_others("plugins", _PLUGIN)}"\n}}\n'
            f'transports: {{\ndisable = "{_others("transports", _TRANSPORT)}"\n}}\n'
            f'loggers: {{\ndisable = "{_others("loggers", "")}"\n}}\n'
            "events: {\nbroadcast = false\n}\n"
        ),
        "transport.websockets": (
            f'general: {{\njson = "compact"\nws = true\nws_port = {port}\nws_ip = "127.0.0.1"\n'
            "wss = false\n}\nadmin: {\nadmin_ws = false\nadmin_wss = false\n}\n"
        ),
        "plugin.audiobridge": "general: {\n}\n",
    }
    for name, text in parts.items():
        file = folder / ("janus.jcfg" if name == "janus" else f"janus.{name}.jcfg")
        file.write_text(text)


def _others(kind: str, kept: str) -> str:
    """Names of the installed modules of a kind except one."""
    found = {file.name for base in ("/usr/lib", "/usr/local/lib")
             for pattern in (f"janus/{kind}/*.so", f"*/janus/{kind}/*.so")
             for file in Path(base).glob(pattern)}  # fmt: skip
    return ",".join(sorted(found - {kept}))
