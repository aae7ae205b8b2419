"""Decisions and the changes of the register that they are made of."""

from rakorsus.stages.decisions.models.decisions import Change, Decision

__all__ = ["Change", "Decision"]
