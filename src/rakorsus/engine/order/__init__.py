"""Steps of one work planned in the wrong order."""

from rakorsus.engine.order.find import find

__all__ = ["find"]
