"""Every change of the register: publishing files, amending a line, readers' marks."""

from rakorsus.stages.register.actions.amend import amend_program, amend_programs
from rakorsus.stages.register.actions.publish import Frames, publish
from rakorsus.stages.register.actions.readers import (
    delete_view,
    follow,
    mark_seen,
    save_view,
    unfollow,
)

__all__ = [
    "Frames",
    "amend_program",
    "amend_programs",
    "delete_view",
    "follow",
    "mark_seen",
    "publish",
    "save_view",
    "unfollow",
]
