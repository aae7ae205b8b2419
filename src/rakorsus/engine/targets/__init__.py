"""Strategic targets that no program serves, or that the programs' targets do not add up to."""

from rakorsus.engine.targets.find import find

__all__ = ["find"]
