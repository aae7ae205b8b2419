"""The engine's context over the register as it stands."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.conf import settings
from django.utils import timezone

from rakorsus.engine.analysis import opened
from rakorsus.engine.context import Context
from rakorsus.stages.findings import rulebook
from rakorsus.stages.register.queries import frames


def today() -> date:
    """The day against which lateness is judged: the installation's, or the demonstration's."""
    return settings.TODAY or timezone.localdate()


def register(programs: pl.DataFrame | None = None) -> Context:
    """All lines, opened by the rules in force; `programs` are the lines when they are known."""
    return opened(
        programs if programs is not None else frames.frame(),
        frames.agencies_frame(),
        frames.regions_frame(),
        frames.targets_frame(),
        rulebook.rules(),
        today=today(),
        places=frames.places_frame(),
    )
