"""A warm engine: one changed line is judged again without reading the whole list anew."""

from rakorsus.engine.session.session import Session

__all__ = ["Session"]
