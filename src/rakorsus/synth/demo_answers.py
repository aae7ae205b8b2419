"""A few answers in the demonstration, so that its pages show how officials use them."""

from __future__ import annotations

from rakorsus.people import actor as actors
from rakorsus.people.models import User
from rakorsus.stages.findings import actions
from rakorsus.stages.findings.models import Finding, FindingAgency
from rakorsus.synth.planted import Plant

Answer = FindingAgency.Answer


def answer(plants: tuple[Plant, ...]) -> None:
    """Answers, a question and a proposal by the demonstration's planners on planted cases."""
    found = [f for f in (_of(plant) for plant in plants if plant.kind == "duplicate") if f]
    users = {u.username: u for u in User.objects.all()}
    says = {
        "pu": (Answer.ACCEPT, "", "Benar satu saluran; volume akan disatukan."),
        "disperkim": (Answer.ACCEPT, "", "Setuju, paket kami dapat dialihkan ke lorong lain."),
    }
    for finding in found[:2]:
        for name, (given, cause, reason) in says.items():
            _say(users[name], finding, given, cause, reason)
    if len(found) > 2:
        _say(users["pu"], found[2], Answer.NEED_DATA, "",
             "Mohon titik nol dan gambar rencana dari Disperkim.")  # fmt: skip
        coordinator = actors.of_user(users["bappeda"], "cli")
        actions.comment(coordinator, found[2], "Mohon dijawab sebelum Rakorsus.")
    if len(found) > 1:
        _propose(users["pu"], found[1])


def _of(plant: Plant) -> Finding | None:
    numbers = [str(n) for n in plant.numbers]
    return (
        Finding.objects.filter(lines__program__package__in=numbers, kind=plant.kind)
        .order_by("-score")
        .first()
    )


def _say(user: User, finding: Finding, given: str, cause: str, reason: str) -> None:
    actor = actors.of_user(user, "cli")
    for side in finding.sides.select_related("agency"):
        if actor.plans_for(side.agency_id):
            actions.answer(actor, finding, side.agency, given, cause=cause, reason=reason)


def _propose(user: User, finding: Finding) -> None:
    actor = actors.of_user(user, "cli")
    for side in finding.sides.select_related("agency"):
        if actor.plans_for(side.agency_id):
            actions.propose(
                actor, finding, side.agency,
                "Satu paket oleh Dinas PU; Disperkim memindahkan paketnya ke RW sebelah.",
                option="merge",
            )  # fmt: skip
            return
