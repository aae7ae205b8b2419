"""Frames of the register for the engine, and what pages read. Nothing here writes."""

from rakorsus.stages.register.queries.frames import (
    agencies_frame,
    frame,
    intact,
    nomenclature_frame,
    places_frame,
    regions_frame,
    snapshot,
    targets_frame,
)

__all__ = [
    "agencies_frame",
    "frame",
    "intact",
    "nomenclature_frame",
    "places_frame",
    "regions_frame",
    "snapshot",
    "targets_frame",
]
