"""What will not be finished in time unless something happens now."""

from rakorsus.engine.warnings.find import find

__all__ = ["find"]
