"""Bringing Django up for a command that works on an installation."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def open_installation(home: Path | None = None, *, demo: bool = False) -> None:
    """Settings and apps of the installation in `home` (default: as the environment says)."""
    if home is not None:
        os.environ["RAKORSUS_HOME"] = str(home.resolve())
    if demo:
        os.environ["RAKORSUS_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakorsus.web.settings")
    import django

    django.setup()


def prepare() -> None:
    """The newest tables, and the static files with their compressed twins."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)
