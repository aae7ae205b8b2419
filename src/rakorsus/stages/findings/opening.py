"""The engine's context over the register as it stands."""

from __future__ import annotations

import polars as pl

from rakorsus.clock import today
from rakorsus.engine.analysis import opened
from rakorsus.engine.context import Context
from rakorsus.stages.findings import rulebook
from rakorsus.stages.register.queries import frames


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
