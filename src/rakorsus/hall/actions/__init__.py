"""Every act of the hall: one function per command, called through `perform` by socket and POST."""

from rakorsus.hall.actions.performing import COMMANDS, Done, error_of, perform
from rakorsus.hall.actions.requests import answer_sync
from rakorsus.hall.actions.settings import save_hall

__all__ = ["COMMANDS", "Done", "answer_sync", "error_of", "perform", "save_hall"]
