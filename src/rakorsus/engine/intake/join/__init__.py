"""Accepted rows of all files into one picture: program lines, agencies, regions, targets."""

from rakorsus.engine.intake.join.picture import Picture, join

__all__ = ["Picture", "join"]
