"""Works that disturb each other in place and time, and works that could share one dig."""

from rakorsus.engine.ground.find import find

__all__ = ["find"]
