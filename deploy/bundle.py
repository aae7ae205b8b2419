#!/usr/bin/env python3
"""Everything that a machine without internet needs to install rakorsus, in one folder.

    python3 deploy/bundle.py dist/rakorsus-0.1.0-py3-none-any.whl --out bundle

Run it where there is a network, on the same kind of system and Python as the target; carry the
folder over and run `sh install.sh /opt/rakorsus` in it.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

INSTALL = """#!/bin/sh
# Installs from this folder only; nothing is fetched. Usage: sh install.sh /opt/rakorsus
set -eu
cd "$(dirname "$0")"
sha256sum --check --quiet SHA256SUMS
python3 -m venv "${1:?target folder}"
"$1/bin/pip" install --no-index --find-links wheels --disable-pip-version-check rakorsus
"$1/bin/rakorsus" --version
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path, default=Path("bundle"))
    options = parser.parse_args()
    wheels = options.out / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    download = [sys.executable, "-m", "pip", "download", "--only-binary", ":all:", "--dest", wheels]
    code = subprocess.call([str(part) for part in [*download, options.wheel]])
    if code:
        return code
    if not (wheels / options.wheel.name).exists():
        shutil.copy(options.wheel, wheels)
    (options.out / "install.sh").write_text(INSTALL)
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  wheels/{file.name}"
        for file in sorted(wheels.iterdir())
    ]
    (options.out / "SHA256SUMS").write_text("\n".join(lines) + "\n")
    print(f"{options.out}: {len(lines)} wheels")
    return 0


if __name__ == "__main__":
    sys.exit(main())
