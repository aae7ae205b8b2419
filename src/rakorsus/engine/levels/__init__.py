"""Amounts, places and titles that disagree between levels and documents, or with decisions."""

from rakorsus.engine.levels.decided import undone
from rakorsus.engine.levels.find import find

__all__ = ["find", "undone"]
