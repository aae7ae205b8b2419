"""How much may be loaded at once. The engine has its own limits on what a file unpacks to."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

MEGABYTE = 1024 * 1024
#: What a request may carry besides its files.
MARGIN = 2 * MEGABYTE


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes. `unpacked` holds for all members of one zip together."""

    file: int = 100 * MEGABYTE
    batch: int = 300 * MEGABYTE
    files: int = 400
    unpacked: int = 600 * MEGABYTE
    keep_originals: bool = False
    keep_days: int = 30


def limits() -> Limits:
    """The installation's limits: the defaults, with what `settings.INTAKE` says otherwise."""
    return Limits(**getattr(settings, "INTAKE", {}))
