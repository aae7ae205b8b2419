"""What is too vague to judge although it matters: one question at a time to the agency."""

from rakorsus.engine.unclear.find import find

__all__ = ["find"]
