"""The installation's day."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The day by which papers are dated and lateness is judged: this one, or the fixed day of a
    demonstration."""
    return settings.TODAY or timezone.localdate()
