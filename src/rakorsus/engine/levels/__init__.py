"""Amounts, places and titles that disagree between levels and documents."""

from rakorsus.engine.levels.find import find

__all__ = ["find"]
