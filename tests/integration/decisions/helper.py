"""Taking a draft as the page does: the engine looks first."""

from rakorsus.people import actor as actors
from rakorsus.stages.decisions import actions


def taken(actor, decision):
    looked = actions.look_ahead(actors.system("job"), decision)
    assert looked.preview["state"] == "done"
    return actions.take(actor, looked, looked.version)
