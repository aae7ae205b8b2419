"""Frames of the register for the engine, and what pages read."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl


def frame(keys: Collection[str] | None = None) -> pl.DataFrame:
    """The lines that stand, in engine.schema.PROGRAMS, sorted by key."""
    raise NotImplementedError


def places_frame(keys: Collection[str] | None = None) -> pl.DataFrame:
    """The located places of the lines that stand, in engine.schema.PLACES."""
    raise NotImplementedError


def agencies_frame() -> pl.DataFrame:
    """All agencies, in engine.schema.AGENCIES."""
    raise NotImplementedError


def regions_frame() -> pl.DataFrame:
    """All regions, in engine.schema.REGIONS."""
    raise NotImplementedError


def targets_frame() -> pl.DataFrame:
    """All targets, in engine.schema.TARGETS."""
    raise NotImplementedError


def nomenclature_frame() -> pl.DataFrame:
    """The nomenclature, in engine.schema.NOMENCLATURE."""
    raise NotImplementedError
