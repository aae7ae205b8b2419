"""Where the real planning files are, and the marker of the tests that need them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"

#: Folder of the real files; set RAKORSUS_REAL_FILES to point elsewhere.
DATA = Path(os.environ.get("RAKORSUS_REAL_FILES", _DEFAULT))


def needs_real_files(test):
    """Mark a test (or class) that reads the real files; without them it is a counted skip."""
    missing = pytest.mark.skipif(not DATA.is_dir(), reason="no folder of real planning files")
    return pytest.mark.real_files(missing(test))
